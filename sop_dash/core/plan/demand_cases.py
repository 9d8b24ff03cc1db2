"""Base, upside and downside of demand: from the forecast's own errors, from named drivers, or flat ±15 %.

Own errors: the ends of the range that holds four of five months; of several families the range of their total, forecast
as one series, so that families that offset one another count. Named drivers: every open opportunity happens in the
upside, every open risk in the downside, at full money in its month. In the unit of the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.outlook import Risk
from sop_dash.core.plan.demand_lines import DemandLines
from sop_dash.core.plan.prepared import Prepared

FLAT = 0.15


class CaseWay(StrEnum):
    """Where upside and downside come from."""

    ERRORS = "own errors"
    DRIVERS = "named drivers"
    FLAT = "flat ±15 %"


@dataclass(frozen=True, kw_only=True, eq=False)
class DemandCases:
    """[T] each, in units or money a month; NaN where unknown.

    Args:
        base: The consensus.
        upside, downside: What it may become; the downside is never below zero.
        drivers: Names of what makes them, risks and opportunities with their money; empty for the other ways.
    """

    base: Array
    upside: Array
    downside: Array
    drivers: tuple[Risk, ...] = ()


def demand_cases(prepared: Prepared, lines: DemandLines, families: BoolArray, way: CaseWay) -> DemandCases:
    """The three cases of the lines.

    Args:
        prepared: Risks and prices.
        lines: The lines of the families chosen.
        families: [F] families chosen.
        way: Where upside and downside come from.
    """
    base = lines.consensus
    if way is CaseWay.FLAT:
        return DemandCases(base=base, upside=base * (1.0 + FLAT), downside=base * (1.0 - FLAT))
    if way is CaseWay.DRIVERS:
        return _by_drivers(prepared, lines, families)
    # The range was measured around the statistical forecast; it moves with what people have changed.
    up, down = lines.bands.hi80 - lines.statistical, lines.bands.lo80 - lines.statistical
    return DemandCases(base=base, upside=base + np.maximum(up, 0.0), downside=np.maximum(base + down, 0.0))


def _by_drivers(prepared: Prepared, lines: DemandLines, families: BoolArray) -> DemandCases:
    names = {name for name, chosen in zip(prepared.inputs.grain.families, families, strict=True) if chosen}
    drivers = tuple(
        risk
        for risk in prepared.inputs.risks
        if risk.open
        and risk.value is not None
        and (not risk.month or risk.month in prepared.inputs.grain.horizon)
        and (risk.family in names or (not risk.family and families.all()))
    )
    price = np.ones(lines.consensus.shape) if lines.in_money else _price(prepared, families)
    up, down = (np.zeros(lines.consensus.shape) for _ in range(2))
    for risk in drivers:
        moved = up if risk.opportunity else down
        moved += ratio_or_nan((risk.value or 0.0) * months_of(risk, prepared.inputs.grain.horizon), price)
    return DemandCases(
        base=lines.consensus,
        upside=lines.consensus + up,
        downside=np.maximum(lines.consensus + down, 0.0),
        drivers=drivers,
    )


def months_of(driver: Risk, horizon: Sequence[str]) -> Array:
    """[T] share of its money in each month: all of it in its month, the same in every month when it names none."""
    named = np.array([month == driver.month for month in horizon], dtype=np.float64)
    return named if named.any() else np.full(len(horizon), 1.0 / len(horizon))


def _price(prepared: Prepared, families: BoolArray) -> Array:
    """[T] price of a unit of the one family chosen."""
    return np.asarray(prepared.consensus_price[int(np.argmax(families))])
