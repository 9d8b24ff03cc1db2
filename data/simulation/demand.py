"""What customers want: unconstrained demand per SKU and month, and how it spreads over regions and channels."""

from dataclasses import dataclass

import numpy as np

from simulation import months
from simulation.assortment import Sku, share_of_family
from simulation.influences import INFLUENCES
from simulation.master import CHANNELS, FAMILIES, REGIONS, Family
from simulation.random import stream

# The volumes of the master data are those of the year around this month, so growth is 1 there
_REFERENCE_MONTH = months.number("2026-04")
_LAUNCH_LIFT = {
    ("Smart Displays", "2027-03"): (0.06, 0.14, 0.12, 0.10, 0.08),
    ("Speakers", "2024-03"): (0.05, 0.12, 0.10, 0.08, 0.06),
}
CELLS = tuple((region, channel) for region in REGIONS for channel in CHANNELS)


@dataclass(frozen=True, kw_only=True, eq=False)
class Demand:
    """Demand in units. `mean` and `actual` are families x months; `sku_units` SKUs x months, whole numbers."""

    mean: np.ndarray
    mean_without_surprises: np.ndarray
    share: np.ndarray
    sku_units: np.ndarray
    actual: np.ndarray


def demand(skus: list[Sku]) -> Demand:
    """Draw the demand of every simulated month; months after the last closed one are drawn too but never written."""
    mean = np.array([_family_mean(family, surprises=True) for family in FAMILIES])
    calm = np.array([_family_mean(family, surprises=False) for family in FAMILIES])
    share = share_of_family(skus)
    sku_units = np.array(
        [_sku_demand(sku, mean[FAMILIES.index(sku.family)] * row) for sku, row in zip(skus, share, strict=True)]
    )
    family_noise = _family_noise()
    rows = [FAMILIES.index(sku.family) for sku in skus]
    sku_units = np.rint(sku_units * family_noise[rows])
    actual = np.array([sku_units[[row == index for row in rows]].sum(axis=0) for index in range(len(FAMILIES))])
    return Demand(mean=mean, mean_without_surprises=calm, share=share, sku_units=sku_units, actual=actual)


def _family_mean(family: Family, *, surprises: bool) -> np.ndarray:
    """Level x growth x season x influences; without surprises: what the company believed beforehand."""
    time = np.arange(months.END) - _REFERENCE_MONTH
    rate = np.where(time <= 0, family.growth_ratio, family.future_growth_ratio)
    growth = (1.0 + rate) ** (time / 12.0)
    season = np.array([family.season[months.calendar_month(month)] for month in range(months.END)])
    level: np.ndarray = family.yearly_units / 12.0 * growth * season / np.mean(family.season)
    for influence in INFLUENCES:
        if influence.family == family.name:
            ratio = influence.true_ratio if surprises else _planned_ratio(influence.kind, influence.expected_ratio)
            level[months.number(influence.start) : months.number(influence.end) + 1] *= 1.0 + ratio
    for (name, launch), lift in _LAUNCH_LIFT.items():
        if name == family.name:
            start = months.number(launch)
            level[start : start + len(lift)] *= 1.0 + np.array(lift)
    return level


def _planned_ratio(kind: str, expected: float | None) -> float:
    """Promotions are known a year ahead; competitors, lost customers and reactions to prices are not."""
    return expected if kind == "promotion" and expected is not None else 0.0


def _family_noise() -> np.ndarray:
    """Mood of the market per family: mean 1, 4.5 % a month, a third of it carries over to the next month."""
    rng = stream("family noise")
    shocks = rng.normal(0.0, 0.042, size=(len(FAMILIES), months.END))
    noise = np.zeros_like(shocks)
    for month in range(1, months.END):
        noise[:, month] = 0.33 * noise[:, month - 1] + shocks[:, month]
    return np.exp(noise)


def _sku_demand(sku: Sku, mean: np.ndarray) -> np.ndarray:
    rng = stream(f"demand {sku.code}")
    count = len(mean)
    if sku.habit == "steady":
        return mean * np.exp(rng.normal(-0.005, 0.10, count))
    if sku.habit == "variable":
        return mean * rng.gamma(2.0, 1.0 / 2.0, count)
    if sku.habit == "lumpy":
        asked = rng.random(count) < 0.52
        return np.where(asked, mean / 0.52 * rng.gamma(2.2, 1.0 / 2.2, count), 0.0)
    asked = rng.random(count) < 0.50
    return np.where(asked, mean / 0.50 * rng.gamma(1.6, 1.0 / 1.6, count), 0.0)


def cell_shares(sku: Sku, month: int) -> np.ndarray:
    """Share of each region x channel cell in the SKU's demand; small SKUs are listed in few cells, online grows."""
    region_shares = np.array(list(REGIONS.values()))
    channel_shares = np.array(sku.family.channel_shares)
    drift = 0.012 * (month - months.OPEN_CYCLE) / 12.0
    channel_shares = channel_shares + np.array([-drift, drift, 0.0])
    cells = np.outer(region_shares, channel_shares).ravel()
    if sku.cells < len(cells):
        listed = np.argsort(-cells * stream(f"cells {sku.code}").uniform(0.3, 1.0, len(cells)), kind="stable")
        cells[listed[sku.cells :]] = 0.0
    shares: np.ndarray = cells / cells.sum()
    return shares
