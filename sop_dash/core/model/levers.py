"""Levers: the numbers a person moves. A scenario is a list of them; the plan itself is `Levers()` on its decisions.

Ratios are fractions (0.05 is +5 %). Every field left at its default means "as planned".
Source: contracts, command `plan`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sop_dash.core.model.errors import BadLever, BadValue
from sop_dash.core.model.periods import ordinal


@dataclass(frozen=True)
class Range:
    """Lowest and highest value a lever may take, both allowed."""

    low: float
    high: float


RANGES: Mapping[str, Range] = {
    "demand": Range(-0.5, 1.0),
    "price": Range(-0.5, 1.0),
    "overtime_max_ratio": Range(0.0, 0.5),
    "outsource_max_ratio": Range(0.0, 1.0),
    "cover_days": Range(0.0, 180.0),
    "hours_per_month": Range(0.0, 100_000.0),
    "lead_time_extra_months": Range(0, 6),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A relative change of demand or price; a scope left None means all of them.

    Args:
        ratio: Change as a fraction; several changes on one cell multiply.
        category: Limit to this category.
        family: Limit to this family.
        channel: Limit to this channel.
        from_month: First month it acts in; None is the first month after the locked ones.
    """

    ratio: float
    category: str | None = None
    family: str | None = None
    channel: str | None = None
    from_month: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExtraHours:
    """More regular hours a month on each resource named.

    Args:
        resources: The resources that get the hours together.
        hours_per_month: Hours added to each of them, each month.
        from_month: First month with the hours; None is the first month their lead time allows.
    """

    resources: tuple[str, ...]
    hours_per_month: float
    from_month: str | None = None


@dataclass(frozen=True, kw_only=True)
class Levers:
    """All levers of one plan; two equal `Levers` always give the same plan.

    `build_ahead` of False lets no stock be made beyond what the stock targets of the month ask for.
    """

    demand: tuple[Change, ...] = ()
    price: tuple[Change, ...] = ()
    overtime_max_ratio: float | None = None
    outsource_max_ratio: float | None = None
    cover_days: float | None = None
    extra_hours: tuple[ExtraHours, ...] = ()
    lead_time_extra_months: int = 0
    build_ahead: bool | None = None

    @property
    def moved(self) -> bool:
        """True when anything differs from the plan."""
        return self != _AS_PLANNED

    @property
    def count(self) -> int:
        """How many changes this is ("8 changes")."""
        singles = (self.overtime_max_ratio, self.outsource_max_ratio, self.cover_days, self.build_ahead)
        lists = len(self.demand) + len(self.price) + len(self.extra_hours)
        return lists + sum(v is not None for v in singles) + (self.lead_time_extra_months != 0)

    def on_top_of(self, plan: "Levers") -> "Levers":
        """These levers applied to a plan that has levers of its own: lists add up, single values replace."""
        return Levers(
            demand=plan.demand + self.demand,
            price=plan.price + self.price,
            overtime_max_ratio=_first(self.overtime_max_ratio, plan.overtime_max_ratio),
            outsource_max_ratio=_first(self.outsource_max_ratio, plan.outsource_max_ratio),
            cover_days=_first(self.cover_days, plan.cover_days),
            extra_hours=plan.extra_hours + self.extra_hours,
            lead_time_extra_months=plan.lead_time_extra_months + self.lead_time_extra_months,
            build_ahead=plan.build_ahead if self.build_ahead is None else self.build_ahead,
        )

    @property
    def key(self) -> str:
        """Canonical text of these levers, for caches and hashes."""
        return json.dumps(to_plain(self), sort_keys=True, separators=(",", ":"))


_AS_PLANNED = Levers()


def _first(value: float | None, otherwise: float | None) -> float | None:
    return otherwise if value is None else value


def to_plain(levers: Levers) -> dict[str, Any]:
    """The levers as the JSON object of the contracts; keys at plan value are left out."""
    plain: dict[str, Any] = {}
    for name in ("demand", "price"):
        changes: tuple[Change, ...] = getattr(levers, name)
        if changes:
            plain[name] = [{k: v for k, v in vars(c).items() if v is not None} for c in changes]
    for name in ("overtime_max_ratio", "outsource_max_ratio", "cover_days", "build_ahead"):
        if getattr(levers, name) is not None:
            plain[name] = getattr(levers, name)
    if levers.extra_hours:
        plain["extra_hours"] = [
            {k: (list(v) if k == "resources" else v) for k, v in vars(e).items() if v is not None}
            for e in levers.extra_hours
        ]
    if levers.lead_time_extra_months:
        plain["lead_time_extra_months"] = levers.lead_time_extra_months
    return plain


