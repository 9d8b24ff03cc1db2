"""Decision cards, written: the question, two or three options with their money, service and stock, and the last day.

Money, service and stock of an option are compared with doing nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import last_day, short_name
from sop_dash.core.studies.case_options import Option
from sop_dash.core.studies.cases import Case
from sop_dash.core.studies.choices import (
    card_options,
    choose_by,
    doing_nothing,
    extra_hours,
    means_at_hand,
    option_name,
)
from sop_dash.figures.formats import SPACE, listed, money, months_in_words, percent, plural, signed

_NOTICEABLE_SERVICE, _NOTICEABLE_HELD = 5e-4, 0.5
_SOON_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class OptionText:
    """One option of a card.

    Args:
        key: Names it among all cards.
        name: As shown.
        margin: Margin against doing nothing.
        service: Share of demand served.
        stock: Highest month-end stock against doing nothing.
        below: What is missing from the stock target at worst; empty where it is unknown.
        recommended: True for one option of a card.
        in_plan: True when the plan does it already.
    """

    key: str
    name: str
    margin: str
    service: str
    stock: str
    below: str
    recommended: bool
    in_plan: bool


@dataclass(frozen=True, kw_only=True)
class CardText:
    """One decision card.

    Args:
        question: What is to be decided.
        badge: "in the plan" or "not yet in the plan".
        in_plan: Which of the two.
        deadline: How long there is a choice.
        soon: True when that is within two weeks, or over.
        options: In the order shown.
        reason: What the recommended option brings.
        break_even: What would change the choice.
    """

    question: str
    badge: str
    in_plan: bool
    deadline: str
    soon: bool
    options: tuple[OptionText, ...]
    reason: str
    break_even: str


def decision_card(case: Case, currency: str, today: date) -> CardText:
    """The card of one case as of today."""
    deadline, soon = deadline_words(choose_by(case), today)
    return CardText(
        question=case.question,
        badge="in the plan" if case.in_plan else "not yet in the plan",
        in_plan=case.in_plan,
        deadline=deadline,
        soon=soon,
        options=tuple(_option_text(case, option, currency) for option in card_options(case)),
        reason=reason_words(case, case.recommended, currency),
        break_even=break_even_words(case, currency),
    )


def _option_text(case: Case, option: Option, currency: str) -> OptionText:
    below = option.below_target_value
    return OptionText(
        key=option_name(case, option),
        name=option.name,
        margin=signed(option.margin_change, Unit.MONEY, currency),
        service=percent(option.service_ratio),
        stock=signed(option.stock_change_value, Unit.MONEY, currency),
        below=f"{money(below, currency)} below target" if below is not None else "",
        recommended=option.recommended,
        in_plan=option.in_plan,
    )


def deadline_words(month: str | None, today: date) -> tuple[str, bool]:
    """How long there is a choice that ends with this month, and whether that is soon or over."""
    if month is None:
        return "too late for its first month", True
    end = last_day(month)
    left = (end - today).days
    day = f"{end.day}{SPACE}{short_name(month)}"
    if left < 0:
        return f"last day was {day}", True
    return f"{plural(left, 'day')} left, until {day}", left <= _SOON_DAYS


def reason_words(case: Case, option: Option, currency: str) -> str:
    """What an option brings against doing nothing, in one sentence."""
    nothing = doing_nothing(case)
    if option is nothing:
        if means_at_hand(case):
            return "Doing nothing comes out best: no option earns its cost."
        return "Nothing is to be decided: no means at hand helps here."
    parts = []
    served = (option.service_ratio or 0.0) - (nothing.service_ratio or 0.0)
    if abs(served) >= _NOTICEABLE_SERVICE:
        points = signed(served, Unit.RATIO)[1:]
        parts.append(f"serves {points} {'more' if served > 0 else 'less'} of demand")
    if option.margin_change is not None and abs(option.margin_change) >= 1.0:
        verb = "earns" if option.margin_change > 0 else "costs"
        parts.append(f"{verb} {money(abs(option.margin_change), currency)}")
    nearer = (nothing.below_target_value or 0.0) - (option.below_target_value or 0.0)
    if nearer >= 1.0:
        parts.append(f"keeps stock {money(nearer, currency)} nearer to its target")
    elif option.below_target_value is None and option.spent.held_unit_months >= _NOTICEABLE_HELD:
        parts.append("keeps more in stock, at a cost that is not known")
    worse = served <= -_NOTICEABLE_SERVICE or (option.margin_change or 0.0) <= -1.0
    better = served >= _NOTICEABLE_SERVICE or (option.margin_change or 0.0) >= 1.0 or nearer >= 1.0
    said = listed(parts) if parts else "comes out like doing nothing"
    if option.recommended and worse and not better:
        return f"{option.name} {said} here; over the whole plan it comes out best."
    return f"{option.name} {said}."


def break_even_words(case: Case, currency: str) -> str:
    """What would change the choice: a lower demand, or the price at which more hours pay."""
    said = f"Break-even: nothing to decide if demand is {percent(-case.break_even_demand_ratio, 0)} lower"
    hours = extra_hours(case)
    price = hours.break_even_per_hour if hours else None
    if hours is None or price is None:
        return f"{said}."
    name = hours.name[0].lower() + hours.name[1:]
    if price <= 0.0:
        return f"{said}; {name} bring nothing."
    return f"{said}; {name} pay for themselves up to {money(price, currency)} each."


def decision_words(case: Case, option: Option) -> str:
    """The decision an option stands for, as the log names it."""
    return f"{case.place}, {months_in_words(case.months)}: {option.name[0].lower()}{option.name[1:]}"


def option_choices(cases: Sequence[Case], place: int) -> list[tuple[str, str]]:
    """Name and key of the options of one card, recommended first."""
    case = cases[place]
    return [
        (f"{option.name} (recommended)" if option.recommended else option.name, option_name(case, option))
        for option in card_options(case)
    ]
