"""Levers as positions of the lever board, and what the board has no place for.

The board moves the first demand change, the first price change and the first extra hours of a plan; further ones of a
scenario are `rest`: kept as they are and named below the board. Positions are in percent, days, hours and months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import prod
from typing import Any

from sop_dash.components.choice import EVERYTHING
from sop_dash.core.model.levers import Change, Levers, to_plain
from sop_dash.core.model.periods import short_name
from sop_dash.figures.formats import listed, number, plural, signed_percent
from sop_dash.services.frame_facts import Choices

_COURSE = 4
"""So many changes of one place in a row are told as a course by month."""
CATEGORY = "category:"
FAMILY = "family:"


@dataclass(frozen=True, kw_only=True)
class Positions:
    """Where every control of the board stands.

    Args:
        values: Slider positions by lever: `demand`, `price`, `overtime`, `hours`, `cover`, `outsource`, `lead-time`.
        plan: The positions that mean "as planned".
        choices: Values of the drop-downs by name.
        rest: Levers the board has no place for, as the JSON object of the contracts.
    """

    values: Mapping[str, float]
    plan: Mapping[str, float]
    choices: Mapping[str, Any]
    rest: Mapping[str, Any] = field(default_factory=dict)


def positions(levers: Levers, choices: Choices) -> Positions:
    """Where the board stands under these levers."""
    demand = levers.demand[0] if levers.demand else Change(ratio=0.0)
    at = next((place for place, change in enumerate(levers.price) if _fits_price(change)), None)
    price = levers.price[at] if at is not None else Change(ratio=0.0)
    hours = levers.extra_hours[0] if levers.extra_hours else None
    plan = {
        "demand": 0.0,
        "price": 0.0,
        "overtime": _percent(choices.overtime_ratio),
        "hours": 0.0,
        "cover": choices.cover_days,
        "outsource": _percent(choices.outsource_ratio),
        "lead-time": 0.0,
    }
    given = {
        "demand": _percent(demand.ratio),
        "price": _percent(price.ratio),
        "overtime": _percent(levers.overtime_max_ratio),
        "hours": hours.hours_per_month if hours else None,
        "cover": levers.cover_days,
        "outsource": _percent(levers.outsource_max_ratio),
        "lead-time": float(levers.lead_time_extra_months),
    }
    rest = Levers(
        demand=levers.demand[1:],
        price=tuple(change for place, change in enumerate(levers.price) if place != at),
        extra_hours=levers.extra_hours[1:],
        build_ahead=levers.build_ahead,
    )
    return Positions(
        values={name: plan[name] if value is None else value for name, value in given.items()},
        plan=plan,
        choices={
            "demand-scope": _scope(demand),
            "demand-channel": demand.channel or EVERYTHING,
            "demand-from": demand.from_month or EVERYTHING,
            "price-channel": price.channel or EVERYTHING,
            "price-from": price.from_month or EVERYTHING,
            "hours-resources": list(hours.resources) if hours else [],
            "hours-from": (hours.from_month if hours else None) or EVERYTHING,
        },
        rest=to_plain(rest),
    )


def in_words(levers: Levers) -> list[str]:
    """Each change as a phrase: "demand +5.0 % for Blenders from Feb 27"; one that differs by month as its range."""
    phrases = _changes_in_words("demand", levers.demand) + _changes_in_words("price", levers.price)
    if levers.overtime_max_ratio is not None:
        phrases.append(f"overtime up to {number(100 * levers.overtime_max_ratio)} %")
    if levers.outsource_max_ratio is not None:
        phrases.append(f"outsourcing up to {number(100 * levers.outsource_max_ratio)} % of demand")
    if levers.cover_days is not None:
        phrases.append(f"cover {number(levers.cover_days)} days")
    for extra in levers.extra_hours:
        start = f" from {short_name(extra.from_month)}" if extra.from_month else ""
        phrases.append(f"+{number(extra.hours_per_month)} h a month on {listed(extra.resources)}{start}")
    if levers.lead_time_extra_months:
        phrases.append(f"lead time +{plural(levers.lead_time_extra_months, 'month')}")
    if levers.build_ahead is not None:
        phrases.append("building ahead" if levers.build_ahead else "nothing built ahead")
    return phrases


def _fits_price(change: Change) -> bool:
    return change.category is None and change.family is None


def _percent(ratio: float | None) -> Any:
    return None if ratio is None else round(100 * ratio, 6)


def _scope(change: Change) -> str:
    if change.family:
        return f"{FAMILY}{change.family}"
    return f"{CATEGORY}{change.category}" if change.category else EVERYTHING


def _changes_in_words(what: str, changes: Sequence[Change]) -> list[str]:
    """Many changes of one place in a row are a course by month: what they have multiplied to lies between two ends."""
    phrases: list[str] = []
    for _, group in groupby(changes, key=lambda change: (change.category, change.family, change.channel)):
        run = list(group)
        if len(run) < _COURSE:
            phrases += [f"{what} {signed_percent(change.ratio)}{_where(change)}" for change in run]
            continue
        reached = [prod(1.0 + change.ratio for change in run[: place + 1]) - 1.0 for place in range(len(run))]
        between = f"{signed_percent(min(reached))} to {signed_percent(max(reached))}"
        phrases.append(f"{what} {between} by month{_where(run[0])}")
    return phrases


def _where(change: Change) -> str:
    scope = [name for name in (change.family or change.category, change.channel) if name]
    start = f" from {short_name(change.from_month)}" if change.from_month else ""
    return f" for {', '.join(scope)}{start}" if scope else start
