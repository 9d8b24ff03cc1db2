"""Every KPI once: what it means, which way is good and its default target. Tiles, tables, help and exports read this.

Default targets are those of the requirements (X-05, X-06); planning settings replace them (`targets`).
"""

from collections.abc import Mapping
from typing import NamedTuple

from sop_dash.core.model.kpi import Better, KpiDefinition, Target, Unit
from sop_dash.core.model.planning_settings import PlanningSettings

# How far past 90 % a resource is "watch": up to 100 %, where regular hours end.
_TO_FULL_HOURS = (1.0 - 0.90) / 0.90


class _Row(NamedTuple):
    """A definition without its group."""

    id: str
    name: str
    unit: Unit
    better: Better
    formula: str
    source: str = ""
    target: Target | None = None


def _group(name: str, *rows: _Row) -> tuple[KpiDefinition, ...]:
    return tuple(KpiDefinition(group=name, **row._asdict()) for row in rows)


# One row a KPI: id, name, unit, which way is good, formula, source, default target.
# fmt: off
_DEMAND = _group(
    "Demand",
    _Row("wape", "Forecast error (WAPE)", Unit.RATIO, Better.LOWER,
         "Sum of absolute errors ÷ sum of actual demand, families weighted by value",
         source="S-264, D-01: the headline", target=Target(high=0.2, aim=0.2, watch_margin=0.25)),
    _Row("mape", "Forecast error (MAPE)", Unit.RATIO, Better.LOWER,
         "Mean of |forecast − actual| ÷ actual over families with sales; families without sales are counted",
         source="S-264, S-286", target=Target(high=0.2, aim=0.2, watch_margin=0.25)),
    _Row("mape-detailed", "Forecast error by family (MAPE)", Unit.RATIO, Better.LOWER,
         "Mean of |forecast − actual| ÷ actual over the months of one family with sales",
         source="S-264", target=Target(high=0.3, aim=0.3, watch_margin=0.25)),
    _Row("forecast-accuracy", "Forecast accuracy", Unit.RATIO, Better.HIGHER,
         "1 − WAPE, never below zero",
         source="SCOR RL.3.37", target=Target(low=0.8, aim=0.8)),
    _Row("bias", "Forecast bias", Unit.RATIO, Better.BAND,
         "Sum of (forecast − actual) ÷ sum of actual demand; positive means over-forecast",
         source="S-265", target=Target(low=-0.05, high=0.05, aim=0.0, watch_margin=1.0)),
    _Row("tracking-signal", "Tracking signal", Unit.INDEX, Better.BAND,
         "Running sum of errors ÷ mean absolute error over the last twelve months, one family",
         source="S-094, D-06", target=Target(low=-4.0, high=4.0, aim=0.0, watch_margin=0.0)),
    _Row("forecast-value-added", "Forecast value added", Unit.RATIO, Better.HIGHER,
         "Error of the previous step − error of this step, on the same actuals; positive means the step helps",
         source="S-266, Gilliland", target=Target(low=0.0, aim=0.0)),
    _Row("market-share", "Market share", Unit.RATIO, Better.HIGHER,
         "Own shipments ÷ market, in units or value as stated",
         source="S-262"),
)

