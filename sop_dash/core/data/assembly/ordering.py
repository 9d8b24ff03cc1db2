"""One order of rows for every table, so that no sum and no hash depends on the order in the file."""

import numpy as np
import pandas as pd


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a typed table sorted by all columns, the first column first; file rows stay in the index."""
    keys = [
        frame[name].cat.codes.to_numpy()
        if isinstance(frame[name].dtype, pd.CategoricalDtype)
        else frame[name].to_numpy()
        for name in reversed(frame.columns)
        if not (frame[name].dtype == np.float64 and frame[name].isna().all())
    ]
    return frame.iloc[np.lexsort(keys)] if keys else frame
