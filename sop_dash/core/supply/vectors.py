"""Bounds and costs of the supply programme: everything a lever can change without touching the matrix.

Costs come in two parts: money that is really spent, and penalties and weights that only steer the plan.
"""

from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.costs import people_cost, unused_minimum_cost
from sop_dash.core.supply.groups import StockCeiling, Transport
from sop_dash.core.supply.layout import Layout
from sop_dash.core.supply.problem import SupplyProblem, share


@dataclass(frozen=True, kw_only=True, eq=False)
class Bounds:
    """Scaled bounds of the columns and, after them in the same vector, of the rows.

    Args:
        low, high: [columns + rows].
        columns: How many of them belong to columns.
    """

    low: Array
    high: Array
    columns: int

    @classmethod
    def joined(cls, *, lower: Array, upper: Array, row_lower: Array, row_upper: Array) -> "Bounds":
        """The bounds of columns and of rows put together."""
        low, high = np.concatenate((lower, row_lower)), np.concatenate((upper, row_upper))
        return cls(low=low, high=high, columns=lower.size)

    @property
    def lower(self) -> Array:
        """Of the columns."""
        return self.low[: self.columns]

    @property
    def upper(self) -> Array:
        """Of the columns."""
        return self.high[: self.columns]

    @property
    def row_lower(self) -> Array:
        """Of the rows."""
        return self.low[self.columns :]

    @property
    def row_upper(self) -> Array:
        """Of the rows."""
        return self.high[self.columns :]


@dataclass(frozen=True, kw_only=True, eq=False)
class Prices:
    """What a column costs.

    Args:
        cost: Scaled cost of the columns, tie-break included.
        money: Real money per scaled column.
        steering: Penalties and weights per scaled column.
    """

    cost: Array
    money: Array
    steering: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Vectors:
    """The numbers of one solve; `money_constant` is what no decision moves, to be added to money.

    It holds the holding cost of the stock path, the smallest amounts agreed that must not be taken, and the people.
    """

    bounds: Bounds
    prices: Prices
    money_constant: float


def vectors_of(problem: SupplyProblem, layout: Layout, prices: Prices) -> Vectors:
    """The numbers of this problem; its structure must be that of the layout."""
    return BoundsWriter(problem, layout).vectors(problem, prices)


def prices_of(problem: SupplyProblem, layout: Layout, tie_break_ratio: float) -> Prices:
    """The prices of this problem.

    Args:
        problem: The problem; its structure is that of the layout.
        layout: Blocks and scales.
        tie_break_ratio: Share of the holding cost that prefers later production among equally good plans.
    """
    money, steering = _costs(problem, layout)
    tie = np.zeros(layout.columns.size)
    layout.columns.view(tie, "make")[...] = _tie_break(problem) * tie_break_ratio
    return Prices(
        cost=(money + steering + tie) * (layout.column_scale / layout.money_scale),
        money=money * layout.column_scale,
        steering=steering * layout.column_scale,
    )


def share_prices(one: SupplyProblem, other: SupplyProblem) -> bool:
    """Whether both problems hold the very same price arrays and groups, so that their prices need no new look."""
    if not share(one, other, _PRICED):
        return False
    limit, known = one.stock_limit, other.stock_limit
    return limit is known or (limit is not None and known is not None and limit.penalty is known.penalty)


_PRICED = attrgetter(
    "lost_weight",
    "unit_cost",
    "outsource_unit_cost",
    "holding_cost",
    "target_penalty",
    "glide_penalty",
    "end_value",
    "overtime_premium_per_hour",
    "restricted",
    "calm",
    "ramp",
    "warehouse",
    "transport",
    "materials",
    "backlog",
)


class BoundsWriter:
    """Writes the bounds of one problem after another; what a problem shares with the first is not written again."""

    def __init__(self, problem: SupplyProblem, layout: Layout) -> None:
        self._reference, self._layout = problem, layout
        self._scale = np.concatenate((1.0 / layout.column_scale, layout.row_scale))
        self._fixed = _fixed_bounds(problem, layout)

    def vectors(self, problem: SupplyProblem, prices: Prices) -> Vectors:
        """The numbers of this problem; its structure is that of the layout."""
        fixed, layout = self._fixed, self._layout
        if not share(problem, self._reference, _FIXED):
            fixed = _fixed_bounds(problem, layout)
        real = Bounds(low=fixed.low.copy(), high=fixed.high.copy(), columns=fixed.columns)
        upper = real.upper
        if not share(problem, self._reference, _OUTSOURCING):
            _bound_outsourcing(problem, layout, real.lower, upper)
        _bound_by_levers(problem, layout, upper)
        _bound_rows_by_levers(problem, layout, real.row_lower, real.row_upper)
        constant = float(problem.holding_cost @ problem.glide_units.sum(axis=1)) + people_cost(problem)
        constant += unused_minimum_cost(problem, layout.columns.view(upper, "outsource"))
        bounds = Bounds(low=real.low * self._scale, high=real.high * self._scale, columns=real.columns)
        return Vectors(bounds=bounds, prices=prices, money_constant=constant)


