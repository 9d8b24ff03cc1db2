"""Array types of the core: dense float64, C order; unknown is NaN.

Letters used in shapes: F families, C channels, R resources, H months of history, T months of the horizon.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


def read_only(values: Any) -> Array:
    """Return `values` as a float64 array that refuses writes; the input is copied, never changed."""
    array = np.array(values, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array


def ratio_or_nan(part: Any, whole: Any) -> Array:
    """Divide element by element; NaN where the divisor is zero or either side is unknown."""
    bottom = np.asarray(whole, dtype=np.float64)
    return np.asarray(np.asarray(part, dtype=np.float64) / np.where(bottom == 0.0, np.nan, bottom))


def worth(units: Array, rate: Array) -> Array:
    """Units × rate; nothing is worth 0 even where its rate is unknown."""
    return np.where(units == 0.0, 0.0, units * rate)


def known_sum(values: Array, axis: int | tuple[int, ...]) -> Array:
    """Sum of the known values along `axis`; NaN where none is known."""
    unknown = np.isnan(values)
    total = np.where(unknown, 0.0, values).sum(axis=axis)
    return np.where(unknown.all(axis=axis), np.nan, total)
