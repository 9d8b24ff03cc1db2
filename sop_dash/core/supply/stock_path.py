"""The way stock takes from where it is to its target: down slowly where there is too much, up over three months.

Nobody sells a surplus or fills a hole in one month; a plan that tries to starts with a jump in output.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array

_SHORTEST_GLIDE_MONTHS = 6
_LONGEST_GLIDE_MONTHS = 12
_REBUILD_MONTHS = 3
_GLIDE_SHARE_OF_DEMAND = 0.2


@dataclass(frozen=True, kw_only=True, eq=False)
class StockPath:
    """[F, T] each: `target_units`, raised step by step where stock starts below; `glide_units`, at least the target."""

    target_units: Array
    glide_units: Array


def stock_path(opening_units: Array, target_units: Array, demand_units: Array) -> StockPath:
    """The path of every family.

    Above target: down to it over ⌈surplus / 20 % of mean demand⌉ months, between 6 and 12 (12 without demand).
    Below target: up to it over three months.

    Args:
        opening_units: [F] saleable stock.
        target_units: [F, T] stock target at month end.
        demand_units: [F, T].
    """
    month = 1.0 + np.arange(target_units.shape[1])
    above = opening_units - target_units[:, 0]
    surplus, missing = np.maximum(above, 0.0), np.maximum(-above, 0.0)
    glide = surplus[:, None] * np.maximum(1.0 - month / _glide_months(surplus, demand_units)[:, None], 0.0)
    rebuild = missing[:, None] * np.maximum(1.0 - month / _REBUILD_MONTHS, 0.0)
    target = np.maximum(target_units - rebuild, 0.0)
    return StockPath(target_units=target, glide_units=target + glide)


def _glide_months(surplus: Array, demand_units: Array) -> Array:
    monthly = _GLIDE_SHARE_OF_DEMAND * demand_units.mean(axis=1)
    months = np.full(len(surplus), float(_LONGEST_GLIDE_MONTHS))
    np.divide(surplus, monthly, out=months, where=monthly > 0.0)
    return np.asarray(np.minimum(np.maximum(np.ceil(months), _SHORTEST_GLIDE_MONTHS), _LONGEST_GLIDE_MONTHS))
