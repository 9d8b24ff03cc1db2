"""Plan inputs: one data load as dense arrays, family × channel × month, exactly as the company gave it.

Shapes: F families, C channels, R resources, H months of history, T months of the horizon, K = H + T calendar months.
Unknown is NaN; zero means zero. Nothing here is assumed or filled in: defaults are applied by `prepare`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, read_only
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.labour import Labour
from sop_dash.core.model.outlook import Assumption, Event, LevelAnswer, Risk, Succession
from sop_dash.core.model.records import PastAdjustment
from sop_dash.core.model.shifts import RunningTime
from sop_dash.core.model.supply_limits import SupplyLimits

ASSUMED_CURRENCY = "USD"


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who plans; None where the company gave no figure.

    Args:
        name: Shown in the header.
        currency: Three-letter code of the plan currency.
        currency_assumed: True when neither the data nor the settings name it.
        example: True for the shipped, invented company and third-party samples; said wherever it is named.
        fiscal_year_first_month: 1…12.
        data_through_month: Last closed month of the data.
        carrying_ratio_per_year: Cost of holding stock, share of cost a year.
    """

    name: str
    currency: str = ASSUMED_CURRENCY
    currency_assumed: bool = False
    example: bool = False
    fiscal_year_first_month: int = 1
    data_through_month: str
    receivable_days: float | None = None
    payable_days: float | None = None
    tax_ratio: float | None = None
    opening_cash: float | None = None
    fixed_cost_per_month: float | None = None
    carrying_ratio_per_year: float | None = None


@dataclass(frozen=True, kw_only=True)
class Grain:
    """The names along every axis, in the order of the arrays.

    Args:
        families: [F] family names, by category and name.
        categories: [F] the category of each family.
        channels: [C] channel names; one channel "all" when the sales name none.
        resources: [R] resource names; empty without resources.
        history: [H] closed months, oldest first.
        horizon: [T] months planned; the first is the cycle month.
        made: [F] True where the family has a routing and is made; bought families are receipts.
    """

    families: tuple[str, ...]
    categories: tuple[str, ...]
    channels: tuple[str, ...]
    resources: tuple[str, ...]
    history: tuple[str, ...]
    horizon: tuple[str, ...]
    made: tuple[bool, ...]

    @property
    def cycle(self) -> str:
        """The open cycle, named by its first planning month."""
        return self.horizon[0]

    @property
    def calendar(self) -> tuple[str, ...]:
        """[K] history and horizon in one row of months."""
        return self.history + self.horizon

    @property
    def category_names(self) -> tuple[str, ...]:
        """Each category once, in the order of the families."""
        return tuple(dict.fromkeys(self.categories))


