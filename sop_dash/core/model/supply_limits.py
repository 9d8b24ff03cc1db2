"""What holds supply back besides hours: space, transport, materials, suppliers and shelf life. Unknown is NaN.

Shapes: F families, T months of the horizon, N materials and suppliers. Units, space, load and plan currency.
"""

from dataclasses import dataclass

from sop_dash.core.model.arrays import Array, BoolArray


@dataclass(frozen=True, kw_only=True, eq=False)
class SharedSpace:
    """All warehouses together, or all lanes of transport.

    Args:
        names: Of the warehouses or lanes; empty when there is none.
        capacity: [T] space, or load a month; NaN does not limit.
        cost_per_unit: [T] of a space-month or a load that fits, mean by capacity.
        overflow_cost_per_unit: [T] of one that does not, the cheapest of them.
        use_per_unit: [F] space or load of a unit; NaN where unknown.
    """

    names: tuple[str, ...]
    capacity: Array
    cost_per_unit: Array
    overflow_cost_per_unit: Array
    use_per_unit: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class ScarceSupply:
    """Materials that output uses, and suppliers that can deliver only so many units of what is bought.

    Args:
        names: [N].
        suppliers: [N] who delivers; empty where not named.
        tables: [N] the table that gives the limit.
        keeps: [N] True where what is left of a month can be used later; False for what a supplier could deliver.
        available_units: [N, T]; NaN does not limit.
        units_per_unit: [N, F] units of it in a unit of the family.
    """

    names: tuple[str, ...]
    suppliers: tuple[str, ...]
    tables: tuple[str, ...]
    keeps: BoolArray
    available_units: Array
    units_per_unit: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplyLimits:
    """Limits of one data load; `shelf_life_months` [F] is the mean of the items that have one, NaN where none has."""

    warehouse: SharedSpace
    transport: SharedSpace
    scarce: ScarceSupply
    shelf_life_months: Array
