"""The inventory policy of the Supply page in small tables and sentences: rules side by side, lots, cost of a change."""

import math
from collections.abc import Sequence

import numpy as np

from sop_dash.core.inventory.item_lots import ItemLots, PriceBreak
from sop_dash.core.inventory.policy import ItemPolicy
from sop_dash.core.inventory.price_lots import PriceLots
from sop_dash.core.inventory.rules import Rule, RuleOutcome
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import DAYS_PER_MONTH, short_name
from sop_dash.figures.formats import money, money_in_full, months_in_words, number, percent, plural, signed
from sop_dash.figures.storyline.supply import Told

RULE_HEADS = ("Rule", "Safety stock", "Reorder point", "Lasts until order", "Served from stock", "Ties up")
PRICE_HEADS = ("From, units", "Unit price", "Order size", "Cost a year")
EFFECT_HEADS = ("", "In force", "Policy kept", "As tried", "Change")


def rule_rows(found: Sequence[RuleOutcome], currency: str) -> list[tuple[str, ...]]:
    """The rules under `RULE_HEADS`; a stock below zero is none."""
    return [
        (
            _rule_words(one),
            number(max(one.safety_units, 0.0)),
            number(max(one.reorder_units, 0.0)),
            percent(one.cycle_ratio),
            percent(one.fill_ratio),
            money(one.value, currency),
        )
        for one in found
    ]


def _rule_words(one: RuleOutcome) -> str:
    aim = f"{number(one.aim)} " if one.rule is Rule.COVER else f"{percent(one.aim, 0)} " if one.aim == one.aim else ""
    words = f"{aim}{one.rule}"
    return f"{words[0].upper()}{words[1:]}{' · in use' if one.in_use else ''}"


def item_words(policy: ItemPolicy, item: int) -> list[Told]:
    """Where the item stands and what its safety stock rests on."""
    items = policy.items
    position, point = float(policy.position[item]), float(policy.reorder_point[item])
    told = [Told(asked="What does the safety stock rest on?", sentence=_rests_on(policy, item))]
    if not (math.isnan(position) or math.isnan(point)):
        on_order, backlog = (float(np.nan_to_num(units[item])) for units in (items.on_order_units, items.backlog_units))
        due = float(policy.order_now[item])
        told.append(Told(asked="Which demand does the reorder point rest on?", sentence=_reorder_words(policy, item)))
        verdict = f"order {number(due)} now" if due > 0.0 else "nothing to order yet"
        told.append(
            Told(
                asked="Is it time to order?",
                sentence=f"Position {number(position)} = saleable {number(float(items.saleable_units[item]))} + on "
                f"order {number(on_order)} − backlog {number(backlog)}, against a reorder point of {number(point)}: "
                f"{verdict}.",
            )
        )
    return told


def demand_until_order(policy: ItemPolicy, item: int) -> str:
    """Which demand the reorder point counts: its units, its months, and how it compares with the year's average."""
    needed, months = float(policy.protection_demand[item]), float(policy.protection_months[item])
    if math.isnan(needed) or math.isnan(months) or needed == 0.0:
        return ""
    covered = policy.items.grain.horizon[: max(1, math.ceil(months - 1e-9))]
    pace = float(policy.protection_pace[item])
    return f"{number(needed)} in {months_in_words(covered)}, {number(pace, 2)} × average"


def _reorder_words(policy: ItemPolicy, item: int) -> str:
    """The sum behind the reorder point, and why it is not the average of the year."""
    told = demand_until_order(policy, item)
    if not told:
        return "No demand is expected until an order would be in."
    days = number(float(policy.protection_months[item]) * DAYS_PER_MONTH)
    safety = number(float(policy.safety_stock[item]))
    return (
        f"On what is expected in the {days} days until an order placed now is in ({told} of the year), because stock "
        f"must last for these, not for an average month; + safety stock {safety} = "
        f"{number(float(policy.reorder_point[item]))}."
    )


def _rests_on(policy: ItemPolicy, item: int) -> str:
    spread, month = policy.spread, float(policy.spread.month_units[item])
    errors = plural(int(spread.errors[item]), "month")
    if math.isnan(month):
        return "On nothing yet: too few past forecasts can be tested. More months of sales bring them."
    thin = f" only {int(spread.errors[item])} errors are known," if spread.thin[item] else ""
    source = "the typical spread of its family" if spread.borrowed[item] else "the errors of its own past forecasts"
    said = f"On {source} ({errors}):{thin} {number(month)} units a month"
    days = float(policy.protection_months[item]) * DAYS_PER_MONTH
    if math.isnan(days):
        return f"{said}. How long it must last is unknown: give a lead time under Data, Start with little."
    lead_sd = float(policy.items.lead_time_sd_days[item])
    over = f"{said}, {number(float(policy.sigma[item]))} over the {number(days)} days until an order is in"
    if math.isnan(lead_sd):
        return f"{over}; how far the lead time strays is not known."
    return f"{over}, the spread of the lead time of {number(lead_sd, 1)} days included."


