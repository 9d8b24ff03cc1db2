"""The plan beside plans made by rules, written: what each brings, and its gap to the best mix in money and service."""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.plan.run import problem_of
from sop_dash.core.studies.planners import Planner
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.integer_options import IntegerPlan
from sop_dash.figures.charts import chart
from sop_dash.figures.formats import known, listed, money, number, percent, signed, spans_in_words, written
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.theme import SEQUENCE, Colour, Figure
from sop_dash.figures.traces import line
from sop_dash.services.plans import PlanView

PLANNER_HEADS = ("Planner", "Margin", "Demand served", "Not served", "Stock", "Overtime", "Steps of output")


def planner_rows(found: Sequence[Planner], currency: str) -> list[tuple[str, ...]]:
    """The best mix with its figures, each rule with its differences to it."""
    return [_row(planner, currency, best=place == 0) for place, planner in enumerate(found)]


def _row(planner: Planner, currency: str, *, best: bool) -> tuple[str, ...]:
    cells = []
    for effect in planner.effects:
        unit = effect.kpi.definition.unit
        cells.append(
            written(effect.kpi.value, unit, currency) if best else signed(effect.change, unit, currency) or "as planned"
        )
    steps = f"{percent(planner.smoothness, 0)} of output" if known(planner.smoothness) else ""
    return (planner.name, *cells, steps)


def planners_told(found: Sequence[Planner], currency: str) -> list[Told]:
    """How far each rule is from the best mix, and whether the plan on screen is one of them."""
    told = []
    if found[0].result.solver.fallback:
        told.append(Told(asked="A stand-in is shown", sentence=fallback_words(found[0].result.solver.reason)))
    for planner in found[1:]:
        margin, service = (next(e for e in planner.effects if e.kpi.definition.id == i) for i in _GAP)
        gap = [signed(margin.change, margin.kpi.definition.unit, currency)] if known(margin.change) else []
        gap += [f"{signed(service.change, service.kpi.definition.unit)} of demand served"]
        told.append(
            Told(asked=f"{planner.name} {planner.idea}", sentence=f"Against the best mix: {' margin, '.join(gap)}.")
        )
    return told


_GAP = ("margin-ahead", "service")


def fallback_words(reason: str) -> str:
    """Why a rule-based plan stands on screen."""
    why = reason[0].lower() + reason[1:] if reason else "no verified optimum was found"
    return f"This plan was made by the chase rule, because {why}"


def planner_chart(found: Sequence[Planner], view: PlanView, currency: str) -> Figure:
    """Output by month of each planner, at the cost the plan weighs."""
    known_cost = not np.isnan(view.plan.money.unit_cost).all()
    rate = view.prepared.problem.unit_cost if known_cost else np.full(len(view.families), np.nan)
    colours = (Colour.DEMAND, *SEQUENCE[1:])
    lines = [
        line(
            planner.name,
            (planner.result.supply.make * rate).sum(axis=0)[: len(view.months)],
            colours[place],
            width=3 if place == 0 else 2,
            dash="solid" if place == 0 else "dash",
        )
        for place, planner in enumerate(found)
    ]
    return chart(
        lines,
        months=view.months,
        y_title="Output a month, at avoidable cost",
        unit=found[0].effects[0].kpi.definition.unit,
        currency=currency,
        locked=view.prepared.locked_months,
        view=f"{view.selection}",
        unknown="No cost is known: load products (unit_cost).",
    )


def whole_steps_told(found: IntegerPlan, view: PlanView, currency: str) -> list[Told]:
    """How good a plan in whole steps is known to be, and what it costs more than the plan on screen."""
    gap = f"at most {percent(found.gap_ratio, 2)} from the best possible"
    quality = f"Found and proven: {gap}." if found.proven else f"Best found in the time allowed: {gap}."
    before = problem_of(view.prepared, view.levers)
    spent = costs_of(found.problem, found.plan).money + found.shift_value
    lost = float(found.plan.lost_units.sum() - view.plan.supply.lost.sum())
    money_more = spent - costs_of(before, view.prepared.programme.solve(before)).money
    overtime = float(found.plan.overtime_hours.sum() - view.plan.supply.overtime_hours.sum())
    effect = (
        f"Against the plan on screen it loses {_more(number(abs(lost)), lost)} units, spends "
        f"{_more(money(abs(money_more), currency), money_more)} and works "
        f"{_more(number(abs(overtime)), overtime)} hours of overtime."
    )
    told = [Told(asked="How good it is", sentence=quality), Told(asked="What whole steps change", sentence=effect)]
    shifts = [
        f"{name} in {spans_in_words([m for m, on in zip(view.plan.grain.horizon, row, strict=True) if on > 0.5])}"
        for name, row in zip(view.plan.grain.resources, found.shifts, strict=True)
        if (row > 0.5).any()
    ]
    if shifts:
        told.append(Told(asked=f"Further shifts, {money(found.shift_value, currency)}", sentence=f"{listed(shifts)}."))
    return told


def _more(amount: str, change: float) -> str:
    return "no more" if abs(change) < 0.5 else f"{amount} {'more' if change > 0 else 'less'}"