_SUPPLY = _group(
    "Supply",
    _Row("plan-attainment", "Plan attainment (volume)", Unit.RATIO, Better.BAND,
         "Actual production ÷ production plan, families weighted by standard cost",
         source="S-267, X-06", target=Target(low=0.95, high=1.05, aim=1.0)),
    _Row("mix-attainment", "Plan attainment (mix)", Unit.RATIO, Better.HIGHER,
         "Sum over families of the smaller of actual and plan ÷ production plan, weighted by standard cost",
         source="D-62", target=Target(low=0.95, aim=1.0)),
    _Row("utilisation", "Capacity utilisation", Unit.RATIO, Better.BAND,
         "Hours used ÷ regular hours, all resources with known hours",
         source="S-268, SCOR AM.3.9", target=Target(low=0.8, high=0.9, aim=0.85, watch_margin=0.12)),
    _Row("worst-bottleneck", "Worst bottleneck", Unit.RATIO, Better.LOWER,
         "Highest hours used ÷ regular hours of any resource and month; above 100 % works overtime",
         source="S-268", target=Target(high=0.90, watch_margin=_TO_FULL_HOURS)),
    _Row("overtime-hours", "Overtime", Unit.HOURS, Better.LOWER,
         "Hours worked above regular hours, all resources",
         source="core 2.4"),
    _Row("capacity-lead-time", "Months to add capacity", Unit.COUNT, Better.LOWER,
         "Longest lead time of a resource that is above 90 % of its hours, in months",
         source="S-269"),
    _Row("changeover-share", "Changeover time", Unit.RATIO, Better.LOWER,
         "Changeover hours ÷ available hours, weighted by hours",
         source="S-269"),
    _Row("on-time-production", "Schedule adherence", Unit.RATIO, Better.HIGHER,
         "Planned units finished on time ÷ planned units, weighted by standard cost",
         source="SCOR RL.3.49", target=Target(low=0.95)),
    _Row("overtime-cost", "Overtime premium", Unit.MONEY, Better.LOWER,
         "Premium paid for overtime hours",
         source="core 10"),
    _Row("outsourcing-cost", "Outsourcing premium", Unit.MONEY, Better.LOWER,
         "Premium paid over standard cost",
         source="core 10"),
    _Row("expedite-cost", "Expedite cost", Unit.MONEY, Better.LOWER,
         "Cost of expedited shipments",
         source="S-223"),
)

_SERVICE = _group(
    "Service",
    _Row("service", "Service (plan)", Unit.RATIO, Better.HIGHER,
         "Demand shipped in its month ÷ demand of the plan, weighted by price",
         source="core 7.5 (fill rate)", target=Target(low=0.98, aim=0.98, watch_margin=0.03)),
    _Row("fill-rate", "Fill rate", Unit.RATIO, Better.HIGHER,
         "Units shipped ÷ units demanded, families weighted by price",
         source="core 7.5", target=Target(low=0.98, aim=0.98, watch_margin=0.03)),
    _Row("otif", "On time in full", Unit.RATIO, Better.HIGHER,
         "Lines on time and in full ÷ lines due in the month; cancelled lines are not due",
         source="S-290, core 7.5", target=Target(low=0.95, aim=0.95)),
    _Row("on-time-requested", "On time (requested date)", Unit.RATIO, Better.HIGHER,
         "Lines delivered by the date the customer asked for ÷ lines due",
         source="SCOR RL.2.2", target=Target(low=0.95)),
    _Row("on-time-promised", "On time (promised date)", Unit.RATIO, Better.HIGHER,
         "Lines delivered by the date we promised ÷ lines due",
         source="SCOR RL.2.2", target=Target(low=0.95)),
    _Row("in-full", "Order fulfilment", Unit.RATIO, Better.HIGHER,
         "Lines delivered in full ÷ lines due",
         source="S-300, SCOR RL.2.1", target=Target(low=0.95)),
    _Row("perfect-order", "Perfect order rate", Unit.RATIO, Better.HIGHER,
         "Lines on time, in full, undamaged and with right documents ÷ lines due",
         source="S-301, SCOR RL.1.1", target=Target(low=0.9)),
    _Row("cancelled", "Cancelled orders", Unit.RATIO, Better.LOWER,
         "Cancelled lines ÷ (lines due + cancelled lines)",
         source="S-145"),
    _Row("satisfaction", "Customer satisfaction", Unit.INDEX, Better.HIGHER,
         "Mean score of the month as the company measures it",
         source="S-302"),
    _Row("lost-sales", "Lost sales", Unit.MONEY, Better.LOWER,
         "Demand not served × price",
         source="S-223"),
)

