"""What the Executive page says: where the year is heading, what is short, and what changed since last month."""

import numpy as np

from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.plan.forecast_change import ForecastChange
from sop_dash.figures.formats import (
    listed,
    money,
    months_in_words,
    number,
    percent,
    signed,
    signed_percent,
    spans_in_words,
)
from sop_dash.figures.storyline.supply import served_words
from sop_dash.services.plans import PlanView

_LEVEL = 1e-4
_COVERED, _TOLD = 0.999, 0.5
_HEADLINES = ("revenue-outlook", "margin-outlook", "service")


def executive_story(view: PlanView) -> tuple[str, str]:
    """The outlook of the year, or what the levers do to it; and what is short."""
    return (_moved(view) if view.levers.moved else _outlook(view)), served_words(view)


def _outlook(view: PlanView) -> str:
    revenue, margin = (view.plan.kpi(name) for name in _HEADLINES[:2])
    currency = view.prepared.inputs.company.currency
    if revenue.value is None:
        return f"The money of the year is not known. {revenue.reason}"
    said = [f"revenue {_against(revenue, currency)}"]
    if margin.value is not None:
        said.append(f"gross margin {_against(margin, currency)}")
    return f"{revenue.period}: {listed(said)}."


def _against(kpi: Kpi, currency: str) -> str:
    value = money(kpi.value, currency)
    if kpi.change is None:
        return value
    if abs(kpi.change) < _LEVEL * abs(kpi.value or 0.0):
        return f"{value}, level with {kpi.reference_name}"
    side = "above" if kpi.change > 0 else "below"
    return f"{value}, {money(abs(kpi.change), currency)} {side} {kpi.reference_name}"


def _moved(view: PlanView) -> str:
    currency = view.prepared.inputs.company.currency
    parts, told = [], ""
    for name in _HEADLINES:
        now, before = view.plan.kpi(name), view.base.kpi(name)
        if now.value is not None and before.value is not None:
            change = signed(now.value - before.value, now.definition.unit, currency)
            name_only, period = now.definition.name.split(" (")[0].lower(), now.period.split(",")[0]
            parts.append(f"{name_only} {change}" if period == told else f"{period} {name_only} {change}")
            told = period
    return f"As the levers stand, against the plan: {listed(parts)}."


def change_story(change: ForecastChange | None, currency: str) -> str:
    """How far the forecast moved since last cycle, in money where prices are known; or that no last one is kept."""
    if change is None:
        return "No forecast of last cycle is kept, so its change is not known."
    if np.isnan(change.before_value).all() or np.isnan(change.change_value).all():
        return _moved_in_units(change)
    side = "above" if change.total_value >= 0 else "below"
    size = f"{money(abs(change.total_value), currency)} ({percent(abs(change.total_ratio))})"
    first = int(np.nanargmax(np.abs(change.change_value)))
    most = f"most in {change.families[first]}, {signed(float(change.change_value[first]), Unit.MONEY, currency)}"
    return f"Consensus for {months_in_words(change.months)} is {size} {side} last cycle; {most}."


def _moved_in_units(change: ForecastChange) -> str:
    """The family whose forecast moved furthest, as no price puts the families together."""
    months = months_in_words(change.months)
    if np.isnan(change.ratio).all():
        return f"No price is known, so the change of consensus for {months} since last cycle has no money."
    first = int(np.nanargmax(np.abs(change.ratio)))
    most = f"{change.families[first]}, {signed_percent(float(change.ratio[first]))}"
    return f"Consensus for {months} moved most in {most} against last cycle; no price is known for its money."


def calm_words(view: PlanView) -> tuple[str, str]:
    """Why no card is shown: what was looked at and found in order, or cannot be looked at."""
    period = months_in_words(view.plan.grain.horizon)
    if not view.plan.grain.resources:
        cure = "load resources and resource_profile to see where demand runs into capacity."
        return "No gap can be told", f"No hours of resources are known for {period}: {cure}"
    return "No gap needs a decision", f"{_calm(view)} of {period}.{_means_used(view)}"


def _calm(view: PlanView) -> str:
    """What regular hours, stock and agreed supply cover in the open months; stock is told only where it is covered."""
    supply, first = view.plan.supply, view.prepared.locked_months
    in_time = (supply.closing >= _COVERED * supply.target)[:, first:].all()
    covered = "demand and stock targets" if in_time and not _means_used(view) else "demand"
    return f"Regular hours, stock and agreed supply cover {covered} in every open month"


def _means_used(view: PlanView) -> str:
    """What the plan takes beyond them, which no sale depends on; empty without."""
    supply, first = view.plan.supply, view.prepared.locked_months
    overtime, outsourced = (part[:, first:].sum(axis=0) for part in (supply.overtime_hours, supply.outsource))
    used = []
    if overtime.sum() >= _TOLD:
        used.append(f"{number(overtime.sum())} hours of overtime")
    if outsourced.sum() >= _TOLD:
        used.append("units made outside")
    if not used:
        return ""
    months = [view.plan.grain.horizon[first + t] for t in np.flatnonzero(overtime + outsourced >= _TOLD).tolist()]
    return f" The plan uses {listed(used)} in {spans_in_words(months)} as well: for stock, no sale depends on it."
