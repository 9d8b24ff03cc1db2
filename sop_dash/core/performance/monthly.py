"""The monthly metrics of the closed months: accuracy, bias, attainment, turns, days of supply, budget, margin.

Each is one company series [H], NaN where it cannot be calculated. Families are added by value, never by units: demand
at the family's net price, production and stock at standard cost. Where no price (cost) is known at all, units count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array, known_sum, ratio_or_nan
from sop_dash.core.model.company_money import past_money
from sop_dash.core.model.cover import days_of_supply
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import calendar_days

_YEAR = 12


class Base(NamedTuple):
    """What a ratio is taken of: ratio × `values` gives back what was counted.

    Attributes:
        counted: Name of the numerator.
        name: Name of the denominator.
        values: [H] the denominator.
        unit: Unit of both.
    """

    counted: str
    name: str
    values: Array
    unit: Unit = Unit.MONEY


@dataclass(frozen=True, kw_only=True, eq=False)
class MonthlyMetrics:
    """[H] each (S-281); ratios are fractions.

    Args:
        wape, bias: Of the forecast frozen one month ahead, weighted by value; positive bias is over-forecasting.
        mape: Mean over families with sales; `mape_excluded` counts families without.
        plan_attainment, mix_attainment: Volume, and volume of the right families.
        inventory_turns: Trailing twelve months, annualised where fewer are known.
        days_of_supply: Forward.
        revenue_attainment: Actual ÷ budget.
        margin_ratio, budget_margin_ratio: Gross margin ÷ revenue.
        bases: What each ratio is taken of, by KPI id.
    """

    wape: Array
    mape: Array
    mape_excluded: Array
    bias: Array
    plan_attainment: Array
    mix_attainment: Array
    inventory_turns: Array
    days_of_supply: Array
    revenue_attainment: Array
    margin_ratio: Array
    budget_margin_ratio: Array
    bases: Mapping[str, Base]


def monthly_metrics(
    inputs: PlanInputs, forecasts: Array | None = None, demand_ahead: Array | None = None
) -> MonthlyMetrics:
    """All monthly metrics of the history.

    Args:
        inputs: The data load.
        forecasts: [F, H] units forecast one month ahead; NaN where none was kept; None when there are none at all.
        demand_ahead: [F, T] demand planned after the history, for days of supply; None repeats the last year.
    """
    actual = family_demand(inputs)
    forecast = np.full(actual.shape, np.nan) if forecasts is None else forecasts
    value = demand_weights(inputs)[:, None]
    worth_actual, worth_forecast = (actual * value).T, (forecast * value).T
    shares = measures.mape(actual.T, forecast.T)
    cost = cost_weights(inputs)[:, None]
    made, planned = inputs.supply.actual_units * cost, inputs.supply.planned_units * cost
    volume, mix = attainment(made, planned)
    past, stock = past_money(inputs), known_sum(inputs.stock.closing_value, 0)
    turned, average = turns(past.cogs, stock)
    cover = _days_of_supply(inputs, stock, actual, demand_ahead)
    months = len(inputs.grain.history)
    judged = np.nansum(measures.pairs(worth_actual, worth_forecast)[0], axis=1)
    in_plan = np.nansum(measures.pairs(made, planned)[1], axis=0)
    return MonthlyMetrics(
        wape=measures.wape(worth_actual, worth_forecast),
        mape=shares.ratio,
        mape_excluded=shares.excluded,
        bias=measures.bias_ratio(worth_actual, worth_forecast),
        plan_attainment=volume,
        mix_attainment=mix,
        inventory_turns=turned,
        days_of_supply=cover,
        revenue_attainment=ratio_or_nan(past.revenue, past.budget_revenue[:months]),
        margin_ratio=ratio_or_nan(past.margin, past.margin_revenue),
        budget_margin_ratio=ratio_or_nan(past.budget_margin[:months], past.budget_revenue[:months]),
        bases={
            "wape": Base("absolute errors", "actual demand with a forecast", judged),
            "bias": Base("forecast − actual", "actual demand with a forecast", judged),
            "plan-attainment": Base("output", "production plan", in_plan),
            "inventory-turns": Base("cost of goods a year", "average stock", average),
            "days-of-supply": Base(
                "stock at month end", "demand a day until it is used up", ratio_or_nan(stock, cover)
            ),
            "revenue-attainment": Base("revenue", "budget", past.budget_revenue[:months]),
            "margin-ratio": Base("gross margin", "revenue", past.margin_revenue),
        },
    )


def family_demand(inputs: PlanInputs) -> Array:
    """[F, H] demand of each family, channels added; NaN before its first sale."""
    return known_sum(inputs.sales.demand_units, 1)


def demand_weights(inputs: PlanInputs) -> Array:
    """[F] money of one unit: net price of the last twelve months with sales; 1 for all where no price is known."""
    sales = inputs.sales
    known = ~np.isnan(sales.net_revenue_value) & ~np.isnan(sales.units)
    recent = slice(-_YEAR, None)
    money = np.where(known, sales.net_revenue_value, 0.0)
    units = np.where(known, sales.units, 0.0)
    price = ratio_or_nan(money[..., recent].sum(axis=(1, 2)), units[..., recent].sum(axis=(1, 2)))
    ever = ratio_or_nan(money.sum(axis=(1, 2)), units.sum(axis=(1, 2)))
    price = np.where(np.isnan(price), ever, price)
    return np.ones(price.shape) if np.isnan(price).all() else price


def cost_weights(inputs: PlanInputs) -> Array:
    """[F] standard cost of one unit in the last closed month; 1 for all where no cost is known."""
    cost = inputs.money.unit_cost[:, len(inputs.grain.history) - 1]
    return np.ones(cost.shape) if np.isnan(cost).all() else cost


def turns(cogs: Array, closing: Array) -> tuple[Array, Array]:
    """Stock turns a year of the twelve months up to each month, and the average stock of those months; [H] each.

    Annualised by 12 / n where only n months are known.

    Args:
        cogs: [H] cost of goods.
        closing: [H] stock at month end; the first month has no opening stock and so no turns.
    """
    middle = np.concatenate(([np.nan], (closing[:-1] + closing[1:]) / 2.0))
    result, average = np.full(cogs.shape, np.nan), np.full(cogs.shape, np.nan)
    for month in range(cogs.size):
        window = slice(max(0, month + 1 - _YEAR), month + 1)
        known = ~np.isnan(middle[window]) & ~np.isnan(cogs[window])
        if known[-1]:
            average[month] = middle[window][known].mean()
            result[month] = annual_turns(cogs[window][known].sum(), average[month], int(known.sum()))
    return result, average


def annual_turns(cogs: float, average_stock: float, months: int) -> float:
    """Turns a year: 12 / months × cost of goods of those months ÷ average stock; NaN without stock."""
    return float(ratio_or_nan(_YEAR / months * cogs, average_stock))


def attainment(actual: Array, plan: Array) -> tuple[Array, Array]:
    """Volume and mix attainment of production, [H] each, families added as given (weigh them before).

    Volume = Σ actual ÷ Σ plan hides the mix: 130 % and 70 % make 100 %. Mix = Σ min(actual, plan) ÷ Σ plan.
    Pairs with an unknown side are left out; a month without a plan is NaN.

    Args:
        actual: [F, H].
        plan: [F, H].
    """
    made, planned = measures.pairs(actual, plan)
    total = np.nansum(planned, axis=0)
    return (
        ratio_or_nan(np.nansum(made, axis=0), total),
        ratio_or_nan(np.nansum(np.minimum(made, planned), axis=0), total),
    )


def _days_of_supply(inputs: PlanInputs, stock: Array, actual: Array, demand_ahead: Array | None) -> Array:
    cost = inputs.money.unit_cost[:, : actual.shape[1]]
    past = np.nan_to_num(known_sum(actual * cost, 0))
    if demand_ahead is None:
        ahead = past[-_YEAR:]
    else:
        later = inputs.money.unit_cost[:, actual.shape[1] :]
        ahead = np.nan_to_num(known_sum(demand_ahead * later, 0))
    days = calendar_days(inputs.grain.calendar)
    series = np.concatenate((past, ahead))[: days.size]
    found = days_of_supply(stock, series, days[: series.size])
    return np.where(np.isinf(found), np.nan, found)
