"""Stock KPIs of a plan: value, against target, below target, turns, forward days of supply; all at standard cost."""

import math
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.cover import beyond_horizon, days_of_supply
from sop_dash.core.model.kpi import Kpi, Target, Unit
from sop_dash.core.model.periods import calendar_days, following
from sop_dash.core.performance.ahead import NO_COST, Ahead, largest_first, ratios

_ONE_YEAR = 12
_NO_STOCK = "Stock is not known, so the plan starts from its target: load the table inventory."


def stock_kpis(ahead: Ahead) -> tuple[Kpi, ...]:
    """Stock value, closing stock, stock against and below target, turns and days of supply of the months ahead."""
    return (
        _stock_value(ahead),
        _closing_stock(ahead),
        _against_target(ahead),
        _below_target(ahead),
        _turns(ahead),
        _days_of_supply(ahead),
    )


def _stock_value(ahead: Ahead) -> Kpi:
    value = ahead.stock_value
    total = sum(value[: ahead.months])
    average = total / ahead.months
    return ahead.sheet.kpi(
        "stock-value",
        average,
        period=f"average {ahead.period}",
        parts=(
            ("sum of month ends", total, Unit.MONEY),
            ("months", ahead.months, Unit.COUNT),
        ),
        reason=_reason(average),
        reference=(ahead.opening_value, "last month"),
        series=value,
        excluded=ahead.no_cost,
        table="inventory, products",
    )


def _closing_stock(ahead: Ahead) -> Kpi:
    last, history = ahead.months - 1, len(ahead.inputs.grain.history)
    value, budget = ahead.stock_value[last], float(ahead.inputs.money.budget_inventory_value[history + last])
    opening = ahead.opening_value
    return ahead.sheet.kpi(
        "closing-stock",
        value,
        period=f"end of {ahead.last_month}",
        parts=(("opening stock", opening, Unit.MONEY), ("change", value - opening, Unit.MONEY)),
        reason=_reason(value),
        target=None if math.isnan(budget) else Target(high=budget, aim=budget),
        reference=(opening, "last month") if math.isnan(budget) else (budget, "budget"),
        series=ahead.stock_value,
        excluded=ahead.no_cost,
        table="inventory, products",
    )


def _against_target(ahead: Ahead) -> Kpi:
    months = ahead.months
    stock, target = ahead.stock_value, ahead.of_families_with_cost(ahead.target_value)
    held, wanted = sum(stock[:months]), sum(target[:months])
    value = held / wanted if wanted else math.nan
    counted = not np.isnan(ahead.inputs.stock.saleable_units).all()
    return ahead.sheet.kpi(
        "stock-against-target",
        value,
        period=f"average {ahead.period}",
        parts=(
            ("average stock", held / months, Unit.MONEY),
            ("average target", wanted / months, Unit.MONEY),
        ),
        reason=_reason(held) or ("The stock target is zero." if math.isnan(value) else "" if counted else _NO_STOCK),
        informative=counted,
        series=ratios(stock, target),
        excluded=ahead.no_cost,
        table="inventory, products",
    )


def _below_target(ahead: Ahead) -> Kpi:
    missing = np.maximum(ahead.target_value - ahead.money.inventory, 0.0)
    by_month = ahead.of_families_with_cost(missing)[: ahead.months]
    value = max(by_month)
    worst = by_month.index(value)
    names, units = ahead.inputs.grain.families, missing[:, worst].tolist()
    short = [] if math.isnan(value) else largest_first(units)
    return ahead.sheet.kpi(
        "stock-below-target",
        value,
        period=f"end of {ahead.month_name(worst)}",
        parts=[(names[f], units[f], Unit.MONEY) for f in short],
        reason=_reason(value),
        series=by_month,
        population="families below their target",
        excluded=ahead.no_cost,
        table="inventory, products",
    )


def _turns(ahead: Ahead) -> Kpi:
    months = ahead.months
    cogs = ahead.of_families_with_cost(ahead.family_cogs)
    opening = (ahead.opening_value, *ahead.stock_value)
    average = [(before + after) / 2.0 for before, after in zip(opening, ahead.stock_value, strict=False)]
    stock, sold = sum(average[:months]) / months, sum(cogs[:months])
    value = _ONE_YEAR / months * sold / stock if stock else math.nan
    return ahead.sheet.kpi(
        "inventory-turns",
        value,
        period=ahead.period,
        parts=(
            (f"cost of goods, {months} months", sold, Unit.MONEY),
            ("average stock", stock, Unit.MONEY),
            ("months", months, Unit.COUNT),
        ),
        reason=_reason(stock) or ("There is no stock." if math.isnan(value) else ""),
        series=ratios([_ONE_YEAR * cost for cost in cogs], average),
        excluded=ahead.no_cost,
        table="inventory, sales, products",
    )


def _days_of_supply(ahead: Ahead) -> Kpi:
    months, horizon = ahead.months, ahead.inputs.grain.horizon
    at_cost = ahead.of_families_with_cost(ahead.demand.committed_units * ahead.money.unit_cost)
    demand = beyond_horizon(np.array(at_cost), _ONE_YEAR)
    lasting = days_of_supply(np.array(ahead.stock_value), demand, _days(horizon[0], demand.size))
    days: list[float] = lasting.tolist()
    total = sum(days[:months])
    value = total / months
    endless = math.isinf(value)
    return ahead.sheet.kpi(
        "days-of-supply",
        math.nan if endless else value,
        period=f"average {ahead.period}",
        parts=(
            ("sum of days at month ends", total, Unit.DAYS),
            ("months", months, Unit.COUNT),
        ),
        reason="No demand follows." if endless else _reason(value),
        series=[math.nan if math.isinf(month) else month for month in days],
        population="stock of all families against the demand of all families, both at standard cost",
        excluded=ahead.no_cost,
        table="inventory, sales, products",
        assumptions=("after the horizon demand repeats its last twelve months",),
    )


@lru_cache(maxsize=8)
def _days(first: str, months: int) -> Array:
    return calendar_days(following(first, months))


def _reason(value: float) -> str:
    return NO_COST if math.isnan(value) else ""
