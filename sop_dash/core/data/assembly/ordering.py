"""One order of rows for every table, so that no sum and no hash depends on the order in the file."""

import numpy as np
import pandas as pd


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a typed table sorted by all columns, the first column first; file rows stay in the index."""
    keys = [_sortable(column) for _, column in frame.items()]
    return frame.iloc[np.lexsort(keys[::-1])] if keys else frame


def _sortable(column: pd.Series) -> "np.ndarray[tuple[int, ...], np.dtype[np.generic]]":
    return column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else column.to_numpy()
