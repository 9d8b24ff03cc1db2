"""What a company that starts with little can say in one number per family: asked for, proposed, written into tables.

Price and cost are plan currency per unit, capacity is units a month, the lead time is days. Proposals are assumptions:

- price: revenue per unit of the last 12 months; none without revenue.
- cost: 60 % of the price.
- capacity: the largest month sold in the last 24.
- lead time: 30 days.

Bought families are not asked for a capacity: what limits them stands in materials and with their suppliers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.mixing import family_unit_revenue
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.tables import TABLES

COST_SHARE, LEAD_DAYS = 0.60, 30.0
_RECENT = 24
SOURCE = "set-up assistant"
Frames = dict[str, pd.DataFrame]


class Asked(StrEnum):
    """What is asked for each family."""

    PRICE = "price"
    COST = "cost"
    CAPACITY = "capacity"
    LEAD_TIME = "lead time"


UNITS = {
    Asked.PRICE: "per unit",
    Asked.COST: "per unit",
    Asked.CAPACITY: "units a month",
    Asked.LEAD_TIME: "days",
}


@dataclass(frozen=True, kw_only=True)
class FamilyGaps:
    """What one family lacks.

    Args:
        family: Its name.
        known: What the data already say.
        proposed: A value for what is missing; left out where none can be proposed.
        missing: What is missing and can be given here.
    """

    family: str
    known: Mapping[Asked, float]
    proposed: Mapping[Asked, float]
    missing: frozenset[Asked]

    def proposals(self, price: float | None = None) -> dict[Asked, float]:
        """What can be proposed once a price was given; a cost follows the price."""
        found = dict(self.proposed)
        if price is not None and Asked.COST in self.missing:
            found[Asked.COST] = round(COST_SHARE * price, 4)
        return found


def family_gaps(inputs: PlanInputs) -> tuple[FamilyGaps, ...]:
    """What each family has, lacks, and could be given, in the order of the families."""
    grain, history = inputs.grain, len(inputs.grain.history)
    price = _mean(inputs.money.price[:, :, history:], (1, 2))
    cost = _mean(inputs.money.unit_cost[:, history:], (1,))
    routed = inputs.supply.hours_per_unit.any(axis=0) if inputs.supply.hours_per_unit.size else False
    capacity = np.where(routed, np.inf, _mean(inputs.supply.family_capacity_units, (1,)))
    lead = inputs.supply.lead_time_months * 365.0 / 12.0
    sold = np.nan_to_num(inputs.sales.units).sum(axis=1)
    achieved, bought = family_unit_revenue(inputs.sales), _bought(inputs)
    found = []
    for f, family in enumerate(grain.families):
        known = _finite(
            {Asked.PRICE: price[f], Asked.COST: cost[f], Asked.CAPACITY: capacity[f], Asked.LEAD_TIME: lead[f]}
        )
        missing = {asked for asked in Asked if asked not in known}
        if np.isinf(capacity[f]) or bought[f]:
            missing.discard(Asked.CAPACITY)  # hours of a resource say more
        worth = known.get(Asked.PRICE, achieved[f] if achieved[f] > 0.0 else np.nan)
        proposed = _finite(
            {
                Asked.PRICE: worth,
                Asked.COST: COST_SHARE * worth,
                Asked.CAPACITY: np.ceil(sold[f, -_RECENT:].max()),
                Asked.LEAD_TIME: LEAD_DAYS,
            }
        )
        found.append(
            FamilyGaps(
                family=family,
                known=known,
                proposed={asked: value for asked, value in proposed.items() if asked in missing},
                missing=frozenset(missing),
            )
        )
    return tuple(found)


def _bought(inputs: PlanInputs) -> list[bool]:
    """[F] True where all items of the family are said to be bought."""
    ways: dict[int, set[str]] = {}
    for family, way in zip(inputs.items.families, inputs.items.ways, strict=False):
        ways.setdefault(family, set()).add(way)
    return [ways.get(f) == {"buy"} for f in range(len(inputs.grain.families))]


def _mean(values: Array, axis: tuple[int, ...]) -> Array:
    """Mean of what is known; NaN where nothing is."""
    return ratio_or_nan(np.nansum(values, axis=axis), (~np.isnan(values)).sum(axis=axis).astype(np.float64))


def _finite(values: Mapping[Asked, float]) -> dict[Asked, float]:
    return {asked: float(value) for asked, value in values.items() if np.isfinite(value)}


def completed(
    frames: Mapping[str, pd.DataFrame],
    inputs: PlanInputs,
    given: Mapping[str, Mapping[Asked, float]],
    assumed: Mapping[str, frozenset[Asked]],
) -> Frames:
    """The tables with what was given added: prices, capacity, lead times, and a line for each assumption.

    Args:
        frames: Typed tables of the load in use.
        inputs: What they make.
        given: Family -> what is asked -> value.
        assumed: Family -> what of that is a proposal nobody confirmed.
    """
    made: Frames = dict(frames)
    grain = inputs.grain
    prices = [
        {
            "family": family,
            "valid_from": grain.history[0],
            "price": values.get(Asked.PRICE),
            "unit_cost": values.get(Asked.COST),
        }
        for family, values in given.items()
        if {Asked.PRICE, Asked.COST} & set(values)
    ]
    capacity = [
        {"family": family, "month": month, "available_units": values[Asked.CAPACITY]}
        for family, values in given.items()
        if Asked.CAPACITY in values
        for month in grain.horizon
    ]
    notes = [
        {
            "id": f"SETUP {family} {asked}",
            "text": f"{str(asked).capitalize()} of {family} taken as {given[family][asked]:g} {UNITS[asked]}",
            "category": "economic",
            "impact": "medium",
            "source": SOURCE,
        }
        for family, marked in assumed.items()
        for asked in Asked
        if asked in marked
    ]
    leads = [
        {"family": family, "lead_time_days": values[Asked.LEAD_TIME]}
        for family, values in given.items()
        if Asked.LEAD_TIME in values
    ]
    for name, rows in (("prices", prices), ("capacity", capacity), ("supply_options", leads), ("assumptions", notes)):
        if rows:
            made[name] = _with_rows(made.get(name), name, rows)
    return made


def _with_rows(table: pd.DataFrame | None, name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The table with these rows; one that has the same key changes what it names in the former and leaves the rest."""
    new = pd.DataFrame(rows, columns=list(TABLES[name].names)).astype(object)
    if table is None:
        return new
    both, key = pd.concat([table.astype(object), new], ignore_index=True), list(TABLES[name].key)
    both[key] = both[key].fillna("")
    return both.groupby(key, sort=False, as_index=False).last()[list(both.columns)]