_STOCK = _group(
    "Stock",
    _Row("inventory-turns", "Inventory turns", Unit.TURNS, Better.BAND,
         "12 ÷ months × cost of goods of those months ÷ average of opening and closing stock",
         source="S-270, X-05, core 7.5", target=Target(low=6.0, high=12.0, aim=8.0)),
    _Row("days-of-supply", "Days of supply", Unit.DAYS, Better.BAND,
         "Days until the month-end stock is used up by the demand that follows, both at standard cost",
         source="S-271, X-05, core 7.4", target=Target(low=30.0, high=60.0, aim=45.0)),
    _Row("stock-against-target", "Stock against target", Unit.RATIO, Better.BAND,
         "Average month-end stock ÷ average stock target, both at standard cost",
         source="S-289", target=Target(low=0.9, high=1.1, aim=1.0, watch_margin=0.1)),
    _Row("stock-value", "Stock value", Unit.MONEY, Better.NEITHER,
         "Average month-end stock × standard cost",
         source="core 10"),
    _Row("closing-stock", "Closing stock", Unit.MONEY, Better.NEITHER,
         "Stock at the last month end × standard cost",
         source="core 10"),
    _Row("stock-below-target", "Stock below target", Unit.MONEY, Better.LOWER,
         "Largest month-end sum over families of what is missing to the target × standard cost",
         source="practice 1.2"),
    _Row("excess-stock", "Excess stock", Unit.MONEY, Better.LOWER,
         "Stock and open orders beyond the next 12 months' demand and the cover, × standard cost",
         source="S-299, core 7.4"),
    _Row("stock-out-rate", "Stock-out rate", Unit.RATIO, Better.LOWER,
         "Families with demand and no stock at month end ÷ families with demand",
         source="S-298, core 7.5", target=Target(high=0.02, watch_margin=1.5)),
    _Row("inventory-accuracy", "Inventory accuracy", Unit.RATIO, Better.HIGHER,
         "Items counted within the tolerance ÷ items counted",
         source="S-272", target=Target(low=0.95)),
)

_MONEY = _group(
    "Money",
    _Row("revenue-outlook", "Revenue", Unit.MONEY, Better.HIGHER,
         "Actual to date + plan on units shipped",
         source="practice 1.7"),
    _Row("revenue-outlook-next", "Revenue next year", Unit.MONEY, Better.HIGHER,
         "Plan on units shipped",
         source="practice 1.7"),
    _Row("revenue-ahead", "Revenue", Unit.MONEY, Better.HIGHER,
         "Units shipped × net price, the months ahead",
         source="core 10"),
    _Row("margin-ahead", "Gross margin", Unit.MONEY, Better.HIGHER,
         "Revenue − cost of goods at standard − premiums and other costs, the months ahead",
         source="core 10"),
    _Row("margin-outlook", "Gross margin", Unit.MONEY, Better.HIGHER,
         "Revenue − cost of goods at standard − premiums and other costs, actual to date + plan",
         source="core 10"),
    _Row("margin-outlook-next", "Gross margin next year", Unit.MONEY, Better.HIGHER,
         "Revenue − cost of goods at standard − premiums and other costs",
         source="core 10"),
    _Row("margin-ratio-outlook", "Gross margin ratio", Unit.RATIO, Better.HIGHER,
         "Gross margin ÷ revenue, actual to date + plan",
         source="S-274"),
    _Row("margin-ratio", "Gross margin ratio", Unit.RATIO, Better.HIGHER,
         "Gross margin ÷ revenue",
         source="S-274, S-291"),
    _Row("revenue-attainment", "Revenue against budget", Unit.RATIO, Better.BAND,
         "Actual revenue ÷ budgeted revenue",
         source="S-273", target=Target(low=0.95, high=1.05, aim=1.0)),
    _Row("lost-revenue", "Shortage (revenue)", Unit.MONEY, Better.LOWER,
         "Demand not served × price",
         source="core 10"),
    _Row("lost-margin", "Shortage (margin)", Unit.MONEY, Better.LOWER,
         "Demand not served × (price − standard cost)",
         source="core 10"),
    _Row("cash-low", "Cash low point", Unit.MONEY, Better.HIGHER,
         "Lowest month-end cash of the plan",
         source="core 10.3"),
    _Row("working-capital", "Working capital", Unit.MONEY, Better.LOWER,
         "Stock + receivables − payables",
         source="S-275, S-292"),
    _Row("cash-to-cash", "Cash-to-cash time", Unit.DAYS, Better.LOWER,
         "Stock days + days until customers pay − days until suppliers are paid",
         source="S-275, SCOR AM.1.1"),
    _Row("margin-per-bottleneck-hour", "Contribution per bottleneck hour", Unit.MONEY_PER_HOUR, Better.HIGHER,
         "(Price − avoidable cost) ÷ hours per unit on the resource that is short",
         source="core 10.6, Goldratt"),
)

