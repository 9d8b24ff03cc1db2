"""Service and capacity KPIs of a plan: share of demand served, worst bottleneck, overtime, outsourcing."""

import math

import numpy as np

from sop_dash.core.model.arrays import Array, has_unknown, ratio_or_nan
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.performance.ahead import Ahead
from sop_dash.core.performance.sheet import names_where

_NO_RESOURCES = "No resource with hours is known: load the tables resources and resource_profile."
_NO_DEMAND = "No demand in these months."
_NOTHING_LIMITS = "Nothing limits supply: load resources and resource_profile to see what can be served."
# A smaller share of a month's demand is not worth calling the month short.
_NOTICEABLE = 1e-4


def operation_kpis(ahead: Ahead) -> tuple[Kpi, ...]:
    """Service, worst bottleneck, utilisation, overtime hours, premiums, and the time to add capacity."""
    return (
        _service(ahead),
        *_utilisation(ahead),
        _total(ahead, "overtime-hours", ahead.supply.overtime_hours, Unit.HOURS, ahead.inputs.grain.resources),
        _total(ahead, "overtime-cost", ahead.money.overtime_premium, Unit.MONEY, ahead.inputs.grain.families),
        _total(ahead, "outsourcing-cost", ahead.money.outsource_premium, Unit.MONEY, ahead.inputs.grain.families),
    )


def _service(ahead: Ahead) -> Kpi:
    """Share of demand shipped in its month, weighted by price; by units where no price is known at all."""
    price = ahead.money.price
    by_units = not ahead.any_price
    weight = np.ones(price.shape) if by_units else np.fmax(price, 0.0)
    in_time = ahead.demand.committed - ahead.supply.lost
    late = np.minimum(ahead.supply.waiting, in_time)
    served = ((in_time - late) * weight).sum(axis=(0, 1))
    short = ((ahead.supply.lost + late) * weight).sum(axis=(0, 1))
    demanded = served + short
    value_served, value_demanded = float(served[: ahead.months].sum()), float(demanded[: ahead.months].sum())
    value = value_served / value_demanded if value_demanded else math.nan
    gaps = np.flatnonzero(short[: ahead.months] > _NOTICEABLE * np.maximum(demanded[: ahead.months], 1.0))
    first = f"first short {ahead.month_name(int(gaps[0]))}" if gaps.size else "no month short"
    unit = Unit.UNITS if by_units else Unit.MONEY
    unlimited = ahead.inputs.supply_is_unlimited
    return ahead.sheet.kpi(
        "service",
        value,
        period=f"{ahead.period}, {first}",
        parts=(
            ("demand served", value_served, unit),
            ("demand of the plan", value_demanded, unit),
        ),
        reason=_NO_DEMAND if math.isnan(value) else _NOTHING_LIMITS if unlimited else "",
        informative=not unlimited,
        series=ratio_or_nan(served, demanded),
        population="all families and channels, " + ("by units: no prices given" if by_units else "weighted by price"),
        excluded="" if by_units else ahead.no_price,
        table="sales, prices",
    )


def _utilisation(ahead: Ahead) -> tuple[Kpi, ...]:
    supply, resources = ahead.supply, ahead.inputs.grain.resources
    used, available = supply.hours_used[:, : ahead.months], supply.available_hours[:, : ahead.months]
    filled = ratio_or_nan(used, available)
    known = ~np.isnan(filled)
    if not known.any():
        empty = (
            ahead.sheet.kpi(name, math.nan, period=ahead.period, reason=_NO_RESOURCES, table="resources")
            for name in ("worst-bottleneck", "utilisation", "capacity-lead-time")
        )
        return tuple(empty)
    no_hours, counted = "", (used, available)
    if not known.all():
        no_hours = names_where(resources, ~known.all(axis=1))
        filled, counted = np.where(known, filled, -np.inf), (used[known], available[known])
    row, month = divmod(int(filled.argmax()), filled.shape[1])
    hours, capacity = (float(part.sum()) for part in counted)
    return (
        ahead.sheet.kpi(
            "worst-bottleneck",
            float(filled[row, month]),
            period=f"{resources[row]}, {ahead.month_name(month)}",
            parts=(
                ("hours used", float(used[row, month]), Unit.HOURS),
                ("regular hours", float(available[row, month]), Unit.HOURS),
            ),
            series=ratio_or_nan(supply.hours_used[row], supply.available_hours[row]),
            population=f"{len(resources)} resources, {ahead.period}",
            excluded=f"months without hours: {no_hours}" if no_hours else "",
            table="resources, resource_profile",
        ),
        ahead.sheet.kpi(
            "utilisation",
            hours / capacity,
            period=ahead.period,
            parts=(("hours used", hours, Unit.HOURS), ("regular hours", capacity, Unit.HOURS)),
            series=ratio_or_nan(supply.hours_used.sum(axis=0), supply.available_hours.sum(axis=0)),
            population=f"{len(resources)} resources",
            excluded=f"months without hours: {no_hours}" if no_hours else "",
            table="resources, resource_profile",
        ),
        _capacity_lead_time(ahead, filled),
    )


def _capacity_lead_time(ahead: Ahead, filled: Array) -> Kpi:
    """The longest lead time among the resources above the utilisation band; a calm plan has none to name."""
    full = (filled > ahead.settings.utilisation_high).any(axis=1)
    lead = ahead.inputs.supply.capacity_lead_time_months
    resources, rows = ahead.inputs.grain.resources, np.flatnonzero(full).tolist()
    known = [(resources[r], float(lead[r])) for r in rows if not math.isnan(lead[r])]
    unknown = ", ".join(resources[r] for r in rows if math.isnan(lead[r]))
    reason = "" if known else "No lead time known: load resources (capacity_lead_time_months)."
    if not rows:
        reason = "No resource is above its band."
    return ahead.sheet.kpi(
        "capacity-lead-time",
        max((months for _, months in known), default=math.nan),
        period=ahead.period,
        parts=[(name, months, Unit.COUNT) for name, months in known],
        reason=reason,
        population="resources above the utilisation band",
        excluded=f"no lead time: {unknown}" if unknown else "",
        table="resources",
    )


def _total(ahead: Ahead, kpi_id: str, values: Array, unit: Unit, names: tuple[str, ...]) -> Kpi:
    """The sum over rows and months ahead; its operands are the rows that count, largest first."""
    some_unknown = has_unknown(values)
    known = np.nan_to_num(values) if some_unknown else values
    rows = known[:, : ahead.months].sum(axis=1).tolist()
    order = sorted((row for row, total in enumerate(rows) if total), key=lambda row: -rows[row])
    return ahead.sheet.kpi(
        kpi_id,
        math.fsum(rows),
        period=ahead.period,
        parts=[(names[row], rows[row], unit) for row in order],
        series=known.sum(axis=0),
        excluded=f"no cost: {names_where(names, np.isnan(values).any(axis=1))}" if some_unknown else "",
        table="resources" if unit is Unit.HOURS else "supply_options, products",
    )
