"""The inventory policy on the Supply page: the items, their classes, and what cover days are worth."""

import math
from collections.abc import Sequence

import numpy as np

from sop_dash.core.inventory.classes import UNRANKED, RankedBy
from sop_dash.core.inventory.health import provision
from sop_dash.core.inventory.policy import ItemPolicy
from sop_dash.core.inventory.safety_stock import ImpliedService
from sop_dash.core.model.arrays import Array, BoolArray, worth
from sop_dash.core.model.kpi import Unit
from sop_dash.figures.charts import chart
from sop_dash.figures.formats import money, number, percent, plural
from sop_dash.figures.policy_tables import demand_until_order
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.supply_tables import Row
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import line

COVER_DAYS = tuple(range(0, 61, 5))
_LEAST_CHANCE = 0.4  # without any cover every second month runs out
CLASS_HEADS = (
    "Class",
    "X steady",
    "Y varies",
    "Z erratic",
    "New",
    "All",
    "Service",
    "Safety stock",
    "In force",
)


def item_rows(policy: ItemPolicy, shown: BoolArray) -> list[Row]:
    """One row per item of the families selected; what is due first by money, then what is too much."""
    items, excess = policy.items, policy.excess * policy.items.unit_cost
    families, notes = items.families, policy.notes
    figures = {
        "demand": policy.year_units / 12.0,
        "lead": items.lead_time_days,
        "service": policy.service_ratio,
        "safety": np.maximum(policy.safety_stock, 0.0),
        "in_force": items.safety_stock_in_force,
        "point": policy.reorder_point,
        "lot": policy.lot,
        "position": policy.position,
        "order": policy.order_now,
        "days": policy.days_of_supply,
        "excess": excess,
    }
    numbers = {name: values.tolist() for name, values in figures.items()}
    classes = [f"{abc}{xyz}" for abc, xyz in zip(policy.abc.tolist(), policy.xyz.tolist(), strict=True)]
    patterns = policy.pattern.tolist()
    return [
        {
            "sku": items.skus[i],
            "name": items.names[i],
            "family": families[i],
            "class": classes[i],
            "pattern": patterns[i],
            **{name: values[i] for name, values in numbers.items()},
            "rests": demand_until_order(policy, i),
            "note": notes[i],
        }
        for i in _due_first(policy, shown)
    ]


def first_due(policy: ItemPolicy, shown: BoolArray) -> int | None:
    """The item that stands first in the table; None where it is empty."""
    order = _due_first(policy, shown)
    return order[0] if order else None


def _due_first(policy: ItemPolicy, shown: BoolArray) -> list[int]:
    """Items to order now by money, then by excess, then by code."""
    cost, skus = policy.items.unit_cost, policy.items.skus
    due = worth(np.nan_to_num(policy.order_now), np.nan_to_num(cost)).tolist()
    excess = np.nan_to_num(policy.excess * cost).tolist()
    return sorted(np.flatnonzero(shown).tolist(), key=lambda i: (-due[i], -excess[i], skus[i]))


def class_rows(policy: ItemPolicy, shown: BoolArray, currency: str) -> list[tuple[str, ...]]:
    """Classes A, B and C as written cells under `CLASS_HEADS`: items and value by steadiness, service, stock.

    Items without a class, whose value is unknown, stand in a row of their own.
    """
    cost = policy.items.unit_cost
    value = np.nan_to_num(policy.year_value)
    total = float(value[shown].sum())
    rows: list[tuple[str, ...]] = []
    for name, words in (("A", "A"), ("B", "B"), ("C", "C"), (UNRANKED, "None, as C")):
        own = shown & (policy.abc == name)
        if name == UNRANKED and not own.any():
            continue
        parts = [*(own & (policy.xyz == steadiness) for steadiness in "XYZN"), own]
        served = float(policy.service_ratio[own].mean()) if own.any() else math.nan
        rows.append(
            (
                words,
                *(_count_and_share(part, value, total) for part in parts),
                percent(served, 0),
                _held(np.maximum(policy.safety_stock, 0.0), cost, own, currency),
                _held(policy.items.safety_stock_in_force, cost, own, currency),
            )
        )
    return rows


def class_words(policy: ItemPolicy, shown: BoolArray) -> str:
    """What the classes count, where it is not the standard cost of all items; empty where it is."""
    without = int((shown & (policy.abc == UNRANKED)).sum())
    said = []
    if policy.ranked_by is RankedBy.REVENUE:
        said.append("By net revenue: more is known of it than of cost. Load products (unit_cost) for classes by cost.")
    if policy.ranked_by is RankedBy.UNITS:
        said.append("By units, as neither cost nor revenue is known. Load products (unit_cost), or sales with revenue.")
    if without:
        said.append(f"Without {policy.ranked_by}, so without a class: {plural(without, 'item')}.")
    return " ".join(said)


def _count_and_share(own: BoolArray, value: Array, total: float) -> str:
    count = int(own.sum())
    return f"{number(count)} · {percent(float(value[own].sum()) / total, 0)}" if count and total else number(count)