_PROCESS = _group(
    "Process",
    _Row("plan-instability", "Plan instability", Unit.RATIO, Better.LOWER,
         "Weighted |output planned now − output of the plan before| ÷ weighted plan before, near months weigh more",
         source="S-280, Sridharan, Berry & Udayabhanu 1988"),
    _Row("decisions-on-time", "Decisions on time", Unit.RATIO, Better.HIGHER,
         "Decisions taken by their due date ÷ decisions due",
         source="S-276", target=Target(low=0.9)),
    _Row("actions-completed", "Actions completed", Unit.RATIO, Better.HIGHER,
         "Actions completed ÷ actions due",
         source="S-277", target=Target(low=0.9)),
    _Row("engagement", "Participant engagement", Unit.INDEX, Better.HIGHER,
         "Mean engagement score of the cycle's meetings",
         source="S-278"),
    _Row("cycle-days", "Cycle time", Unit.DAYS, Better.LOWER,
         "Working days from closed data to the executive decision",
         source="S-279, X-01", target=Target(high=20.0)),
)
# fmt: on

CATALOGUE: Mapping[str, KpiDefinition] = {
    definition.id: definition for definition in _DEMAND + _SUPPLY + _SERVICE + _STOCK + _MONEY + _PROCESS
}


def targets(settings: PlanningSettings) -> dict[str, Target | None]:
    """The target of every KPI under these settings; the catalogue's own where no setting speaks of it."""
    s = settings
    error = Target(high=s.accuracy_wape_target, aim=s.accuracy_wape_target, watch_margin=0.25)
    attainment = Target(low=s.attainment_low, high=s.attainment_high, aim=1.0)
    service = Target(low=s.service_target, aim=s.service_target, watch_margin=0.03)
    busy = (s.utilisation_low + s.utilisation_high) / 2.0
    return {definition.id: definition.target for definition in CATALOGUE.values()} | {
        "wape": error,
        "mape": error,
        "forecast-accuracy": Target(low=1.0 - s.accuracy_wape_target, aim=1.0 - s.accuracy_wape_target),
        "bias": Target(low=-s.bias_band, high=s.bias_band, aim=0.0, watch_margin=1.0),
        "plan-attainment": attainment,
        "revenue-attainment": attainment,
        "mix-attainment": Target(low=s.attainment_low, aim=1.0),
        "utilisation": Target(low=s.utilisation_low, high=s.utilisation_high, aim=busy, watch_margin=0.12),
        "worst-bottleneck": Target(high=s.utilisation_high, watch_margin=max(0.0, 1.0 / s.utilisation_high - 1.0)),
        "service": service,
        "fill-rate": service,
        "stock-against-target": Target(
            low=1.0 - s.stock_tolerance_ratio, high=1.0 + s.stock_tolerance_ratio, aim=1.0, watch_margin=0.1
        ),
        "inventory-turns": Target(low=s.turns_low, high=s.turns_high, aim=s.turns_aim),
        "days-of-supply": Target(low=s.cover_low_days, high=s.cover_high_days, aim=s.cover_aim_days),
    }