_OUTSOURCING = attrgetter("outsource_min_units", "outsource_max_units", "outsource_lead_time_months")
_FIXED = attrgetter(
    "made",
    "lead_time_months",
    "calendar_days",
    "locked_make_units",
    "restricted",
    "calm",
    "ramp",
    "materials",
    "backlog",
)


def _fixed_bounds(problem: SupplyProblem, layout: Layout) -> Bounds:
    """Unscaled bounds of what demand, stock and hours do not move; zero to infinity, and zero rows, elsewhere."""
    lower, upper = np.zeros(layout.columns.size), np.full(layout.columns.size, np.inf)
    view = layout.columns.view
    _bound_output(problem, layout, lower, upper)
    _bound_outsourcing(problem, layout, lower, upper)
    if problem.materials is not None:
        view(upper, "material")[np.isnan(problem.materials.receipts_units)] = 0.0
    if problem.backlog is not None:
        view(upper, "waiting")[:, -1] = problem.backlog.closing_max_units
    row_lower, row_upper = _fixed_rows(problem, layout)
    return Bounds.joined(lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)


def _bound_output(problem: SupplyProblem, layout: Layout, lower: Array, upper: Array) -> None:
    low, high = layout.columns.view(lower, "make"), layout.columns.view(upper, "make")
    for name, group in problem.bands():
        low[:, group.months], high[:, group.months] = group.floor_units, group.ceiling_units
        layout.columns.view(upper, f"under_{name}")[...] = group.floor_units
        layout.columns.view(upper, f"over_{name}")[np.isinf(group.ceiling_units)] = 0.0
    if not problem.made.all():
        too_early = np.arange(problem.months) < problem.lead_time_months[:, None]
        high[too_early & ~problem.made[:, None]] = 0.0
    low[:, : problem.locked_months] = problem.locked_make_units
    high[:, : problem.locked_months] = problem.locked_make_units


def _bound_outsourcing(problem: SupplyProblem, layout: Layout, lower: Array, upper: Array) -> None:
    low, high = layout.columns.view(lower, "outsource"), layout.columns.view(upper, "outsource")
    possible = np.arange(problem.months) >= problem.outsource_lead_time_months[:, None]
    high[...] = np.where(possible, problem.outsource_max_units, 0.0)
    np.minimum(problem.outsource_min_units, high, out=low)


def _bound_by_levers(problem: SupplyProblem, layout: Layout, upper: Array) -> None:
    view = layout.columns.view
    view(upper, "lost")[...] = problem.demand_units
    below = view(upper, "below")
    below[...] = problem.target_units
    if problem.end_stock is not None:
        below[:, -1] = np.maximum(problem.target_units[:, -1] - problem.end_stock.min_units, 0.0)
    np.maximum(problem.glide_units - problem.target_units, 0.0, out=view(upper, "glide"))
    view(upper, "regular")[...] = problem.regular_limit_hours
    view(upper, "overtime")[...] = problem.overtime_limit_hours
    if problem.stock_limit is not None:
        np.maximum(problem.stock_limit.max_units - problem.glide_units, 0.0, out=view(upper, "above"))
    if problem.ceiling is not None:
        _bound_stock(problem, layout, upper, problem.ceiling)
    if problem.backlog is not None:
        view(upper, "lost")[:, -1] += problem.backlog.opening_units  # an order that waited can be cancelled at the end


def _bound_stock(problem: SupplyProblem, layout: Layout, upper: Array, ceiling: StockCeiling) -> None:
    """Month-end stock is at most the ceiling: what lies above a stock limit and what lies below it together."""
    room, above = np.maximum(ceiling.max_units - problem.glide_units, 0.0), layout.columns.view(upper, "above")
    np.minimum(above, room, out=above)
    if problem.stock_limit is not None:
        limited = list(problem.stock_limit.limited)
        layout.columns.view(upper, "over_limit")[...] = (room - above)[limited]


