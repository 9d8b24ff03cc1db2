"""A plan that builds nothing ahead: stock at month end stays at its path, or at what is there anyway. Units, [F, T]."""

from dataclasses import replace

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.evaluate import arrivals
from sop_dash.core.supply.groups import StockCeiling
from sop_dash.core.supply.problem import SupplyProblem


def with_nothing_built_ahead(problem: SupplyProblem) -> SupplyProblem:
    """The problem in which what is still decided never takes stock above the path its targets ask for.

    Stock that is above it anyway (there already, on order, locked, agreed with a contractor, or made for a target that
    has fallen faster than demand) may be kept until it is sold, so that every problem still has a plan.
    """
    return replace(problem, ceiling=StockCeiling(max_units=_ceiling(problem)))


def _ceiling(problem: SupplyProblem) -> Array:
    """c[t] = max(path[t], c[t − 1] + what comes in whatever is decided − demand), from the opening stock."""
    fixed = np.zeros_like(problem.demand_units)
    fixed[:, : problem.locked_months] = problem.locked_make_units
    due = np.arange(problem.months) >= problem.outsource_lead_time_months[:, None]
    agreed = np.where(due, np.minimum(problem.outsource_min_units, problem.outsource_max_units), 0.0)
    inflow = np.cumsum(problem.receipts_units + arrivals(problem, fixed) + agreed - problem.demand_units, axis=1)
    opening = problem.opening_units[:, None]
    if problem.backlog is not None:
        opening = opening - problem.backlog.opening_units[:, None]
    reached = np.maximum.accumulate(np.concatenate((opening, problem.glide_units - inflow), axis=1), axis=1)
    return np.asarray(inflow + reached[:, 1:])
