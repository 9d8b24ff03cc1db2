"""Approved plans in words and rows: where the plan stands, what was approved, and how the plan now differs from it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array, known_sum
from sop_dash.core.model.kpi import Unit
from sop_dash.core.plan.frozen_plan import FIGURES, FigureKind, FrozenKpi, FrozenPlan, side_by_side
from sop_dash.core.plan.plan_basis import ADJUSTMENTS, DECISIONS, SETTINGS
from sop_dash.figures.formats import MISSING, listed, moment_in_words, months_in_words, plural, signed, written
from sop_dash.services.kept_versions import PlanVersion
from sop_dash.services.plan_versions import PlanState

Row = Mapping[str, Any]

CHANGE, AS_APPROVED, NOW = "change", "approved", "now"
SHOWN: Mapping[str, str] = {
    CHANGE: "The plan now, less as approved",
    AS_APPROVED: "As approved",
    NOW: "The plan now",
}
_KPIS = (
    "revenue-outlook",
    "margin-outlook",
    "service",
    "lost-margin",
    "worst-bottleneck",
    "overtime-cost",
    "stock-value",
    "stock-against-target",
    "cash-low",
    "working-capital",
)
_TOTAL = "All families"


def state_sentence(state: PlanState) -> str:
    """Where the plan of the cycle stands, in one sentence."""
    when = f"by {state.by}, {moment_in_words(state.at)}"
    if state.approved:
        return f"Approved {when}." if state.changes else f"Approved {when}; nothing has changed since."
    if state.proposed:
        return f"Proposed {when}; it waits for approval."
    return f"Draft: opened again {when}." if state.plan else "Draft: nobody has approved this plan yet."


def changes_sentence(state: PlanState) -> str:
    """What was changed after the approval; empty while nothing was."""
    return f"Changed since approval: {'; '.join(state.changes)}." if state.changes else ""


def approve_words(open_checks: int) -> str:
    """What the button says."""
    return f"Approve with {plural(open_checks, 'exception')} …" if open_checks else "Approve plan …"


def version_rows(versions: Sequence[PlanVersion], state: PlanState) -> list[Row]:
    """One row per approved plan, in the order given."""
    newest = {one.cycle: one.id for one in reversed(versions)}
    return [
        {
            "id": one.id,
            "name": one.name,
            "standing": _standing(one, state, newest[one.cycle]),
            "at": moment_in_words(one.at),
            "by": one.by,
            "exceptions": len(one.exceptions),
        }
        for one in versions
    ]


def _standing(one: PlanVersion, state: PlanState, newest: str) -> str:
    if one.id != newest:
        return "replaced"
    if one.cycle == state.cycle and not state.approved:
        return "opened again"
    return "changed since" if one.cycle == state.cycle and state.changes else "approved"


def facts_of(one: PlanVersion) -> list[tuple[str, str]]:
    """Name and text of what is to be known of an approved plan."""
    sound = "as it was when approved" if one.intact else "not as it was when approved: somebody changed what is kept"
    return [
        ("Approved", f"{moment_in_words(one.at)} by {one.by}"),
        ("Months", months_in_words(one.frozen.months)),
        ("Data", one.data_name),
        ("Rests on", _rests_on(one)),
        ("Content", f"{one.hash[:12]}, {sound}"),
        ("Exceptions", "each with who answers for it" if one.exceptions else "none"),
    ]


def exceptions_of(one: PlanVersion) -> list[tuple[str, str, str]]:
    """Each check that was open: what it said, who answered for it and why, and where it failed."""
    return [(e.text, f"{e.owner}: {e.reason}", e.detail) for e in one.exceptions]


def _rests_on(one: PlanVersion) -> str:
    """How many adjustments, decisions and settings of its own a plan was made with."""
    words = ((ADJUSTMENTS, "adjustment"), (DECISIONS, "decision"), (SETTINGS, "changed setting"))
    counts = [(len(one.basis.get(part, ())), word) for part, word in words]
    return listed([plural(count, word) for count, word in counts if count]) or "the data alone"


def kpi_rows(before: FrozenPlan, now: FrozenPlan, currency: str) -> list[tuple[str, str, str, str]]:
    """Figure with its period, as approved, now, and the change; the change only where both speak of the same months."""
    was, is_now = ({kpi.id: kpi for kpi in plan.kpis} for plan in (before, now))
    return [
        (
            f"{was[key].name}, {was[key].period}",
            _written(was[key], currency),
            _written(is_now.get(key), currency),
            _change(was[key], is_now.get(key), currency),
        )
        for key in _KPIS
        if key in was
    ]


def _written(kpi: FrozenKpi | None, currency: str) -> str:
    return MISSING if kpi is None or kpi.value is None else written(kpi.value, kpi.unit, currency)


def _change(was: FrozenKpi, is_now: FrozenKpi | None, currency: str) -> str:
    if is_now is None or was.value is None or is_now.value is None:
        return MISSING
    if _months(was) != _months(is_now):
        return f"other months: {_months(is_now)}"
    return signed(is_now.value - was.value, was.unit, currency)


def _months(kpi: FrozenKpi) -> str:
    """The period without what is said beside it ("Nov 26–Oct 27, no month short")."""
    return kpi.period.split(",")[0]


def figure_kind(key: Any) -> FigureKind:
    """The figure with this key; the first one for a key nobody knows."""
    return next((kind for kind in FIGURES if kind.key == key), FIGURES[0])


def month_rows(before: FrozenPlan, now: FrozenPlan, kind: FigureKind, shown: str) -> tuple[list[Row], list[Row]]:
    """One row per family, and the row of all of them where the figure is money; `m0`, `m1`, … and `total`."""
    laid = side_by_side(before, now, kind.key)
    values = {CHANGE: laid.change, AS_APPROVED: laid.before, NOW: laid.now}[shown if shown in SHOWN else CHANGE]
    rows: list[Row] = [{"family": family, **_cells(values[f], kind)} for f, family in enumerate(laid.families)]
    if kind.unit is not Unit.MONEY:
        return rows, []
    return rows, [{"family": _TOTAL, **_cells(known_sum(values, 0), kind)}]


def _cells(values: Array, kind: FigureKind) -> dict[str, float | None]:
    months = {f"m{t}": None if math.isnan(value) else value for t, value in enumerate(values.tolist())}
    if not kind.flows:
        return months
    return {**months, "total": None if np.isnan(values).all() else float(np.nansum(values))}


def moved_words(before: FrozenPlan, now: FrozenPlan, kind: FigureKind, currency: str) -> str:
    """The largest differences of a figure between the plan now and as approved, in one sentence."""
    laid = side_by_side(before, now, kind.key)
    size = np.nan_to_num(np.abs(laid.change)).max(axis=1, initial=0.0)
    noise = 1e-6 * max(1.0, float(np.nanmax(np.abs(laid.before), initial=0.0)))
    order = [int(f) for f in np.argsort(-size, kind="stable") if size[f] > noise]
    if np.isnan(laid.change).all():
        known = not np.isnan(laid.before).all()
        return f"{kind.title}: {'the plan now covers none of these months' if known else 'not known when approved'}."
    if not order:
        return f"{kind.title}: no family differs from the plan approved."
    told = []
    for f in order[:3]:
        month = int(np.nanargmax(np.abs(laid.change[f])))
        amount = signed(float(laid.change[f, month]), kind.unit, currency)
        told.append(f"{laid.families[f]} {amount} in {months_in_words((laid.months[month],))}")
    return f"{kind.title}: {plural(len(order), 'family differs', 'families differ')}; most of all {listed(told)}."
