"""Studies that ask many plans, for settled levers: what holds the plan back, and the cases that ask for a decision."""

from sop_dash.core.model.levers import Levers
from sop_dash.core.studies.bottleneck import Bottleneck, bottleneck
from sop_dash.core.studies.cases import Case, cases
from sop_dash.services.plans import Newest, Plans, PlanView
from sop_dash.services.selection import Selection

_KEPT = 32


class Studies:
    """Answers of studies, each made once for a plan and kept while it may be asked again."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self._bottlenecks = Newest[tuple[int, str, bytes], tuple[PlanView, Bottleneck]](_KEPT)
        self._cases = Newest[tuple[int, str], tuple[PlanView, tuple[Case, ...]]](_KEPT)

    def bottleneck(self, view: PlanView) -> Bottleneck:
        """What holds the plan of this view back; the shortage is that of the families selected."""
        key = (id(view.prepared), view.levers.key, view.families.tobytes())
        # The view is kept beside the answer, so that the identity in the key stays taken.
        return self._bottlenecks.get(key, lambda: (view, bottleneck(view.prepared, view.plan, view.families)))[1]

    def cases(self, levers: Levers) -> tuple[Case, ...]:
        """The largest gaps of the plan under these levers with their options. Raises `NoDataLoad` without data."""
        view = self._plans.view(Selection(), levers)
        key = (id(view.prepared), levers.key)
        return self._cases.get(key, lambda: (view, cases(view.prepared, view.plan)))[1]
