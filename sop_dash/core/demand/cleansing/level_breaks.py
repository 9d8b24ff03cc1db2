"""A family whose sales stepped to a new level when a product came or went: season or launch? Only people know.

A launch stays: the models bring earlier months to the new level. A season passes: its months are brought back to the
level before, as a correction like any other. Without an answer the new level is taken to stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.breaks import months_since_break
from sop_dash.core.demand.cleansing.proposals import Ledger
from sop_dash.core.demand.edges import gaps_filled
from sop_dash.core.demand.portfolio import IntArray, pack
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.outlook import LAUNCH, LevelCause
from sop_dash.core.model.periods import ordinal, shift, short_name
from sop_dash.core.model.records import CorrectionKind

SEASON_OR_LAUNCH = FindingKind(
    code="season-or-launch",
    severity=Severity.WARNS,
    title="A new level began when a product changed: season or launch?",
    remedy="Answer it on the Demand page. Until then the forecast keeps the new level.",
)
_MONTHS_APART = 2
_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class LevelBreak:
    """A step to a new level that began when a product came or went.

    Args:
        family: Its name.
        month: First month at the new level.
        changed: What came or went, in words.
        times: The new level over the same months of last year.
        cause: What people said it is; None while it is an open question.
        answered_by: Who said so; empty while open.
    """

    family: str
    month: str
    changed: str
    times: float
    cause: LevelCause | None = None
    answered_by: str = ""


def level_breaks(units: Array, inputs: PlanInputs) -> tuple[LevelBreak, ...]:
    """One per family with a break of the last year within two months of a launch or an end of sale.

    Args:
        units: [F, C, H] cleansed of everything else.
        inputs: Items, events and the answers people gave.
    """
    total = np.where(np.isnan(units).all(axis=1), np.nan, np.nan_to_num(units).sum(axis=1))
    packed = pack(total)
    since = months_since_break(gaps_filled(packed), packed.length)
    return tuple(_broken(inputs, packed.behind, since, total))


def _broken(inputs: PlanInputs, behind: IntArray, since: IntArray, total: Array) -> Iterator[LevelBreak]:
    answers = {(answer.family, answer.month): answer for answer in inputs.level_answers}
    history = inputs.grain.history
    for f in np.flatnonzero(since):
        month = shift(history[-1 - int(behind[f])], 1 - int(since[f]))
        changed = _product_changes(inputs, int(f), month)
        if changed:
            family, start = inputs.grain.families[f], history.index(month)
            now = total[f, start : start + int(since[f])]
            before = total[f, start - _YEAR : start - _YEAR + int(since[f])]
            answer = answers.get((family, month))
            yield LevelBreak(
                family=family,
                month=month,
                changed=changed,
                times=float(np.median(now / before)),
                cause=answer.cause if answer else None,
                answered_by=answer.owner if answer else "",
            )


def passing_seasons(ledger: Ledger, inputs: PlanInputs, found: tuple[LevelBreak, ...]) -> None:
    """Bring the months of steps that people call a season back to the level before."""
    for step in found:
        if step.cause is LevelCause.SEASON:
            f, first = inputs.grain.families.index(step.family), inputs.grain.history.index(step.month)
            reason = f"{step.answered_by or 'Somebody'} said: a season that passes; brought to the level before."
            for c, h in np.ndindex(ledger.units.shape[1], ledger.units.shape[2] - first):
                now = float(ledger.units[f, c, first + h])
                if now > 0.0:
                    ledger.propose((f, c, first + h), CorrectionKind.PASSING, now / step.times, reason)


def level_break_findings(found: tuple[LevelBreak, ...]) -> tuple[Finding, ...]:
    """One question per step that nobody has explained."""
    return tuple(
        Finding(
            kind=SEASON_OR_LAUNCH,
            table="sales",
            place=step.family,
            detail=f"Sales stepped to a new level in {short_name(step.month)}; {step.changed}.",
        )
        for step in found
        if step.cause is None
    )


def _product_changes(inputs: PlanInputs, family: int, month: str) -> str:
    """What came or went within two months of this one, in words; empty when nothing did."""

    def near(other: str) -> bool:
        return bool(other) and abs(ordinal(other) - ordinal(month)) <= _MONTHS_APART

    items, name = inputs.items, inputs.grain.families[family]
    rows = [row for row, of in enumerate(items.families) if of == family]
    came = [items.skus[row] for row in rows if near(items.launch_months[row])]
    went = [items.skus[row] for row in rows if near(items.end_months[row])]
    said = [e.description for e in inputs.events if e.family == name and e.kind == LAUNCH and near(e.first_month)]
    parts = [f"{', '.join(came)} came" if came else "", f"{', '.join(went)} went" if went else "", *said[:1]]
    return "; ".join(part for part in parts if part)
