"""Suppliers, warehouses and lanes of a data load as arrays, exactly as the company gave them. Unknown is NaN.

Shapes: U suppliers, N terms (supplier × item), M materials, W warehouses and lanes, F families, H closed months,
T months of the horizon. Units, days and plan currency.
"""

from dataclasses import dataclass

from sop_dash.core.model.arrays import Array, IntArray
from sop_dash.core.model.inputs import Grain


@dataclass(frozen=True, kw_only=True, eq=False)
class Deliveries:
    """[U, H] how suppliers delivered; NaN in months without a row."""

    lines: Array
    ordered_units: Array
    received_units: Array
    rejected_units: Array
    on_time_lines: Array
    in_full_lines: Array
    average_lead_time_days: Array
    value: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplierInputs:
    """One row a supplier.

    Args:
        version: Content hash of the data load.
        grain: Families and months of the plan.
        codes: [U], sorted.
        names: [U]; the code where no name is given.
        ratings: [U] on the company's own scale; empty where not given.
        risk_notes: [U]; empty where none.
        capacity_units_per_month: [U].
        deliveries: By month.
        term_supplier: [N] position of the supplier.
        term_item: [N] position of the item in `ItemInputs`; −1 for items that are not planned.
        term_price, term_lead_time_days, term_units_on_order: [N].
        items: Names of the items terms point to.
        item_family: Family of each, a position in the grain.
        materials: [M] names of materials that limit output.
        material_supplier: [M] position of who delivers it; −1 where not named.
        material_units: [M, T] most that can be had.
        material_per_unit: [M, F] units of material in a unit of the family.
    """

    version: str
    grain: Grain
    codes: tuple[str, ...]
    names: tuple[str, ...]
    ratings: tuple[str, ...]
    risk_notes: tuple[str, ...]
    capacity_units_per_month: Array
    deliveries: Deliveries
    term_supplier: IntArray
    term_item: IntArray
    term_price: Array
    term_lead_time_days: Array
    term_units_on_order: Array
    items: tuple[str, ...]
    item_family: IntArray
    materials: tuple[str, ...]
    material_supplier: IntArray
    material_units: Array
    material_per_unit: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class LogisticsInputs:
    """Limits of space and transport.

    Args:
        version: Content hash of the data load.
        grain: Families and months of the plan.
        names: [W] warehouses and lanes.
        kinds: [W] "warehouse", "transport" or another word.
        capacity: [W, T] space; continued after the last month given.
        cost_per_unit, overflow_cost_per_unit: [W, T] per space-month or load.
        storage_per_unit, transport_per_unit: [F] space a unit takes, mixed by recent sales.
    """

    version: str
    grain: Grain
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    capacity: Array
    cost_per_unit: Array
    overflow_cost_per_unit: Array
    storage_per_unit: Array
    transport_per_unit: Array
