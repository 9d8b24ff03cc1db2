"""What the Executive page says: where the year is heading, what is short, and what changed since last month."""

import numpy as np

from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.plan.forecast_change import ForecastChange
from sop_dash.figures.formats import listed, money, months_in_words, percent, signed
from sop_dash.figures.storyline.supply import served_words
from sop_dash.services.plans import PlanView

_LEVEL = 1e-4
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
    """How far the forecast moved since last cycle, or that nobody kept the last one."""
    if change is None or np.isnan(change.change_value).all():
        return "No forecast of last cycle is kept, so its change is not known."
    side = "above" if change.total_value >= 0 else "below"
    size = f"{money(abs(change.total_value), currency)} ({percent(abs(change.total_ratio))})"
    first = int(np.nanargmax(np.abs(change.change_value)))
    most = f"most in {change.families[first]}, {signed(float(change.change_value[first]), Unit.MONEY, currency)}"
    return f"Consensus for {months_in_words(change.months)} is {size} {side} last cycle; {most}."


def calm_words(view: PlanView) -> tuple[str, str]:
    """Why no card is shown: what was looked at and found in order, or cannot be looked at."""
    period = months_in_words(view.plan.grain.horizon)
    if not view.plan.grain.resources:
        cure = "load resources and resource_profile to see where demand runs into capacity."
        return "No gap can be told", f"No hours of resources are known for {period}: {cure}"
    covered = "Regular hours, stock and agreed supply cover demand and stock targets in every open month"
    return "No gap needs a decision", f"{covered} of {period}."
