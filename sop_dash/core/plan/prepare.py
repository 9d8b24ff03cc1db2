"""Prepare a data load for planning: everything that no lever changes, from the baseline to the kept programme."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sop_dash.core.demand.baseline import baseline
from sop_dash.core.demand.cleansing import cleanse
from sop_dash.core.demand.consensus import consensus
from sop_dash.core.demand.planned_events import planned_effects, with_planned_events
from sop_dash.core.inventory.demand_curve import demand_curve
from sop_dash.core.inventory.targets import stock_days
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.findings import Finding, FindingKind, Severity, by_importance
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.periods import calendar_days, following, short_name
from sop_dash.core.model.planning_settings import Objective, PlanningSettings
from sop_dash.core.model.records import Adjustment, Decision, Outcome, RejectedCorrection
from sop_dash.core.performance.review import Review, review
from sop_dash.core.plan.assumption_checks import assumption_findings
from sop_dash.core.plan.assumptions import assumptions
from sop_dash.core.plan.calm import calm_findings
from sop_dash.core.plan.capacity import capacity, capacity_findings
from sop_dash.core.plan.costs import PriceAndCost, planning_costs, price_and_cost
from sop_dash.core.plan.currency import in_currency
from sop_dash.core.plan.data_findings import data_findings
from sop_dash.core.plan.lever_effects import LeverEffects, LeverScope
from sop_dash.core.plan.limit_findings import fixed_output_findings
from sop_dash.core.plan.locked import locked_plan
from sop_dash.core.plan.past_forecasts import PastForecasts, forecasts_at_lag1
from sop_dash.core.plan.prepared import MoneyTerms, Prepared
from sop_dash.core.plan.regular_hours import hours_findings, with_regular_hours
from sop_dash.core.plan.run import plan, problem_of
from sop_dash.core.plan.solved_ahead import SOLVED_AHEAD
from sop_dash.core.plan.supply_problem import ProblemParts, base_problem, stock_targets
from sop_dash.core.plan.transition_effects import transition_effects, with_transitions
from sop_dash.core.plan.unit_capacity import with_unit_capacities
from sop_dash.core.supply.end_stock import EndReach
from sop_dash.core.supply.in_turn import ProgrammeInTurn
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme

_MONTHS_BEYOND_HORIZON = 12

DECISION_NOT_APPLIED = FindingKind(
    code="decision-not-applied",
    severity=Severity.WARNS,
    title="A decision in the plan names something the data load does not have",
    remedy="Change the levers of the decision, or take it out of the plan.",
)


def prepare(
    inputs: PlanInputs,
    adjustments: Sequence[Adjustment] = (),
    decisions: Sequence[Decision] = (),
    settings: PlanningSettings | None = None,
    rejected_corrections: Sequence[RejectedCorrection] = (),
) -> Prepared:
    """Everything no lever changes. What the company gives wins over a default; what is missing becomes an assumption
    in words or a finding.

    Args:
        inputs: A data load; its horizon is the horizon planned.
        adjustments: Of the open cycle; accepted ones make the consensus.
        decisions: Approved ones that are in the plan add their levers to it.
        settings: Planning settings; None takes the defaults.
        rejected_corrections: Corrections of history that people have turned down; all others are made.
    """
    settings = settings or PlanningSettings()
    of_hours = hours_findings(inputs, settings)
    inputs = with_unit_capacities(with_regular_hours(in_currency(inputs, settings), settings))
    history = cleanse(inputs, rejected_corrections)
    events = planned_effects(inputs, history.drivers)
    base = baseline(history.demand, inputs.grain, recorded=history.recorded, drivers=history.drivers)
    promoted = with_planned_events(base, events, inputs)
    statistical = with_transitions(promoted, transition_effects(inputs), inputs)
    agreed = consensus(statistical.units, adjustments, inputs.grain)
    demand = agreed.units.sum(axis=1)
    money, hours = price_and_cost(inputs), capacity(inputs, settings)
    costs = planning_costs(inputs, settings, money, demand.mean(axis=1))
    locked = locked_plan(inputs, hours, min(settings.locked_months, len(inputs.grain.horizon)))
    days = calendar_days(following(inputs.grain.cycle, len(inputs.grain.horizon) + _MONTHS_BEYOND_HORIZON))
    scope = LeverScope(inputs.grain, locked.make_units.shape[1], inputs.supply.capacity_lead_time_months)
    plan_levers, plan_effects, refused = _decided(scope, decisions)
    opening, opening_assumed = _opening_units(inputs, settings, demand, days)
    parts = ProblemParts(
        inputs=inputs,
        settings=settings,
        costs=costs,
        capacity=hours,
        locked=locked,
        opening_units=opening,
        consensus=agreed.units,
        consensus_units=demand,
        price_factor=plan_effects.price_factor,
        calendar_days=days,
    )
    problem, past = base_problem(parts), forecasts_at_lag1(inputs)
    found = (
        *inputs.findings,
        *history.findings,
        *assumption_findings(inputs, history),
        *statistical.findings,
        *agreed.findings,
        *refused,
        *of_hours,
        *capacity_findings(inputs, hours),
        *data_findings(inputs, costs, demand, settings),
    )
    prepared = Prepared(
        inputs=inputs,
        settings=settings,
        adjustments=tuple(adjustments),
        decisions=tuple(decisions),
        plan_levers=plan_levers,
        history=history,
        planned_events=events,
        baseline=statistical,
        consensus=agreed,
        money=money,
        costs=costs,
        terms=_money_terms(inputs, settings, money),
        capacity=hours,
        locked=locked,
        opening_assumed=opening_assumed,
        parts=parts,
        locked_targets=stock_targets(parts, demand, None),
        scope=scope,
        plan_effects=plan_effects,
        problem=problem,
        programme=_programme(problem, settings),
        end_reach=EndReach(problem) if settings.end_stock_days > 0.0 else None,
        review=_reviewed(inputs, settings, past, demand),
        assumptions=assumptions(inputs, settings, money, hours, locked, opening_assumed, past),
        findings=by_importance(found),
    )
    return _with_reference(prepared)


def _with_reference(prepared: Prepared) -> Prepared:
    """Keep the programme of the plan itself, near which every solve starts, and the figures of that plan."""
    problem = problem_of(prepared, Levers())
    prepared = replace(prepared, programme=_programme(problem, prepared.settings))
    prepared.programme.learn(problem_of(prepared, levers) for levers in SOLVED_AHEAD)
    names = [short_name(month) for month in prepared.inputs.grain.horizon]
    found = (*calm_findings(prepared, problem), *fixed_output_findings(prepared.inputs, problem, names))
    prepared = replace(prepared, findings=by_importance((*prepared.findings, *found)))
    return replace(prepared, base_kpis=plan(prepared).kpis)


def _programme(problem: SupplyProblem, settings: PlanningSettings) -> SupplyProgramme:
    return ProgrammeInTurn(problem) if settings.objective is Objective.IN_TURN else SupplyProgramme(problem)


def _reviewed(inputs: PlanInputs, settings: PlanningSettings, past: PastForecasts, demand: Array) -> Review | None:
    if not inputs.grain.history:
        return None
    return review(inputs=inputs, settings=settings, forecasts_at_lag1=past.units, demand_ahead=demand)


def _opening_units(
    inputs: PlanInputs, settings: PlanningSettings, demand: Array, days: Array
) -> tuple[Array, BoolArray]:
    """[F] saleable stock, at its target where it is unknown; and where that is."""
    saleable, supply = inputs.stock.saleable_units, inputs.supply
    policy = stock_days(settings.cover_days, settings.cover_high_days, supply.min_stock_days, supply.max_stock_days)
    at_target = demand_curve(demand, days).first_cover_units(policy.target)
    unknown = np.isnan(saleable)
    return np.maximum(np.where(unknown, at_target, saleable), 0.0), unknown


def _decided(scope: LeverScope, decisions: Sequence[Decision]) -> tuple[Levers, LeverEffects, tuple[Finding, ...]]:
    """The levers of the approved decisions in the plan, their effects, and the decisions that cannot be applied."""
    levers, effects, refused = Levers(), scope.none, []
    for decision in decisions:
        if not (decision.in_plan and decision.outcome is Outcome.APPROVED and decision.levers.moved):
            continue
        try:
            effects = scope.effects(decision.levers, effects, from_earlier_cycle=True)
        except SopError as error:
            place = f"{decision.id}, {decision.owner}"
            refused.append(Finding(kind=DECISION_NOT_APPLIED, table="decisions", place=place, detail=error.sentence))
            continue
        levers = decision.levers.on_top_of(levers)
    return levers, effects, tuple(refused)


def _money_terms(inputs: PlanInputs, settings: PlanningSettings, money: PriceAndCost) -> MoneyTerms:
    company = inputs.company
    return MoneyTerms(
        receivable_days=_given(company.receivable_days, settings.receivable_days),
        payable_days=_given(company.payable_days, settings.payable_days),
        material_share=settings.material_ratio,
        opening_cash=company.opening_cash,
        fixed_cost_per_month=company.fixed_cost_per_month,
        tax_ratio=company.tax_ratio,
        history_revenue=_total_or_nan(inputs.sales.net_revenue_value, (0, 1)),
        history_purchases=_past_purchases(inputs, settings, money),
    )


def _past_purchases(inputs: PlanInputs, settings: PlanningSettings, money: PriceAndCost) -> Array:
    """[H] what was bought: receipts at cost, and the bought part of what was made; NaN where nothing is known."""
    months = len(inputs.grain.history)
    cost = inputs.money.unit_cost[:, :months]
    cost = np.where(np.isnan(cost), money.unit_cost[:, :1], cost)
    share = np.where(np.asarray(inputs.grain.made, dtype=np.bool_), settings.material_ratio, 1.0)
    return _total_or_nan(share[:, None] * cost * inputs.supply.actual_units, (0,))


def _total_or_nan(values: Array, axis: tuple[int, ...]) -> Array:
    known = ~np.isnan(values)
    return np.where(known.any(axis=axis), np.where(known, values, 0.0).sum(axis=axis), np.nan)


def _given(value: float | None, default: float) -> float:
    return default if value is None else value
