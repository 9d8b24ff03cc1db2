"""Planning settings: what a company decides once and every plan carries; defaults are assumptions and say so."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class Objective(StrEnum):
    """What the supply plan optimises."""

    SERVICE_FIRST = "service first"
    MONEY_ONLY = "money only"
    IN_TURN = "service, then cost, then calm"


class ShortageRule(StrEnum):
    """How a shortage of a family falls on its channels."""

    PROPORTIONAL = "proportional"
    CONTRIBUTION = "contribution"
    NAMED_FIRST = "named first"


class UnservedDemand(StrEnum):
    """What becomes of demand that cannot be served in its month."""

    LOST = "lost"
    BACKLOG = "backlog"


class SafetyStockRule(StrEnum):
    """What the safety stock of an item is set by."""

    CYCLE_SERVICE = "cycle service"
    FILL_RATE = "fill rate"
    COVER_DAYS = "cover days"
    LEAST_COST = "least cost"


def _setting(default: Any, unit: str, meaning: str) -> Any:
    return field(default=default, metadata={"unit": unit, "meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class PlanningSettings:
    """Every planning setting with its default, unit and meaning (the metadata of the field)."""

    horizon_months: int = _setting(18, "months", "Months planned, the month in progress included")
    locked_months: int = _setting(1, "months", "Months at the start that are fixed")
    restricted_months: int = _setting(2, "months", "Months after those that change only within limits")
    restricted_ratio: float = _setting(0.15, "ratio", "How far a restricted month may move from the reference plan")
    cover_days: float = _setting(30.0, "days", "Stock target: days of the following demand")
    cover_low_days: float = _setting(30.0, "days", "Lower end of the days-of-supply band")
    cover_aim_days: float = _setting(45.0, "days", "Target line for days of supply")
    cover_high_days: float = _setting(60.0, "days", "Upper end of the days-of-supply band")
    end_stock_days: float = _setting(0.0, "days", "Stock that must be left at the end, before any sale; 0 is none")
    stock_tolerance_ratio: float = _setting(0.10, "ratio of target", "How far stock may stand from its target")
    overtime_max_ratio: float = _setting(0.15, "ratio of hours", "Overtime allowed where a resource names no limit")
    overtime_premium_ratio: float = _setting(0.10, "ratio of unit cost", "Overtime premium where none is given")
    outsource_premium_ratio: float = _setting(0.20, "ratio of unit cost", "Outsourcing premium where none is given")
    carrying_ratio_per_year: float = _setting(0.20, "ratio of cost a year", "Cost of holding stock")
    goodwill_ratio: float = _setting(0.10, "ratio of price", "Goodwill lost with a sale (money objective only)")
    avoidable_cost_ratio: float = _setting(0.85, "ratio of unit cost", "Cost that falls away when a unit is not made")
    material_ratio: float = _setting(0.60, "ratio of unit cost", "Part of the cost of a made unit paid to suppliers")
    currency: str = _setting("", "", "Currency of all money, where the data name none")
    receivable_days: float = _setting(45.0, "days", "Days until customers pay")
    payable_days: float = _setting(40.0, "days", "Days until suppliers are paid")
    ramp_ratio: float = _setting(0.15, "ratio of hours a day", "Change of output from month to month")
    ramp_last_month: int = _setting(7, "month of the horizon", "Last month the ramp limit holds for")
    ramp_penalty_ratio: float = _setting(2.0, "× overtime premium", "Price of a step beyond the ramp limit")
    refusal_ratio: float = _setting(0.5, "ratio of demand", "Share refused in a month from which a decision is asked")
    small_family_ratio: float = _setting(0.005, "ratio of revenue", "Families below it are grouped on charts")
    objective: Objective = _setting(Objective.SERVICE_FIRST, "", "What the supply plan optimises")
    unserved_demand: UnservedDemand = _setting(UnservedDemand.LOST, "", "Whether demand not served is lost or waits")
    calm_ratio: float = _setting(0.0, "× overtime premium", "Price of a unit moved from the plan approved or released")
    shortage_rule: ShortageRule = _setting(ShortageRule.PROPORTIONAL, "", "How a shortage falls on channels")
    named_first_channel: str = _setting("", "", "The channel served first under the rule “named first”")
    capacity_demonstrated: bool = _setting(True, "", "Use demonstrated hours where they exceed the theoretical ones")
    price_elasticity: float = _setting(0.0, "% volume per % price", "Change of volume that follows a change of price")
    accuracy_wape_target: float = _setting(0.20, "ratio", "Largest weighted error of the forecast, all families")
    bias_band: float = _setting(0.05, "ratio", "Bias allowed on either side")
    attainment_low: float = _setting(0.95, "ratio", "Lower end of the band for plan attainment")
    attainment_high: float = _setting(1.05, "ratio", "Upper end of the band for plan attainment")
    turns_low: float = _setting(6.0, "turns a year", "Lower end of the band for stock turns")
    turns_aim: float = _setting(8.0, "turns a year", "Target line for stock turns")
    turns_high: float = _setting(12.0, "turns a year", "Upper end of the band for stock turns")
    utilisation_low: float = _setting(0.80, "ratio", "Lower end of the utilisation band")
    utilisation_high: float = _setting(0.90, "ratio", "Upper end of the utilisation band")
    count_tolerance_ratio: float = _setting(0.02, "ratio of book stock", "Largest difference of a correct stock count")
    service_target: float = _setting(0.98, "ratio", "Share of demand to be served on time")
    safety_stock_rule: SafetyStockRule = _setting(SafetyStockRule.CYCLE_SERVICE, "", "What sets safety stock of items")
    cycle_service_a: float = _setting(0.98, "ratio", "Chance that a class A item lasts until its order arrives")
    cycle_service_b: float = _setting(0.95, "ratio", "The same for class B")
    cycle_service_c: float = _setting(0.90, "ratio", "The same for class C")
    review_days: float = _setting(0.0, "days", "Days between looks at the stock of an item; 0 is every day")
    largest_lot_days: float = _setting(120.0, "days", "Most days of demand in one order, the smallest order excepted")
    abc_a_share: float = _setting(0.80, "ratio of value", "Items up to this share of the year's value are class A")
    abc_b_share: float = _setting(0.95, "ratio of value", "Items up to this share are class B")
    xyz_x_cv: float = _setting(0.5, "ratio", "Items whose demand varies up to this are class X")
    xyz_y_cv: float = _setting(1.0, "ratio", "Items whose demand varies up to this are class Y")
    excess_months_a: float = _setting(6.0, "months", "Demand beyond which stock of class A is excess")
    excess_months_b: float = _setting(9.0, "months", "The same for class B")
    excess_months_c: float = _setting(12.0, "months", "The same for class C")
    provision_obsolete_ratio: float = _setting(1.0, "ratio of value", "Provision for stock no longer asked for")
    provision_at_risk_ratio: float = _setting(0.5, "ratio of value", "Provision for stock not sold in its time")
    provision_excess_ratio: float = _setting(0.0, "ratio of value", "Provision for stock beyond the months allowed")
    short_demand_lost: bool = _setting(True, "", "Demand that finds no stock is lost (fill rate); else it waits")
    lead_time_moves_with_demand: bool = _setting(False, "", "Lead times grow when demand does: both spreads add up")
    supplier_weight_on_time: float = _setting(0.35, "ratio", "Weight of on time in the score of suppliers")
    supplier_weight_in_full: float = _setting(0.25, "ratio", "Weight of in full")
    supplier_weight_quality: float = _setting(0.20, "ratio", "Weight of quality")
    supplier_weight_lead_spread: float = _setting(0.10, "ratio", "Weight of the spread of lead times")
    supplier_weight_price: float = _setting(0.10, "ratio", "Weight of the change of price in a year")
    planner_decides_value: float = _setting(25_000.0, "money", "Largest stake of a decision a planner may approve")
    reconciliation_decides_value: float = _setting(250_000.0, "money", "The same in the pre-S&OP reconciliation")
    working_days_a_week: int = _setting(5, "days a week", "Days of a week on which people work, from Monday on")
    closed_days: str = _setting("", "", "Days nobody works: 2026-12-28, or 12-25 for every year, commas between")


def settings_table() -> list[dict[str, Any]]:
    """One row per setting: name, default, unit, meaning; feeds the settings page, `doctor` and the README."""
    return [
        {"name": f.name, "default": f.default, "unit": f.metadata["unit"], "meaning": f.metadata["meaning"]}
        for f in fields(PlanningSettings)
    ]
