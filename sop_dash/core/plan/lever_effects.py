"""What levers do to the arrays of the plan: factors on demand and price, hours, limits, days and months of lead time.

A lever acts from the first month it can: after the locked months, extra hours after the lead time of the resources.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array, IntArray
from sop_dash.core.model.errors import BadLever, UnknownKey
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.levers import Change, ExtraHours, Levers, refuse_out_of_range
from sop_dash.core.model.periods import ordinal, short_name


@dataclass(frozen=True, kw_only=True, eq=False)
class LeverEffects:
    """Levers as numbers on the grain of the plan.

    Args:
        demand_factor: [F, C, T] of the demand levers alone.
        price_factor: [F, C, T].
        extra_hours: [R, T] regular hours added.
        overtime_max_ratio, outsource_max_ratio, cover_days: None leaves the plan value.
        lead_time_extra_months: Added to what the plan orders.
        build_ahead: False lets no stock be made beyond its target.
    """

    demand_factor: Array
    price_factor: Array
    extra_hours: Array
    overtime_max_ratio: float | None = None
    outsource_max_ratio: float | None = None
    cover_days: float | None = None
    lead_time_extra_months: int = 0
    build_ahead: bool = True

    def volume_factor(self, price_elasticity: float) -> Array:
        """[F, C, T] what demand is multiplied by: the demand levers, and price changes × elasticity; never negative."""
        if price_elasticity == 0.0:
            return self.demand_factor
        return self.demand_factor * np.maximum(1.0 + price_elasticity * (self.price_factor - 1.0), 0.0)


class LeverScope:
    """The names and first months a lever may use in one plan.

    Args:
        grain: The names.
        locked_months: Months at the start that no lever changes.
        capacity_lead_time_months: [R] before more hours can stand; NaN counts as none.
    """

    def __init__(self, grain: Grain, locked_months: int, capacity_lead_time_months: Array) -> None:
        self._horizon = grain.horizon
        self._first = locked_months
        self._families = {name: np.array([i]) for i, name in enumerate(grain.families)}
        self._categories = {
            name: np.flatnonzero([c == name for c in grain.categories]) for name in grain.category_names
        }
        self._all_families = np.arange(len(grain.families))
        self._channels = {name: slice(i, i + 1) for i, name in enumerate(grain.channels)}
        self._resources = {name: i for i, name in enumerate(grain.resources)}
        lead = np.ceil(np.nan_to_num(capacity_lead_time_months, nan=0.0)).astype(np.int64)
        self._hours_first = np.maximum(lead, locked_months)
        shape = (len(grain.families), len(grain.channels), len(grain.horizon))
        self.none = LeverEffects(
            demand_factor=np.ones(shape),
            price_factor=np.ones(shape),
            extra_hours=np.zeros((len(grain.resources), len(grain.horizon))),
        )

    def first_month(self, resources: Iterable[str] = ()) -> str | None:
        """The first month a lever can act in; with resources, more hours on all of them; None beyond the horizon."""
        position = max((int(self._hours_first[self._resource(name)]) for name in resources), default=self._first)
        return self._horizon[position] if position < len(self._horizon) else None

    def effects(self, levers: Levers, on_top_of: LeverEffects, *, from_earlier_cycle: bool = False) -> LeverEffects:
        """The effects of `levers` added to others: factors multiply, hours add up, single values replace.

        Args:
            levers: What is moved.
            on_top_of: Effects already there.
            from_earlier_cycle: True for decisions, whose months may lie behind the cycle: they act from the first
                month that is still free instead of being refused.

        Raises:
            UnknownKey: For a family, category, channel or resource the plan does not have.
            BadLever: For a value out of range or a month in which the lever cannot act yet.
        """
        if not levers.moved:
            return on_top_of
        refuse_out_of_range(levers)
        late = from_earlier_cycle
        demand, price = on_top_of.demand_factor, on_top_of.price_factor
        return replace(
            on_top_of,
            demand_factor=self._multiplied(demand, levers.demand, late=late) if levers.demand else demand,
            price_factor=self._multiplied(price, levers.price, late=late) if levers.price else price,
            extra_hours=self._with_hours(on_top_of.extra_hours, levers.extra_hours, late=late),
            overtime_max_ratio=_first(levers.overtime_max_ratio, on_top_of.overtime_max_ratio),
            outsource_max_ratio=_first(levers.outsource_max_ratio, on_top_of.outsource_max_ratio),
            cover_days=_first(levers.cover_days, on_top_of.cover_days),
            lead_time_extra_months=on_top_of.lead_time_extra_months + levers.lead_time_extra_months,
            build_ahead=on_top_of.build_ahead if levers.build_ahead is None else levers.build_ahead,
        )

    def _multiplied(self, factor: Array, changes: tuple[Change, ...], *, late: bool) -> Array:
        result = factor.copy()
        for change in changes:
            first = self._position(change.from_month, self._first, late=late)
            result[self._rows(change), self._channel(change.channel), first:] *= 1.0 + change.ratio
        return result

    def _with_hours(self, hours: Array, added: tuple[ExtraHours, ...], *, late: bool) -> Array:
        if not added:
            return hours
        result = hours.copy()
        for extra in added:
            rows = [self._resource(name) for name in dict.fromkeys(extra.resources)]
            first = self._position(extra.from_month, int(self._hours_first[rows].max()), late=late)
            result[rows, first:] += extra.hours_per_month
        return result

    def _rows(self, change: Change) -> IntArray:
        rows = self._all_families
        if change.category is not None:
            rows = _known("category", change.category, self._categories)
        if change.family is None:
            return rows
        family: IntArray = _known("family", change.family, self._families)
        if change.category is not None and family[0] not in rows:
            raise BadLever("family", f"The family “{change.family}” is not in the category “{change.category}”.")
        return family

    def _channel(self, name: str | None) -> slice:
        if name is None:
            return slice(None)
        found: slice = _known("channel", name, self._channels)
        return found

    def _resource(self, name: str) -> int:
        return int(_known("resource", name, self._resources))

    def _position(self, month: str | None, first: int, *, late: bool) -> int:
        """The first month's place in the horizon; beyond it the lever acts in no month."""
        if month is None:
            return first
        position = ordinal(month) - ordinal(self._horizon[0])
        if late:
            return max(position, first)
        if position < first:
            allowed = "no planned month" if first >= len(self._horizon) else short_name(self._horizon[first])
            raise BadLever(
                "from_month",
                f"“from_month” is {short_name(month)}, but this lever can act from {allowed} at the earliest.",
            )
        if position >= len(self._horizon):
            raise BadLever(
                "from_month", f"“from_month” is {short_name(month)}; the plan ends in {short_name(self._horizon[-1])}."
            )
        return position


def _known(kind: str, name: str, values: dict[str, Any]) -> Any:
    if name not in values:
        raise UnknownKey(kind, name, tuple(values))
    return values[name]


def _first(value: float | None, otherwise: float | None) -> float | None:
    return otherwise if value is None else value
