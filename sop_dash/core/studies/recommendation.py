"""Which of the kept scenarios is recommended, what would change the choice, and what being wrong would cost.

Choices are scenarios that leave demand alone; scenarios that move demand are futures and are not ranked. Service comes
first: of those that serve about as much as the best, the one that earns most. Margin of the next twelve months.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared, plan

PLAN = "the plan"
FUTURES = (-0.10, 0.0, 0.10)
_SAME_SERVICE = 1e-3
_LOOKED_AT = 0.20
_STEPS = 8
_HALVINGS = 6


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One choice: its name, levers, margin and share of demand served; None where unknown."""

    name: str
    levers: Levers
    margin: float | None
    service: float | None


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """The choice.

    Args:
        best: The candidate recommended.
        second: The one that comes next; None when there is only one.
        margin_ahead: Margin of the best less that of the plan: what it may cost to bring about and still pay.
        flips_at: Change of demand nearest to none at which the second comes out better; None within 20 %.
        regret: Per candidate, what it earns less than the best choice in each of the `FUTURES` of demand.
        left_out: Scenarios that are futures, not choices.
    """

    best: Candidate
    second: Candidate | None
    margin_ahead: float | None
    flips_at: float | None
    regret: tuple[tuple[str, tuple[float | None, ...]], ...]
    left_out: tuple[str, ...]


def recommendation(
    prepared: Prepared, base: PlanResult, scenarios: Sequence[tuple[str, Levers]]
) -> Recommendation | None:
    """The recommendation among the plan and these scenarios; None without a scenario that is a choice."""
    choices = [(name, levers) for name, levers in scenarios if not levers.demand]
    if not choices:
        return None
    study = _Study(prepared)
    candidates = [study.candidate(PLAN, Levers()), *(study.candidate(name, levers) for name, levers in choices)]
    ranked = sorted(candidates, key=lambda c: _rank(c, candidates))
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    planned = candidates[0].margin
    return Recommendation(
        best=best,
        second=second,
        margin_ahead=None if best.margin is None or planned is None else best.margin - planned,
        flips_at=study.flips_at(best, second) if second is not None else None,
        regret=study.regret(candidates),
        left_out=tuple(name for name, levers in scenarios if levers.demand),
    )


def _rank(candidate: Candidate, others: Sequence[Candidate]) -> tuple[bool, float, float]:
    top = max((other.service or 0.0) for other in others)
    as_good = (candidate.service or 0.0) >= top - _SAME_SERVICE
    return not as_good, -(candidate.margin or 0.0), -(candidate.service or 0.0)


class _Study:
    """Plans of candidates in other futures, each made once."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._found: dict[tuple[str, float], Candidate] = {}

    def candidate(self, name: str, levers: Levers, demand: float = 0.0) -> Candidate:
        key = (levers.key, round(demand, 6))
        if key not in self._found:
            future = Levers(demand=(Change(ratio=demand),)) if demand else Levers()
            result = plan(self._prepared, future.on_top_of(levers))
            self._found[key] = Candidate(
                name=name,
                levers=levers,
                margin=result.kpi("margin-ahead").value,
                service=result.kpi("service").value,
            )
        return self._found[key]

    def flips_at(self, best: Candidate, second: Candidate) -> float | None:
        """The change of demand nearest to none at which the second is ranked first."""

        def flipped(demand: float) -> bool:
            pair = [self.candidate(one.name, one.levers, demand) for one in (best, second)]
            return _rank(pair[1], pair) < _rank(pair[0], pair)

        for step in range(1, _STEPS + 1):
            for sign in (1.0, -1.0):
                at = sign * _LOOKED_AT * step / _STEPS
                if flipped(at):
                    stays = sign * _LOOKED_AT * (step - 1) / _STEPS
                    for _ in range(_HALVINGS):
                        middle = (stays + at) / 2.0
                        stays, at = (stays, middle) if flipped(middle) else (middle, at)
                    return at
        return None

    def regret(self, candidates: Sequence[Candidate]) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
        """What each candidate earns less than the best one in each future."""
        rows = [[self.candidate(c.name, c.levers, demand).margin for demand in FUTURES] for c in candidates]
        best = [max((v for v in column if v is not None), default=None) for column in zip(*rows, strict=True)]
        return tuple(
            (c.name, tuple(None if v is None or b is None else b - v for v, b in zip(row, best, strict=True)))
            for c, row in zip(candidates, rows, strict=True)
        )
