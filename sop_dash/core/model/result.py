"""The plan: what `plan(prepared, levers)` returns. Arrays only; figures and pages turn them into charts and text.

Shapes: F families, C channels, R resources, T months of the horizon. Units, hours and plan currency.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from sop_dash.core.model.arrays import Array, has_unknown
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.identities import Identity
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.solver_report import SolverReport


@dataclass(frozen=True, kw_only=True, eq=False)
class DemandPlan:
    """The demand lines kept apart, in units.

    Args:
        statistical: [F, C, T] baseline.
        consensus: [F, C, T] baseline with the accepted adjustments; what the market would take before levers.
        unconstrained: [F, C, T] what the market would take: consensus under the demand levers that are moved.
        committed: [F, C, T] what the supply plan must serve: decisions and prices, which shape demand, count too.
    """

    statistical: Array
    consensus: Array
    unconstrained: Array
    committed: Array

    @cached_property
    def committed_units(self) -> Array:
        """[F, T] the same, channels summed."""
        return np.asarray(self.committed.sum(axis=1))


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplyPlan:
    """What is made, bought, shipped and kept, in units and hours.

    Args:
        make: [F, T] in-house production incl. overtime; receipts ordered by the plan for bought families.
        overtime_units: [F, T] the part of `make` done in overtime (proportional attribution).
        outsource: [F, T] outsourced receipts.
        receipts: [F, T] receipts already on order.
        overtime_hours: [R, T].
        hours_used: [R, T] hours asked of each resource, overtime included.
        available_hours: [R, T] regular hours under the levers; NaN where unknown.
        overtime_limit_hours: [R, T] most overtime allowed.
        shipped: [F, C, T].
        lost: [F, C, T] demand not served.
        waiting: [F, C, T] orders that wait at month end; zero unless unserved demand waits.
        closing: [F, T] stock at month end.
        target: [F, T] stock target.
        stock_low, stock_high: [F, T] the band around the target.
        capacity_worth: [R, T] planning dual of one more hour; for ranking only, never shown.
    """

    make: Array
    overtime_units: Array
    outsource: Array
    receipts: Array
    overtime_hours: Array
    hours_used: Array
    available_hours: Array
    overtime_limit_hours: Array
    shipped: Array
    lost: Array
    waiting: Array
    closing: Array
    target: Array
    stock_low: Array
    stock_high: Array
    capacity_worth: Array


class OtherCost(StrEnum):
    """Costs of a month beside standard cost, overtime and outsourcing; the value is the word on screen."""

    SPACE = "overflow space"
    TRANSPORT = "spot transport"
    PEOPLE = "hiring and letting go"
    UNUSED_MINIMUM = "contract minimum not used"


@dataclass(frozen=True, kw_only=True, eq=False)
class MoneyPlan:
    """Money by month on units shipped; NaN where price or cost is unknown.

    Args:
        price: [F, C, T] net price under the levers.
        unit_cost: [F, T] standard cost.
        revenue: [F, C, T].
        cogs: [F, C, T] at standard cost.
        overtime_premium: [F, T] attributed by hours.
        outsource_premium: [F, T].
        other_costs: [F, T] by kind, of the kinds this plan pays for; NaN where it has no price.
        margin: [F, C, T] revenue − COGS − premiums − known other costs (split by units shipped).
        inventory: [F, T] closing stock at standard cost.
        fixed_cost: [T]; NaN where not given.
        receivables, payables: [T].
        cash: [T] closing cash; NaN where opening cash is not given.
        lost_margin: [F, C, T] margin of the units not served (memo).
    """

    price: Array
    unit_cost: Array
    revenue: Array
    cogs: Array
    overtime_premium: Array
    outsource_premium: Array
    other_costs: Mapping[OtherCost, Array]
    margin: Array
    inventory: Array
    fixed_cost: Array
    receivables: Array
    payables: Array
    cash: Array
    lost_margin: Array

    def other(self, kind: OtherCost) -> Array:
        """[F, T] one kind of the other costs; 0 where the plan pays for none, NaN where it has no price."""
        return self.other_costs.get(kind, np.zeros_like(self.overtime_premium))

    @cached_property
    def other_value(self) -> Array:
        """[F, T] the other costs of all kinds as far as they are known."""
        return known_costs(self.other_costs, self.overtime_premium.shape)


def known_costs(costs: Mapping[OtherCost, Array], shape: tuple[int, ...]) -> Array:
    """[F, T] costs of all kinds as far as they are known; 0 without any."""
    total = np.zeros(shape)
    for paid in costs.values():
        total += np.nan_to_num(paid) if has_unknown(paid) else paid
    return total


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanResult:
    """One whole plan. The same inputs and levers always give the same result, whatever was planned before.

    `balances` works out the identities, which are looked at less often than a slider moves.
    """

    inputs_version: str
    levers: Levers
    grain: Grain
    demand: DemandPlan
    supply: SupplyPlan
    money: MoneyPlan
    kpis: tuple[Kpi, ...]
    findings: tuple[Finding, ...]
    balances: Callable[[], tuple[Identity, ...]]
    solver: SolverReport

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Every balance of the plan, worked out when first asked for."""
        return self.balances()

    def kpi(self, kpi_id: str) -> Kpi:
        """The KPI with this id; KeyError for an unknown id is a fault of the caller."""
        return next(k for k in self.kpis if k.definition.id == kpi_id)
