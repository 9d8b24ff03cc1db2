"""Array types of the core: dense float64, C order; unknown is NaN.

Letters used in shapes: F families, C channels, R resources, H months of history, T months of the horizon.
"""

import math
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
    if not bottom.all():
        bottom = np.where(bottom == 0.0, np.nan, bottom)
    return np.asarray(np.asarray(part, dtype=np.float64) / bottom)


def worth(units: Array, rate: Array) -> Array:
    """Units × rate; nothing is worth 0 even where its rate is unknown."""
    value = units * rate
    return np.where(units == 0.0, 0.0, value) if math.isnan(value.sum()) else value


def has_unknown(values: Array) -> bool:
    """Whether any value is NaN; finite values are told with one sum."""
    return math.isnan(values.sum()) and bool(np.isnan(values).any())


def sum_of_known(values: Array, axis: int | tuple[int, ...]) -> Array:
    """Sum of the known values along `axis`; 0 where none is known."""
    total = values.sum(axis=axis)
    return np.asarray(np.nansum(values, axis=axis) if has_unknown(total) else total)


def known_sum(values: Array, axis: int | tuple[int, ...]) -> Array:
    """Sum of the known values along `axis`; NaN where none is known."""
    unknown = np.isnan(values)
    total = np.where(unknown, 0.0, values).sum(axis=axis)
    return np.where(unknown.all(axis=axis), np.nan, total)
