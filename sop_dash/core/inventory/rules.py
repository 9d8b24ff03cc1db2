"""One item under every rule of the trade, side by side: what each would keep, and the service that it gives. Units.

Service is judged alike for all: by the spread of forecast errors over the protection interval with that of the lead
time. Sources as in `safety_stock`; core specification 7.1 and 7.2.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sop_dash.core.inventory.health import demand_within
from sop_dash.core.inventory.lots import joint_policy
from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy
from sop_dash.core.inventory.protection import MAD_TO_SIGMA, with_lead_time_spread, with_shared_lead_time_spread
from sop_dash.core.inventory.safety_stock import (
    HIGHEST_SERVICE,
    cycle_service_stock,
    economic_service,
    fill_rate_stock,
    implied_service,
    newsvendor_level,
)
from sop_dash.core.inventory.slow_movers import slow_mover_reorder_point
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.periods import DAYS_PER_MONTH
from sop_dash.core.model.planning_settings import PlanningSettings, SafetyStockRule

_YEAR = 12
_LEAST = 0.5


class Rule(StrEnum):
    """The rules, in the order of the books."""

    IN_FORCE = "safety stock in force"
    COVER = "days of cover"
    CYCLE = "chance to last"
    CYCLE_SHARED = "chance, lead time grows with demand"
    CYCLE_MAD = "chance, spread by mean error"
    FILL_WAITING = "from stock, rest waits"
    FILL_LOST = "from stock, rest is lost"
    LEAST_COST = "least cost of stock and shortage"
    SEASON = "one season only"
    JOINT = "lot and reorder point together"
    COUNTED = "chance, counted one by one"


@dataclass(frozen=True, kw_only=True)
class RuleOutcome:
    """What one rule keeps of an item; NaN where it needs something unknown.

    Args:
        rule: Which one.
        aim: Service aimed at, a ratio, or days of cover; NaN for a rule without an aim.
        in_use: True for the rule that the policy follows.
        safety_units: Safety stock; below zero where the lot alone serves more than asked.
        reorder_units: Demand over the protection interval and safety stock.
        cycle_ratio: Chance of no stock-out before an order arrives.
        fill_ratio: Share of demand served from stock.
        value: Safety stock of zero or more at standard cost.
    """

    rule: Rule
    aim: float
    in_use: bool
    safety_units: float
    reorder_units: float
    cycle_ratio: float
    fill_ratio: float
    value: float


def rules_of_item(
    policy: ItemPolicy,
    item: int,
    demand: ItemDemand,
    settings: PlanningSettings,
    *,
    carrying_ratio_per_year: float,
    shortage_value: float,
) -> tuple[RuleOutcome, ...]:
    """Every rule for one item, in the order of the books: cover, service, lead time, fill rate, money, single units.

    Args:
        policy: The policy in force, for lot, spread and demand.
        item: Its position.
        demand: What the policy rests on.
        settings: Aims.
        carrying_ratio_per_year: Cost of holding stock, share of cost.
        shortage_value: What a unit short costs; NaN unknown.
    """
    items, needed = policy.items, float(policy.protection_demand[item])
    year, lot, cost = (float(values[item]) for values in (policy.year_units, policy.lot, items.unit_cost))
    lead_sd = float(np.nan_to_num(items.lead_time_sd_days[item])) / DAYS_PER_MONTH
    alone = np.asarray(policy.spread.protection_units[item])
    monthly = np.asarray(year / _YEAR)
    sigma = float(with_lead_time_spread(alone, monthly, np.asarray(lead_sd)))
    shared = with_shared_lead_time_spread(alone, monthly, np.asarray(lead_sd))
    aim, fill = _aim(policy, item, settings), settings.service_target
    holding = carrying_ratio_per_year * cost
    cover = demand_within(demand.ahead[item : item + 1], np.array([settings.cover_days / DAYS_PER_MONTH]))
    cheapest = max(float(economic_service(holding, lot, shortage_value, year)), _LEAST) if lot > 0.0 else np.nan
    batch = lot if lot > 0.0 else np.nan
    season = holding * float(policy.protection_months[item]) / _YEAR
    found: list[tuple[Rule, float, float]] = [
        (Rule.IN_FORCE, np.nan, float(items.safety_stock_in_force[item])),
        (Rule.COVER, settings.cover_days, float(cover[0])),
        (Rule.CYCLE, aim, float(cycle_service_stock(sigma, aim))),
        (Rule.CYCLE_SHARED, aim, float(cycle_service_stock(shared, aim))),
        (Rule.CYCLE_MAD, aim, float(cycle_service_stock(_from_mad(policy, item, demand), aim))),
        (Rule.FILL_WAITING, fill, float(fill_rate_stock(sigma, batch, fill))),
        (Rule.FILL_LOST, fill, float(fill_rate_stock(sigma, batch, fill, lost_sales=True))),
        (Rule.LEAST_COST, cheapest, _at(cheapest, sigma)),
        (Rule.SEASON, np.nan, _season(needed, sigma, season, shortage_value)),
        (Rule.JOINT, np.nan, _joint(policy, item, needed, sigma, holding, shortage_value)),
    ]
    if policy.slow[item]:
        point = slow_mover_reorder_point(np.array([needed]), np.array([sigma**2]), np.array([aim]))
        found.append((Rule.COUNTED, aim, float(point[0]) - needed))
    used = _in_use(settings, slow=bool(policy.slow[item]))
    return tuple(
        replace(_outcome(rule, safety, needed, sigma, lot, cost), aim=aim, in_use=rule is used)
        for rule, aim, safety in found
    )


def _in_use(settings: PlanningSettings, *, slow: bool) -> Rule:
    if settings.safety_stock_rule is SafetyStockRule.COVER_DAYS:
        return Rule.COVER
    if slow:
        return Rule.COUNTED
    if settings.safety_stock_rule is SafetyStockRule.LEAST_COST:
        return Rule.LEAST_COST
    if settings.safety_stock_rule is SafetyStockRule.FILL_RATE:
        return Rule.FILL_LOST if settings.short_demand_lost else Rule.FILL_WAITING
    return Rule.CYCLE_SHARED if settings.lead_time_moves_with_demand else Rule.CYCLE


def _outcome(rule: Rule, safety: float, needed: float, sigma: float, lot: float, cost: float) -> RuleOutcome:
    served = implied_service(safety, sigma, lot if lot > 0.0 else np.nan)
    return RuleOutcome(
        rule=rule,
        aim=np.nan,
        in_use=False,
        safety_units=safety,
        reorder_units=needed + safety,
        cycle_ratio=float(served.cycle_ratio) if not np.isnan(safety) else np.nan,
        fill_ratio=float(served.fill_ratio) if not np.isnan(safety) else np.nan,
        value=max(safety, 0.0) * cost if not np.isnan(safety) else np.nan,
    )


def _aim(policy: ItemPolicy, item: int, settings: PlanningSettings) -> float:
    return {"A": settings.cycle_service_a, "B": settings.cycle_service_b}.get(
        str(policy.abc[item]), settings.cycle_service_c
    )


def _from_mad(policy: ItemPolicy, item: int, demand: ItemDemand) -> Array:
    """Spread over the protection interval, were the errors normal: 1.2533 × mean absolute error of a month, grown."""
    first = demand.errors[:, item, 0]
    known = first[~np.isnan(first)]
    month = float(policy.spread.month_units[item])
    if not known.size or not month > 0.0:
        return np.asarray(np.nan)
    return np.asarray(policy.spread.protection_units[item] * MAD_TO_SIGMA * np.abs(known).mean() / month)


def _at(service: float, sigma: float) -> float:
    return float(cycle_service_stock(sigma, service)) if service > 0.0 else np.nan


def _season(needed: float, sigma: float, overage: float, underage: float) -> float:
    """Newsvendor level less the demand expected."""
    if not (overage > 0.0 and underage > 0.0):
        return np.nan
    return float(newsvendor_level(needed, sigma, overage=overage, underage=underage)) - needed


def _joint(policy: ItemPolicy, item: int, needed: float, sigma: float, holding: float, shortage: float) -> float:
    year, order_cost = float(policy.year_units[item]), float(policy.items.order_cost[item])
    known = all(np.isfinite(value) and value > 0.0 for value in (year, order_cost, holding, shortage, sigma))
    if not known or holding >= shortage * year * HIGHEST_SERVICE:
        return np.nan
    found = joint_policy(needed, sigma, demand=year, order_cost=order_cost, holding=holding, shortage=shortage)
    return found.reorder_point - needed
