"""Forecast value added: what each step from the naive forecast to the consensus takes off the error.

A step's value is the error of the step before less its own, in percentage points of WAPE: positive is better. All steps
are judged on the same pairs. A change of a forecast is not its value: only actuals tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array

FEWEST_PAIRS = 12
"""Below that many pairs the count is shown and no verdict."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stair of the staircase.

    Attributes:
        name: The step.
        wape_ratio: Its error, Σ|F − A| / Σ|A|; NaN without pairs or with actuals of zero only.
        added_points: Percentage points against the step before; NaN for the first.
        added_to_first_points: Percentage points against the first step; NaN for the first.
        pairs: Pairs all steps share.
        verdict: "better", "worse" or "equal" than the step before; None for the first and under 12 pairs.
    """

    name: str
    wape_ratio: float
    added_points: float
    added_to_first_points: float
    pairs: int
    verdict: str | None


def staircase(forecasts: Mapping[str, Array], actual: Array) -> tuple[Step, ...]:
    """The steps in the order given (naive first), on the pairs where the actual and every step are known.

    Source: Gilliland, forecast value added analysis.
    """
    happened = np.ravel(actual).astype(np.float64)
    rows = {name: np.ravel(values).astype(np.float64) for name, values in forecasts.items()}
    shared = ~np.isnan(happened)
    for values in rows.values():
        shared &= ~np.isnan(values)
    errors = {name: float(measures.wape(happened[shared], values[shared])) for name, values in rows.items()}
    return steps(errors, int(shared.sum()))


def steps(wape_ratios: Mapping[str, float], pairs: int) -> tuple[Step, ...]:
    """The staircase from errors already measured on the same `pairs`."""
    result: list[Step] = []
    for name, error in wape_ratios.items():
        added = 100.0 * (result[-1].wape_ratio - error) if result else np.nan
        to_first = 100.0 * (result[0].wape_ratio - error) if result else np.nan
        result.append(
            Step(
                name=name,
                wape_ratio=error,
                added_points=added,
                added_to_first_points=to_first,
                pairs=pairs,
                verdict=judged(added) if pairs >= FEWEST_PAIRS else None,
            )
        )
    return tuple(result)


def judged(added_points: float) -> str | None:
    """What points of error taken off mean: "better", "worse" or "equal"; None where they are unknown."""
    if np.isnan(added_points):
        return None
    if added_points == 0.0:
        return "equal"
    return "better" if added_points > 0.0 else "worse"