@dataclass(frozen=True, kw_only=True, eq=False)
class SalesHistory:
    """[F, C, H] each; a family's months before its first sale are NaN, later months without sales are 0.

    `demand_units` is unconstrained demand where the company gives it, else the units sold.
    """

    units: Array
    demand_units: Array
    net_revenue_value: Array
    discount_value: Array
    promo_units: Array
    cancelled_units: Array
    returned_units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class StockHistory:
    """Stock as counted or booked.

    Args:
        closing_units: [F, H] all stock of the family at month end.
        closing_value: [F, H] the same at standard cost.
        saleable_units: [F] opening stock of active items that may be sold.
        blocked_units: [F] blocked stock at the last closed month.
        discontinued_units: [F] stock of items no longer sold.
        receipts_units: [F, T] open orders on the way in, by month due.
        backlog_units: [F] open customer orders past due.
    """

    closing_units: Array
    closing_value: Array
    saleable_units: Array
    blocked_units: Array
    discontinued_units: Array
    receipts_units: Array
    backlog_units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplyData:
    """What the company says of making and buying.

    Args:
        planned_units: [F, H] production plan of past months.
        actual_units: [F, H] production (receipts for bought families).
        released_units: [F, T] the released plan of future months; NaN where none is released.
        on_time_units: [F, H] planned units finished on time.
        hours_per_unit: [R, F] 0 where the family does not use the resource.
        available_hours: [R, K] regular hours; NaN where unknown.
        used_hours: [R, H] hours booked.
        overtime_max_ratio: [R, K]; NaN where not given.
        overtime_premium_per_hour: [R]; NaN where not given.
        capacity_lead_time_months: [R]; NaN where not given.
        changeover_ratio: [R]; NaN where not given.
        family_capacity_units: [F, T] for companies that only know units per family; NaN where not given.
        overtime_premium_per_unit, outsource_premium_per_unit: [F]; NaN where not given.
        outsource_min_units, outsource_max_units: [F] a month; NaN where not given.
        outsource_lead_time_months: [F]; NaN where not given.
        goodwill_per_unit, backlog_cost_per_unit: [F] per unit lost, and per unit-month late; NaN where not given.
        min_stock_days, max_stock_days: [F]; NaN where not given.
        lead_time_months: [F] of production or purchase, whole months; 0 for made families unless given.
        moq_units: [F] smallest order of a bought family; NaN where not given.
    """

    planned_units: Array
    actual_units: Array
    released_units: Array
    on_time_units: Array
    hours_per_unit: Array
    available_hours: Array
    used_hours: Array
    overtime_max_ratio: Array
    overtime_premium_per_hour: Array
    capacity_lead_time_months: Array
    changeover_ratio: Array
    family_capacity_units: Array
    overtime_premium_per_unit: Array
    outsource_premium_per_unit: Array
    outsource_min_units: Array
    outsource_max_units: Array
    outsource_lead_time_months: Array
    goodwill_per_unit: Array
    backlog_cost_per_unit: Array
    min_stock_days: Array
    max_stock_days: Array
    lead_time_months: Array
    moq_units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class MoneyData:
    """Prices, costs and budget.

    Args:
        price: [F, C, K] net price per unit: achieved in history (NaN without sales), planned afterwards.
        unit_cost: [F, K] standard cost per unit.
        avoidable_cost_ratio: [F]; NaN where not given.
        budget_units, budget_revenue_value, budget_margin_value: [F, C, K]; NaN where there is no budget.
        budget_inventory_value, budget_working_capital_value: [K]; NaN where there is no budget.
    """

    price: Array
    unit_cost: Array
    avoidable_cost_ratio: Array
    budget_units: Array
    budget_revenue_value: Array
    budget_margin_value: Array
    budget_inventory_value: Array
    budget_working_capital_value: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class ServiceData:
    """[H] counts of lines for the company; NaN where not given. `otif_constant`: cannot move by construction."""

    lines_due: Array
    on_time_requested: Array
    on_time_promised: Array
    in_full: Array
    on_time_in_full: Array
    perfect: Array
    cancelled: Array
    satisfaction_score: Array
    otif_constant: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class ForecastSnapshots:
    """Frozen forecasts of past cycles: [S] rows of cycle, month, family index, step and units (channels summed)."""

    cycles: tuple[str, ...]
    months: tuple[str, ...]
    families: tuple[int, ...]
    steps: tuple[str, ...]
    units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class ApprovedOutput:
    """What a plan that was approved makes in the months now planned.

    Args:
        cycle: The cycle it was approved in.
        by, at: Who approved it, and when (UTC).
        make_units: [F, T] output, receipts ordered for bought families; NaN where that plan did not reach.
    """

    cycle: str
    by: str
    at: str
    make_units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class StockCounts:
    """Counts of single items against the books: [S] rows of month, book units and counted units."""

    months: tuple[str, ...]
    book_units: Array
    counted_units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemHistory:
    """[S] items of the families, by family and code.

    Args:
        skus, names: Code and name; the name is empty where none was given.
        families: Position of each item's family.
        units: [S, H] units sold, channels added up; NaN before the first sale.
        launch_months, end_months: First and last month of sale as said; empty when not.
        predecessors: Code of the item it replaces; empty when none.
        ways: "make" or "buy" as said; empty when not.
    """

    skus: tuple[str, ...]
    names: tuple[str, ...]
    families: tuple[int, ...]
    units: Array
    launch_months: tuple[str, ...]
    end_months: tuple[str, ...]
    predecessors: tuple[str, ...]
    ways: tuple[str, ...] = ()


NO_ITEMS = ItemHistory(
    skus=(), names=(), families=(), units=read_only([]), launch_months=(), end_months=(), predecessors=()
)
NO_COUNTS = StockCounts(months=(), book_units=read_only([]), counted_units=read_only([]))


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanInputs:
    """One data load, ready to be planned; `version` is its content hash and part of every cache key.

    Args:
        absent: Name of what is missing -> sentence that says which table would bring it.
        known_routing: [F] True where hours per unit are given.
        limits: What holds supply back besides hours; None is nothing.
        labour: Pools of workers, whose hours limit those of their resource.
        running: Machines and shifts, from which hours follow that are not given.
        successions: Items that come or go, as people plan them.
        level_answers: What people said about new levels: season or launch.
        approved: Plans approved in this cycle and earlier ones, oldest first.
    """

    version: str
    company: Company
    grain: Grain
    sales: SalesHistory
    stock: StockHistory
    supply: SupplyData
    money: MoneyData
    service: ServiceData
    snapshots: ForecastSnapshots
    known_routing: BoolArray
    limits: SupplyLimits | None = None
    labour: Labour | None = None
    running: RunningTime | None = None
    stock_counts: StockCounts = NO_COUNTS
    items: ItemHistory = NO_ITEMS
    events: tuple[Event, ...] = ()
    past_adjustments: tuple[PastAdjustment, ...] = ()
    stated_assumptions: tuple[Assumption, ...] = ()
    risks: tuple[Risk, ...] = ()
    successions: tuple[Succession, ...] = ()
    level_answers: tuple[LevelAnswer, ...] = ()
    approved: tuple[ApprovedOutput, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def supply_is_unlimited(self) -> bool:
        """True where nothing the company gave can hold supply back: no hours, no units of capacity, no lead time."""
        ahead = self.supply.available_hours[:, len(self.grain.history) :]
        limits = (ahead, self.supply.family_capacity_units)
        waits = np.nan_to_num(self.supply.lead_time_months) > 0.0
        return not any(bool((~np.isnan(limit)).any()) for limit in limits) and not bool(waits.any())
