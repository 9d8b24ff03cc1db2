"""The plan under levers: the path of a dragged slider, from demand to identities. Arrays only; nothing is kept."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from sop_dash.core.finance.profit import money_plan
from sop_dash.core.model.arrays import Array, BoolArray, worth
from sop_dash.core.model.findings import by_importance
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.planning_settings import ShortageRule
from sop_dash.core.model.result import DemandPlan, MoneyPlan, PlanResult, SupplyPlan
from sop_dash.core.performance.plan_kpis import plan_kpis
from sop_dash.core.plan.findings import plan_findings
from sop_dash.core.plan.identities import plan_identities
from sop_dash.core.plan.lever_effects import LeverEffects
from sop_dash.core.plan.limit_uses import LimitUse, limit_uses
from sop_dash.core.plan.other_costs import other_costs
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.plan.shortage import lost_by_channel, waiting_before, waiting_by_channel
from sop_dash.core.plan.supply_problem import (
    StockTargets,
    end_stock_units,
    problem_under,
    stock_targets,
    with_end_stock,
    with_locked_months,
)
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution


def plan(
    prepared: Prepared,
    levers: Levers | None = None,
    *,
    rule: Callable[[SupplyProblem], SupplySolution] | None = None,
) -> PlanResult:
    """Plan the whole horizon under these levers, on top of the decisions that are in the plan.

    The same levers give the same plan, whatever was planned before. Locked months move with no lever.

    Args:
        prepared: What no lever changes.
        levers: What is moved; None moves nothing.
        rule: A rule-based planner in place of the optimum, for comparison.

    Raises:
        UnknownKey: A lever names a family, category, channel or resource the data load does not have.
        BadLever: A lever is out of range or asked to act before it can.
    """
    given = levers or Levers()
    effects = prepared.scope.effects(given, prepared.plan_effects)
    committed = committed_demand(prepared, effects)
    demand = DemandPlan(
        statistical=prepared.baseline.units,
        consensus=prepared.consensus.units,
        unconstrained=_unconstrained_demand(prepared, effects),
        committed=committed,
    )
    problem, targets = lever_problem(prepared, effects, demand.committed_units)
    solution = (rule or prepared.programme.solve)(problem)
    supply = _supply_plan(prepared, problem, solution, targets, committed, effects)
    uses = limit_uses(prepared.inputs, problem, solution)
    money = _money(prepared, problem, supply, uses, effects)
    found = plan_findings(prepared, problem, solution, uses, supply, money)
    return PlanResult(
        inputs_version=prepared.inputs.version,
        levers=given,
        grain=prepared.inputs.grain,
        demand=demand,
        supply=supply,
        money=money,
        kpis=plan_kpis(
            inputs=prepared.inputs,
            settings=prepared.settings,
            demand=demand,
            supply=supply,
            money=money,
            base=prepared.base_kpis if given.moved else None,
        ),
        findings=by_importance(prepared.findings + found),
        balances=partial(plan_identities, prepared, problem, solution, demand, supply, money),
        solver=solution.report,
    )


def problem_of(prepared: Prepared, levers: Levers) -> SupplyProblem:
    """The supply problem that `plan(prepared, levers)` solves."""
    effects = prepared.scope.effects(levers, prepared.plan_effects)
    return lever_problem(prepared, effects, committed_demand(prepared, effects).sum(axis=1))[0]


def committed_demand(prepared: Prepared, effects: LeverEffects) -> Array:
    """[F, C, T] what the supply plan must serve: consensus under the demand levers and the elasticity of price."""
    return prepared.consensus.units * effects.volume_factor(prepared.settings.price_elasticity)


def _unconstrained_demand(prepared: Prepared, effects: LeverEffects) -> Array:
    """[F, C, T] consensus under the demand levers moved on top of the plan, whose own decisions shape demand."""
    consensus, planned = prepared.consensus.units, prepared.plan_effects.demand_factor
    return consensus if effects.demand_factor is planned else consensus * (effects.demand_factor / planned)


def lever_problem(prepared: Prepared, effects: LeverEffects, demand_units: Array) -> tuple[SupplyProblem, StockTargets]:
    """The supply problem under these effects and the stock targets it aims at; `demand_units` [F, T] is committed."""
    targets = stock_targets(prepared.parts, demand_units, effects.cover_days)
    targets = with_locked_months(targets, prepared.locked_targets, prepared.locked_months)
    problem = problem_under(prepared.parts, prepared.problem, effects, demand_units, targets)
    if prepared.end_reach is not None:
        asked = end_stock_units(prepared.parts, demand_units)
        problem, targets = prepared.end_reach.held_to(problem, asked), with_end_stock(targets, asked)
    return problem, targets


def _supply_plan(
    prepared: Prepared,
    problem: SupplyProblem,
    solution: SupplySolution,
    targets: StockTargets,
    committed: Array,
    effects: LeverEffects,
) -> SupplyPlan:
    lost_units = np.minimum(np.maximum(solution.lost_units, 0.0), problem.demand_units)
    lost = lost_by_channel(lost_units, committed, *_shortage_rule(prepared, effects))
    shipped, waiting = committed - lost, np.zeros_like(lost)
    if problem.backlog is not None:
        before = waiting_before(problem.backlog.opening_units, committed)
        late_units = solution.waiting_units + solution.lost_units - lost_units
        waiting = waiting_by_channel(late_units, before, committed, lost)
        shipped = shipped - np.diff(waiting, axis=2, prepend=before[:, :, None])
    hour_worth = solution.duals.capacity if solution.duals is not None else np.full(solution.hours_used.shape, np.nan)
    return SupplyPlan(
        make=solution.make_units,
        overtime_units=solution.overtime_units,
        outsource=solution.outsource_units,
        receipts=problem.receipts_units,
        overtime_hours=solution.overtime_hours,
        hours_used=solution.hours_used,
        available_hours=problem.available_hours,
        overtime_limit_hours=problem.overtime_limit_hours,
        shipped=shipped,
        lost=lost,
        waiting=waiting,
        closing=solution.closing_units,
        target=targets.band.target,
        stock_low=targets.band.low,
        stock_high=targets.band.high,
        capacity_worth=hour_worth,
    )


def _shortage_rule(prepared: Prepared, effects: LeverEffects) -> tuple[Array, ShortageRule, int | None]:
    channels, named = prepared.inputs.grain.channels, prepared.settings.named_first_channel
    first = channels.index(named) if named in channels else None
    return prepared.costs.price * effects.price_factor, prepared.settings.shortage_rule, first


def _money(
    prepared: Prepared, problem: SupplyProblem, supply: SupplyPlan, uses: Sequence[LimitUse], effects: LeverEffects
) -> MoneyPlan:
    terms, outsourced_cost = prepared.terms, prepared.money.unit_cost + prepared.costs.outsource_premium
    return money_plan(
        grain=prepared.inputs.grain,
        price=prepared.money.price * effects.price_factor,
        unit_cost=prepared.money.unit_cost,
        shipped=supply.shipped,
        lost=supply.lost,
        make=supply.make,
        outsource=supply.outsource,
        receipts=supply.receipts,
        closing=supply.closing,
        overtime_premium=_overtime_premium(problem, supply, prepared.costs.overtime_known),
        outsource_premium=worth(supply.outsource, prepared.costs.outsource_premium),
        other_costs=other_costs(problem, supply, uses, outsourced_cost),
        history_revenue=terms.history_revenue,
        history_purchases=terms.history_purchases,
        receivable_days=terms.receivable_days,
        payable_days=terms.payable_days,
        material_share=terms.material_share,
        opening_cash=terms.opening_cash,
        fixed_cost_per_month=terms.fixed_cost_per_month,
        tax_ratio=terms.tax_ratio,
    )


def _overtime_premium(problem: SupplyProblem, supply: SupplyPlan, known: BoolArray) -> Array:
    """[F, T] premium of each resource's overtime, shared by the hours each family asks of it; NaN where not `known`."""
    paid = problem.overtime_premium_per_hour[:, None] * supply.overtime_hours
    per_hour = np.zeros_like(paid)
    np.divide(paid, supply.hours_used, out=per_hour, where=supply.hours_used > 0.0)
    premium = supply.make * (problem.resource_hours_per_unit.T @ per_hour)
    return premium if known.all() else worth(premium, np.where(known, 1.0, np.nan)[:, None])