def _fixed_rows(problem: SupplyProblem, layout: Layout) -> tuple[Array, Array]:
    lower, upper = np.zeros(layout.rows.size), np.zeros(layout.rows.size)
    view = layout.rows.view
    if problem.ramp is not None and problem.ramp.last_month >= problem.ramp.first_month:
        days = problem.calendar_days[problem.ramp.first_month : problem.ramp.last_month + 1]
        view(upper, "ramp")[...] = problem.ramp.max_step_hours_per_day[:, None] * days
        view(lower, "ramp")[...] = -view(upper, "ramp")
    for name in ("warehouse", "transport"):
        if name in layout.rows:
            view(lower, name)[...] = -np.inf
    if problem.materials is not None:
        received = problem.materials.receipts_units.copy()
        received[:, 0] += problem.materials.opening_units
        unknown = np.isnan(received)
        view(lower, "materials")[...] = np.where(unknown, -np.inf, received)
        view(upper, "materials")[...] = np.where(unknown, np.inf, received)
    return lower, upper


def _bound_rows_by_levers(problem: SupplyProblem, layout: Layout, lower: Array, upper: Array) -> None:
    view, path = layout.rows.view, problem.glide_units
    balance = view(lower, "balance")
    np.subtract(problem.demand_units + path, problem.receipts_units, out=balance)
    balance[:, 1:] -= path[:, :-1]
    balance[:, 0] -= problem.opening_units
    if problem.backlog is not None:
        balance[:, 0] += problem.backlog.opening_units
    view(upper, "balance")[...] = balance
    if problem.warehouse is not None:
        view(upper, "warehouse")[...] = problem.warehouse.limit - problem.warehouse.space_per_unit @ path
    if problem.transport is not None:
        view(upper, "transport")[...] = problem.transport.limit - _load_asked(problem, problem.transport)


def _load_asked(problem: SupplyProblem, transport: Transport) -> Array:
    load = transport.load_per_unit @ problem.demand_units
    if problem.backlog is not None:
        load[0] += transport.load_per_unit @ problem.backlog.opening_units
    return np.asarray(load)


def _costs(problem: SupplyProblem, layout: Layout) -> tuple[Array, Array]:
    money, steering = np.zeros(layout.columns.size), np.zeros(layout.columns.size)
    view = layout.columns.view
    holding = problem.holding_cost[:, None]
    view(money, "make")[...] = problem.unit_cost
    view(money, "outsource")[...] = problem.outsource_unit_cost
    view(steering, "lost")[...] = problem.lost_weight
    view(money, "above")[...] = holding
    view(money, "below")[...] = -holding
    view(money, "glide")[...] = -holding
    view(steering, "below")[...] = problem.target_penalty[:, None]
    view(steering, "below")[:, -1] += problem.end_value
    view(steering, "glide")[...] = problem.glide_penalty[:, None]
    view(money, "overtime")[...] = problem.overtime_premium_per_hour[:, None]
    _group_costs(problem, layout, money, steering)
    return money, steering


def _group_costs(problem: SupplyProblem, layout: Layout, money: Array, steering: Array) -> None:
    view = layout.columns.view
    for name, group in problem.bands():
        cost = problem.unit_cost[:, group.months]
        view(money, f"over_{name}")[...] = cost
        view(money, f"under_{name}")[...] = -cost
        view(steering, f"over_{name}")[...] = group.step_penalty
        view(steering, f"under_{name}")[...] = group.step_penalty
    if problem.ramp is not None:
        view(steering, "ramp_up")[...] = problem.ramp.penalty_per_hour[:, None]
        view(steering, "ramp_down")[...] = problem.ramp.penalty_per_hour[:, None]
    if problem.stock_limit is not None:
        limited = list(problem.stock_limit.limited)
        view(money, "over_limit")[...] = problem.holding_cost[limited, None]
        view(steering, "over_limit")[...] = problem.stock_limit.penalty[limited, None]
    if problem.warehouse is not None:
        view(money, "overflow")[...] = problem.warehouse.overflow_cost
    if problem.transport is not None:
        view(money, "spot")[...] = problem.transport.spot_cost
    if problem.materials is not None:
        view(steering, "material_short")[...] = problem.materials.penalty[:, None]
    if problem.backlog is not None:
        view(steering, "waiting")[...] = problem.backlog.cost[:, None]


def _tie_break(problem: SupplyProblem) -> Array:
    """Prefer later production, then family order, among equally good plans; [F, T], money per unit."""
    step = np.maximum(problem.holding_cost, 0.01 * problem.unit_cost.mean(axis=1))
    order = 1.0 + np.arange(problem.families) / (10.0 * max(1, problem.families))
    return np.outer(step * order, problem.months - np.arange(problem.months))
