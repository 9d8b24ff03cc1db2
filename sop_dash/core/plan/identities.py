"""The balances of a plan, calculated a second time from its figures: "figures tie".

Unknown money is left out of a balance; units and hours are always known.
"""

from collections.abc import Iterator

import numpy as np

from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.model.identities import Identity, identity
from sop_dash.core.model.result import DemandPlan, MoneyPlan, OtherCost, SupplyPlan
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.plan.shortage import waiting_before
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.evaluate import arrivals
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution

_TO_A_CENT = 1e-9


def plan_identities(
    prepared: Prepared,
    problem: SupplyProblem,
    solution: SupplySolution,
    demand: DemandPlan,
    supply: SupplyPlan,
    money: MoneyPlan,
) -> tuple[Identity, ...]:
    """Every balance of one plan."""
    opening = np.concatenate((problem.opening_units[:, None], supply.closing[:, :-1]), axis=1)
    inflow = arrivals(problem, supply.make) + supply.outsource + supply.receipts
    return (
        *_demand(prepared, problem, demand, supply),
        *_units(prepared, supply, opening, inflow),
        *_hours(problem, supply),
        *_profit(prepared, supply, money),
        *_beyond_limits(prepared, problem, supply, money),
        _costs_weighed(prepared, problem, solution, money),
        *_balance_sheet(prepared, supply, money, opening, inflow),
    )


def _demand(prepared: Prepared, problem: SupplyProblem, demand: DemandPlan, supply: SupplyPlan) -> tuple[Identity, ...]:
    adjusted = demand.statistical.sum(axis=1)
    for effect in prepared.consensus.effects:
        adjusted[effect.family] += effect.units.sum(axis=0)
    return (
        identity("Statistical forecast + adjustments = consensus, by family", adjusted, demand.consensus.sum(axis=1)),
        _all_answered(problem, demand, supply),
    )


def _all_answered(problem: SupplyProblem, demand: DemandPlan, supply: SupplyPlan) -> Identity:
    answered = supply.shipped + supply.lost
    if problem.backlog is None:
        return identity("Shipped + not served = committed demand, by channel", answered, demand.committed)
    before = waiting_before(problem.backlog.opening_units, demand.committed)
    more = np.diff(supply.waiting, axis=2, prepend=before[:, :, None])
    name = "Shipped + not served + more orders waiting = committed demand, by channel"
    return identity(name, answered + more, demand.committed)


def _units(prepared: Prepared, supply: SupplyPlan, opening: Array, inflow: Array) -> tuple[Identity, ...]:
    stock = prepared.inputs.stock
    split = stock.saleable_units + stock.blocked_units + stock.discontinued_units
    counted = stock.closing_units[:, -1] if stock.closing_units.shape[1] else split
    locked = prepared.locked_months
    return (
        identity(
            "Opening stock + supply − shipped = closing stock, by family",
            opening + inflow - supply.shipped.sum(axis=1),
            supply.closing,
        ),
        identity("Saleable + blocked + discontinued = counted stock", split, counted),
        identity("Locked months as released", supply.make[:, :locked], prepared.locked.make_units),
    )


def _hours(problem: SupplyProblem, supply: SupplyPlan) -> tuple[Identity, ...]:
    used = problem.resource_hours_per_unit @ supply.make
    regular = supply.hours_used - supply.overtime_hours
    return (
        identity("Units made × hours per unit = hours used", used, supply.hours_used),
        identity(
            "Regular hours within the hours available",
            np.maximum(regular, supply.available_hours),
            supply.available_hours,
        ),
        identity(
            "Overtime within its limit",
            np.maximum(supply.overtime_hours, supply.overtime_limit_hours),
            supply.overtime_limit_hours,
        ),
    )


def _profit(prepared: Prepared, supply: SupplyPlan, money: MoneyPlan) -> tuple[Identity, ...]:
    shipped = supply.shipped
    premiums = money.overtime_premium + money.outsource_premium
    for paid in money.other_costs.values():
        premiums = premiums + np.nan_to_num(paid)
    rate = prepared.costs.overtime_premium_per_hour
    names = {name: number for number, name in enumerate(prepared.inputs.grain.category_names)}
    family_category = [names[category] for category in prepared.inputs.grain.categories]
    margin = np.nan_to_num(money.margin, nan=0.0)
    by_category = np.bincount(family_category, weights=margin.sum(axis=(1, 2)))
    return (
        identity("Units shipped × price = revenue", shipped * money.price, money.revenue),
        identity("Units shipped × standard cost = cost of goods", shipped * money.unit_cost[:, None, :], money.cogs),
        identity(
            "Revenue − cost of goods − premiums − other costs = margin, by family",
            money.revenue.sum(axis=1) - money.cogs.sum(axis=1) - premiums,
            money.margin.sum(axis=1),
        ),
        identity(
            "Overtime hours × premium = overtime cost of the families",
            rate @ supply.overtime_hours,
            money.overtime_premium.sum(axis=0),
        ),
        identity(
            "Margins of channels, families and categories agree", margin.sum(axis=(0, 2)).sum(), by_category.sum()
        ),
    )


