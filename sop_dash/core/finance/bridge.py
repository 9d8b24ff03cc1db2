"""Bridges that add up exactly: from one margin or revenue to another by price, volume, mix, cost and new products.

Price at actual quantity, volume at budget margin (Horngren, CIMA). Favourable to profit is positive. Source: core 10.5.
Rows may be families, or families × channels flattened: whatever has one price and one cost.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, worth


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """Units with their unit price and unit cost; [N] each. A row without units needs neither price nor cost."""

    units: Array
    price: Array
    cost: Array

    @property
    def unit_margin(self) -> Array:
        """[N] price − cost."""
        return self.price - self.cost

    @property
    def value(self) -> float:
        """Margin of all rows; a row without units is worth nothing."""
        return float(worth(self.units, self.unit_margin).sum())


@dataclass(frozen=True, kw_only=True, eq=False)
class Bridge:
    """Bars from `start` to `end`, in money, and the share of each row in each bar.

    Args:
        start: Where it begins (budget, last cycle, last year).
        end: Where it ends (actual, plan).
        bars: Name → money, in the order they are drawn; together they are end − start.
        by_row: Name → [N] the rows' shares of that bar.
    """

    start: float
    end: float
    bars: dict[str, float]
    by_row: dict[str, Array]

    @property
    def residual(self) -> float:
        """What the bars fail to explain; zero to rounding."""
        return self.end - self.start - sum(self.bars.values())


def margin_bridge(
    budget: Lines,
    actual: Lines,
    *,
    alike: bool = False,
    lost: Array | None = None,
    other: dict[str, float] | None = None,
) -> Bridge:
    """From budget to actual margin.

    Args:
        budget: [N] budgeted rows; 0 units where a row is not in the budget.
        actual: [N] the same rows as they came, or as now planned.
        alike: True when the units of all rows are alike and may be added. Else quantities are added at budget price
            (standard revenue), as mix needs a common unit.
        lost: [N] units of budgeted rows that were asked for and not served. Volume and mix are then those of the
            demand, and what supply cost of it is a bar of its own.
        other: Further bars by name, such as overtime, outsourcing or fixed cost, favourable positive; they are part
            of the end.

    Returns:
        Bars price, volume, mix, supply limits (with `lost`), cost, new products, then `other`. With nothing budgeted
        everything is new.
    """
    return _bridge(budget, actual, budget.unit_margin, alike=alike, with_cost=True, lost=lost, other=other or {})


def revenue_bridge(budget: Lines, actual: Lines, *, alike: bool = False) -> Bridge:
    """From budget to actual revenue: price, volume, mix and new products; cost plays no part."""
    free = np.zeros(budget.units.shape)
    start = Lines(units=budget.units, price=budget.price, cost=free)
    end = Lines(units=actual.units, price=actual.price, cost=free)
    return _bridge(start, end, budget.price, alike=alike, with_cost=False, other={})


def mix_and_quantity(
    budget_units: Array, actual_units: Array, unit_margin: Array, common: Array
) -> tuple[Array, Array]:
    """Mix and quantity variance of each row; together (actual − budget units) × budget margin.

    Args:
        budget_units: [N] budgeted.
        actual_units: [N] as they came.
        unit_margin: [N] budget margin of one unit.
        common: [N] what one unit of a row counts in the common unit; ones where the units are alike.
    """
    planned, came = budget_units * common, actual_units * common
    total = planned.sum()
    if total == 0.0:  # nothing to share the mix of: all is quantity
        return np.zeros(budget_units.shape), (actual_units - budget_units) * unit_margin
    at_budget_mix = budget_units * (came.sum() / total)
    return (actual_units - at_budget_mix) * unit_margin, (at_budget_mix - budget_units) * unit_margin


def market_split(
    *, market: float, budget_market: float, share: float, budget_share: float, budget_margin: float
) -> tuple[float, float]:
    """The quantity variance split into market size and market share, at the average budget margin of one unit."""
    return (market - budget_market) * budget_share * budget_margin, market * (share - budget_share) * budget_margin


def _bridge(
    budget: Lines,
    actual: Lines,
    unit_margin: Array,
    *,
    alike: bool,
    with_cost: bool,
    lost: Array | None = None,
    other: dict[str, float],
) -> Bridge:
    new = budget.units == 0.0
    planned_units = np.where(new, 0.0, budget.units)
    kept_units = np.where(new, 0.0, actual.units)
    margin = np.where(new, 0.0, unit_margin)
    common = np.ones(margin.shape) if alike else np.where(new, 0.0, budget.price)
    missed = np.where(new, 0.0, 0.0 if lost is None else lost)
    mix, quantity = mix_and_quantity(planned_units, kept_units + missed, margin, common)
    rows = {
        "price": worth(kept_units, actual.price - budget.price),
        "volume": quantity,
        "mix": mix,
        **({} if lost is None else {"supply limits": -missed * margin}),
        **({"cost": -worth(kept_units, actual.cost - budget.cost)} if with_cost else {}),
        "new products": np.where(new, worth(actual.units, actual.unit_margin), 0.0),
    }
    bars = {name: float(values.sum()) for name, values in rows.items()} | other
    return Bridge(start=budget.value, end=actual.value + sum(other.values()), bars=bars, by_row=rows)
