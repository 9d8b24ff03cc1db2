"""Stock of the closed months: families without stock, and stock beyond what the coming year needs."""

import math

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan, worth
from sop_dash.core.model.cover import days_of_supply, units_for_days
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.model.periods import calendar_days, following, short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.monthly import family_demand
from sop_dash.core.performance.sheet import Sheet, names_where

_YEAR_DAYS = 365.0
_NO_STOCK = "No stock is known: load the table inventory."
_NO_COUNTS = "No stock counts in this data load: load the table stock_counts."


def stock_out_rate(demand: Array, closing: Array) -> Array:
    """[H] share of the families with demand whose stock is used up at month end; NaN without such a family.

    Args:
        demand: [F, H] units.
        closing: [F, H] units; families without a stock figure are left out.
    """
    asked = (demand > 0.0) & ~np.isnan(closing)
    return ratio_or_nan((asked & (closing <= 0.0)).sum(axis=0), asked.sum(axis=0))


def excess_units(stock: Array, on_order: Array, year_demand: Array, cover_days: float) -> Array:
    """[F] stock and open orders beyond the demand of the next twelve months and the cover; never negative.

    Args:
        stock: [F] on hand.
        on_order: [F] on the way in.
        year_demand: [F] demand of the next twelve months.
        cover_days: Days of demand kept as cover.
    """
    needed = year_demand * (1.0 + cover_days / _YEAR_DAYS)
    return np.asarray(np.maximum(stock + on_order - needed, 0.0))


def coming_year_demand(inputs: PlanInputs, demand_ahead: Array | None) -> Array:
    """[F] planned demand of the next twelve months; without a plan the demand of the last twelve.

    A plan shorter than a year is stretched to one.
    """
    past = family_demand(inputs)[:, -12:]
    ahead = np.nan_to_num(past if demand_ahead is None else demand_ahead[:, :12])
    return np.asarray(ahead.sum(axis=1) * 12.0 / ahead.shape[1])


def stock_health_kpis(
    inputs: PlanInputs, settings: PlanningSettings, sheet: Sheet, demand_ahead: Array | None = None
) -> tuple[Kpi, ...]:
    """Stock-out rate, excess stock and inventory accuracy at the end of the last closed month."""
    names, month = inputs.grain.families, short_name(inputs.grain.history[-1])
    closing, demand = inputs.stock.closing_units, family_demand(inputs)
    rate = stock_out_rate(demand, closing)
    empty = (demand[:, -1] > 0.0) & (closing[:, -1] <= 0.0)
    stock_out = sheet.kpi(
        "stock-out-rate",
        float(rate[-1]),
        period=f"end of {month}",
        parts=[(f"without stock: {names_where(names, empty) or 'none'}", float(empty.sum()), Unit.COUNT)],
        reason=_NO_STOCK if np.isnan(rate[-1]) else "",
        reference=(float(rate[-2]), "last month") if rate.size > 1 else None,
        series=rate,
        population="families with demand and a stock figure",
        excluded=names_where(names, np.isnan(closing[:, -1])),
        table="inventory, sales",
    )
    return stock_out, _excess(inputs, settings, sheet, demand_ahead), _accuracy(inputs, settings, sheet)


def excess_by_family(inputs: PlanInputs, settings: PlanningSettings, demand_ahead: Array | None = None) -> Array:
    """[F] excess stock of the last closed month at standard cost; NaN where stock or cost is unknown."""
    on_order = np.nan_to_num(inputs.stock.receipts_units).sum(axis=1)
    units = excess_units(
        inputs.stock.closing_units[:, -1], on_order, coming_year_demand(inputs, demand_ahead), settings.cover_days
    )
    return units * inputs.money.unit_cost[:, len(inputs.grain.history) - 1]


def above_band(
    inputs: PlanInputs, settings: PlanningSettings, demand_ahead: Array | None = None
) -> tuple[Array, Array]:
    """Forward days of supply of each family, and the money of its stock beyond the upper end of the band; [F] each.

    Without a plan the demand of the last twelve months is taken to come again. NaN where stock or cost is unknown.
    """
    closed = len(inputs.grain.history)
    ahead = np.nan_to_num(family_demand(inputs)[:, -12:] if demand_ahead is None else demand_ahead)
    days = calendar_days(following(inputs.grain.history[-1], ahead.shape[1] + 1))
    stock, cost = inputs.stock.closing_units[:, -1], inputs.money.unit_cost[:, closed - 1]
    lasts, allowed = np.empty(stock.size), np.empty(stock.size)
    for f, units in enumerate(stock):
        lasts[f] = days_of_supply(np.array([units]), np.concatenate(([0.0], ahead[f])), days)[0]
        allowed[f] = units_for_days(ahead[f], days[1:], settings.cover_high_days)
    return lasts, worth(np.maximum(stock - allowed, 0.0), cost)


def _excess(inputs: PlanInputs, settings: PlanningSettings, sheet: Sheet, demand_ahead: Array | None) -> Kpi:
    names = inputs.grain.families
    by_family = excess_by_family(inputs, settings, demand_ahead)
    known = ~np.isnan(by_family)
    order = [f for f in np.argsort(-np.nan_to_num(by_family), kind="stable").tolist() if by_family[f] > 0.0]
    return sheet.kpi(
        "excess-stock",
        float(by_family[known].sum()) if known.any() else math.nan,
        period=f"end of {short_name(inputs.grain.history[-1])}",
        parts=[(names[f], float(by_family[f]), Unit.MONEY) for f in order],
        reason="" if known.any() else _NO_STOCK,
        population="all families",
        excluded=names_where(names, ~known),
        table="inventory, receipts, products",
        assumptions=(f"cover of {settings.cover_days:g} days on top of the coming year's demand",),
    )


def count_accuracy(book: Array, counted: Array, tolerance: float) -> float:
    """Share of the items counted whose count lies within the tolerance of the books; NaN without a count.

    An empty shelf that the books call empty is right; one the books call full is not, whatever the tolerance.
    """
    known = ~np.isnan(book) & ~np.isnan(counted)
    right = np.abs(counted - book)[known] <= tolerance * np.abs(book)[known]
    return float(right.mean()) if right.size else math.nan


def _accuracy(inputs: PlanInputs, settings: PlanningSettings, sheet: Sheet) -> Kpi:
    """Of the last month with counts; the series has that month's share in each month counted."""
    counts = inputs.stock_counts
    every = np.asarray(counts.months, dtype=object)

    def of_month(month: str) -> float:
        rows = every == month
        return count_accuracy(counts.book_units[rows], counts.counted_units[rows], settings.count_tolerance_ratio)

    series = np.array([of_month(month) for month in inputs.grain.history])
    done = np.flatnonzero(~np.isnan(series))
    last = int(done[-1]) if done.size else len(series) - 1
    items = int((every == inputs.grain.history[last]).sum())
    return sheet.kpi(
        "inventory-accuracy",
        float(series[last]),
        period=short_name(inputs.grain.history[last]),
        parts=(
            ("items within tolerance", round(series[last] * items) if done.size else math.nan, Unit.COUNT),
            ("items counted", float(items), Unit.COUNT),
        ),
        reason="" if done.size else _NO_COUNTS,
        reference=(float(series[done[-2]]), "count before") if done.size > 1 else None,
        series=series,
        population=f"items counted, within {settings.count_tolerance_ratio:.0%} of the books",
        table="stock_counts",
    )
