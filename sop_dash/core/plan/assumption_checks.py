"""Assumptions held against what happened, and what rests on them. Ratios of demand, or units a month.

An assumption about a promotion, a price, a competitor or a customer is tested by what its event did: the estimate of
`drivers`, the same one that stands beside the event and cleanses history. Another one about growth is tested by the
same month of last year. A contradiction is a trip-wire: an issue that names the owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sop_dash.core.demand.cleansing import Cleansed
from sop_dash.core.demand.drivers import EventEffect
from sop_dash.core.model.arrays import known_sum
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.outlook import LAUNCH, PROMOTION, Assumption
from sop_dash.core.model.periods import last_day
from sop_dash.core.model.records import Adjustment, AdjustmentStatus

_YEAR = 12
_FAR, _FAR_UNITS = 0.5, 0.1
_RATIO, _UNITS = "ratio", "units"
_LEAST_SHOWN = 0.0005

CONTRADICTED_ASSUMPTION = FindingKind(
    code="assumption-contradicted",
    severity=Severity.WARNS,
    title="An assumption is contradicted by what happened",
    remedy="Change it on the Demand page, and look at what rests on it there.",
)


class State(StrEnum):
    """How an assumption stands."""

    CONTRADICTED = "contradicted"
    HOLDS = "in line"
    OPEN = "not yet"
    EXPIRED = "expired"
    UNTESTED = "cannot be tested"


@dataclass(frozen=True, kw_only=True)
class CheckedAssumption:
    """An assumption beside what was seen.

    Args:
        assumption: As brought.
        state: How it stands.
        seen: What was seen, in the unit of the assumption; NaN when it cannot be told.
        effect: The estimate that was seen; None where the demand of one month was.
        rests: Events to come and adjustments of its family that lean on it, in words.
    """

    assumption: Assumption
    state: State
    seen: float = float("nan")
    effect: EventEffect | None = None
    rests: tuple[str, ...] = ()


def checked_assumptions(
    inputs: PlanInputs, history: Cleansed, adjustments: Sequence[Adjustment] = ()
) -> tuple[CheckedAssumption, ...]:
    """Every assumption, contradicted ones first.

    Args:
        inputs: Assumptions, events and demand.
        history: What events did.
        adjustments: Those of the open cycle; accepted ones of the family rest on its assumptions.
    """
    order = list(State)
    rows = [
        _with_adjustments(_checked(assumption, inputs, history), adjustments)
        for assumption in inputs.stated_assumptions
    ]
    return tuple(sorted(rows, key=lambda row: (order.index(row.state), row.assumption.id)))


def _with_adjustments(row: CheckedAssumption, adjustments: Sequence[Adjustment]) -> CheckedAssumption:
    leaning = tuple(
        f"{one.id} {one.reason}"
        for one in adjustments
        if one.family == row.assumption.family and one.status is AdjustmentStatus.ACCEPTED
    )
    return replace(row, rests=(*row.rests, *leaning)) if leaning else row


def assumption_findings(inputs: PlanInputs, history: Cleansed) -> tuple[Finding, ...]:
    """One issue per contradicted assumption."""
    return tuple(
        Finding(
            kind=CONTRADICTED_ASSUMPTION,
            table="assumptions",
            place=", ".join(part for part in (row.assumption.id, row.assumption.family, row.assumption.owner) if part),
            detail=_detail(row),
        )
        for row in checked_assumptions(inputs, history)
        if row.state is State.CONTRADICTED
    )


def _checked(assumption: Assumption, inputs: PlanInputs, history: Cleansed) -> CheckedAssumption:
    rests = tuple(
        event.description
        for event in inputs.events
        if event.family == assumption.family and event.last_month >= inputs.grain.cycle
    )
    grain = inputs.grain
    testable = assumption.unit in (_RATIO, _UNITS) and assumption.month and grain.history
    if assumption.value is None or not testable or assumption.family not in grain.families:
        return CheckedAssumption(assumption=assumption, state=State.UNTESTED, rests=rests)
    if assumption.month > grain.history[-1]:
        return CheckedAssumption(assumption=assumption, state=State.OPEN, rests=rests)
    family = grain.families.index(assumption.family)
    if assumption.unit == _UNITS:
        return _checked_units(assumption, inputs, family, rests)
    effect = _effect_of(assumption, history.drivers[family].effects)
    if effect is not None:
        wrong = not effect.low <= assumption.value <= effect.high
        state = _state(assumption, grain.cycle, wrong=wrong)
        return CheckedAssumption(assumption=assumption, state=state, seen=effect.ratio, effect=effect, rests=rests)
    seen = _growth(assumption, inputs, family)
    if np.isnan(seen):
        return CheckedAssumption(assumption=assumption, state=State.UNTESTED, rests=rests)
    wrong = abs(seen - assumption.value) > _FAR * abs(assumption.value)
    return CheckedAssumption(
        assumption=assumption, state=_state(assumption, grain.cycle, wrong=wrong), seen=seen, rests=rests
    )


def _checked_units(
    assumption: Assumption, inputs: PlanInputs, family: int, rests: tuple[str, ...]
) -> CheckedAssumption:
    """A figure in units beside the demand of its month."""
    history, value = inputs.grain.history, assumption.value or 0.0
    seen = float("nan")
    if assumption.month in history:
        seen = float(known_sum(inputs.sales.demand_units[family], 0)[history.index(assumption.month)])
    if np.isnan(seen):
        return CheckedAssumption(assumption=assumption, state=State.UNTESTED, rests=rests)
    wrong = abs(seen - value) > _FAR_UNITS * abs(value)
    state = _state(assumption, inputs.grain.cycle, wrong=wrong)
    return CheckedAssumption(assumption=assumption, state=state, seen=seen, rests=rests)


def _effect_of(assumption: Assumption, effects: tuple[EventEffect, ...]) -> EventEffect | None:
    """The effect of the event it speaks of: of its kind, in its month; the one whose expectation is nearest."""
    promotion = assumption.category == PROMOTION
    fitting = [
        effect
        for effect in effects
        if effect.event.covers(assumption.month)
        and effect.event.kind != LAUNCH
        and (effect.event.kind == PROMOTION) == promotion
    ]

    def distance(effect: EventEffect) -> float:
        expected = effect.event.expected_ratio
        return abs(expected - (assumption.value or 0.0)) if expected is not None else np.inf

    return min(fitting, key=distance) if fitting else None


def _growth(assumption: Assumption, inputs: PlanInputs, family: int) -> float:
    """Demand of the month over the same month of last year, less 1; NaN for promotions and unknown months."""
    history = inputs.grain.history
    if assumption.category == PROMOTION or assumption.month not in history[_YEAR:]:
        return float("nan")
    month, demand = history.index(assumption.month), known_sum(inputs.sales.demand_units[family], 0)
    before = demand[month - _YEAR]
    return float(demand[month] / before - 1.0) if before > 0.0 else float("nan")


def _state(assumption: Assumption, cycle: str, *, wrong: bool) -> State:
    if wrong:
        return State.CONTRADICTED
    expired = bool(assumption.valid_until) and assumption.valid_until < last_day(cycle).isoformat()[:7]
    return State.EXPIRED if expired else State.HOLDS


def estimate_words(effect: EventEffect) -> str:
    """What it rests on: "from 4 months; it returns every year, so their average is taken as expected, +15.0 %"."""
    told = f"from {effect.months} month{'' if effect.months == 1 else 's'}"
    if not effect.every_year:
        return told
    if np.isnan(effect.taken_average):
        return f"{told}; it returns every year, so the season hides a part"
    return f"{told}; it returns every year, so their average is taken as expected, {_signed(effect.taken_average)}"


def _detail(row: CheckedAssumption) -> str:
    seen = _figure(row, row.seen)
    if row.effect is not None:
        span = f"{_signed(row.effect.low)} to {_signed(row.effect.high)}"
        seen += f" (nine cases in ten: {span}; {estimate_words(row.effect)})"
    return f"{row.assumption.text}: assumed {_figure(row, row.assumption.value)}, seen {seen}."


def _figure(row: CheckedAssumption, value: float | None) -> str:
    known = value or 0.0
    return f"{known:,.0f} units" if row.assumption.unit == _UNITS else _signed(known)


def _signed(ratio: float) -> str:
    return "0 %" if abs(ratio) < _LEAST_SHOWN else f"{100.0 * ratio:+.1f} %".replace("-", "−")
