"""Studies for settled levers: what holds the plan back, cases that ask for a decision, how good the baseline is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import Decision
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.effects import Effect, effect, effects
from sop_dash.core.plan.sku_forecast import SkuForecast, sku_forecast
from sop_dash.core.studies.bottleneck import Bottleneck, bottleneck
from sop_dash.core.studies.cases import Case, CaseStudy
from sop_dash.core.studies.forecast_test import FamilyTest, forecast_test
from sop_dash.core.studies.frontier import Frontier, frontier
from sop_dash.core.studies.goal_seek import GoalSeek, SoughtLever, goal_seek
from sop_dash.core.studies.hours_worth import HoursWorth, hours_worth
from sop_dash.core.studies.ladder import Ladder, ladder
from sop_dash.core.studies.planners import Planner, planners
from sop_dash.core.studies.recommendation import Recommendation, recommendation
from sop_dash.core.studies.shorted import RuleEffect, shorted
from sop_dash.core.studies.stress_test import Bar, stress_test
from sop_dash.core.studies.totals import Reach, reach
from sop_dash.core.studies.what_it_takes import WhatItTakes, what_it_takes
from sop_dash.services.frame_facts import Choices
from sop_dash.services.plans import Newest, Plans, PlanView
from sop_dash.services.selection import Selection

_KEPT, _FEW_KEPT, _LOADS_KEPT = 32, 8, 3
WORTH_OUTCOMES = ("margin-ahead", "service", "stock-value", "overtime-hours")


@dataclass(frozen=True, kw_only=True, eq=False)
class Worth:
    """Two plans that differ in one decision."""

    with_it: PlanResult
    without: PlanResult

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Margin, service and stock with the decision, against the plan without it."""
        return effects(self.with_it, self.without, WORTH_OUTCOMES)


@dataclass(frozen=True, kw_only=True)
class CaseName:
    """Names a case among all, in an address too: what is short, and the first month of its gap."""

    place: str
    month: str

    def names(self, case: Case) -> bool:
        """True when the case is the one named."""
        return case.place == self.place and case.months[0] == self.month

    @property
    def fragment(self) -> str:
        """As the end of an address."""
        return f"#case={quote(self.place)}/{self.month}"

    @classmethod
    def from_fragment(cls, fragment: Any) -> "CaseName | None":
        """Read from the end of an address; None for anything else."""
        text = fragment.removeprefix("#case=") if isinstance(fragment, str) and fragment.startswith("#case=") else ""
        place, _, month = text.rpartition("/")
        return cls(place=unquote(place), month=month) if place and month else None


class _Cases:
    """The case study of a view and its largest cases; the view is kept so that the identity in the key stays taken."""

    def __init__(self, view: PlanView) -> None:
        self.view = view
        self.study = CaseStudy(view.prepared, view.plan)
        self.largest = self.study.largest()