def _beyond_limits(
    prepared: Prepared, problem: SupplyProblem, supply: SupplyPlan, money: MoneyPlan
) -> Iterator[Identity]:
    """What the company pays for space and for transport, once more from stock and shipments as they leave the plan."""
    limits = prepared.inputs.limits
    if limits is not None and problem.warehouse is not None:
        over = problem.warehouse.space_per_unit @ supply.closing - problem.warehouse.capacity
        paid = worth(np.fmax(over, 0.0), limits.warehouse.overflow_cost_per_unit)
        yield identity(
            "Space beyond the warehouses × its cost = cost of the families",
            money.other(OtherCost.SPACE).sum(axis=0),
            paid,
        )
    if limits is not None and problem.transport is not None:
        over = problem.transport.load_per_unit @ supply.shipped.sum(axis=1) - problem.transport.capacity
        paid = worth(np.fmax(over, 0.0), limits.transport.overflow_cost_per_unit)
        yield identity(
            "Transport beyond the lanes × its cost = cost of the families",
            money.other(OtherCost.TRANSPORT).sum(axis=0),
            paid,
        )


def _costs_weighed(prepared: Prepared, problem: SupplyProblem, solution: SupplySolution, money: MoneyPlan) -> Identity:
    """What the supply plan was decided on, kind by kind over the horizon, against what the profit pays.

    A kind of which anything is unknown is left out: the planner weighs it with a stand-in, the profit leaves it open.
    """
    weighed = costs_of(problem, solution)
    outsourced_at_standard = float(np.vdot(prepared.costs.standard_cost, solution.outsource_units))
    pairs = (
        (weighed.overtime_premium, money.overtime_premium),
        (weighed.outsource - outsourced_at_standard, money.outsource_premium),
        (weighed.warehouse_overflow, money.other(OtherCost.SPACE)),
        (weighed.spot_transport, money.other(OtherCost.TRANSPORT)),
        (weighed.people, money.other(OtherCost.PEOPLE)),
        (weighed.unused_minimum, money.other(OtherCost.UNUSED_MINIMUM)),
    )
    return identity(
        "Premiums and other costs the planner weighs = those in the profit",
        np.array([cost for cost, _ in pairs]),
        np.array([float(paid.sum()) for _, paid in pairs]),
        relative=_TO_A_CENT,
    )


def _balance_sheet(
    prepared: Prepared, supply: SupplyPlan, money: MoneyPlan, opening: Array, inflow: Array
) -> tuple[Identity, ...]:
    cost = money.unit_cost
    before = np.concatenate((cost[:, :1], cost[:, :-1]), axis=1)
    revalued = opening * (cost - before)
    rolled = opening * before + revalued + inflow * cost - money.cogs.sum(axis=1)
    return (
        identity("Closing stock × standard cost = stock value", supply.closing * cost, money.inventory),
        identity("Opening value + supply at cost − cost of goods = stock value", rolled, money.inventory),
        identity("Invoices not yet due = receivables", *_receivables(prepared, money)),
    )


def _receivables(prepared: Prepared, money: MoneyPlan) -> tuple[float, float]:
    """What customers still owe at the end, counted back from the invoices, against the balance.

    An invoice month before the plan that is not known counts like the first planned month.
    """
    months = prepared.terms.receivable_days / (365.0 / 12.0)
    revenue = np.nansum(money.revenue, axis=(0, 1))
    past = prepared.terms.history_revenue
    unknown = np.full(int(np.ceil(months)), np.nan)
    invoices = np.concatenate((unknown, past, revenue))[::-1]
    invoices = np.where(np.isnan(invoices), revenue[0], invoices)
    share = np.clip(months - np.arange(invoices.size), 0.0, 1.0)
    return float(share @ invoices), float(money.receivables[-1])
