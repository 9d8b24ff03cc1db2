"""Upside and downside of demand as levers: the changes from month to month that take the consensus there.

What comes from named drivers moves the families they name; a driver of the whole company, the flat case and the range
of a total move all families chosen alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan, worth
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import RANGES, Change, Levers
from sop_dash.core.model.periods import short_name
from sop_dash.core.plan.demand_cases import DemandCases, months_of
from sop_dash.core.plan.prepared import Prepared

_DECIMALS = 4


def case_levers(
    prepared: Prepared, cases: DemandCases, families: BoolArray, channels: BoolArray, scope: Change, *, up: bool
) -> Levers:
    """The levers under which demand is the upside (or downside) in every month from the first a lever can move.

    Args:
        prepared: Consensus and price.
        cases: The cases of these families and channels.
        families: [F] chosen.
        channels: [C] chosen.
        scope: The category, family and channel that choose them; its ratio and month do not count.
        up: True for the upside.

    Returns:
        Changes of demand on top of the plan, to a hundredth of a percent; none where the case is the plan.

    Raises:
        SopError: A month lies further from the one before it than a lever can move.
    """
    whole = _factor(cases.upside if up else cases.downside, cases.base)
    factors = [(scope, whole)]
    if cases.drivers and families.sum() > 1:
        factors = _of_drivers(prepared, cases, families, channels, scope, up=up)
    horizon, first = prepared.inputs.grain.horizon, prepared.locked_months
    return Levers(demand=tuple(step for place, factor in factors for step in _steps(place, factor, horizon, first)))


def _factor(case: Array, base: Array) -> Array:
    """[T] how many times the base; once where it is nothing or unknown."""
    return np.nan_to_num(ratio_or_nan(case, base), nan=1.0)


def _of_drivers(
    prepared: Prepared, cases: DemandCases, families: BoolArray, channels: BoolArray, scope: Change, *, up: bool
) -> list[tuple[Change, Array]]:
    """What drivers of the company do to all families, then what those of a family do to it on top of that. In money."""
    grain = prepared.inputs.grain
    base = worth(prepared.consensus.units[:, channels], prepared.money.price[:, channels]).sum(axis=1)
    own = {name: np.zeros(len(grain.horizon)) for name in ("", *grain.families)}
    for driver in (one for one in cases.drivers if one.opportunity is up):
        own[driver.family] += (driver.value or 0.0) * months_of(driver, grain.horizon)
    everywhere = _factor(cases.base + own[""], cases.base)
    found = [(scope, everywhere)]
    for f in np.flatnonzero(families):
        moved = everywhere + _factor(base[f] + own[grain.families[f]], base[f]) - 1.0
        found.append((replace(scope, category=None, family=grain.families[f]), moved / everywhere))
    return found


def _steps(scope: Change, factor: Array, horizon: Sequence[str], first: int) -> Iterator[Change]:
    """A change in every month in which the factor is another than in the month before; they multiply."""
    limits, reached = RANGES["demand"], 1.0
    for t in range(first, len(horizon)):
        ratio = round(float(factor[t]) / reached - 1.0, _DECIMALS)
        if not limits.low <= ratio <= limits.high:
            raise SopError(
                f"The case moves demand by {ratio:+.0%} in {short_name(horizon[t])}; a scenario can move it by "
                f"{limits.low:+.0%} to {limits.high:+.0%} from one month to the next.",
                remedy="Choose fewer families, or another way to find the case.",
            )
        if ratio:
            reached *= 1.0 + ratio
            yield replace(scope, ratio=ratio, from_month=horizon[t] if t > first else None)