def policy_answers(policy: ItemPolicy, shown: BoolArray, provisions: Sequence[float], currency: str) -> list[Told]:
    """What is due, what the policy does to cash, and what stock is too much, in sentences.

    Args:
        policy: By item.
        shown: [S] items of the families selected.
        provisions: Share of value written off for stock that is obsolete, at risk and excess.
        currency: Of the plan.
    """
    cost, items = policy.items.unit_cost, policy.items
    due = shown & (np.nan_to_num(policy.order_now) > 0.0)
    ordered = money(_known(policy.order_now * cost, due), currency)
    judged = shown & ~np.isnan(policy.order_now)
    sentence = "No item is at or below its reorder point."
    if due.any():
        sentence = f"{plural(int(due.sum()), 'item')} at or below the reorder point: {ordered} at standard cost."
    elif not judged.any():
        sentence = "Not known: load inventory, and lead times in products or supply_options."
    told = [Told(asked="What is to be ordered now?", sentence=sentence)]
    if counts := class_words(policy, shown):
        told.append(Told(asked="What do the classes count?", sentence=counts))
    given = shown & ~np.isnan(policy.safety_change_value)
    if given.any():
        more = float(policy.safety_change_value[given].sum())
        word = "ties up" if more >= 0.0 else "frees"
        weak = int((policy.in_force.cycle_ratio[given] < policy.service_ratio[given]).sum())
        told.append(
            Told(
                asked="What does the policy do to cash?",
                sentence=f"Safety stock by forecast error and lead time {word} {money(abs(more), currency)} against "
                f"that in force, which gives less than the service aimed at for {weak} of {int(given.sum())} items.",
            )
        )
    excess, risk, dead = (
        _known(units * cost, shown) for units in (policy.excess, policy.at_risk, policy.obsolete_units)
    )
    too_much = Told(asked="What stock is too much?", sentence="Not known: load inventory and products (unit_cost).")
    if any(not math.isnan(value) for value in (excess, risk, dead)):
        too_much = Told(
            asked="What stock is too much?",
            sentence=f"Beyond the demand of the months allowed: {money(excess, currency)}; not sold before the item "
            f"ends or spoils: {money(risk, currency)}; of items no longer asked for: {money(dead, currency)}. "
            f"Provision: {money(provision(np.array([dead, risk, excess]), provisions), currency)}.",
        )
    told.append(too_much)
    missing = int((shown & np.isnan(policy.reorder_point)).sum())
    if missing:
        without = "families" if items.of_families else "items"
        told.append(
            Told(
                asked="What is missing?",
                sentence=f"{missing} {without} have no reorder point: load lead times and three months of sales.",
            )
        )
    return told


def cover_answer(service: ImpliedService, shown: BoolArray, families: Sequence[str], cover_days: float) -> Told:
    """What the cover of the slider gives, were it the safety stock."""
    asked = f"What do {number(cover_days)} days of cover give?"
    known = np.flatnonzero(shown & ~np.isnan(service.fill_ratio))
    if not known.size:
        return Told(asked=asked, sentence="The errors of the forecast are not known, so nothing can be said.")
    weakest = int(known[np.argmin(service.fill_ratio[known])])
    share, chance = float(service.fill_ratio[weakest]), float(service.cycle_ratio[weakest])
    return Told(
        asked=asked,
        sentence=f"Kept as safety stock, at least {percent(share)} of demand in every family; {families[weakest]} is "
        f"the weakest, with a chance of {percent(chance, 0)} not to run out in a month. Single items vary more.",
    )


def cover_chart(services: Sequence[ImpliedService], shown: BoolArray, view: str) -> Figure:
    """Chance not to run out in a month under `COVER_DAYS`: the weakest family, the middle one and the strongest."""
    ends = [_spread(service.cycle_ratio[shown]) for service in services]
    return chart(
        [
            line("Strongest family", [high for _, _, high in ends], Colour.NEUTRAL, dash="dot"),
            line("Middle family", [middle for _, middle, _ in ends], Colour.DEMAND),
            line("Weakest family", [low for low, _, _ in ends], Colour.SHORTAGE, marks=True),
        ],
        labels=[str(days) for days in COVER_DAYS],
        x_title="Days of cover kept as safety stock",
        y_title="Chance not to run out",
        unit=Unit.RATIO,
        y_range=[_LEAST_CHANCE, 1.0],
        view=view,
    )


def _spread(values: Array) -> tuple[float, float, float]:
    known = values[~np.isnan(values)]
    if not known.size:
        return math.nan, math.nan, math.nan
    return float(known.min()), float(np.median(known)), float(known.max())


def _held(units: Array, cost: Array, own: BoolArray, currency: str) -> str:
    return money(_known(units * cost, own), currency)


def _known(values: Array, own: BoolArray) -> float:
    """Σ of the known values; NaN when none is known."""
    chosen = values[own]
    known = chosen[~np.isnan(chosen)]
    return float(known.sum()) if known.size or not chosen.size else math.nan
