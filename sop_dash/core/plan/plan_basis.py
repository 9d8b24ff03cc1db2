"""What a plan rests on, part by part, and what has changed of it since: data, adjustments, decisions, settings, events.

A basis is part -> key -> mark: two plans with the same basis were made from the same things. Texts that move no figure
(owners, reasons, progress) are left out, so that writing them changes no approved plan.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from sop_dash.core.model.additions import Additions
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, Decision, Outcome, RejectedCorrection, Stream
from sop_dash.core.model.setting_sheet import setting_lines

Basis = Mapping[str, Mapping[str, str]]

DATA, ADJUSTMENTS, DECISIONS, SETTINGS = "data", "adjustments", "decisions", "settings"
CORRECTIONS, EVENTS, TRANSITIONS, ANSWERS = "corrections", "events", "transitions", "answers"
_NOUNS = {
    ADJUSTMENTS: ("adjustment", "adjustments"),
    CORRECTIONS: ("correction of history", "corrections of history"),
    EVENTS: ("event", "events"),
    TRANSITIONS: ("product transition", "product transitions"),
    ANSWERS: ("answer on a new level", "answers on new levels"),
}
_NAMED_DECISIONS = 3


def plan_basis(
    data_load: str,
    adjustments: Sequence[Adjustment],
    decisions: Sequence[Decision],
    settings: PlanningSettings,
    rejected: Sequence[RejectedCorrection],
    additions: Additions,
) -> Basis:
    """What the plan of these things rests on.

    Args:
        data_load: Content hash of the tables.
        adjustments: Of the open cycle; only those accepted for the consensus count.
        decisions: Only approved ones in the plan that move a lever count.
        settings: Planning settings; only those that differ from their default are written down.
        rejected: Corrections of history turned down.
        additions: Events, transitions and answers count; assumptions and risks move no figure.
    """
    in_force = [a for a in adjustments if a.status is AdjustmentStatus.ACCEPTED and a.stream is Stream.CONSENSUS]
    acting = [d for d in decisions if d.in_plan and d.outcome is Outcome.APPROVED and d.levers.moved]
    return {
        DATA: {"load": data_load},
        ADJUSTMENTS: {
            a.id: _mark(a.family, a.channel, a.first_month, a.last_month, a.type, a.value, a.order) for a in in_force
        },
        DECISIONS: {d.id: _mark(d.levers) for d in acting},
        SETTINGS: {line.name: line.value for line in setting_lines(settings) if not line.assumed},
        CORRECTIONS: {f"{r.family}|{r.month}|{r.kind}": "rejected" for r in rejected},
        EVENTS: {k.id: _mark(k.replaces, k.row and replace(k.row, owner="", customer="")) for k in additions.events},
        TRANSITIONS: {k.id: _mark(k.row and replace(k.row, owner="")) for k in additions.successions},
        ANSWERS: {f"{a.family}|{a.month}": str(a.cause) for a in additions.level_answers},
    }


def _mark(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def basis_hash(basis: Basis) -> str:
    """One mark for the whole basis."""
    return hashlib.sha256(json.dumps(basis, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def changes(before: Basis, now: Basis) -> tuple[str, ...]:
    """What has changed, one phrase a part, the most telling first; empty where nothing has."""
    told = [
        *_data(before, now),
        *_decisions(before.get(DECISIONS, {}), now.get(DECISIONS, {})),
        *(_counted(words, before.get(part, {}), now.get(part, {})) for part, words in _NOUNS.items()),
        *_settings(before.get(SETTINGS, {}), now.get(SETTINGS, {})),
    ]
    return tuple(phrase for phrase in told if phrase)


def _data(before: Basis, now: Basis) -> list[str]:
    return ["other data"] if before.get(DATA) != now.get(DATA) else []


def _decisions(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    phrases = [f"decision {key} put into the plan" for key in now if key not in before]
    phrases += [f"decision {key} taken out of the plan" for key in before if key not in now]
    phrases += [f"decision {key} changed" for key in now if key in before and now[key] != before[key]]
    if len(phrases) <= _NAMED_DECISIONS:
        return phrases
    return [*phrases[: _NAMED_DECISIONS - 1], f"{len(phrases) - _NAMED_DECISIONS + 1} more decisions"]


def _counted(words: tuple[str, str], before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """How many were added, changed or taken back, in one phrase."""
    counts = (
        (sum(key not in before for key in now), "new"),
        (sum(key in before and now[key] != before[key] for key in now), "changed"),
        (sum(key not in now for key in before), "taken back"),
    )
    told = [f"{count} {words[count > 1]} {done}" for count, done in counts if count]
    return ", ".join(told)


def _settings(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    lines = {line.name: line for line in setting_lines(PlanningSettings())}
    phrases = []
    for name in (one.name for one in fields(PlanningSettings)):
        was, is_now = (side.get(name, lines[name].default) for side in (before, now))
        if was != is_now:
            phrases.append(f"“{lines[name].meaning}” {was or 'nothing'} → {is_now or 'nothing'}")
    return phrases