def lot_words(lots: ItemLots, months: Sequence[str], currency: str) -> list[Told]:
    """The order size from all sides."""
    asked = "How much at a time?"
    if math.isnan(lots.economic):
        return [
            Told(
                asked=asked,
                sentence=f"{number(lots.practical)} units: smallest order or a month of demand, as no order cost is "
                "known. Load products (order_cost) for the economic lot.",
            )
        ]
    parts = [f"{number(lots.practical)} units within smallest order, multiple, shelf life and longest cover"]
    if math.isfinite(lots.economic):
        parts.append(f"{number(lots.economic)} would be the cheapest")
    if math.isfinite(lots.made):
        parts.append(f"{number(lots.made)} where it arrives as it is made")
    if math.isfinite(lots.waiting):
        parts.append(f"{number(lots.waiting)} where {percent(lots.waiting_ratio)} of demand may wait")
    cost = f" Ordering and holding cost {money(lots.practical_cost, currency)} a year"
    if math.isfinite(lots.rounding_factor) and lots.rounding_factor > 1.0005:
        cost += f", {percent(lots.rounding_factor - 1.0)} more than at the cheapest lot"
    told = [Told(asked=asked, sentence=f"{'; '.join(parts)}.{cost}.")]
    if math.isfinite(lots.season):
        told.append(
            Told(
                asked="And if there were only one order?",
                sentence=f"Have {number(lots.season)} units until the next: too much of it or too little then costs "
                f"{money(lots.season_cost, currency)} on average.",
            )
        )
    due = [place for place, units in enumerate(lots.by_month) if units >= 0.5]
    if len(due) >= len(lots.by_month):
        return told  # a lot lasts less than a month, so months say nothing about it
    if due:
        first = ", ".join(f"{number(lots.by_month[place])} in {short_name(months[place])}" for place in due[:4])
        more = f" and {plural(len(due) - 4, 'order')} more" if len(due) > 4 else ""
        told.append(
            Told(
                asked="When, if demand comes as forecast?",
                sentence=f"{first}{more}: {money(lots.by_month_cost, currency)} of ordering and holding in a year.",
            )
        )
    return told


def price_rows(found: PriceLots, currency: str) -> list[tuple[str, ...]]:
    """Every price of the item under `PRICE_HEADS`: what would be ordered, and purchase, ordering and holding a year."""
    return [
        (
            f"{number(tier.smallest)}{' · in use' if place == found.best else ''}",
            money_in_full(tier.price, currency, 2),
            number(float(found.lot[place])),
            money(float(found.cost[place]), currency),
        )
        for place, tier in enumerate(found.ladder.tiers)
    ]


def price_words(found: PriceLots, currency: str) -> Told:
    """Which of the prices of an item decides its order, and what it saves."""
    tier = found.ladder.tiers[found.best]
    plain = money_in_full(found.ladder.tiers[0].price, currency, 2)
    asked = "Which price?"
    if found.saving <= 0.0:
        return Told(asked=asked, sentence=f"The plain one of {plain}: what a larger order saves it costs in stock.")
    holds = "for the units beyond" if found.ladder.incremental else "for the whole order"
    return Told(
        asked=asked,
        sentence=f"{money_in_full(tier.price, currency, 2)} from {number(tier.smallest)} units on, {holds}: "
        f"{money(found.saving, currency)} less a year in purchase, ordering and holding than at {plain}.",
    )


def price_break_words(found: PriceBreak, from_units: float, currency: str) -> Told:
    """What the offer is worth."""
    asked = f"A lower price from {number(from_units)} units?"
    if found.saving <= 0.0:
        return Told(asked=asked, sentence="Not worth it: what it saves in price it costs in stock.")
    part = (
        f" Were only the units beyond the break cheaper: {number(found.incremental_lot)} at a time, "
        f"{money(found.incremental_saving, currency)}."
        if found.incremental_saving > 0.0
        else " Were only the units beyond the break cheaper, it would not be worth it."
    )
    return Told(
        asked=asked,
        sentence=f"Order {number(found.lot)} at a time: {money(found.saving, currency)} less a year in purchase, "
        f"ordering and holding.{part}",
    )


def effect_rows(
    kept: ItemPolicy, tried: ItemPolicy, shown: BoolArray, carrying_ratio_per_year: float, currency: str
) -> list[tuple[str, ...]]:
    """What a change of the policy does to stock, cash and service, under `EFFECT_HEADS`."""
    cost = kept.items.unit_cost
    in_force = _value(kept.items.safety_stock_in_force, cost, shown)
    safety = [_value(np.maximum(policy.safety_stock, 0.0), cost, shown) for policy in (kept, tried)]
    average = [_value(policy.average_stock, cost, shown) for policy in (kept, tried)]
    due = [_value(np.nan_to_num(policy.order_now), cost, shown) for policy in (kept, tried)]
    served = [_mean(policy.service_ratio, policy.year_units * cost, shown) for policy in (kept, tried)]
    given = _mean(kept.in_force.cycle_ratio, kept.year_units * cost, shown)

    def amounts(name: str, before: float, pair: Sequence[float]) -> tuple[str, ...]:
        change = signed(pair[1] - pair[0], Unit.MONEY, currency)
        return name, money(before, currency), *(money(value, currency) for value in pair), change

    return [
        amounts("Safety stock", in_force, safety),
        amounts("Average stock (cash tied up)", math.nan, average),
        amounts("Cost of holding it a year", math.nan, [carrying_ratio_per_year * value for value in average]),
        amounts("To order now", math.nan, due),
        (
            "Service aimed at, by value",
            percent(given),
            *(percent(value) for value in served),
            signed(served[1] - served[0], Unit.RATIO),
        ),
    ]


def _value(units: Array, cost: Array, shown: BoolArray) -> float:
    """Σ of the known values; NaN when none is known."""
    value = (units * cost)[shown]
    known = value[~np.isnan(value)]
    return float(known.sum()) if known.size else math.nan


def _mean(ratio: Array, weight: Array, shown: BoolArray) -> float:
    known = shown & ~np.isnan(ratio) & (np.nan_to_num(weight) > 0.0)
    total = float(weight[known].sum())
    return float((ratio * weight)[known].sum()) / total if total else math.nan
