"""Service of the closed months: on time, in full, OTIF, perfect orders, cancelled lines, fill rate, lost sales.

Lines due in the month are the population; cancelled lines are not due. What cannot move by construction is not
informative and gets no status.
"""

import numpy as np

from sop_dash.core.model.arrays import Array, known_sum, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.ahead import NO_PRICE
from sop_dash.core.performance.monthly import demand_weights, family_demand
from sop_dash.core.performance.sheet import Sheet, names_where

_NO_SERVICE = "No service figures: load the table service."
_CONSTANT = "Constant by construction: every line is on time and in full in every month of the data."
_NO_DEMAND_DATA = "Demand is known only as units sold: load unconstrained_units in the table sales."


def service_kpis(inputs: PlanInputs, sheet: Sheet) -> tuple[Kpi, ...]:
    """Every service figure of the last closed month, compared with the month before; series over the history."""
    service = inputs.service
    counted = (
        ("otif", "lines on time and in full", service.on_time_in_full),
        ("on-time-requested", "lines by the requested date", service.on_time_requested),
        ("on-time-promised", "lines by the promised date", service.on_time_promised),
        ("in-full", "lines in full", service.in_full),
        ("perfect-order", "perfect lines", service.perfect),
    )
    rates = [_rate(inputs, sheet, kpi_id, name, met, service.lines_due) for kpi_id, name, met in counted]
    cancelled = _rate(
        inputs, sheet, "cancelled", "cancelled lines", service.cancelled, service.lines_due + service.cancelled
    )
    return (*rates, cancelled, _satisfaction(inputs, sheet), *_served(inputs, sheet))


def _rate(inputs: PlanInputs, sheet: Sheet, kpi_id: str, name: str, met: Array, of: Array) -> Kpi:
    series = ratio_or_nan(met, of)
    judged = kpi_id != "cancelled"
    constant = judged and (inputs.service.otif_constant or _never_moves(series))
    return sheet.kpi(
        kpi_id,
        float(series[-1]),
        period=short_name(inputs.grain.history[-1]),
        parts=((name, float(met[-1]), Unit.COUNT), ("lines", float(of[-1]), Unit.COUNT)),
        reason=_NO_SERVICE if np.isnan(series[-1]) else _CONSTANT if constant else "",
        reference=_month_before(series),
        informative=not constant,
        series=series,
        population="lines due in the month, cancelled ones left out" if judged else "lines due and cancelled",
        table="service",
    )


def _never_moves(series: Array) -> bool:
    """True when at least six months are known and all of them are exactly 100 %."""
    known = series[~np.isnan(series)]
    return known.size >= 6 and bool((known == 1.0).all())


def _satisfaction(inputs: PlanInputs, sheet: Sheet) -> Kpi:
    series = inputs.service.satisfaction_score
    return sheet.kpi(
        "satisfaction",
        float(series[-1]),
        period=short_name(inputs.grain.history[-1]),
        reason=_NO_SERVICE if np.isnan(series[-1]) else "",
        reference=_month_before(series),
        series=series,
        table="service",
    )


def _served(inputs: PlanInputs, sheet: Sheet) -> tuple[Kpi, Kpi]:
    """Fill rate and lost sales from unconstrained demand; not informative where demand is the units sold.

    The fill rate is weighted by price, and counted in units where a price is missing, as the service of the plan is.
    """
    demanded, sold = family_demand(inputs), known_sum(inputs.sales.units, 1)
    short, price = np.maximum(demanded - sold, 0.0), demand_weights(inputs)[:, None]
    priced = not np.isnan(inputs.sales.net_revenue_value).all()
    unpriced = np.isnan(price[:, 0]) & (np.nan_to_num(demanded) > 0.0).any(axis=1)
    by_units = bool(unpriced.any()) or not priced
    weight, unit = (np.ones_like(price), Unit.UNITS) if by_units else (price, Unit.MONEY)
    wanted, missed = known_sum(demanded * weight, 0), known_sum(short * weight, 0)
    informative = not np.array_equal(inputs.sales.demand_units, inputs.sales.units, equal_nan=True)
    rate = ratio_or_nan(wanted - missed, wanted)
    month = short_name(inputs.grain.history[-1])
    reason = "" if informative else _NO_DEMAND_DATA
    fill = sheet.kpi(
        "fill-rate",
        float(rate[-1]),
        period=month,
        parts=(("demand served", float(wanted[-1] - missed[-1]), unit), ("demand", float(wanted[-1]), unit)),
        reason=reason,
        reference=_month_before(rate),
        informative=informative,
        series=rate,
        population="all families, " + ("by units: prices missing" if by_units else "weighted by price"),
        table="sales",
    )
    lost_value = known_sum(short * price, 0) if informative and priced else np.full(rate.shape, np.nan)
    names = names_where(inputs.grain.families, unpriced)
    lost = sheet.kpi(
        "lost-sales",
        float(lost_value[-1]),
        period=month,
        reason=reason or ("" if priced else NO_PRICE),
        reference=_month_before(lost_value),
        series=lost_value,
        population="all families at their net price",
        excluded=f"no price: {names}" if names else "",
        table="sales",
    )
    return fill, lost


def _month_before(series: Array) -> tuple[float, str] | None:
    return (float(series[-2]), "last month") if series.size > 1 else None