class Studies:
    """Answers of studies, each made once for a plan and kept while it may be asked again."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self._bottlenecks = Newest[tuple[int, str, bytes, int], tuple[PlanView, Bottleneck]](_KEPT)
        self._cases = Newest[tuple[int, str], _Cases](_KEPT)
        self._hours = Newest[tuple[int, str], tuple[PlanView, HoursWorth]](_KEPT)
        self._choices = Newest[tuple[int, str], tuple[PlanView, Recommendation | None]](_FEW_KEPT)
        self._planners = Newest[tuple[int, str], tuple[PlanView, tuple[Planner, ...]]](_FEW_KEPT)
        self._tests = Newest[str, tuple[FamilyTest, ...]](_LOADS_KEPT)
        self._items = Newest[int, tuple[PlanView, SkuForecast]](_LOADS_KEPT)

    def bottleneck(self, view: PlanView) -> Bottleneck:
        """What holds the plan of this view back; the shortage is that of the families and months on screen."""
        months = len(view.months)
        key = (id(view.prepared), view.levers.key, view.families.tobytes(), months)
        # The view is kept beside the answer, so that the identity in the key stays taken.
        return self._bottlenecks.get(
            key, lambda: (view, bottleneck(view.prepared, view.plan, view.families, months=months))
        )[1]

    def cases(self, levers: Levers, also: CaseName | None = None) -> tuple[Case, ...]:
        """The largest gaps of the plan under these levers with their options, and the case named where it is another.

        Raises:
            NoDataLoad: Without data.
        """
        found = self._study(self._plans.view(Selection(), levers))
        named = found.study.named(also.place, also.month) if also else None
        if named is None or any(named.same_gap(case) for case in found.largest):
            return found.largest
        return (*found.largest, named)

    def case_at(self, view: PlanView, family: str, month: str) -> Case:
        """The case that a family and month of the plan of this view are part of, with its options."""
        return self._study(view).study.at(family, month)

    def ladder(self, view: PlanView, family: str, month: str) -> Ladder:
        """What one more unit would cost from every source, and why the month is served as it is."""
        return ladder(view.prepared, view.plan, family, month)

    def _study(self, view: PlanView) -> "_Cases":
        return self._cases.get((id(view.prepared), view.levers.key), lambda: _Cases(view))

    def hours_worth(self, view: PlanView) -> HoursWorth:
        """What the next hours are worth under the levers of this view, all families."""
        key = (id(view.prepared), view.levers.key)
        return self._hours.get(key, lambda: (view, hours_worth(view.prepared, view.plan)))[1]

    def what_it_takes(self, view: PlanView, target_ratio: float) -> WhatItTakes:
        """The smallest additions with which the families of this view reach a share of their demand.

        Raises:
            NotRestored: When it cannot be worked out.
        """
        return what_it_takes(view.prepared, view.plan, view.families, target_ratio)

    def goal_seek(self, view: PlanView, lever: SoughtLever, goal: str, target: float, *, stands_at: float) -> GoalSeek:
        """How far one lever must move until a figure of the plan of this view reaches a target."""
        return goal_seek(view.prepared, view.plan, lever, goal, target, stands_at=stands_at)

    def reach(self, view: PlanView, targets: Mapping[str, float], at: Choices) -> Reach:
        """The lever moves with which the plan reaches all these totals; `at` says where the plan's levers stand."""
        cover, overtime = _stand(view.levers, at)
        outsourced = at.outsource_ratio if view.levers.outsource_max_ratio is None else view.levers.outsource_max_ratio
        stands = {SoughtLever.COVER: cover, SoughtLever.OVERTIME: overtime, SoughtLever.OUTSOURCE: outsourced}
        return reach(view.prepared, view.plan, targets, stands)

    def stress_test(self, view: PlanView, at: Choices) -> tuple[Bar, ...]:
        """What each driver does to the margin of the plan of this view; `at` says where the plan's levers stand."""
        cover, overtime = _stand(view.levers, at)
        return stress_test(view.prepared, view.plan, cover_days=cover, overtime_ratio=overtime)

    def frontier(self, view: PlanView, at: Choices) -> Frontier | None:
        """Cost against service around the plan of this view; `at` says where the plan's levers stand."""
        cover, overtime = _stand(view.levers, at)
        return frontier(view.prepared, view.plan, cover_days=cover, overtime_ratio=overtime)

    def shorted(self, view: PlanView) -> tuple[RuleEffect, ...]:
        """Who loses how much under each shortage rule, months on screen."""
        return shorted(view.prepared, view.plan, len(view.months))

    def recommendation(self, view: PlanView, kept: Sequence[tuple[str, Levers]]) -> Recommendation | None:
        """Which of the plan and these scenarios is recommended; None without a choice."""
        key = (id(view.prepared), repr([(name, levers.key) for name, levers in kept]))
        return self._choices.get(key, lambda: (view, recommendation(view.prepared, view.base, kept)))[1]

    def planners(self, view: PlanView) -> tuple[Planner, ...]:
        """The plan of this view beside plans made by rules."""
        key = (id(view.prepared), view.levers.key)
        return self._planners.get(key, lambda: (view, planners(view.prepared, view.levers)))[1]

    def worth(self, decision: Decision) -> Worth:
        """The plan with and without a decision. Raises `BadLever` or `UnknownKey` where its levers cannot act."""
        base = self._plans.view(Selection(), Levers()).base
        if decision.in_plan:
            return Worth(with_it=base, without=self._plans.without(decision.id))
        return Worth(with_it=self._plans.view(Selection(), decision.levers).plan, without=base)

    def margin_of(self, levers: Levers) -> float | None:
        """Margin of the next twelve months that these levers add to the plan; None where it is unknown."""
        view = self._plans.view(Selection(), levers)
        return effect(view.plan.kpi("margin-ahead"), view.base.kpi("margin-ahead")).change

    def items(self, view: PlanView) -> SkuForecast:
        """The forecast by item; no rows where the company names no items."""
        return self._items.get(id(view.prepared), lambda: (view, sku_forecast(view.prepared)))[1]

    def forecast_test(self, view: PlanView) -> tuple[FamilyTest, ...]:
        """The back-test of the baseline by family; empty when no history is long enough."""
        inputs = view.prepared.inputs
        return self._tests.get(inputs.version, lambda: forecast_test(inputs))


def _stand(levers: Levers, at: Choices) -> tuple[float, float]:
    """Stock cover and overtime as the levers stand: days and share of hours."""
    cover = at.cover_days if levers.cover_days is None else levers.cover_days
    return cover, at.overtime_ratio if levers.overtime_max_ratio is None else levers.overtime_max_ratio
