"""Items of a data load as arrays: what an inventory policy is made from, exactly as the company gave it.

Shapes: S items, by family and code; H closed months. Units, days and plan currency per unit. Unknown is NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sop_dash.core.model.arrays import Array, BoolArray, IntArray
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.price_ladder import PriceLadder


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemInputs:
    """One row an item.

    Args:
        version: Content hash of the data load.
        grain: Families and months of the plan the items belong to.
        skus: [S] item codes.
        names: [S] what people call them; the code where no name is given.
        family: [S] position of the family in the grain; never falls.
        made: [S] True where made in house, False where bought.
        ended: [S] True where the last month of sale has passed.
        demand_units: [S, H] what customers wanted; NaN before the first sale.
        on_hand_units: [S] all stock at the last close, blocked stock included; negative stock counts as none.
        blocked_units: [S] of that, what may not be sold.
        on_order_units: [S] open orders on the way in.
        backlog_units: [S] open customer orders past due.
        unit_cost: [S] standard cost in the first month planned: of the item, else as given for its family.
        unit_revenue: [S] net revenue of a unit sold in the last twelve months.
        lead_time_days: [S] from order to stock: of the item, else the longest of its suppliers, else of its family.
        lead_time_sd_days: [S] its standard deviation.
        smallest_order, lot_multiple: [S] units.
        order_cost: [S] of one order or set-up.
        shelf_life_months: [S].
        months_left: [S] months of sale left from the first month planned on; infinite where no end is given.
        safety_stock_in_force, reorder_point_in_force: [S] units.
        price_ladders: Purchase prices that fall with the order, by position of the item.
        of_families: True where no table names items and families stand for them.
    """

    version: str
    grain: Grain
    skus: tuple[str, ...]
    names: tuple[str, ...]
    family: IntArray
    made: BoolArray
    ended: BoolArray
    demand_units: Array
    on_hand_units: Array
    blocked_units: Array
    on_order_units: Array
    backlog_units: Array
    unit_cost: Array
    unit_revenue: Array
    lead_time_days: Array
    lead_time_sd_days: Array
    smallest_order: Array
    lot_multiple: Array
    order_cost: Array
    shelf_life_months: Array
    months_left: Array
    safety_stock_in_force: Array
    reorder_point_in_force: Array
    price_ladders: Mapping[int, PriceLadder] = field(default_factory=dict)
    of_families: bool = False

    @property
    def families(self) -> tuple[str, ...]:
        """[S] name of each item's family."""
        return tuple(self.grain.families[place] for place in self.family.tolist())

    @property
    def saleable_units(self) -> Array:
        """[S] stock that may be sold; 0 for items no longer sold."""
        return (self.on_hand_units - self.blocked_units) * ~self.ended
