"""From budget to what came and to what is planned: the bridge of a span of months, of the families both sides know.

Rows are families × channels. Start and end are the gross margin of those rows; what could not be bridged is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sop_dash.core.finance.bridge import Bridge, Lines, margin_bridge
from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.result import MoneyPlan, SupplyPlan

_NO_UNITS = "The budget has no units: load units and gross_margin in the table budget."
_NO_BUDGET = "No budget for these months: load the table budget."


@dataclass(frozen=True, kw_only=True, eq=False)
class BudgetBridge:
    """A bridge with its population.

    Args:
        bridge: The bars; None when there is nothing to bridge.
        reason: Why there is none; empty otherwise.
        rows: [N] family and channel of each row of the bars.
        excluded: Families left out because price, cost or budget is known in part only.
    """

    bridge: Bridge | None
    reason: str
    rows: tuple[tuple[str, str], ...]
    excluded: tuple[str, ...]


def budget_bridge(inputs: PlanInputs, supply: SupplyPlan, money: MoneyPlan, *, first: int, months: int) -> BudgetBridge:
    """Bridge the budgeted to the actual and planned margin of a span of months.

    Args:
        inputs: Closed months and budget.
        supply: What is shipped and lost.
        money: The money of the plan.
        first: Position of the first month in the calendar (history, then horizon).
        months: How many months; closed ones count as they came, later ones as planned.

    Returns:
        The bridge with bars for price, volume, mix, supply limits, cost, new products, overtime and outsourcing, and
        where any is paid, each of the other costs.
        Prices and costs are averages of the months, weighted by units. A family is left out whole when one of its
        figures is unknown; nothing is estimated.
    """
    window = slice(first, first + months)
    budget_units = _budget_units(inputs, window)
    if budget_units is None:
        return BudgetBridge(bridge=None, reason=_NO_BUDGET, rows=(), excluded=())
    if not budget_units.any():
        return BudgetBridge(bridge=None, reason=_NO_UNITS, rows=(), excluded=())
    units, revenue, cogs, lost = _came(inputs, supply, money, window)
    wanted, earned = (
        np.nan_to_num(a[..., window]).sum(axis=2)
        for a in (inputs.money.budget_revenue_value, inputs.money.budget_margin_value)
    )
    planned = slice(max(window.start - len(inputs.grain.history), 0), max(window.stop - len(inputs.grain.history), 0))
    premiums = {name: values[:, planned].sum(axis=1) for name, values in _premiums(money)}
    known = ~np.isnan(revenue + cogs).any(axis=1) & ~np.isnan(sum(premiums.values())) & _whole(inputs, window)
    if not known.any():
        return BudgetBridge(bridge=None, reason=_NO_UNITS, rows=(), excluded=inputs.grain.families)
    families = np.flatnonzero(known).tolist()
    bridge = margin_bridge(
        _lines(budget_units[known], wanted[known], wanted[known] - earned[known]),
        _lines(units[known], revenue[known], cogs[known]),
        lost=lost[known].ravel(),
        other={name: -float(paid[known].sum()) for name, paid in premiums.items()},
    )
    return BudgetBridge(
        bridge=bridge,
        reason="",
        rows=tuple((inputs.grain.families[f], channel) for f in families for channel in inputs.grain.channels),
        excluded=tuple(name for name, told in zip(inputs.grain.families, known.tolist(), strict=True) if not told),
    )


def _premiums(money: MoneyPlan) -> Iterator[tuple[str, Array]]:
    """Premiums by the name of their bar; [F, T] each."""
    yield "overtime", money.overtime_premium
    yield "outsourcing", money.outsource_premium
    for kind, paid in money.other_costs.items():
        if np.nansum(paid) > 0.0:
            yield kind.value, np.nan_to_num(paid)


def _budget_units(inputs: PlanInputs, window: slice) -> Array | None:
    """[F, C] budgeted units; None where a month has no budget at all."""
    revenue = inputs.money.budget_revenue_value[..., window]
    if np.isnan(revenue).all(axis=(0, 1)).any():
        return None
    return np.asarray(np.nan_to_num(inputs.money.budget_units[..., window]).sum(axis=2))


def _whole(inputs: PlanInputs, window: slice) -> BoolArray:
    """[F] families whose budget has units and margin wherever it has revenue."""
    money = inputs.money
    named = ~np.isnan(money.budget_revenue_value[..., window])
    lacking = np.isnan(money.budget_units[..., window]) | np.isnan(money.budget_margin_value[..., window])
    return np.asarray(~(named & lacking).any(axis=(1, 2)))


def _came(inputs: PlanInputs, supply: SupplyPlan, money: MoneyPlan, window: slice) -> tuple[Array, Array, Array, Array]:
    """[F, C] units, revenue, cost of goods and units lost of the span; NaN where a figure of a sale is unknown."""
    sales, closed = inputs.sales, len(inputs.grain.history)
    units = np.nan_to_num(sales.units)
    revenue = np.where(units == 0.0, np.nan_to_num(sales.net_revenue_value), sales.net_revenue_value)
    cogs = np.where(units == 0.0, 0.0, units * inputs.money.unit_cost[:, None, :closed])
    missed = np.maximum(np.nan_to_num(sales.demand_units) - units, 0.0)
    pairs = ((units, supply.shipped), (revenue, money.revenue), (cogs, money.cogs), (missed, supply.lost))
    first, second, third, fourth = (np.concatenate(pair, axis=2)[..., window].sum(axis=2) for pair in pairs)
    return first, second, third, fourth


def _lines(units: Array, revenue: Array, cogs: Array) -> Lines:
    return Lines(
        units=units.ravel(), price=ratio_or_nan(revenue, units).ravel(), cost=ratio_or_nan(cogs, units).ravel()
    )
