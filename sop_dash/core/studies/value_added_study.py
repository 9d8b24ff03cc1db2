"""Where people add value to the forecast: stairs of the company, every family, every kind of change, cost of bias.

Judged on forecasts frozen in past cycles (or replayed), all steps on the same pairs; families are added as money.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.bias_cost import bias_cost
from sop_dash.core.demand.change_ledger import (
    LedgerRow,
    by_direction,
    by_owner,
    by_reason,
    by_size_and_direction,
    judged_changes,
)
from sop_dash.core.demand.frozen import STATISTICAL, STEPS, FrozenForecasts, frozen_forecasts
from sop_dash.core.demand.value_added import FEWEST_PAIRS, Step, staircase
from sop_dash.core.model import measures
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.monthly import demand_weights, family_demand

_CYCLES = 24


@dataclass(frozen=True, kw_only=True)
class FamilyValue:
    """What the steps after the statistical forecast did for one family.

    Args:
        family: Its name.
        lag: Months ahead that were judged.
        stairs: Error of every step; empty without forecasts.
        bias: Of the last step; positive is over-forecasting.
        helped_points: Statistical error less that of the last step, points of WAPE; positive is better.
        auto_approve: True where changes did not help over twelve pairs or more: take the statistical forecast.
        idle_stock_value: Average stock that came from forecasts too high.
        margin_at_risk_per_year: Margin of the units forecast too low, a year.
    """

    family: str
    lag: int
    stairs: tuple[Step, ...]
    bias: float
    helped_points: float
    auto_approve: bool
    idle_stock_value: float
    margin_at_risk_per_year: float


@dataclass(frozen=True, kw_only=True)
class ValueAdded:
    """The whole account.

    Args:
        replayed: True when no forecast was kept and the cycles were made again on data cut at their dates.
        cycles: Cycles judged.
        stairs: Of the company, weighted by money.
        families: In the order of the grain.
        owners, reasons, sizes, directions: The ledger of changes, the largest gain first.
    """

    replayed: bool
    cycles: tuple[str, ...]
    stairs: tuple[Step, ...]
    families: tuple[FamilyValue, ...]
    owners: tuple[LedgerRow, ...]
    reasons: tuple[LedgerRow, ...]
    sizes: tuple[LedgerRow, ...]
    directions: tuple[LedgerRow, ...]


def decision_lags(inputs: PlanInputs, settings: PlanningSettings) -> tuple[int, ...]:
    """[F] the first lag at which supply can still react: after the fences, or after the lead time if that is longer."""
    fences = settings.locked_months + settings.restricted_months
    return tuple(max(fences, int(np.ceil(lead))) for lead in np.nan_to_num(inputs.supply.lead_time_months))


def value_added(
    inputs: PlanInputs, settings: PlanningSettings, *, lags: Sequence[int] | None = None, hide_names: bool = False
) -> ValueAdded:
    """The account at each family's lag.

    Args:
        inputs: Forecasts kept, changes made and demand.
        settings: Fences and cost of holding stock.
        lags: [F] months ahead judged; None takes the decision lags.
        hide_names: Number the owners in place of naming them.
    """
    chosen = tuple(lags or decision_lags(inputs, settings))
    demand, weights = family_demand(inputs), demand_weights(inputs)
    history = inputs.grain.history
    frozen = frozen_forecasts(inputs.snapshots, demand, history, lags=max(chosen, default=0) + 1, cycles=_CYCLES)
    named = [step for step in STEPS if step in frozen.steps]
    made = {step: frozen.at_lag(step, chosen)[0] * weights[:, None] for step in named}
    actual = frozen.at_lag(named[-1], chosen)[1] * weights[:, None]
    changes = judged_changes(inputs.past_adjustments, inputs.snapshots, demand, history, weights)
    return ValueAdded(
        replayed=frozen.replayed,
        cycles=frozen.cycles,
        stairs=staircase(made, actual),
        families=_families(inputs, settings, frozen, chosen),
        owners=by_owner(changes, hide_names=hide_names),
        reasons=by_reason(changes),
        sizes=by_size_and_direction(changes),
        directions=by_direction(changes),
    )


def _families(
    inputs: PlanInputs, settings: PlanningSettings, frozen: FrozenForecasts, lags: Sequence[int]
) -> tuple[FamilyValue, ...]:
    last, actual = frozen.at_lag(frozen.last_step, lags)
    closed = len(inputs.grain.history)
    cost = inputs.money.unit_cost[:, closed]
    carrying = inputs.company.carrying_ratio_per_year
    costs = bias_cost(
        last,
        actual,
        unit_cost=cost,
        unit_margin=demand_weights(inputs) - cost,
        carrying_ratio_per_year=settings.carrying_ratio_per_year if carrying is None else carrying,
    )
    bias = measures.bias_ratio(actual, last)
    rows = []
    for f, family in enumerate(inputs.grain.families):
        stairs = staircase({step: frozen.at_lag(step, lags)[0][f] for step in STEPS if step in frozen.steps}, actual[f])
        errors = {step.name: step.wape_ratio for step in stairs}
        helped = 100.0 * (errors.get(STATISTICAL, np.nan) - errors[frozen.last_step])
        people = frozen.last_step != STATISTICAL and stairs[-1].pairs >= FEWEST_PAIRS
        rows.append(
            FamilyValue(
                family=family,
                lag=lags[f],
                stairs=stairs,
                bias=float(bias[f]),
                helped_points=helped if frozen.last_step != STATISTICAL else float("nan"),
                auto_approve=people and helped <= 0.0,
                idle_stock_value=float(costs.idle_stock_value[f]),
                margin_at_risk_per_year=float(costs.margin_at_risk_per_year[f]),
            )
        )
    return tuple(rows)
