"""What the Supply page says: the shortage and its cause, what binds, and how long there is to choose."""

import calendar
from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.reference_plan import plan_before
from sop_dash.core.performance.gap_table import shortage
from sop_dash.core.performance.load import load
from sop_dash.core.studies.bottleneck import Bottleneck, NextHours, Shortfall
from sop_dash.figures.formats import date_in_words, known, listed, money, number, percent, plural, spans_in_words
from sop_dash.services.plans import PlanView

_BUSY = 0.9
NO_LIMIT = "Nothing is known that limits supply: load resources and resource_profile, or capacity."
_NO_HOURS = "Hours of resources are not known, so no constraint can be named: load resources and resource_profile."


@dataclass(frozen=True, kw_only=True)
class Told:
    """One answer of the page: what is asked, and the sentence."""

    asked: str
    sentence: str


def supply_story(view: PlanView) -> tuple[str, str]:
    """The shortage of the months on screen in one sentence, and the resource behind it in another."""
    return served_words(view), _fullest(view)


def served_words(view: PlanView) -> str:
    """What of the demand on screen is not served, or that all of it is."""
    found = shortage(view.plan, view.families, len(view.months))
    if not found.families:
        if np.isnan(view.plan.supply.available_hours).all():
            return "Nothing is known that limits supply, so all demand is planned."
        return f"All demand can be supplied through {short_name(view.months[-1])}."
    names, when = listed(found.families), spans_in_words(found.months)
    if not known(found.revenue_value):
        return f"Not all demand for {names} is served in {when}."
    amount = money(found.revenue_value, view.prepared.inputs.company.currency)
    return f"{amount} of demand for {names} is not served in {when}."


def _fullest(view: PlanView) -> str:
    filled = load(view.plan.supply)[:, : len(view.months)]
    if not filled.size or np.isnan(filled).all():
        return "Load resources (available_hours) and resource_profile to see what can be made."
    row, month = (int(place) for place in np.unravel_index(int(np.nanargmax(np.round(filled, 6))), filled.shape))
    name, when = view.plan.grain.resources[row], short_name(view.months[month])
    busy = int((filled[row] > _BUSY).sum())
    first = f"{name} is the fullest at {percent(float(filled[row, month]), 0)} in {when}"
    return f"{first} and above 90 % in {busy} of {plural(len(view.months), 'month')}." if busy else f"{first}."


def restricted_words(view: PlanView) -> str:
    """Which months are restricted and around what; empty where none are on screen."""
    first, settings = view.prepared.locked_months, view.prepared.settings
    months = view.months[first : first + settings.restricted_months]
    if not months:
        return ""
    named, band = f"Restricted {spans_in_words(months)}", view.prepared.problem.restricted
    if band is None:
        return f"{named}: no plan before says anything of them, so nothing bounds their output."
    return f"{named}: output ±{percent(band.band_ratio, 0)} of {plan_before(view.prepared.inputs).name}"


def binding_words(found: Bottleneck) -> str:
    """Which constraint binds, for the lever board."""
    if not found.limited:
        return _NO_HOURS
    if not found.binding:
        return "No resource binds: regular hours and allowed overtime leave room in every open month."
    parts = [f"{one.resource} binds in {spans_in_words(one.months)}" for one in found.binding[:3]]
    sentence = f"{'; '.join(parts)}: regular hours and allowed overtime are used up."
    if found.pair is None:
        return sentence
    return f"{sentence} {' and '.join(found.pair.resources)} work together: hours on one alone bring little."


def bottleneck_answers(found: Bottleneck, currency: str, served: Kpi) -> tuple[Told, ...]:
    """Why short, what the next hours bring, and the last day to choose; one sentence each."""
    short = found.shortfall
    if short is None and not found.limited:
        first = Told(asked="What is short?", sentence=NO_LIMIT)
    elif short is None:
        period = served.period.split(",", maxsplit=1)[0]
        first = Told(asked=f"Short, {period}", sentence="Nothing: the plan supplies all demand.")
    else:
        first = why_told(short)
    answers = [first, Told(asked="The next 100 hours", sentence=_hours(found, currency))]
    if short is not None:
        answers.append(Told(asked="Last day to choose", sentence=_last_day(short)))
    return tuple(answers)


def why_told(short: Shortfall) -> Told:
    """Why a family is short in a month, or that it is not."""
    return Told(asked=f"{short.family}, {short_name(short.month)}", sentence=_why(short))


def _why(short: Shortfall) -> str:
    facts = short.facts
    parts = (
        (facts.opening_units, "in stock"),
        (facts.arriving_units, "made"),
        (facts.receipts_units, "on order"),
        (facts.outsourced_units, "outsourced"),
    )
    have = [f"{number(units)} {word}" for units, word in parts if units >= 0.5]
    served = f"{number(facts.lost_units)} not served" if facts.lost_units >= 0.5 else "all of it served"
    sentence = f"{number(facts.demand_units)} asked, {served}"
    sentence += f": {listed(have, most=4)}." if have else "."
    if short.locked:
        return f"{sentence} The month is in progress and can no longer be changed."
    if short.tight and facts.lost_units >= 0.5:
        verb = "has" if len(short.tight) == 1 else "have"
        sentence += f" {listed(short.tight)} {verb} no hour left on the way there."
    if short.used_up and facts.lost_units >= 0.5:
        verb = "is" if len(short.used_up) == 1 else "are"
        sentence += f" The {listed(short.used_up)} {verb} used up."
    if facts.outsourced_units > 0.0 and facts.outsource_left_units < 0.5:
        sentence += " The outsourcing agreed is used up."
    return sentence


def _hours(found: Bottleneck, currency: str) -> str:
    if not found.limited:
        return _NO_HOURS
    best = found.pair or found.next_hours
    if best is None:
        return "More hours would bring nothing: no resource holds the plan back."
    where = f"in {short_name(best.month)}" if best.month else "every open month"
    names = " and ".join(best.resources)
    return f"{number(best.hours)} more hours on {names} {where} bring {_gain(best, currency)}."


def _gain(best: NextHours, currency: str) -> str:
    served = f"{number(best.served_units)} more units served" if best.served_units >= 0.5 else "less overtime and stock"
    return served if best.value is None else f"{money(best.value, currency)} ({served}), before their own cost"


def _last_day(short: Shortfall) -> str:
    if short.locked:
        return "It has passed: only the customers can be told."
    if short.last_cycle is None:
        help_from = short_name(short.first_help) if short.first_help else "after the horizon"
        return f"It has passed for {short_name(short.month)}: a choice of now brings stock from {help_from}."
    year, month = int(short.last_cycle[:4]), int(short.last_cycle[5:7])
    day = calendar.monthrange(year, month)[1]
    when = short_name(short.month)
    return f"{date_in_words(f'{short.last_cycle}-{day:02d}')}: a choice made by then can still bring stock in {when}."
