"""Whole workers for a plan: as many as each month needs, or the fewest that never change. Workers and plan currency.

Source: aggregate planning by chase and by a level workforce (Nahmias; Jacobs & Chase).
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array

_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Staffing:
    """[T] workers at work, hired at the start of the month and let go then; `cost` is that of hiring and letting go."""

    workers: Array
    hired: Array
    laid_off: Array
    cost: float


def chase_workers(units: Array, units_per_worker: Array, *, nearest: bool = False) -> Array:
    """[T] whole workers that make exactly these units each month.

    Args:
        units: [T] to be made.
        units_per_worker: [T] of a worker in the month; 0 needs none.
        nearest: True rounds to the nearest worker, which may be a few units short; False rounds up.
    """
    wanted = np.divide(units, units_per_worker, out=np.zeros_like(units), where=units_per_worker > 0.0)
    return np.asarray(np.floor(wanted + 0.5) if nearest else np.ceil(wanted - _ROUNDING))


def level_workers(units: Array, units_per_worker: Array) -> float:
    """The fewest whole workers that, never changed, have made enough at the end of every month; 0 without work."""
    able = np.cumsum(units_per_worker)
    wanted = np.divide(np.cumsum(units), able, out=np.zeros_like(able), where=able > 0.0)
    return float(np.ceil(wanted.max(initial=0.0) - _ROUNDING))


def staffing(workers: Array, opening_workers: float, hire_cost: float, lay_off_cost: float) -> Staffing:
    """Who is hired and let go when the workforce [T] is changed from month to month."""
    change = np.diff(workers, prepend=opening_workers)
    hired, laid_off = np.maximum(change, 0.0), np.maximum(-change, 0.0)
    cost = float(hire_cost * hired.sum() + lay_off_cost * laid_off.sum())
    return Staffing(workers=workers, hired=hired, laid_off=laid_off, cost=cost)
