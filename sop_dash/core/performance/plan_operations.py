"""Service and capacity KPIs of a plan: share of demand served, worst bottleneck, overtime, outsourcing."""

import math

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.performance.ahead import Ahead, largest_first, monthly, ratios
from sop_dash.core.performance.load import fullest_cell
from sop_dash.core.performance.sheet import names_where

_NO_RESOURCES = "No resource with hours is known: load the tables resources and resource_profile."
_NO_DEMAND = "No demand in these months."
_NOTHING_LIMITS = "Nothing limits supply: load resources and resource_profile to see what can be served."
_EACH_MONTH = ("Each month is to reach the target: one below it is to be watched, whatever the whole period reaches.",)
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
    """Share of demand shipped in its month, weighted by price; by units where a price is missing."""
    months, by_units = ahead.months, not ahead.every_price
    served, demanded = _weighed(ahead)
    value_served, value_demanded = sum(served[:months]), sum(demanded[:months])
    value = value_served / value_demanded if value_demanded else math.nan
    gaps = [t for t in range(months) if demanded[t] - served[t] > _NOTICEABLE * max(demanded[t], 1.0)]
    first = f"first short {ahead.month_name(gaps[0])}" if gaps else "no month short"
    by_month = ratios(served, demanded)
    least = min(gaps, key=by_month.__getitem__, default=None)
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
        series=by_month,
        worst=None if least is None else (ahead.month_name(least), by_month[least]),
        population="all families and channels, " + ("by units: prices missing" if by_units else "weighted by price"),
        table="sales, prices",
        assumptions=_EACH_MONTH,
    )


def _weighed(ahead: Ahead) -> tuple[list[float], list[float]]:
    """[T] demand served in its month and all demand, at price; in units where a price is missing."""
    lost, committed = ahead.supply.lost, ahead.demand.committed
    weight = np.fmax(ahead.money.price, 0.0) if ahead.every_price else np.ones(lost.shape)
    in_time = committed - lost
    if ahead.supply.waiting.any():
        in_time -= np.minimum(ahead.supply.waiting, in_time)
    served, demanded = (np.einsum("fct,fct->t", units, weight) for units in (in_time, committed))
    return served.tolist(), demanded.tolist()


def _utilisation(ahead: Ahead) -> tuple[Kpi, ...]:
    supply, resources, months = ahead.supply, ahead.inputs.grain.resources, ahead.months
    used, available = supply.hours_used, supply.available_hours
    every = ratio_or_nan(used, available)
    filled = every[:, :months]
    known = ~np.isnan(filled)
    if not known.any():
        empty = (
            ahead.sheet.kpi(name, math.nan, period=ahead.period, reason=_NO_RESOURCES, table="resources")
            for name in ("worst-bottleneck", "utilisation", "capacity-lead-time")
        )
        return tuple(empty)
    by_month = [monthly(line) for line in (used, available)]
    no_hours, (hours, capacity) = "", (sum(line[:months]) for line in by_month)
    if not known.all():
        no_hours = names_where(resources, ~known.all(axis=1))
        hours, capacity = (float(line[:, :months][known].sum()) for line in (used, available))
    row, month = divmod(fullest_cell(filled), months)
    return (
        ahead.sheet.kpi(
            "worst-bottleneck",
            float(filled[row, month]),
            period=f"{resources[row]}, {ahead.month_name(month)}",
            parts=(
                ("hours used", float(used[row, month]), Unit.HOURS),
                ("regular hours", float(available[row, month]), Unit.HOURS),
            ),
            series=every[row].tolist(),
            population=f"{len(resources)} resources, {ahead.period}",
            excluded=f"months without hours: {no_hours}" if no_hours else "",
            table="resources, resource_profile",
        ),
        ahead.sheet.kpi(
            "utilisation",
            hours / capacity,
            period=ahead.period,
            parts=(("hours used", hours, Unit.HOURS), ("regular hours", capacity, Unit.HOURS)),
            series=ratios(*by_month),
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
    by_month, unknown = monthly(values), ""
    if math.isnan(sum(by_month)):
        unknown = names_where(names, np.isnan(values).any(axis=1))
        values = np.nan_to_num(values)
        by_month = monthly(values)
    rows = values[:, : ahead.months].sum(axis=1).tolist()
    return ahead.sheet.kpi(
        kpi_id,
        math.fsum(rows) if names else math.nan,
        period=ahead.period,
        reason="" if names else _NO_RESOURCES,
        parts=[(names[row], rows[row], unit) for row in largest_first(rows)],
        series=by_month,
        excluded=f"no cost: {unknown}" if unknown else "",
        table="resources" if unit is Unit.HOURS else "supply_options, products",
    )
