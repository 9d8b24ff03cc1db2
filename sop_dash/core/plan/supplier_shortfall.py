"""What a supplier that delivers less does to the plan: its part of what is made and bought becomes a limit. Units.

Bought items wait for their suppliers, each delivering an equal part; made items need every supplier they are listed
with. Shapes: F families, N materials and suppliers, T months.
"""

from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.inventory.policy import ItemPolicy
from sop_dash.core.model.arrays import Array, ratio_or_nan, read_only
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.supply_base import SupplierInputs
from sop_dash.core.model.supply_limits import ScarceSupply, SharedSpace, SupplyLimits


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """A supplier that delivers less.

    Args:
        supplier: Position in the scorecard.
        ratio: Share that does not come, 0 to 1.
        first_month: Place of the first month in the horizon.
        months: For how many months.
    """

    supplier: int
    ratio: float
    first_month: int
    months: int


def supplier_shares(policy: ItemPolicy, suppliers: SupplierInputs, supplier: int) -> Array:
    """[F] share of each family, by the demand of its items, that comes from the supplier or needs it."""
    items = policy.items
    planned = suppliers.term_item >= 0
    what, who = suppliers.term_item[planned], suppliers.term_supplier[planned]
    named = np.bincount(what, minlength=len(items.skus))
    own = np.zeros(len(items.skus))
    if not items.of_families:
        listed = what[who == supplier]
        own[listed] = np.where(items.made[listed], 1.0, 1.0 / named[listed])
    families = len(items.grain.families)
    demand = np.nan_to_num(policy.year_units)
    part = np.bincount(items.family, own * demand, minlength=families)
    return np.nan_to_num(ratio_or_nan(part, np.bincount(items.family, demand, minlength=families)))


def with_shortfall(
    inputs: PlanInputs, suppliers: SupplierInputs, share: Array, make_units: Array, shortfall: Shortfall
) -> PlanInputs:
    """The inputs with what is left of the plan as a limit of every family that the supplier serves.

    Args:
        inputs: The data load.
        suppliers: Names and materials.
        share: [F] part of each family that the supplier brings.
        make_units: [F, T] what the plan makes or orders.
        shortfall: Who delivers how much less, and when.
    """
    months = slice(shortfall.first_month, shortfall.first_month + shortfall.months)
    name, hit = suppliers.names[shortfall.supplier], np.flatnonzero(share > 0.0)
    left = 1.0 - shortfall.ratio * share[:, None]
    on_order = np.array(inputs.stock.receipts_units)
    on_order[:, months] *= left
    available = np.full((hit.size, make_units.shape[1]), np.nan)
    available[:, months] = (left * make_units + np.nan_to_num(on_order))[hit, months]
    of_family = np.zeros((hit.size, len(share)))
    of_family[np.arange(hit.size), hit] = 1.0
    limits = inputs.limits or _no_limits(*make_units.shape)
    scarce = limits.scarce
    materials = np.array(scarce.available_units)
    for row in [row for row, who in enumerate(scarce.suppliers) if who == name and scarce.keeps[row]]:
        materials[row, months] *= 1.0 - shortfall.ratio
    return replace(
        inputs,
        stock=replace(inputs.stock, receipts_units=read_only(on_order)),
        limits=replace(
            limits,
            scarce=ScarceSupply(
                names=(*scarce.names, *(f"{name}, {inputs.grain.families[f]}" for f in hit)),
                suppliers=(*scarce.suppliers, *(name for _ in hit)),
                tables=(*scarce.tables, *("supplier_items" for _ in hit)),
                keeps=np.append(scarce.keeps, np.zeros(hit.size, dtype=np.bool_)),
                available_units=read_only(np.concatenate((materials, available))),
                units_per_unit=read_only(np.concatenate((scarce.units_per_unit, of_family))),
            ),
        ),
    )


def _no_limits(families: int, months: int) -> SupplyLimits:
    def space() -> SharedSpace:
        nothing = read_only(np.full(months, np.nan))
        return SharedSpace(
            names=(),
            capacity=nothing,
            cost_per_unit=nothing,
            overflow_cost_per_unit=nothing,
            use_per_unit=read_only(np.full(families, np.nan)),
        )

    return SupplyLimits(
        warehouse=space(),
        transport=space(),
        scarce=ScarceSupply(
            names=(),
            suppliers=(),
            tables=(),
            keeps=np.zeros(0, dtype=np.bool_),
            available_units=np.zeros((0, months)),
            units_per_unit=np.zeros((0, families)),
        ),
        shelf_life_months=read_only(np.full(families, np.nan)),
    )
