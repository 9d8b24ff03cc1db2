"""What would it take to reach targets on totals: a short list of lever moves, every step of it a whole plan.

Targets are on service, gross margin and stock value of the months ahead, one or several together. The list is
irreducible: none of its moves can be left out, and none can be made noticeably smaller. Ratios, days, hours a month.
Source: core 3.2 and 12 (best response, coordinate search).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared, plan
from sop_dash.core.studies.goal_seek import SoughtLever, halved, less_is_better, lever_ends, moved_to, short_resources

TOTALS = ("service", "margin-ahead", "stock-value")
_MOST_RESOURCES = 3
_SAMPLES = 5
_ROUNDS = 3
_NOTHING = 1e-9
_STEPS = {
    SoughtLever.COVER: 0.5,
    SoughtLever.OVERTIME: 0.005,
    SoughtLever.OUTSOURCE: 0.005,
    SoughtLever.HOURS: 10.0,
}
"""What a person would set a lever in: days, shares of hours and of demand, hours a month."""

Places = tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Dial:
    """One lever of the search.

    Args:
        lever: Which one.
        resource: That gets the extra hours; empty for other levers.
        stand: Where it stands.
        low, high: Between which places it is looked for.
    """

    lever: SoughtLever
    resource: str
    stand: float
    low: float
    high: float

    def even_places(self, at: float) -> tuple[float, float]:
        """The places a person would set it to before and beyond this one, seen from where it stands."""
        step, way = _STEPS[self.lever], math.copysign(1.0, at - self.stand)
        steps = math.floor(abs(at - self.stand) / step)
        before, beyond = (round(self.stand + way * n * step, 6) for n in (steps, steps + 1))
        return before, min(max(beyond, self.low), self.high)


@dataclass(frozen=True, kw_only=True)
class Move:
    """One entry of the list: a lever and the place it is moved to."""

    dial: Dial
    to: float


@dataclass(frozen=True, kw_only=True)
class Total:
    """One target and what becomes of it.

    Args:
        goal: KPI id, one of `TOTALS`.
        target: What is asked for.
        at_most: True where it is a limit, as for stock; else at least the target is asked for.
        now: What the plan gives; None where it is unknown.
        then: What the plan with all moves gives.
        best: The best that any plan tried gives, whatever the other targets.
        met: Whether `then` reaches the target.
    """

    goal: str
    target: float
    at_most: bool
    now: float | None
    then: float | None
    best: float | None
    met: bool

    @property
    def met_alone(self) -> bool:
        """Whether some plan tried reaches it, whatever the other targets."""
        if self.best is None:
            return False
        return self.best <= self.target if self.at_most else self.best >= self.target


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The answer.

    Args:
        totals: The targets, in the order asked.
        moves: The list; with it the plan comes nearest where the targets cannot be reached. Empty when nothing helps.
        levers: The levers with all moves.
        reached: True when every target is met.
        known: False when a figure asked for is unknown, so that nothing can be sought.
        dials: What was looked at, with its ends.
        full: Resources without an hour left in some open month of the plan with all moves.
    """

    totals: tuple[Total, ...]
    moves: tuple[Move, ...]
    levers: Levers
    reached: bool
    known: bool
    dials: tuple[Dial, ...]
    full: tuple[str, ...]


def reach(
    prepared: Prepared, result: PlanResult, targets: Mapping[str, float], stands_at: Mapping[SoughtLever, float]
) -> Reach:
    """Look for the lever moves with which the plan reaches all targets.

    Args:
        prepared: What the plan was made from.
        result: The plan as the levers stand.
        targets: By KPI id, of `TOTALS`.
        stands_at: Where cover, overtime and outsourcing stand.
    """
    return _Search(prepared, result, targets, stands_at).answer()


