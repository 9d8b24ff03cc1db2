"""The demand review as rows: methods, value added, corrections, events, launches, assumptions and risks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sop_dash.core.demand.change_ledger import LedgerRow
from sop_dash.core.demand.cleansing import Correction
from sop_dash.core.demand.value_added import Step
from sop_dash.core.model.outlook import Event
from sop_dash.core.plan.assumption_checks import CheckedAssumption
from sop_dash.core.plan.transitions import Transition
from sop_dash.core.studies.value_added_study import ValueAdded
from sop_dash.figures.demand_tables import Row
from sop_dash.figures.formats import (
    MISSING,
    date_in_words,
    known,
    months_in_words,
    number,
    percent,
    plural,
    signed_percent,
)
from sop_dash.services.demand_review import Board
from sop_dash.services.plans import PlanView


@dataclass(frozen=True, kw_only=True)
class CorrectedMonth:
    """The corrections of one kind in one month of one family, channels added up; units.

    Args:
        family, month, kind: Which.
        before: Units before it; NaN where nothing was recorded.
        after: Units the baseline sees when it is accepted.
        reason: Why, of the channel changed most.
        channels: In how many channels.
        accepted: False when turned down.
        reversible: False where there is nothing to go back to.
    """

    family: str
    month: str
    kind: str
    before: float
    after: float
    reason: str
    channels: int
    accepted: bool
    reversible: bool

    @property
    def size(self) -> float:
        """How much it changes, in units."""
        return abs(self.after - self.before) if known(self.before) else self.after


def corrected_months(corrections: Iterable[Correction], families: set[str]) -> list[CorrectedMonth]:
    """The corrections of the families by month and kind, the largest first."""
    groups: dict[tuple[str, str, str], list[Correction]] = {}
    for correction in corrections:
        if correction.family in families:
            groups.setdefault((correction.family, correction.month, correction.kind), []).append(correction)
    rows = [
        CorrectedMonth(
            family=family,
            month=month,
            kind=kind,
            before=sum(c.before for c in members),
            after=sum(c.after for c in members),
            reason=max(members, key=lambda c: abs(c.after - c.before)).reason,
            channels=len(members),
            accepted=any(c.accepted for c in members),
            reversible=any(c.reversible for c in members),
        )
        for (family, month, kind), members in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.size, row.family, row.month))


def method_rows(board: Board, view: PlanView) -> list[Row]:
    """Every method for the families selected, the least error first."""
    names = view.plan.grain.families
    return [
        {
            "key": f"{standing.family} {standing.method}",
            "family": names[standing.family],
            "method": standing.method,
            **{f"lag{lag}": value for lag, value in enumerate(standing.wape_by_lag, start=1)},
            "all": standing.wape,
            "pairs": standing.pairs,
            "differs": _difference(standing.method, standing.chance),
        }
        for standing in board.standings
        if view.families[standing.family]
    ]


def _difference(method: str, chance: float) -> str:
    if method == "engine":
        return "in use"
    if not known(chance):
        return "too few months"
    return "real" if chance < 0.05 else "may be chance"


def held_words(board: Board, view: PlanView) -> str:
    """How many ranges held: "of the last 24 ranges of 80 %, 19 held"."""
    chosen = [held for held, inside in zip(board.held, view.families, strict=True) if inside]
    count, held = sum(n for _, n in chosen), sum(h for h, _ in chosen)
    return f"of the last {count:,} ranges of 80 %, {held:,} held" if count else "no range could be tested yet"


def value_rows(account: ValueAdded, view: PlanView) -> list[Row]:
    """The stairs, the families selected and the ledger of changes, under one another."""
    rows = [_step_row("Steps", step) for step in account.stairs]
    for family, chosen in zip(account.families, view.families, strict=True):
        if chosen and family.stairs:
            last = family.stairs[-1]
            rows.append(
                {
                    "key": f"Families {family.family}",
                    "group": "Families",
                    "name": family.family,
                    "count": last.pairs,
                    "error": last.wape_ratio,
                    "points": family.helped_points,
                    "verdict": "take the forecast" if family.auto_approve else _family_verdict(family.helped_points),
                    "money": family.idle_stock_value + family.margin_at_risk_per_year,
                }
            )
    for group, members in (("Owners", account.owners), ("Size", account.sizes), ("Reasons", account.reasons)):
        rows += [_ledger_row(group, member) for member in members]
    return rows


def _family_verdict(points: float) -> str:
    return "changes help" if points > 0.0 else ""


def _step_row(group: str, step: Step) -> Row:
    return {
        "key": f"{group} {step.name}",
        "group": group,
        "name": step.name,
        "count": step.pairs,
        "error": step.wape_ratio,
        "points": step.added_points,
        "verdict": step.verdict or "",
        "money": None,
    }


def _ledger_row(group: str, row: LedgerRow) -> Row:
    return {
        "key": f"{group} {row.name}",
        "group": group,
        "name": f"{row.name} ({signed_percent(row.mean_ratio)} on average)",
        "count": row.changes,
        "error": None,
        "points": row.added_points,
        "verdict": row.verdict or "too few to tell",
        "money": row.gain,
    }


def value_words(account: ValueAdded) -> str:
    """What was judged, and for which families the forecast can be taken as it is."""
    approved = sum(family.auto_approve for family in account.families)
    told = f", {plural(approved, 'family', 'families')} could take the forecast as it is" if approved else ""
    return f"{plural(len(account.cycles), 'cycle')} {'replayed' if account.replayed else 'kept'}{told}"


def event_rows(view: PlanView) -> list[Row]:
    """Events of the families selected, newest first, with what was expected and what was seen."""
    prepared = view.prepared
    names = {name for name, chosen in zip(view.plan.grain.families, view.families, strict=True) if chosen}
    seen = {effect.event: effect for found in prepared.history.drivers for effect in found.effects}
    planned = {effect.event: effect for effect in prepared.planned_events}
    events = {*prepared.inputs.events, *seen}
    rows: list[Row] = []
    for event in sorted(events, key=lambda e: (e.first_month, e.family, e.description), reverse=True):
        if event.family not in names:
            continue
        effect = seen.get(event)
        rows.append(
            {
                "key": f"{event.family} {event.sku} {event.first_month} {event.description}",
                "when": months_in_words(_ends(event)),
                "family": event.sku or event.family,
                "kind": event.kind,
                "what": event.description,
                "expected": event.expected_ratio,
                "seen": effect.ratio if effect else None,
                "range": f"{percent(effect.low, 0)} to {percent(effect.high, 0)}" if effect else MISSING,
                "planned": planned[event].ratio if event in planned else None,
                "owner": event.owner,
            }
        )
    return rows


def _ends(event: Event) -> tuple[str, ...]:
    return (event.first_month,) if event.first_month == event.last_month else (event.first_month, event.last_month)


def assumption_rows(checked: Sequence[CheckedAssumption], view: PlanView) -> list[Row]:
    """Assumptions of the families selected and of the company, contradicted ones first."""
    names = {name for name, chosen in zip(view.plan.grain.families, view.families, strict=True) if chosen}
    return [
        {
            "id": row.assumption.id,
            "state": row.state.value,
            "text": row.assumption.text,
            "assumed": signed_percent(row.assumption.value)
            if row.assumption.unit == "ratio"
            else f"{number(row.assumption.value)} {row.assumption.unit}".strip(),
            "seen": signed_percent(row.seen),
            "owner": row.assumption.owner,
            "source": row.assumption.source,
            "until": date_in_words(row.assumption.valid_until),
            "rests": "; ".join(row.rests) or MISSING,
        }
        for row in checked
        if not row.assumption.family or row.assumption.family in names
    ]


def risk_rows(view: PlanView) -> list[Row]:
    """Open risks and opportunities, the largest weighted money first, closed ones last."""
    risks = sorted(view.prepared.inputs.risks, key=lambda r: (not r.open, -abs(r.weighted_value or 0.0), r.id))
    return [
        {
            "id": risk.id,
            "kind": "opportunity" if risk.opportunity else "risk",
            "text": risk.text,
            "value": risk.value,
            "probability": risk.probability_ratio,
            "weighted": risk.weighted_value,
            "month": months_in_words((risk.month,)) if risk.month else MISSING,
            "owner": risk.owner,
            "due": date_in_words(risk.due_date),
            "status": risk.status,
        }
        for risk in risks
    ]


def risk_total(view: PlanView) -> Row:
    """The weighted sum of what is open."""
    weighted = [risk.weighted_value for risk in view.prepared.inputs.risks if risk.open]
    return {"id": "", "text": "Open, weighted by chance", "weighted": sum(w for w in weighted if w is not None)}


def launch_rows(rows: Sequence[Transition], view: PlanView) -> list[Row]:
    """Items that follow others, launches to come first."""
    names = {name for name, chosen in zip(view.plan.grain.families, view.families, strict=True) if chosen}
    return [
        {
            "sku": row.sku,
            "family": row.family,
            "launch": months_in_words((row.launch_month,)),
            "follows": row.predecessor,
            "before": row.predecessor_units,
            "analogue": row.analogue or ("itself" if row.past else MISSING),
            **{f"m{month}": units for month, units in enumerate(row.curve_units, start=1)},
            "taken": row.taken_ratio,
        }
        for row in rows
        if row.family in names
    ]
