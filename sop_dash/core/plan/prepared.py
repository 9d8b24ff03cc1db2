"""Everything no lever changes, computed once per data load, adjustments, decisions and planning settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sop_dash.core.demand.baseline import Baseline
from sop_dash.core.demand.cleansing import Cleansed
from sop_dash.core.demand.consensus import Consensus
from sop_dash.core.demand.planned_events import PlannedEffect
from sop_dash.core.demand.sales_input import SalesInput, sales_input
from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan, worth
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kept_forecasts import kept_units, last_cycle_units
from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import Adjustment, Decision
from sop_dash.core.performance.review import Review
from sop_dash.core.plan.capacity import Capacity
from sop_dash.core.plan.costs import PlanningCosts, PriceAndCost
from sop_dash.core.plan.lever_effects import LeverEffects, LeverScope
from sop_dash.core.plan.locked import LockedPlan
from sop_dash.core.plan.supply_problem import ProblemParts, StockTargets
from sop_dash.core.supply.end_stock import EndReach
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme


@dataclass(frozen=True, kw_only=True, eq=False)
class MoneyTerms:
    """What turns units into cash; None where the company gave nothing and no default makes sense.

    `history_revenue` and `history_purchases` are [H], company totals; `material_share` is the bought part of the cost
    of a unit made.
    """

    receivable_days: float
    payable_days: float
    material_share: float
    opening_cash: float | None
    fixed_cost_per_month: float | None
    tax_ratio: float | None
    history_revenue: Array
    history_purchases: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Prepared:
    """One data load, ready for any number of plans; `plan(prepared, levers)` may be called from several threads.

    Args:
        inputs: The data load; capacities given in units appear as resources of their own.
        settings: Planning settings in force.
        adjustments: As given.
        decisions: As given; the levers of those in the plan are `plan_levers`.
        plan_levers: What the plan itself has moved: the levers of the decisions in it.
        history: Demand history as recorded and as the baseline sees it, with what was corrected.
        planned_events: Promotions to come, and what each is expected to do.
        baseline: Statistical forecast with bands.
        consensus: Baseline with the accepted adjustments, and what each did.
        money: Price and cost over the horizon.
        costs: What the plan weighs.
        terms: What turns units into cash.
        capacity: Theoretical, demonstrated and used hours.
        locked: Output of the locked months.
        opening_assumed: [F] True where the opening stock is unknown and taken at its target.
        parts: What supply problems are made of, opening stock and calendar among it.
        locked_targets: Stock targets without any lever, which hold in the locked months.
        scope: Names and first months of levers.
        plan_effects: `plan_levers` as numbers.
        problem: The supply problem without any lever.
        programme: The kept supply programme with its stored basis.
        end_reach: Says how much of the end stock asked for can be had; None where none is asked for.
        review: The last closed month: tiles, trends, accuracy; None without a closed month.
        assumptions: Every default in use, in words.
        findings: What is known before anything is planned.
        base_kpis: Figures of the plan without levers, which every moved plan is compared with.
    """

    inputs: PlanInputs
    settings: PlanningSettings
    adjustments: Sequence[Adjustment]
    decisions: Sequence[Decision]
    plan_levers: Levers
    history: Cleansed
    planned_events: tuple[PlannedEffect, ...]
    baseline: Baseline
    consensus: Consensus
    money: PriceAndCost
    costs: PlanningCosts
    terms: MoneyTerms
    capacity: Capacity
    locked: LockedPlan
    opening_assumed: BoolArray
    parts: ProblemParts
    locked_targets: StockTargets
    scope: LeverScope
    plan_effects: LeverEffects
    problem: SupplyProblem
    programme: SupplyProgramme
    end_reach: EndReach | None
    review: Review | None
    assumptions: tuple[str, ...]
    findings: tuple[Finding, ...]
    base_kpis: tuple[Kpi, ...] = ()

    @property
    def locked_months(self) -> int:
        """L: months at the start that no lever changes."""
        return int(self.locked.make_units.shape[1])

    @cached_property
    def sales(self) -> SalesInput:
        """What sales expects, apart from the consensus."""
        kept = kept_units(self.inputs, self.inputs.grain.cycle, ("sales",))
        return sales_input(self.baseline.units, kept, self.adjustments, self.inputs.grain)

    @cached_property
    def consensus_price(self) -> Array:
        """[F, T] price of a unit of consensus, channels weighted by volume; NaN where unknown.

        In months without consensus channels with a price count alike: a forecast cut to nothing has its worth too.
        """
        units, price = self.consensus.units, self.money.price
        weight = np.where(units.sum(axis=1, keepdims=True) > 0.0, units, ~np.isnan(price))
        return ratio_or_nan(worth(weight, price).sum(axis=1), weight.sum(axis=1))

    @cached_property
    def last_cycle_units(self) -> Array:
        """[F, T] what last cycle agreed for the months now planned; NaN where it agreed nothing."""
        return last_cycle_units(self.inputs)
