"""What the KPIs of a plan are taken from: the plan, the inputs and the twelve months they look ahead."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, has_unknown, least_counted, worth
from sop_dash.core.model.company_money import PlannedMoney, every_price_known, planned_money
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.result import DemandPlan, MoneyPlan, SupplyPlan
from sop_dash.core.performance.sheet import Sheet, names_where

NO_COST = "No standard cost is known: load the table products (unit_cost) or prices."
NO_PRICE = "No price is known: load the table prices, or net_revenue in the table sales."


class MoneyMonths(NamedTuple):
    """`PlannedMoney` as plain numbers, one a month."""

    revenue: list[float]
    margin_revenue: list[float]
    cogs: list[float]
    premiums: list[float]
    margin: list[float]


@dataclass(frozen=True, eq=False)
class Ahead:
    """A plan with the sheet its figures are written on; shapes as in `PlanResult`."""

    inputs: PlanInputs
    settings: PlanningSettings
    demand: DemandPlan
    supply: SupplyPlan
    money: MoneyPlan
    sheet: Sheet

    @cached_property
    def months(self) -> int:
        """How many months the plan's figures cover: twelve, or fewer when fewer are planned."""
        return min(12, len(self.inputs.grain.horizon))

    @cached_property
    def period(self) -> str:
        """Those months as shown (`Nov 26–Oct 27`)."""
        horizon = self.inputs.grain.horizon
        return f"{short_name(horizon[0])}–{short_name(horizon[self.months - 1])}"

    @cached_property
    def last_month(self) -> str:
        """The last of those months as shown."""
        return short_name(self.inputs.grain.horizon[self.months - 1])

    @cached_property
    def cost_unknown(self) -> BoolArray:
        """[F] families with sales, stock or a target but no standard cost."""
        needed = self.money.inventory + self.target_value + self.family_cogs
        if not has_unknown(needed):
            return np.zeros(len(needed), dtype=np.bool_)
        return np.asarray(np.isnan(needed).any(axis=1))

    @cached_property
    def every_cost_known(self) -> bool:
        """True when no family lacks a cost it needs."""
        return not self.cost_unknown.any()

    @cached_property
    def family_cogs(self) -> Array:
        """[F, T] cost of goods."""
        return np.asarray(self.money.cogs.sum(axis=1))

    @cached_property
    def lost_value(self) -> Array:
        """[F, C, T] demand not served at its price; NaN where that is unknown."""
        return worth(self.supply.lost, self.money.price)

    @cached_property
    def planned(self) -> PlannedMoney:
        """Company money of the planned months."""
        return planned_money(self.money)

    @cached_property
    def by_month(self) -> MoneyMonths:
        """Company money of the planned months, month by month."""
        planned = self.planned
        lines = (planned.revenue, planned.margin_revenue, planned.cogs, planned.premiums, planned.margin)
        return MoneyMonths(*(line.tolist() for line in lines))

    @cached_property
    def any_price(self) -> bool:
        """True when any family and channel has a price in any month."""
        return not np.isnan(self.money.price).all()

    @cached_property
    def every_price(self) -> bool:
        """True when nothing is asked for that has no price."""
        return every_price_known(self.money.price, self.demand.committed)

    @cached_property
    def no_price(self) -> str:
        """The families left out of revenue, as a text; empty when none is."""
        names = names_where(self.inputs.grain.families, self.planned.no_price)
        return f"no price: {names}" if names else ""

    @cached_property
    def no_margin(self) -> str:
        """The families left out of margins, as a text; empty when none is."""
        names = names_where(self.inputs.grain.families, self.planned.no_margin)
        return f"no price or cost: {names}" if names else ""

    @cached_property
    def no_cost(self) -> str:
        """The families left out of figures at standard cost, as a text; empty when none is."""
        if self.every_cost_known:
            return ""
        names = names_where(self.inputs.grain.families, self.cost_unknown)
        return f"no cost: {names}" if names else ""

    @cached_property
    def target_value(self) -> Array:
        """[F, T] stock target at standard cost."""
        return worth(self.supply.target, self.money.unit_cost)

    @cached_property
    def stock_value(self) -> list[float]:
        """[T] closing stock of the families with a cost; NaN when none has one."""
        return self.of_families_with_cost(self.money.inventory)

    @cached_property
    def opening_value(self) -> float:
        """Saleable stock before the first planned month, families with a cost; NaN when none has one."""
        units, cost = self.inputs.stock.saleable_units, self.money.unit_cost[:, 0]
        value = worth(units, cost)[~self.cost_unknown]
        return float(value.sum()) if value.size else math.nan

    def of_families_with_cost(self, values: Array) -> list[float]:
        """[T] sum of [F, T] over the families whose cost is known; NaN when none is."""
        if self.every_cost_known:
            return monthly(values)
        if self.cost_unknown.all():
            return [math.nan] * values.shape[1]
        return monthly(values[~self.cost_unknown])

    def month_name(self, position: int) -> str:
        """The month at this position of the horizon, as shown."""
        return short_name(self.inputs.grain.horizon[position])


def monthly(values: Array) -> list[float]:
    """[T] sum over the rows of [F, T], as plain numbers: a few months add up quicker than in an array."""
    total: list[float] = values.sum(axis=0).tolist()
    return total


def ratios(parts: Iterable[float], wholes: Iterable[float]) -> list[float]:
    """Part over whole of each month; NaN where the whole is zero."""
    return [part / whole if whole else math.nan for part, whole in zip(parts, wholes, strict=True)]


def largest_first(amounts: Sequence[float]) -> list[int]:
    """Positions of the amounts that count, largest first; the last digits of a solver's numbers are none."""
    least = least_counted(max(map(abs, amounts), default=0.0))
    return sorted((at for at, amount in enumerate(amounts) if abs(amount) > least), key=lambda at: -abs(amounts[at]))
