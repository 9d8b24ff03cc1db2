"""What is out of the ordinary in the last closed month, and forecasts that changed since last cycle, by money."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.model.arrays import Array, known_sum, ratio_or_nan
from sop_dash.core.model.findings import Finding, FindingKind, Severity, by_importance
from sop_dash.core.model.inputs import Grain, PlanInputs
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.family_accuracy import FamilyAccuracy, offsetting
from sop_dash.core.performance.monthly import MonthlyMetrics, cost_weights, demand_weights, family_demand
from sop_dash.core.performance.stock_health import above_band, excess_by_family


def _kind(code: str, title: str, remedy: str, severity: Severity = Severity.WARNS) -> FindingKind:
    return FindingKind(code=code, severity=severity, title=title, remedy=remedy)


RUNS_OFF = _kind(
    "forecast-runs-off",
    "Forecast runs off to one side",
    "Review the family on the Demand page; ask who raised or cut it.",
)
OFF_PLAN = _kind(
    "production-off-plan",
    "Production away from the plan",
    "Ask operations for the cause; more than planned is not good either.",
)
NO_STOCK_LEFT = _kind("stock-out", "No stock at month end", "Raise the cover of the family or bring supply forward.")
EXCESS = _kind("excess-stock", "More stock than the coming year needs", "Stop receipts, or decide how to sell it off.")
OVER_BAND = _kind(
    "stock-above-band", "More stock than the band allows", "Hold back supply until the stock is inside the band again."
)
BELOW_BUDGET = _kind("revenue-below-budget", "Revenue below budget", "See the bridge for price, volume and mix.")
SELLS_AT_A_LOSS = _kind(
    "sold-below-cost", "Sold below standard cost", "Review price and cost of this family and channel on Financials."
)
HIDDEN_BIAS = _kind(
    "offsetting-bias",
    "Biases that hide one another",
    "Look at the families, not at the total.",
    Severity.INFORMS,
)
_AT_PRICE = (RUNS_OFF, NO_STOCK_LEFT)


def exceptions(
    inputs: PlanInputs,
    settings: PlanningSettings,
    accuracy: tuple[FamilyAccuracy, ...],
    metrics: MonthlyMetrics,
    demand_ahead: Array | None = None,
) -> tuple[Finding, ...]:
    """Everything worth a look in the last closed month, most money first; empty when all is in order."""
    found = (
        *_forecasts(inputs, settings, accuracy, metrics),
        *_production(inputs, settings),
        *_stock(inputs, settings, demand_ahead),
        *_budget(inputs, settings),
        *_losses(inputs),
    )
    if np.isnan(inputs.sales.net_revenue_value).all():
        # Demand is then weighed in units, which are no money at stake.
        found = tuple(replace(one, value=None) if one.kind in _AT_PRICE else one for one in found)
    return by_importance(found)


@dataclass(frozen=True, kw_only=True)
class ChangedMonth:
    """One month whose forecast moved since last cycle.

    Args:
        family, month: Which.
        units, before_units: Forecast of this cycle and of last cycle.
        ratio: Change as a share of last cycle's figure; NaN where last cycle had nothing: the forecast is new.
        value: The change in money, never negative; NaN without a price.
    """

    family: str
    month: str
    units: float
    before_units: float
    ratio: float
    value: float

    @property
    def new(self) -> bool:
        """True where last cycle had nothing."""
        return math.isnan(self.ratio)


def changed_months(
    grain: Grain, current: Array, previous: Array, price: Array, *, threshold: float = 0.20, least_value: float = 0.0
) -> tuple[ChangedMonth, ...]:
    """Months whose forecast differs from last cycle's figure for the same month, most money first (D-09, D-10).

    A steady seasonal step is no change, a cut in every month is. Where last cycle had nothing the forecast is new.

    Args:
        grain: Names of families and horizon.
        current: [F, T] units of this cycle.
        previous: [F, T] units of last cycle for the same months; NaN where it did not reach.
        price: [F, T] money of one unit.
        threshold: Least change worth telling, as a share of last cycle's figure.
        least_value: Least change worth telling in money.
    """
    change = current - previous
    share = np.where(previous > 0.0, ratio_or_nan(change, previous), np.nan)
    value = np.abs(change) * price
    new = (previous == 0.0) & (current > 0.0)
    told = (new | (np.abs(share) > threshold)) & ~(value < least_value)
    rows = [
        ChangedMonth(
            family=grain.families[f],
            month=grain.horizon[t],
            units=float(current[f, t]),
            before_units=float(previous[f, t]),
            ratio=float(share[f, t]),
            value=float(value[f, t]),
        )
        for f, t in np.argwhere(told).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (-np.nan_to_num(row.value), row.family, row.month)))


def finding_key(finding: Finding) -> str:
    """What an exception is about; the same from month to month."""
    return f"{finding.kind.code}|{finding.place}"


def finding_facts(finding: Finding) -> str:
    """What it says; an exception somebody has reviewed returns when this changes."""
    size = "" if finding.value is None else f"{finding.value:.3g}"
    return f"{finding.detail}|{size}"


def _forecasts(
    inputs: PlanInputs, settings: PlanningSettings, accuracy: tuple[FamilyAccuracy, ...], metrics: MonthlyMetrics
) -> Iterator[Finding]:
    for row in accuracy:
        if row.alarm:
            side = "above" if row.bias > 0.0 else "below"
            size = _percent(abs(row.bias)) if abs(row.bias) < 10.0 else "more than ten times"
            signal = f"{row.tracking_signal:+.1f}".replace("-", "−")
            detail = f"{size} {side} actual demand over {row.months} months; tracking signal {signal}."
            yield Finding(kind=RUNS_OFF, place=row.family, detail=detail, value=_money(abs(row.bias) * row.value))
    hidden = offsetting(accuracy, band=settings.bias_band, company_bias=_window_bias(accuracy))
    if len(hidden) > 1 and not math.isnan(metrics.bias[-1]):
        yield Finding(kind=HIDDEN_BIAS, place=", ".join(hidden), detail="The company's total looks unbiased.")


def _percent(ratio: float) -> str:
    return f"{ratio:.0%}".replace("%", " %")


def _window_bias(accuracy: tuple[FamilyAccuracy, ...]) -> float:
    known = [row for row in accuracy if not math.isnan(row.bias) and not math.isnan(row.value)]
    total = sum(row.value for row in known)
    return sum(row.bias * row.value for row in known) / total if total else math.nan


def _production(inputs: PlanInputs, settings: PlanningSettings) -> Iterator[Finding]:
    made, planned = inputs.supply.actual_units[:, -1], inputs.supply.planned_units[:, -1]
    share, cost = ratio_or_nan(made, planned), cost_weights(inputs)
    for f, name in enumerate(inputs.grain.families):
        if share[f] < settings.attainment_low or share[f] > settings.attainment_high:
            detail = f"{made[f]:,.0f} made, {planned[f]:,.0f} planned ({_percent(share[f])})."
            yield Finding(
                kind=OFF_PLAN,
                table="production",
                place=f"{name}, {short_name(inputs.grain.history[-1])}",
                detail=detail,
                value=_money(abs(made[f] - planned[f]) * cost[f]),
            )


def _stock(inputs: PlanInputs, settings: PlanningSettings, demand_ahead: Array | None) -> Iterator[Finding]:
    demand, closing = family_demand(inputs)[:, -1], inputs.stock.closing_units[:, -1]
    excess, value = excess_by_family(inputs, settings, demand_ahead), demand * demand_weights(inputs)
    days, above = above_band(inputs, settings, demand_ahead)
    for f, name in enumerate(inputs.grain.families):
        if demand[f] > 0.0 and closing[f] <= 0.0:
            detail = f"{demand[f]:,.0f} units were asked for in the month."
            yield Finding(kind=NO_STOCK_LEFT, table="inventory", place=name, detail=detail, value=_money(value[f]))
        if excess[f] > 0.0:
            yield Finding(kind=EXCESS, table="inventory", place=name, value=_money(excess[f]))
        elif above[f] > 0.0:
            detail = f"{days[f]:.0f} days of supply; the band ends at {settings.cover_high_days:.0f}."
            yield Finding(kind=OVER_BAND, table="inventory", place=name, detail=detail, value=_money(above[f]))


def _budget(inputs: PlanInputs, settings: PlanningSettings) -> Iterator[Finding]:
    last = len(inputs.grain.history) - 1
    actual = known_sum(inputs.sales.net_revenue_value[:, :, last], 1)
    budget = known_sum(inputs.money.budget_revenue_value[:, :, last], 1)
    for f, name in enumerate(inputs.grain.families):
        if actual[f] < settings.attainment_low * budget[f]:
            yield Finding(
                kind=BELOW_BUDGET,
                table="budget",
                place=f"{name}, {short_name(inputs.grain.history[last])}",
                detail=f"{_percent(actual[f] / budget[f])} of budget.",
                value=_money(budget[f] - actual[f]),
            )


def _losses(inputs: PlanInputs) -> Iterator[Finding]:
    """Family and channel whose last twelve months were sold below standard cost."""
    months = len(inputs.grain.history)
    recent = slice(max(0, months - 12), months)
    cost = inputs.money.unit_cost[:, None, recent]
    margin = known_sum(inputs.sales.net_revenue_value[..., recent] - inputs.sales.units[..., recent] * cost, 2)
    for f, c in np.argwhere(margin < 0.0).tolist():
        place = f"{inputs.grain.families[f]}, {inputs.grain.channels[c]}"
        yield Finding(
            kind=SELLS_AT_A_LOSS,
            table="prices",
            place=place,
            detail="Margin of the last 12 months is negative.",
            value=_money(-margin[f, c]),
        )


def _money(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
