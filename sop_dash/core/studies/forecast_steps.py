"""What each step took off the error of the forecast, on what was kept one month ahead; families weighted by value."""

from sop_dash.core.demand.value_added import Step, staircase
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kept_forecasts import past_units
from sop_dash.core.performance.monthly import demand_weights, family_demand

STEPS = ("naive", "statistical", "sales", "consensus")


def forecast_steps(inputs: PlanInputs) -> tuple[Step, ...]:
    """The kept steps in their order, judged on the same families and months; fewer than two kept gives none."""
    kept = [step for step in STEPS if step in set(inputs.snapshots.steps)]
    if len(kept) < 2:
        return ()
    worth = demand_weights(inputs)[:, None]
    found = staircase({step: past_units(inputs, step) * worth for step in kept}, family_demand(inputs) * worth)
    return found if found[0].pairs else ()
