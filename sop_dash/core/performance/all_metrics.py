"""Every metric of the catalogue once, with its latest figure: measured, planned, or missing and why.

The figure of the closed months wins over the figure of the plan.
"""

import math
from collections.abc import Mapping, Sequence

from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.kpi_catalogue import CATALOGUE
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.review import Review
from sop_dash.core.performance.sheet import sheet

_BY_FAMILY = "One figure per family: see Accuracy."
_MEETINGS = "Counted from the meetings of closed cycles: load the table meetings."
_MISSING: Mapping[str, str] = {
    "mape-detailed": _BY_FAMILY,
    "tracking-signal": _BY_FAMILY,
    "forecast-value-added": "One figure per step: see Accuracy.",
    "market-share": "No market is known: load the table market.",
    "expedite-cost": "No cost of expediting is read: load expedite_cost in the table service.",
    "cash-to-cash": "Told with the balance on Financials.",
    "margin-per-bottleneck-hour": "One figure per family: see Financials.",
    "decisions-on-time": _MEETINGS,
    "actions-completed": _MEETINGS,
    "engagement": _MEETINGS,
    "cycle-days": _MEETINGS,
}
_NOT_MEASURED = "Not measured in this data load."


def all_metrics(review: Review | None, planned: Sequence[Kpi], settings: PlanningSettings) -> tuple[Kpi, ...]:
    """One figure for each definition, in the order of the catalogue.

    Args:
        review: The closed months; None when none is closed.
        planned: Figures of the plan.
        settings: Targets and bands.
    """
    page = sheet(settings)
    found = {kpi.definition.id: kpi for kpi in planned}
    if review is not None:
        found |= {kpi.definition.id: kpi for kpi in (*_drawn(review, settings), *review.kpis)}
    return tuple(
        found.get(kpi_id) or page.kpi(kpi_id, float("nan"), period="", reason=_MISSING.get(kpi_id, _NOT_MEASURED))
        for kpi_id in CATALOGUE
    )


def _drawn(review: Review, settings: PlanningSettings) -> tuple[Kpi, ...]:
    """The figures that are drawn as trends but have no tile, and accuracy as the other side of the error."""
    page, month, metrics = sheet(settings), short_name(review.month), review.metrics
    missing = "No forecast of a past cycle is known: load the table forecasts."
    accuracy = (1.0 - metrics.wape).clip(min=0.0)
    return tuple(
        page.kpi(
            kpi_id,
            float(series[-1]),
            period=month,
            reason=missing if math.isnan(series[-1]) else "",
            reference=(float(series[-2]), "last month") if series.size > 1 else None,
            series=series,
            table="forecasts, sales",
        )
        for kpi_id, series in (("mape", metrics.mape), ("forecast-accuracy", accuracy))
    )
