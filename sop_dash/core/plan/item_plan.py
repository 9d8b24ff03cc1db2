"""The plan by item: what a family plan brings to each of its items, and what the mix alone costs. Units and money.

Items are a drill into the near months: families decide the volume. Shapes: F families, S items, T months.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.inventory.policy import ItemDemand
from sop_dash.core.model.arrays import Array, ratio_or_nan, worth
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.supply.item_split import ItemMix, ItemSplit, item_mix, split_to_items


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemPlan:
    """A plan by item.

    Args:
        items: The items.
        split: Demand, supply, shipments and stock of each.
        mix_loss_value: [F, T] at the net price of the family; NaN where a loss has no price.
    """

    items: ItemInputs
    split: ItemSplit
    mix_loss_value: Array

    @property
    def short_units(self) -> Array:
        """[S, T] demand of the items that is not served, whatever the cause."""
        return np.asarray(np.maximum(self.split.demand_units - self.split.served_units, 0.0))


def plan_mix(prepared: Prepared, items: ItemInputs, demand: ItemDemand) -> ItemMix:
    """The items of a data load as the split needs them."""
    return item_mix(
        items.family,
        demand.ahead,
        items.demand_units,
        items.saleable_units,
        prepared.parts.opening_units,
        len(prepared.inputs.grain.horizon),
    )


def item_plan(prepared: Prepared, result: PlanResult, items: ItemInputs, mix: ItemMix) -> ItemPlan:
    """Split one plan; what arrives of a family is what its stock and shipments say."""
    supply = result.supply
    shipped = supply.shipped.sum(axis=1)
    stock = np.concatenate((prepared.parts.opening_units[:, None], supply.closing), axis=1)
    split = split_to_items(
        mix,
        demand_units=result.demand.committed.sum(axis=1),
        target_units=supply.target,
        supply_units=np.diff(stock, axis=1) + shipped,
        shipped_units=shipped,
    )
    revenue = result.money.revenue.sum(axis=1)
    loss = np.where(split.mix_loss_units > _rounding(shipped), split.mix_loss_units, 0.0)
    return ItemPlan(items=items, split=split, mix_loss_value=worth(loss, ratio_or_nan(revenue, shipped)))


def _rounding(units: Array) -> Array:
    """What of a figure is only rounding of the planner."""
    return np.asarray(1e-6 * (1.0 + units))