class _Search:
    """Plans tried so far, by the places of the dials."""

    def __init__(
        self,
        prepared: Prepared,
        result: PlanResult,
        targets: Mapping[str, float],
        stands_at: Mapping[SoughtLever, float],
    ) -> None:
        self._prepared, self._result, self._targets = prepared, result, targets
        self._less = {goal: less_is_better(result, goal) for goal in targets}
        self._dials = _dials(prepared, result, stands_at)
        self._stand: Places = tuple(dial.stand for dial in self._dials)
        self._plans: dict[Places, PlanResult] = {self._stand: result}

    def answer(self) -> Reach:
        known = all(self._result.kpi(goal).value is not None for goal in self._targets)
        places = self._smallest(self._nearest()) if known else self._stand
        found = self._plan(places)
        return Reach(
            totals=tuple(self._total(goal, found) for goal in self._targets),
            moves=tuple(
                Move(dial=dial, to=to) for dial, to in zip(self._dials, places, strict=True) if to != dial.stand
            ),
            levers=self._levers(places),
            reached=known and self._missed(places) <= _NOTHING,
            known=known,
            dials=self._dials,
            full=short_resources(self._prepared, found),
        )

    def _nearest(self) -> Places:
        """Places that reach all targets, else those that miss them least.

        From where the levers stand, then from all the supply there may be, one dial after the other goes to its best.
        """
        best = self._stand
        for start in self._starts():
            places = self._improved(start)
            if self._missed(places) < self._missed(best) - _NOTHING:
                best = places
            if self._missed(best) <= _NOTHING:
                break
        return best

    def _starts(self) -> Sequence[Places]:
        most = tuple(dial.stand if dial.lever is SoughtLever.COVER else dial.high for dial in self._dials)
        ends = [tuple(self._with_cover(most, at)) for at in (None, 0, 1)]
        return [self._stand, *ends]

    def _with_cover(self, places: Places, end: int | None) -> Places:
        cover = self._dials[0]
        return places if end is None else ((cover.low, cover.high)[end], *places[1:])

    def _improved(self, places: Places) -> Places:
        for _ in range(_ROUNDS):
            before = self._missed(places)
            for position, dial in enumerate(self._dials):
                step = (dial.high - dial.low) / (_SAMPLES - 1)
                tried = [_at(places, position, dial.low + step * n) for n in range(_SAMPLES)]
                places = min([places, *tried], key=self._missed)
                if self._missed(places) <= _NOTHING:
                    return places
            if self._missed(places) >= before - _NOTHING:
                break
        return places

    def _smallest(self, places: Places) -> Places:
        """Leave out every move that brings nothing, the dearest kinds first; then make each as small as it may be.

        A move goes to an even place where that does as well.
        """
        allowed = self._missed(places) + _NOTHING
        for position in reversed(range(len(self._dials))):
            without = _at(places, position, self._stand[position])
            if self._missed(without) <= allowed:
                places = without
        for position, dial in enumerate(self._dials):
            if places[position] != dial.stand:
                places = _at(places, position, self._shortest(places, position, dial, allowed))
        return places

    def _shortest(self, places: Places, position: int, dial: Dial, allowed: float) -> float:
        def good(at: float) -> bool:
            return self._missed(_at(places, position, at)) <= allowed

        found = halved(dial.stand, places[position], good, dial.high - dial.low)
        return next((even for even in dial.even_places(found) if good(even)), found)

    def _missed(self, places: Places) -> float:
        """Sum of what is missing from each target, as a share of it; 0 when all are reached.

        A plan that is not the optimum reaches nothing.
        """
        found = self._plan(places)
        missed = [self._share_missed(goal, target, found) for goal, target in self._targets.items()]
        return sum(missed) + float(found.solver.fallback)

    def _share_missed(self, goal: str, target: float, found: PlanResult) -> float:
        value = found.kpi(goal).value
        if value is None:
            return 1.0
        gap = value - target if self._less[goal] else target - value
        return max(gap, 0.0) / max(abs(target), _NOTHING)

    def _total(self, goal: str, found: PlanResult) -> Total:
        values = [value for result in self._plans.values() if (value := result.kpi(goal).value) is not None]
        target = self._targets[goal]
        best = (min if self._less[goal] else max)(values) if values else None
        return Total(
            goal=goal,
            target=target,
            at_most=self._less[goal],
            now=self._result.kpi(goal).value,
            then=found.kpi(goal).value,
            best=best,
            met=self._share_missed(goal, target, found) <= _NOTHING,
        )

    def _plan(self, places: Places) -> PlanResult:
        if places not in self._plans:
            self._plans[places] = plan(self._prepared, self._levers(places))
        return self._plans[places]

    def _levers(self, places: Places) -> Levers:
        levers = self._result.levers
        for dial, at in zip(self._dials, places, strict=True):
            if at != dial.stand:
                levers = moved_to(levers, dial.lever, at, dial.resource)
        return levers


def _dials(prepared: Prepared, result: PlanResult, stands_at: Mapping[SoughtLever, float]) -> tuple[Dial, ...]:
    """Cover first, then more supply, what is agreed already before what has no price in the data."""
    dials = []
    for lever in (SoughtLever.COVER, SoughtLever.OVERTIME, SoughtLever.OUTSOURCE):
        low, high = lever_ends(lever, stands_at[lever])
        dials.append(Dial(lever=lever, resource="", stand=stands_at[lever], low=low, high=high))
    low, high = lever_ends(SoughtLever.HOURS, 0.0)
    hours = Dial(lever=SoughtLever.HOURS, resource="", stand=0.0, low=low, high=high)
    dials += [replace(hours, resource=name) for name in short_resources(prepared, result)[:_MOST_RESOURCES]]
    return tuple(dials)


def _at(places: Places, position: int, value: float) -> Places:
    return (*places[:position], value, *places[position + 1 :])