def from_plain(plain: Any) -> Levers:
    """Read the JSON object of the contracts. Raises `BadLever` naming the key that is unknown or out of range."""
    given = _object("levers", {} if plain is None else plain, set(Levers.__dataclass_fields__))
    extra = given.get("lead_time_extra_months")
    months = _number("lead_time_extra_months", 0 if extra is None else extra)
    if months != int(months):
        raise BadLever("lead_time_extra_months", "“lead_time_extra_months” must be a whole number of months.")
    ahead = given.get("build_ahead")
    if not isinstance(ahead, bool | None):
        raise BadLever("build_ahead", "“build_ahead” must be true or false.")
    return Levers(
        demand=tuple(_change("demand", c) for c in _items("demand", given.get("demand"))),
        price=tuple(_change("price", c) for c in _items("price", given.get("price"))),
        overtime_max_ratio=_optional("overtime_max_ratio", given.get("overtime_max_ratio")),
        outsource_max_ratio=_optional("outsource_max_ratio", given.get("outsource_max_ratio")),
        cover_days=_optional("cover_days", given.get("cover_days")),
        extra_hours=tuple(_extra_hours(e) for e in _items("extra_hours", given.get("extra_hours"))),
        lead_time_extra_months=int(months),
        build_ahead=ahead,
    )


def refuse_out_of_range(levers: Levers) -> None:
    """Look at every number of levers that did not come through `from_plain`. Raises `BadLever` naming the first."""
    for key in ("demand", "price"):
        for change in getattr(levers, key):
            _number(f"{key}.ratio", change.ratio, key)
    for key in ("overtime_max_ratio", "outsource_max_ratio", "cover_days"):
        _optional(key, getattr(levers, key))
    for extra in levers.extra_hours:
        _number("hours_per_month", extra.hours_per_month)
        if not extra.resources:
            raise BadLever("resources", "“extra_hours” must name at least one resource.")
    months = _number("lead_time_extra_months", levers.lead_time_extra_months)
    if months != int(months):
        raise BadLever("lead_time_extra_months", "“lead_time_extra_months” must be a whole number of months.")


def _object(key: str, value: Any, allowed: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadLever(key, f"“{key}” must be an object with named values.")
    for name in value:
        if name not in allowed:
            raise BadLever(str(name), f"“{name}” is not a lever.", remedy=f"Known: {', '.join(sorted(allowed))}.")
    return value


def _items(key: str, value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list | tuple) or len(value) > 200:
        raise BadLever(key, f"“{key}” must be a list of at most 200 changes.")
    return list(value)


def _number(key: str, value: Any, range_key: str | None = None) -> float:
    limits = RANGES[range_key or key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadLever(key, f"“{key}” must be a number.")
    if not limits.low <= value <= limits.high:
        raise BadLever(key, f"“{key}” is {value:g}; it must lie between {limits.low:g} and {limits.high:g}.")
    return float(value)


def _optional(key: str, value: Any) -> float | None:
    return None if value is None else _number(key, value)


def _text(key: str, value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and 0 < len(value) <= 200):
        raise BadLever(key, f"“{key}” must be a name.")
    return value


def _month(key: str, value: Any) -> str | None:
    text = _text(key, value)
    if text is None:
        return None
    try:
        ordinal(text)
    except BadValue as error:
        raise BadLever(key, f"“{key}”: {error.sentence}") from error
    return text[:7]


def _change(key: str, value: Any) -> Change:
    given = _object(key, value, set(Change.__dataclass_fields__))
    if "ratio" not in given:
        raise BadLever(key, f"A change of “{key}” needs a “ratio”.")
    return Change(
        ratio=_number(f"{key}.ratio", given["ratio"], key),
        category=_text("category", given.get("category")),
        family=_text("family", given.get("family")),
        channel=_text("channel", given.get("channel")),
        from_month=_month("from_month", given.get("from_month")),
    )


def _extra_hours(value: Any) -> ExtraHours:
    given = _object("extra_hours", value, set(ExtraHours.__dataclass_fields__))
    names = [_text("resources", name) for name in _items("resources", given.get("resources"))]
    resources = tuple(name for name in names if name is not None)
    if not resources:
        raise BadLever("resources", "“extra_hours” must name at least one resource.")
    return ExtraHours(
        resources=resources,
        hours_per_month=_number("hours_per_month", given.get("hours_per_month")),
        from_month=_month("from_month", given.get("from_month")),
    )
