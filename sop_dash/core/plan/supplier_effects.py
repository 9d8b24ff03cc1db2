"""What the suppliers do to the plan: safety stock their lead times call for, and materials the plan asks too much of.

Shapes: U suppliers, S items, M materials, T months. Units, days and plan currency.
"""

from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy, item_policy
from sop_dash.core.model.arrays import Array, known_sum
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.supply_base import SupplierInputs
from sop_dash.core.supply.suppliers import Delivered, Scorecard


@dataclass(frozen=True, kw_only=True, eq=False)
class LeadTimeEffect:
    """Safety stock at the lead times of the last six months against those of the twelve months before.

    Args:
        value: [U] money more in safety stock; NaN for suppliers without bought items or without lead times.
        families: By supplier, the families whose bought items it delivers.
    """

    value: Array
    families: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class MaterialLine:
    """One material under a plan; [T] each. `available_units` NaN does not limit."""

    name: str
    supplier: str
    needed_units: Array
    available_units: Array

    @property
    def short_units(self) -> Array:
        """[T] needed beyond what can be had in the month and was left over in those before."""
        left, short = 0.0, np.zeros(len(self.needed_units))
        for month, (needed, given) in enumerate(zip(self.needed_units, self.available_units, strict=True)):
            if np.isnan(given):
                continue
            left += given - needed
            short[month], left = max(-left, 0.0), max(left, 0.0)
        return short


def lead_time_effect(
    card: Scorecard, policy: ItemPolicy, demand: ItemDemand, settings: PlanningSettings, carrying_ratio_per_year: float
) -> LeadTimeEffect:
    """Price what slower or less steady deliveries do to the safety stock of bought items.

    An item of several suppliers waits for the slowest of them.
    """
    suppliers, items = card.suppliers, policy.items

    def safety(seen: Delivered) -> Array:
        lead, spread = _of_items(suppliers, seen, len(items.lead_time_days))
        lead = np.where(np.isnan(lead), items.lead_time_days, lead)
        spread = np.where(np.isnan(spread), items.lead_time_sd_days, spread)
        changed = replace(items, lead_time_days=lead, lead_time_sd_days=spread)
        return np.maximum(item_policy(changed, demand, settings, carrying_ratio_per_year).safety_stock, 0.0)

    more = (safety(card.recent) - safety(card.before)) * items.unit_cost
    more = np.where(items.made | items.ended, np.nan, more)
    who, what = suppliers.term_supplier, suppliers.term_item
    rows = [what[(who == u) & (what >= 0)] for u in range(len(suppliers.codes))]
    return LeadTimeEffect(
        value=np.array([known_sum(more[row], axis=0) if row.size else np.nan for row in rows], dtype=np.float64),
        families=tuple(_families(policy, row[~items.made[row]]) for row in rows),
    )


def material_lines(suppliers: SupplierInputs, make_units: Array) -> tuple[MaterialLine, ...]:
    """What the output [F, T] of a plan asks of every material, beside what its supplier can deliver."""
    return tuple(
        MaterialLine(
            name=name,
            supplier=suppliers.names[who] if who >= 0 else "",
            needed_units=suppliers.material_per_unit[m] @ make_units,
            available_units=suppliers.material_units[m],
        )
        for m, (name, who) in enumerate(zip(suppliers.materials, suppliers.material_supplier.tolist(), strict=True))
    )


def _of_items(suppliers: SupplierInputs, seen: Delivered, items: int) -> tuple[Array, Array]:
    """[S] lead time and its spread as seen, of the slowest supplier of each item; NaN where none was seen."""
    lead, spread = (np.full(items, np.nan) for _ in range(2))
    for who, what in zip(suppliers.term_supplier.tolist(), suppliers.term_item.tolist(), strict=True):
        if what >= 0 and who >= 0 and not lead[what] >= seen.lead_days[who]:
            lead[what], spread[what] = seen.lead_days[who], seen.lead_spread_days[who]
    return lead, spread


def _families(policy: ItemPolicy, rows: Array) -> tuple[str, ...]:
    names = policy.items.families
    return tuple(dict.fromkeys(names[row] for row in sorted(rows.tolist())))
