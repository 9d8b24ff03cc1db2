"""Rows of the Supply page's tables: gaps and how the plan closes them, stock against its target by family."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.gap_table import FamilyGap, gap_table
from sop_dash.figures.formats import number
from sop_dash.services.plans import PlanView

Row = Mapping[str, Any]


def gap_rows(view: PlanView) -> list[Row]:
    """The gap table (S-308) of the families selected over the months on screen."""
    months = view.plan.grain.horizon
    return [
        {
            "family": gap.family,
            "demand": gap.demand,
            "supply": gap.regular_supply,
            "gap": _or_zero(gap.gap, gap.demand),
            "share": _or_zero(gap.gap_ratio, 1.0),
            "solution": solution(gap, months),
            "lost": gap.lost_revenue_value,
            "status": gap.status.value,
        }
        for gap in _gaps(view)
    ]


def gap_totals(view: PlanView) -> list[Row]:
    """The one figure of the gap table that may be added up: money."""
    lost = [gap.lost_revenue_value for gap in _gaps(view)]
    known = [value for value in lost if not math.isnan(value)]
    return [{"family": "Total", "lost": math.fsum(known) if known else None}]


def solution(gap: FamilyGap, months: Sequence[str]) -> str:
    """How the plan closes the gap, in units: "overtime 1,200 · outsourced 500 · not served 60, from Dec 26"."""
    means = (
        ("overtime", gap.overtime),
        ("outsourced", gap.outsourced),
        ("from target stock", max(gap.from_stock, 0.0)),
        ("built ahead", max(-gap.from_stock, 0.0)),
        ("not served", gap.not_served),
    )
    said = [f"{name} {number(units)}" for name, units in means if units >= 0.5 and units > 1e-4 * gap.demand]
    if not said:
        return "regular supply is enough"
    short = f", from {short_name(months[gap.first_short])}" if gap.first_short is not None else ""
    return f"{' · '.join(said)}{short}"


def _gaps(view: PlanView) -> tuple[FamilyGap, ...]:
    prepared = view.prepared
    hours = prepared.problem.resource_hours_per_unit
    return gap_table(view.plan, prepared.parts.opening_units, hours, view.families, len(view.months))


def _or_zero(value: float, scale: float) -> float:
    """Rounding of the planner is no gap."""
    return 0.0 if abs(value) < 1e-6 * max(abs(scale), 1.0) else value
