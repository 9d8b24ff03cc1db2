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

_DUST, _DUST_OF_LARGEST = 1e-6, 1e-9


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


def least_counted(largest: float) -> float:
    """An amount up to this one is nothing beside others up to `largest`: the last digits of a solver's numbers."""
    return max(_DUST, _DUST_OF_LARGEST * largest)


def worth(units: Array, rate: Array) -> Array:
    """Units × rate; nothing, and what a solver leaves of it, is worth 0 even where its rate is unknown."""
    value = np.asarray(units * rate)
    if not math.isnan(value.sum()):
        return value
    size = np.abs(units)
    least = least_counted(float(np.fmax.reduce(size, axis=None, initial=0.0)))
    return np.where(np.isnan(value) & (size <= least), 0.0, value)


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
