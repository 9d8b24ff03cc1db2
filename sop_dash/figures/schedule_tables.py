"""The production schedule by family or item, and what the mix of items costs: rows and sentences.

Units are of one family or item and never added up.
"""

from collections.abc import Mapping

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.plan.item_plan import ItemPlan
from sop_dash.figures.formats import listed, money, number, plural, spans_in_words
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.supply_tables import Row
from sop_dash.services.plans import PlanView

ITEM_MONTHS = 6
SCHEDULES: Mapping[str, str] = {
    "supply": "Made, bought and outsourced",
    "overtime": "Of it made in overtime",
    "outsource": "Of it outsourced",
    "demand": "Demand",
    "served": "Shipped",
    "closing": "Stock at month end",
    "target": "Stock target",
}
_WITH_ITEMS = ("supply", "demand", "served", "closing", "target")
_STEADY = 0.005


def family_schedule(view: PlanView, what: str) -> Array:
    """[F, T] one line of `SCHEDULES`, units a month."""
    supply, demand = view.plan.supply, view.plan.demand
    shipped = supply.shipped.sum(axis=1)
    if what == "supply":
        stock = np.concatenate((view.prepared.parts.opening_units[:, None], supply.closing), axis=1)
        return np.asarray(np.diff(stock, axis=1) + shipped)
    given = {
        "overtime": supply.overtime_units,
        "outsource": supply.outsource,
        "demand": demand.committed.sum(axis=1),
        "served": shipped,
        "closing": supply.closing,
        "target": supply.target,
    }
    return np.asarray(given[what])


def family_rows(view: PlanView, what: str) -> list[Row]:
    """One row per family selected, months on screen; made ones first."""
    units, made, grain = family_schedule(view, what), view.plan.grain.made, view.plan.grain
    months = len(view.months)
    order = sorted(np.flatnonzero(view.families).tolist(), key=lambda f: (not made[f], grain.families[f]))
    return [
        {
            "key": grain.families[f],
            "name": grain.families[f],
            "family": grain.categories[f],
            "kind": "made" if made[f] else "bought",
            **_by_month(units[f, :months]),
        }
        for f in order
    ]


def item_rows_of_plan(found: ItemPlan, view: PlanView, what: str) -> list[Row]:
    """One row per item of the families selected over the near months, what is short by the mix first."""
    split, items = found.split, found.items
    given = {
        "supply": split.supply_units,
        "demand": split.demand_units,
        "served": split.served_units,
        "closing": split.closing_units,
        "target": split.target_units,
    }
    units = given[what if what in _WITH_ITEMS else "supply"]
    months = min(ITEM_MONTHS, len(view.months))
    short = found.short_units[:, :months].sum(axis=1)
    shown = view.families[items.family] & ((split.demand_units[:, :months].sum(axis=1) > 0.0) | (short > 0.0))
    order = sorted(np.flatnonzero(shown).tolist(), key=lambda i: (-round(short[i]), items.skus[i]))
    opening = items.saleable_units
    return [
        {
            "key": items.skus[i],
            "name": f"{items.skus[i]} · {items.names[i]}",
            "family": items.families[i],
            "kind": "made" if items.made[i] else "bought",
            "stock": float(opening[i]),
            "short": float(short[i]),
            **_by_month(units[i, :months]),
        }
        for i in order
    ]


def _by_month(units: Array) -> dict[str, float]:
    return {f"m{month}": _whole(value) for month, value in enumerate(units.tolist())}


def _whole(value: float) -> float:
    """Rounding of the planner is nothing."""
    return 0.0 if abs(value) < _STEADY else value


def mix_answers(found: ItemPlan | None, view: PlanView) -> list[Told]:
    """What the mix of items costs on top of the family plan, and in which items."""
    asked = "What does the mix cost?"
    if found is None:
        return [Told(asked=asked, sentence="No item is known: load products or sales with a sku for each item.")]
    months, currency = len(view.months), view.prepared.inputs.company.currency
    loss, value = found.split.mix_loss_units[view.families, :months], found.mix_loss_value[view.families, :months]
    if np.isnan(found.items.on_hand_units).all():
        return [Told(asked=asked, sentence="Not known: load inventory with the stock of each item.")]
    if not (loss > 0.5).any():
        return [
            Told(
                asked=asked,
                sentence="Nothing: stock and supply of the families fit their items, so that all last equally long.",
            )
        ]
    hit = [view.months[t] for t in np.flatnonzero((loss > 0.5).any(axis=0)).tolist()]
    names = np.asarray(view.plan.grain.families, dtype=object)[view.families]
    worst = [
        str(names[f]) for f in np.argsort(-np.nansum(value, axis=1), kind="stable").tolist() if loss[f].sum() > 0.5
    ]
    told = [
        Told(
            asked=asked,
            sentence=f"{money(float(np.nansum(value)), currency)} of shipments in {spans_in_words(hit)}, for "
            f"{listed(worst)}: the family has the stock, but in items that nobody asks for then.",
        )
    ]
    near = found.short_units[:, : min(ITEM_MONTHS, months)].sum(axis=1) * view.families[found.items.family]
    first = [found.items.skus[i] for i in np.argsort(-near, kind="stable")[:3].tolist() if near[i] > 0.5]
    if first:
        told.append(
            Told(
                asked="Which items are short first?",
                sentence=f"{listed(first)}; {plural(int((near > 0.5).sum()), 'item')} of "
                f"{number(float(view.families[found.items.family].sum()))} within the next months, the shortage of "
                "their family included.",
            )
        )
    return told
