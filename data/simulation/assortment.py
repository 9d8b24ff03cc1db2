"""The articles: about 180 SKUs with a long tail, renamings, discontinued ones and two generations.

A SKU has a share of its family's volume, a price against the family's, and a habit: steady sellers, variable ones,
lumpy project business and rare ones that are not asked for in many months.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from simulation import months
from simulation.master import FAMILIES, Family
from simulation.random import stream

HABITS = ("steady", "variable", "lumpy", "rare")


@dataclass(frozen=True, kw_only=True)
class Sku:
    """One article; months are month numbers, `launch` inclusive and `end` the last month of sale."""

    code: str
    name: str
    family: Family
    weight: float
    price_factor: float
    cost_factor: float
    habit: str
    launch: int | None = None
    end: int | None = None
    predecessor: str | None = None
    renamed: bool = False
    cells: int = 9
    ramp: tuple[float, ...] = field(default=(0.45, 0.70, 0.90))

    def presence(self) -> np.ndarray:
        """How much of its normal volume the SKU sells in each simulated month (0 before launch and after the end)."""
        weight = np.ones(months.END)
        if self.launch is not None:
            weight[: self.launch] = 0.0
            if not self.renamed:
                weight[self.launch : self.launch + len(self.ramp)] = self.ramp
        if self.end is not None:
            weight[self.end + 1 :] = 0.0
            if not self.renamed:
                weight[self.end - 2 : self.end + 1] *= (0.75, 0.50, 0.25)
        return weight


# Two plain renamings: old code, new code, first month of the new code
_RENAMED = {"BLN-103": ("BLN-203", "2025-07"), "VAC-105": ("VAC-205", "2026-03")}
# New generations: old code, new code, launch, last month of the old one
_GENERATIONS = {
    "SPK-101": ("SPK-301", "2024-03", "2024-06"),
    "SPK-102": ("SPK-302", "2024-03", "2024-06"),
    "SMD-101": ("SMD-301", "2027-03", "2027-06"),
    "SMD-102": ("SMD-302", "2027-03", "2027-06"),
}
_ENDED = {
    "HPH-114": "2025-12",
    "TST-110": "2026-01",
    "IRN-109": "2025-03",
    "CFM-113": "2024-12",
    "APR-110": "2026-05",
    "FLT-115": "2025-09",
}
_LAUNCHED = {
    "AFR-104": "2024-09",
    "AFR-106": "2025-09",
    "HPH-106": "2023-08",
    "FLT-107": "2024-05",
    "CFM-107": "2026-04",
}
_LUMPY = {"VAC-103", "APR-103", "SPK-105", "CFM-108", "BLN-110", "IRN-107", "HPH-112", "FLT-110"}
_VARIABLE_RANKS = {5, 9, 11, 13}
_LINES = (
    "Aria",
    "Brook",
    "Cedar",
    "Dune",
    "Ember",
    "Fjord",
    "Grove",
    "Haven",
    "Isle",
    "Jade",
    "Kite",
    "Lumen",
    "Mesa",
    "North",
    "Opal",
    "Pine",
    "Quartz",
    "Ridge",
)


def assortment() -> list[Sku]:
    """Every SKU that is, was or will be sold between 2020-11 and 2028-10, in code order."""
    skus: list[Sku] = []
    for family in FAMILIES:
        for rank in range(family.sku_count):
            first = _first_generation(family, rank)
            skus.extend(_with_successor(first))
    return sorted(skus, key=lambda sku: sku.code)


def _first_generation(family: Family, rank: int) -> Sku:
    code = f"{family.prefix}-{101 + rank}"
    rng = stream(f"sku {code}")
    launch = months.number(_LAUNCHED[code]) if code in _LAUNCHED else None
    end = months.number(_ENDED[code]) if code in _ENDED else None
    tail = rank / family.sku_count
    return Sku(
        code=code,
        name=f"{family.name.removesuffix('s')} {_LINES[rank]}",
        family=family,
        weight=1.0 / (rank + 1.2) ** 0.95 * (0.45 if tail > 0.75 else 1.0),
        price_factor=round(float(rng.uniform(0.62, 1.45)) if rank > 2 else (1.15, 0.95, 0.9)[rank], 2),
        cost_factor=round(float(rng.uniform(0.95, 1.06)), 3),
        habit=_habit(code, rank, tail),
        launch=launch,
        end=end,
        cells=9 if rank < 4 else 6 if tail < 0.5 else 3,
    )


def _habit(code: str, rank: int, tail: float) -> str:
    if code in _LUMPY:
        return "lumpy"
    if tail > 0.85:
        return "rare"
    return "variable" if rank in _VARIABLE_RANKS else "steady"


def _with_successor(sku: Sku) -> list[Sku]:
    if sku.code in _RENAMED:
        code, month = _RENAMED[sku.code]
        start = months.number(month)
        new = replace(sku, code=code, launch=start, predecessor=sku.code, renamed=True)
        return [replace(sku, end=start - 1, renamed=True), new]
    if sku.code in _GENERATIONS:
        code, launch, end = _GENERATIONS[sku.code]
        new = replace(
            sku,
            code=code,
            name=f"{sku.name} 2",
            weight=sku.weight * 1.12,
            price_factor=round(sku.price_factor * 1.06, 2),
            launch=months.number(launch),
            predecessor=sku.code,
            ramp=(0.55, 0.85, 1.0, 1.1),
        )
        return [replace(sku, end=months.number(end)), new]
    return [sku]


def share_of_family(skus: list[Sku]) -> np.ndarray:
    """Expected share of each SKU in its family's volume, SKUs x months; a family's shares add to 1.

    A month in which a new generation sells beside the old one therefore takes from it: cannibalisation.
    """
    presence = np.array([sku.weight * sku.presence() for sku in skus])
    for family in FAMILIES:
        rows = [index for index, sku in enumerate(skus) if sku.family is family]
        presence[rows] /= presence[rows].sum(axis=0)
    return presence
