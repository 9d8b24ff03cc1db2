"""Studies for settled levers: what holds the plan back, cases that ask for a decision, how good the baseline is."""

from dataclasses import dataclass

from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import Decision
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.effects import Effect, effect, effects
from sop_dash.core.studies.bottleneck import Bottleneck, bottleneck
from sop_dash.core.studies.cases import Case, cases
from sop_dash.core.studies.forecast_test import FamilyTest, forecast_test
from sop_dash.services.plans import Newest, Plans, PlanView
from sop_dash.services.selection import Selection

_KEPT, _LOADS_KEPT = 32, 3
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


class Studies:
    """Answers of studies, each made once for a plan and kept while it may be asked again."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self._bottlenecks = Newest[tuple[int, str, bytes, int], tuple[PlanView, Bottleneck]](_KEPT)
        self._cases = Newest[tuple[int, str], tuple[PlanView, tuple[Case, ...]]](_KEPT)
        self._tests = Newest[str, tuple[FamilyTest, ...]](_LOADS_KEPT)

    def bottleneck(self, view: PlanView) -> Bottleneck:
        """What holds the plan of this view back; the shortage is that of the families and months on screen."""
        months = len(view.months)
        key = (id(view.prepared), view.levers.key, view.families.tobytes(), months)
        # The view is kept beside the answer, so that the identity in the key stays taken.
        return self._bottlenecks.get(
            key, lambda: (view, bottleneck(view.prepared, view.plan, view.families, months=months))
        )[1]

    def cases(self, levers: Levers) -> tuple[Case, ...]:
        """The largest gaps of the plan under these levers with their options. Raises `NoDataLoad` without data."""
        view = self._plans.view(Selection(), levers)
        key = (id(view.prepared), levers.key)
        return self._cases.get(key, lambda: (view, cases(view.prepared, view.plan)))[1]

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

    def forecast_test(self, view: PlanView) -> tuple[FamilyTest, ...]:
        """The back-test of the baseline by family; empty when no history is long enough."""
        inputs = view.prepared.inputs
        return self._tests.get(inputs.version, lambda: forecast_test(inputs))
