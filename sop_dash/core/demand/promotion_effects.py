"""Anchors of promotions that return in the same month of every year, whose effect the months cannot tell from a season.

What all of them did on average is not in the data; it leans on what their owners expected, or, where nobody said, on
what promotions that can be told from the season did in all families. How one year's promotion differs from another
year's is in the data, and so is how many units were sold under each: the more, the larger its part of the average.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from sop_dash.core.demand.drivers import Anchor, Drivers, EventEffect, average_ratio
from sop_dash.core.model.outlook import PROMOTION, Event

_SPREAD = 0.05
"""How far the average effect may lie from what it leans on, as a standard deviation of ln(1 + ratio)."""


def anchors(found: Sequence[Drivers], shares: Mapping[Event, float]) -> tuple[Anchor | None, ...]:
    """[F] the anchor of each family's promotions; None where all can be told from the season or nothing is known.

    Args:
        found: [F] first estimates.
        shares: Share of the units of its months sold under each promotion, where known.
    """
    promotions = [[e for e in one.effects if e.event.kind == PROMOTION] for one in found]
    told = [effect for of_family in promotions for effect in of_family if not effect.every_year]
    elsewhere = average_ratio(told)
    return tuple(_anchor([e for e in of_family if e.every_year], elsewhere, shares) for of_family in promotions)


def _anchor(effects: Sequence[EventEffect], elsewhere: float, shares: Mapping[Event, float]) -> Anchor | None:
    expected = [e.event.expected_ratio for e in effects if e.event.expected_ratio is not None]
    centre = float(np.mean(expected)) if expected else elsewhere
    if not effects or np.isnan(centre):
        return None
    sold = np.array([shares.get(e.event, np.nan) for e in effects])
    part = sold / sold.mean() if np.isfinite(sold).all() and sold.min() > 0.0 else np.ones(len(effects))
    parts = {effect.event: float(size) for effect, size in zip(effects, part, strict=True)}
    return Anchor(parts=parts, log_ratio=float(np.log1p(centre)), spread=_SPREAD)
