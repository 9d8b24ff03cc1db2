"""Rows of the Supply page's tables: gaps and how the plan closes them, stock against its target by family."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.gap_table import FamilyGap, gap_table
from sop_dash.figures.formats import number
from sop_dash.services.plans import PlanView

Row = Mapping[str, Any]
NOTHING_LIMITS = "not known: load resources"
STOCK_ASSUMED = " · stock unknown, taken at its target: load inventory"


def gap_rows(view: PlanView) -> list[Row]:
    """The gap table (S-308) of the families selected over the months on screen.

    Supply and gap are unknown where no capacity is known that could make one; stock that is assumed is said.
    """
    months, families = view.plan.grain.horizon, view.plan.grain.families
    assumed = {family for family, so in zip(families, view.prepared.opening_assumed.tolist(), strict=True) if so}
    rows: list[Row] = []
    for gap in _gaps(view):
        judged = _judged(gap)
        told = solution(gap, months) if judged else NOTHING_LIMITS
        rows.append(
            {
                "family": gap.family,
                "demand": gap.demand,
                "supply": gap.regular_supply if judged else None,
                "gap": _or_zero(gap.gap, gap.demand) if judged else None,
                "share": _or_zero(gap.gap_ratio, 1.0) if judged else None,
                "solution": f"{told}{STOCK_ASSUMED if judged and gap.family in assumed else ''}",
                "lost": gap.lost_revenue_value if judged else None,
                "status": gap.status.value,
            }
        )
    return rows


def gap_totals(view: PlanView) -> list[Row]:
    """The one figure of the gap table that may be added up: money."""
    lost = [gap.lost_revenue_value for gap in _gaps(view) if _judged(gap)]
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


def _judged(gap: FamilyGap) -> bool:
    """Whether anything is known that could leave a gap."""
    return gap.capacity_known or gap.first_short is not None


def _or_zero(value: float, scale: float) -> float:
    """Rounding of the planner is no gap."""
    return 0.0 if abs(value) < 1e-6 * max(abs(scale), 1.0) else value
