"""What people know about the months ahead as rows: events, assumptions, risks and opportunities, transitions."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sop_dash.core.demand.drivers import EventEffect
from sop_dash.core.model.additions import event_key
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.outlook import RATIO, Acts, Assumption, Event
from sop_dash.core.plan.assumption_checks import CheckedAssumption, estimate_words
from sop_dash.core.plan.transition_effects import TransitionEffect, transition_effects
from sop_dash.core.plan.transitions import CURVE_MONTHS, Transition, usual_units
from sop_dash.figures.demand_tables import Row
from sop_dash.figures.formats import (
    MISSING,
    date_in_words,
    months_in_words,
    number,
    plural,
    signed,
    signed_percent,
)
from sop_dash.services.outlook import transition_key
from sop_dash.services.plans import PlanView


def event_rows(view: PlanView) -> list[Row]:
    """Events of the families selected, newest first, with what was expected and what was seen."""
    prepared, names = view.prepared, _chosen(view)
    seen = {effect.event: effect for found in prepared.history.drivers for effect in found.effects}
    planned = {effect.event: effect for effect in prepared.planned_events}
    rows: list[Row] = []
    events = {*prepared.inputs.events, *seen}
    for event in sorted(events, key=lambda e: (e.first_month, e.family, e.description), reverse=True):
        if event.family not in names:
            continue
        effect = seen.get(event)
        rows.append(
            {
                "key": event_key(event),
                "when": months_in_words(_ends(event)),
                "family": event.sku or event.family,
                "kind": event.kind,
                "what": _what(event, effect),
                "expected": event.expected_ratio,
                "seen": effect.ratio if effect else None,
                "range": _range(effect),
                "months": effect.months if effect else None,
                "planned": planned[event].ratio if event in planned else None,
                "owner": event.owner,
                "note": "noted only" if event.acts is Acts.NOT else "",
            }
        )
    return rows


def _what(event: Event, effect: EventEffect | None) -> str:
    """What happens, and what its effect rests on where it returns in the same month of every year."""
    if effect is None or not effect.every_year:
        return event.description
    return f"{event.description} ({estimate_words(effect)})"


def _range(effect: EventEffect | None) -> str:
    """Where nine cases in ten lie; a dash without an estimate."""
    return f"{signed_percent(effect.low)} to {signed_percent(effect.high)}" if effect else MISSING


def _ends(event: Event) -> tuple[str, ...]:
    return (event.first_month,) if event.first_month == event.last_month else (event.first_month, event.last_month)


def assumption_rows(checked: Sequence[CheckedAssumption], view: PlanView) -> list[Row]:
    """Assumptions of the families selected and of the company, contradicted ones first."""
    names = _chosen(view)
    return [
        {
            "id": row.assumption.id,
            "state": row.state.value,
            "text": row.assumption.text + (f" ({estimate_words(row.effect)})" if row.effect else ""),
            "assumed": _figure(row.assumption, row.assumption.value),
            "seen": _figure(row.assumption, row.seen),
            "range": _range(row.effect),
            "owner": row.assumption.owner,
            "source": row.assumption.source,
            "until": date_in_words(row.assumption.valid_until),
            "rests": "; ".join(row.rests) or MISSING,
        }
        for row in checked
        if not row.assumption.family or row.assumption.family in names
    ]


def _figure(assumption: Assumption, value: float | None) -> str:
    if assumption.unit == RATIO:
        return signed_percent(value)
    written = number(value)
    return written if written == MISSING else f"{written} {assumption.unit}".strip()


def risk_rows(view: PlanView) -> list[Row]:
    """Open risks and opportunities, the largest weighted money first, closed ones last."""
    names = _chosen(view)
    risks = [risk for risk in view.prepared.inputs.risks if not risk.family or risk.family in names]
    return [
        {
            "id": risk.id,
            "kind": "opportunity" if risk.opportunity else "risk",
            "text": risk.text,
            "family": risk.family or "all",
            "value": risk.value,
            "probability": risk.probability_ratio,
            "weighted": risk.weighted_value,
            "month": months_in_words((risk.month,)) if risk.month else MISSING,
            "owner": risk.owner,
            "due": date_in_words(risk.due_date),
            "status": risk.status,
        }
        for risk in sorted(risks, key=lambda r: (not r.open, -abs(r.weighted_value or 0.0), r.id))
    ]


def risk_words(rows: Sequence[Mapping[str, Any]], currency: str) -> str:
    """How many of the rows are open, and their weighted sum; those without a figure are named as left out."""
    weighted = [row["weighted"] for row in rows if row["status"].lower() != "closed"]
    known = [value for value in weighted if value is not None]
    if not known:
        return "weighted by chance"
    without = f", {len(weighted) - len(known)} without a figure left out" if len(known) < len(weighted) else ""
    return f"{len(weighted)} open, weighted by chance {signed(sum(known), Unit.MONEY, currency)}{without}"


def transition_rows(known: Sequence[Transition], view: PlanView) -> list[Row]:
    """Planned transitions, then items that follow others as the list of items knows them."""
    names, planned = _chosen(view), transition_effects(view.prepared.inputs)
    taken = {(effect.succession.family, effect.succession.sku) for effect in planned}
    items = view.prepared.inputs.items
    rows = [
        _planned_row(effect, usual_units(items, effect.succession.predecessor))
        for effect in planned
        if not names.isdisjoint(effect.gains)
    ]
    rows += [_known_row(row) for row in known if row.family in names and (row.family, row.sku) not in taken]
    return rows


def _planned_row(effect: TransitionEffect, before: float) -> Row:
    row = effect.succession
    first = int(np.argmax(effect.new_units > 0.0))
    months = [effect.new_units[first + k] if first + k < effect.new_units.size else None for k in range(CURVE_MONTHS)]
    return {
        "row": f"planned {transition_key(row)}",
        "key": transition_key(row),
        "sku": row.sku or f"end of {row.predecessor}",
        "state": f"planned, {plural(effect.months, 'month')}",
        "family": row.family,
        "launch": months_in_words((row.launch_month,)) if row.launch_month else MISSING,
        "follows": row.predecessor or MISSING,
        "ends": months_in_words((row.end_month,)) if row.end_month else MISSING,
        "before": before,
        "analogue": row.analogue or MISSING,
        **{f"m{k}": units for k, units in enumerate(months, start=1)},
        "taken": row.taken_ratio,
    }


def _known_row(row: Transition) -> Row:
    return {
        "row": f"known {row.sku}",
        "key": "",
        "sku": row.sku,
        "state": "launched" if row.past else "known, not planned",
        "family": row.family,
        "launch": months_in_words((row.launch_month,)),
        "follows": row.predecessor,
        "ends": MISSING,
        "before": row.predecessor_units,
        "analogue": row.analogue or ("itself" if row.past else MISSING),
        **{f"m{month}": units for month, units in enumerate(row.curve_units, start=1)},
        "taken": row.taken_ratio,
        "_family": row.family,
        "_sku": row.sku,
        "_launch_month": row.launch_month,
        "_predecessor": row.predecessor,
        "_analogue": row.analogue or None,
        "_taken_ratio": None if np.isnan(row.taken_ratio) else round(100.0 * row.taken_ratio, 1),
    }


def _chosen(view: PlanView) -> set[str]:
    return {name for name, chosen in zip(view.plan.grain.families, view.families, strict=True) if chosen}
