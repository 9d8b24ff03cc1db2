"""Rows that are the same in several columns, as numbers of groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.texts import Texts
from sop_dash.core.model.arrays import Array

Key = Texts | NDArray[np.signedinteger] | Array

_MOST = 1 << 62
"""Numbers of groups stay below it."""


def group_numbers(keys: Sequence[Key]) -> NDArray[np.int64]:
    """[n] number of the group of each row: rows are of one group when all keys are the same, counted as they come."""
    place = np.zeros(len(keys[0]), dtype=np.int64)
    most = 1
    for key in keys:
        codes, size = _coded(key)
        if most * size >= _MOST:
            place = pd.factorize(place)[0].astype(np.int64)
            most = int(place.max(initial=0)) + 1
        place = place * size + codes
        most *= size
    return np.asarray(pd.factorize(place)[0], dtype=np.int64)


def _coded(key: Key) -> tuple[NDArray[np.signedinteger], int]:
    """Numbers from 0 that are the same where the key is, and how many they can be."""
    if isinstance(key, Texts):
        key = key.distinct()
        return key.codes, max(len(key.texts), 1)
    if key.dtype.kind == "f":
        codes, different = pd.factorize(key, use_na_sentinel=False)
        return codes, max(len(different), 1)
    low = int(key.min(initial=0))
    return key.astype(np.int64) - low, int(key.max(initial=0)) - low + 1
