"""What the Scenarios page says: which kept scenario earns most, and what the levers do as they stand."""

from collections.abc import Sequence

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.effects import Direction, Effect, effect
from sop_dash.figures.formats import percent, plural, signed
from sop_dash.services.plans import PlanView

_MARGIN, _SERVICE = "margin-ahead", "service"


def scenarios_story(view: PlanView, kept: Sequence[tuple[str, PlanResult]]) -> tuple[str, str]:
    """The best kept scenario in one sentence, the levers as they stand in another."""
    return _best(view, kept), _board(view)


def _best(view: PlanView, kept: Sequence[tuple[str, PlanResult]]) -> str:
    if not kept:
        return "No scenario is kept yet: move a lever, see what follows, and keep it."
    measured = [(name, _effect(plan, view, _MARGIN)) for name, plan in kept]
    known = [(name, found, found.change) for name, found in measured if found.change is not None]
    if not known:
        return f"{plural(len(kept), 'scenario')} kept; without prices and costs they are compared on service and hours."
    name, found, change = max(known, key=lambda one: one[2])
    currency = view.prepared.inputs.company.currency
    if found.direction is not Direction.BETTER:
        return "No kept scenario earns more margin than the plan."
    plan = next(plan for kept_name, plan in kept if kept_name == name)
    service = percent(plan.kpi(_SERVICE).value)
    return f"“{name}” earns most: {signed(change, Unit.MONEY, currency)} margin against the plan at {service} service."


def _board(view: PlanView) -> str:
    if not view.levers.moved:
        return "The levers stand at the plan."
    currency = view.prepared.inputs.company.currency
    margin, service = (_effect(view.plan, view, name) for name in (_MARGIN, _SERVICE))
    parts = [
        f"{signed(found.change, found.kpi.definition.unit, currency)} {word}"
        for found, word in ((margin, "margin"), (service, "service"))
        if found.change is not None
    ]
    return f"As the levers stand: {' and '.join(parts)} against the plan." if parts else ""


def _effect(plan: PlanResult, view: PlanView, name: str) -> Effect:
    return effect(plan.kpi(name), view.base.kpi(name))
