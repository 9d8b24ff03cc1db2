"""One order of rows for every table, so that no sum and no hash depends on the order in the file."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_Keys = NDArray[np.generic]
_MOST = 1 << 62


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a typed table sorted by all columns, the first column first; file rows stay in the index."""
    columns = (_sortable(column) for _, column in frame.items())
    keys = [column for column in columns if not _is_constant(column)]
    if not keys or _is_in_order(keys):
        return frame
    return frame.iloc[np.lexsort(keys[::-1])]


def _is_in_order(keys: list[_Keys]) -> bool:
    """True when the leading names alone tell that every row comes after the one before it."""
    place = np.zeros(len(keys[0]), dtype=np.int64)
    most = 1
    for key in keys:
        size = int(key.max()) + 1 if key.dtype.kind == "i" else _MOST
        if most * size >= _MOST:
            break
        most *= size
        place = place * size + key.astype(np.int64)
    return bool((np.diff(place) > 0).all())


def _is_constant(column: _Keys) -> bool:
    """True where all rows are alike, which orders nothing and costs as much as any other column."""
    if not len(column):
        return True
    first = column[:1]
    return bool((column == first).all() or ((column != column) & (first != first)).all())  # noqa: PLR0124  # NaN


def _sortable(column: pd.Series) -> _Keys:
    return column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else column.to_numpy()
