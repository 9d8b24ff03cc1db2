"""What a company that starts with little can say in one number per family: asked for, proposed, written into tables.

Price and cost are plan currency per unit, capacity is units a month, the lead time is days. Proposals are assumptions:

- price: revenue per unit of the last 12 months; none without revenue.
- cost: 60 % of the price.
- capacity: the largest month sold in the last 24.
- lead time: 30 days; only where items are known, the table products needs them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

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
    revenue = np.nan_to_num(inputs.sales.net_revenue_value).sum(axis=1)
    achieved = ratio_or_nan(revenue[:, -12:].sum(axis=1), sold[:, -12:].sum(axis=1))
    with_items = {inputs.items.families[s] for s in range(len(inputs.items.skus))}
    found = []
    for f, family in enumerate(grain.families):
        known = _finite(
            {Asked.PRICE: price[f], Asked.COST: cost[f], Asked.CAPACITY: capacity[f], Asked.LEAD_TIME: lead[f]}
        )
        missing = {asked for asked in Asked if asked not in known}
        if np.isinf(capacity[f]):
            missing.discard(Asked.CAPACITY)  # hours of a resource say more
        if f not in with_items:
            missing.discard(Asked.LEAD_TIME)
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
    """The tables with what was given added: prices, capacity, lead times of items, and a line for each assumption.

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
    for name, rows in (("prices", prices), ("capacity", capacity), ("assumptions", notes)):
        if rows:
            made[name] = _with_rows(made.get(name), name, rows)
    leads = {family: values[Asked.LEAD_TIME] for family, values in given.items() if Asked.LEAD_TIME in values}
    if leads:
        made["products"] = _with_lead_times(made.get("products"), inputs, leads)
    return made


def _with_rows(table: pd.DataFrame | None, name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The table with these rows; one that has the same key takes the place of the former."""
    new = pd.DataFrame(rows, columns=list(TABLES[name].names)).astype(object)
    if table is None:
        return new
    both = pd.concat([table.astype(object), new], ignore_index=True)
    key = [column for column in TABLES[name].key if column in both.columns]
    return both if not key else both[~both[key].fillna("").duplicated(keep="last")].reset_index(drop=True)


def _with_lead_times(table: pd.DataFrame | None, inputs: PlanInputs, leads: Mapping[str, float]) -> pd.DataFrame:
    items, grain = inputs.items, inputs.grain
    of_item = {sku: grain.families[items.families[s]] for s, sku in enumerate(items.skus)}
    made = pd.DataFrame(columns=list(TABLES["products"].names)) if table is None else table.astype(object)
    absent = [sku for sku in of_item if sku not in set(made["sku"])]
    added = pd.DataFrame({"sku": absent, "family": [of_item[sku] for sku in absent]}, columns=made.columns)
    made = pd.concat([made, added.astype(object)], ignore_index=True)
    days = made["sku"].map(of_item).map(leads)
    made["lead_time_days"] = made["lead_time_days"].where(made["lead_time_days"].notna(), days)
    return made
