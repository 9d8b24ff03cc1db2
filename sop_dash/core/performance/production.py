"""Production of the closed months: plan attainment of mix, schedule adherence, utilisation booked, changeover time."""

import math

import numpy as np

from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.monthly import MonthlyMetrics, cost_weights
from sop_dash.core.performance.sheet import Sheet

_NO_PRODUCTION = "No production plan and output: load the table production."
_NO_ON_TIME = "Not known what was on time: load on_time_units in the table production."
_NO_HOURS = "No hours booked: load used_hours in the table resources."
_NO_CHANGEOVER = "No changeover share: load changeover_ratio in the table resources."


def production_kpis(inputs: PlanInputs, page: Sheet, metrics: MonthlyMetrics) -> tuple[Kpi, ...]:
    """Figures of the last closed month, compared with the month before."""
    return (
        _ratio(inputs, page, "mix-attainment", metrics.mix_attainment, _NO_PRODUCTION, "production"),
        _ratio(inputs, page, "on-time-production", adherence(inputs), _NO_ON_TIME, "production"),
        _ratio(inputs, page, "utilisation", booked_utilisation(inputs), _NO_HOURS, "resources"),
        _changeover(inputs, page),
    )


def adherence(inputs: PlanInputs) -> Array:
    """[H] planned units finished on time ÷ planned units, families weighted by standard cost."""
    cost = cost_weights(inputs)[:, None]
    on_time, planned = measures.pairs(inputs.supply.on_time_units * cost, inputs.supply.planned_units * cost)
    return ratio_or_nan(np.nansum(on_time, axis=0), np.nansum(planned, axis=0))


def booked_utilisation(inputs: PlanInputs) -> Array:
    """[H] hours booked ÷ regular hours of the resources with both; above 1 with overtime."""
    months = len(inputs.grain.history)
    used, available = measures.pairs(inputs.supply.used_hours, inputs.supply.available_hours[:, :months])
    return ratio_or_nan(np.nansum(used, axis=0), np.nansum(available, axis=0))


def _changeover(inputs: PlanInputs, page: Sheet) -> Kpi:
    """Changeover hours ÷ available hours of the last month, resources with both figures."""
    hours = inputs.supply.available_hours[:, len(inputs.grain.history) - 1]
    share = inputs.supply.changeover_ratio
    known = ~np.isnan(hours) & ~np.isnan(share)
    spent, total = float((hours * share)[known].sum()), float(hours[known].sum())
    return page.kpi(
        "changeover-share",
        spent / total if total else math.nan,
        period=short_name(inputs.grain.history[-1]),
        parts=(("changeover hours", spent, Unit.HOURS), ("available hours", total, Unit.HOURS)),
        reason="" if total else _NO_CHANGEOVER,
        population="resources with hours and a changeover share",
        table="resources",
    )


def _ratio(inputs: PlanInputs, page: Sheet, kpi_id: str, series: Array, missing: str, table: str) -> Kpi:
    return page.kpi(
        kpi_id,
        float(series[-1]),
        period=short_name(inputs.grain.history[-1]),
        reason=missing if np.isnan(series[-1]) else "",
        reference=(float(series[-2]), "last month") if series.size > 1 else None,
        series=series,
        table=table,
    )
