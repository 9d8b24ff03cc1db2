"""Checked tables to the limits of supply besides hours: space, transport, materials, suppliers, shelf life."""

import numpy as np

from sop_dash.core.data.assembly.mixing import active_weights, family_mean
from sop_dash.core.data.assembly.opening import OpenTables
from sop_dash.core.data.assembly.prices import product_values
from sop_dash.core.data.assembly.supply_base import logistics_inputs, supplier_inputs
from sop_dash.core.model.arrays import Array, ratio_or_nan, read_only
from sop_dash.core.model.supply_base import LogisticsInputs, SupplierInputs
from sop_dash.core.model.supply_limits import ScarceSupply, SharedSpace, SupplyLimits


def supply_limits(opened: OpenTables, volumes: Array, *, version: str) -> SupplyLimits:
    """The limits that the tables give; nothing limits where there is no table.

    Args:
        opened: The tables.
        volumes: [S, C, H] units sold by item.
        version: Content hash of the data load.
    """
    logistics = logistics_inputs(opened, version=version)
    weights = active_weights(volumes.sum(axis=1), opened.axes)
    life = family_mean(product_values(opened.frames, "shelf_life_months", opened.axes), weights, opened.axes)
    return SupplyLimits(
        warehouse=_shared(logistics, "warehouse", logistics.storage_per_unit),
        transport=_shared(logistics, "transport", logistics.transport_per_unit),
        scarce=_scarce(supplier_inputs(opened, version=version)),
        shelf_life_months=read_only(life),
    )


def _shared(logistics: LogisticsInputs, kind: str, use_per_unit: Array) -> SharedSpace:
    """All of one kind as one; unknown where one of them is unknown."""
    rows = [row for row, named in enumerate(logistics.kinds) if named == kind]
    capacity, cost = logistics.capacity[rows], logistics.cost_per_unit[rows]
    unknown = np.full(logistics.capacity.shape[1], np.nan)
    return SharedSpace(
        names=tuple(logistics.names[row] for row in rows),
        capacity=read_only(capacity.sum(axis=0) if rows else unknown),
        cost_per_unit=read_only(ratio_or_nan((capacity * cost).sum(axis=0), capacity.sum(axis=0)) if rows else unknown),
        overflow_cost_per_unit=read_only(
            np.fmin.reduce(logistics.overflow_cost_per_unit[rows], axis=0, initial=np.nan)
        ),
        use_per_unit=use_per_unit,
    )


def _scarce(suppliers: SupplierInputs) -> ScarceSupply:
    used = np.flatnonzero((suppliers.material_per_unit > 0.0).any(axis=1))
    alone = _only_suppliers(suppliers)
    months, families = suppliers.material_units.shape[1], suppliers.material_per_unit.shape[1]
    capacity, delivers = np.zeros((len(alone), months)), np.zeros((len(alone), families))
    for row, (supplier, served) in enumerate(alone.items()):
        capacity[row] = suppliers.capacity_units_per_month[supplier]
        delivers[row, served] = 1.0
    deliverers = [suppliers.names[who] if who >= 0 else "" for who in suppliers.material_supplier[used].tolist()]
    return ScarceSupply(
        names=(*(suppliers.materials[row] for row in used), *(suppliers.names[row] for row in alone)),
        suppliers=(*deliverers, *(suppliers.names[row] for row in alone)),
        tables=("materials",) * used.size + ("suppliers",) * len(alone),
        keeps=np.arange(used.size + len(alone)) < used.size,
        available_units=read_only(np.concatenate((suppliers.material_units[used], capacity))),
        units_per_unit=read_only(np.concatenate((suppliers.material_per_unit[used], delivers))),
    )


def _only_suppliers(suppliers: SupplierInputs) -> dict[int, list[int]]:
    """Suppliers of known capacity that alone deliver every listed item of a bought family, with those families."""
    made = suppliers.grain.made
    deliverers: dict[int, set[int]] = {}
    for who, item in zip(suppliers.term_supplier.tolist(), suppliers.term_item.tolist(), strict=True):
        if who >= 0 and item >= 0:
            deliverers.setdefault(int(suppliers.item_family[item]), set()).add(who)
    found: dict[int, list[int]] = {}
    for family, who_delivers in sorted(deliverers.items()):
        supplier = next(iter(who_delivers))
        if len(who_delivers) == 1 and not made[family] and suppliers.capacity_units_per_month[supplier] >= 0.0:
            found.setdefault(supplier, []).append(family)
    return found
