"""Forecasts kept of past cycles: what last cycle expected of the months now planned, and what was expected of the past.

Units a month by family; NaN where a cycle did not reach or kept nothing.
"""

from collections.abc import Callable

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs

CONSENSUS_STEPS = ("consensus", "sales", "statistical")
"""Steps of a kept forecast, the last one agreed first."""


def last_cycle_units(inputs: PlanInputs, steps: tuple[str, ...] = CONSENSUS_STEPS) -> Array:
    """[F, T] forecast of the latest kept cycle before the open one.

    Args:
        inputs: The data load.
        steps: The first of these that the cycle kept counts.
    """
    earlier = sorted({cycle for cycle in inputs.snapshots.cycles if cycle < inputs.grain.cycle})
    return kept_units(inputs, earlier[-1] if earlier else "", steps)


def kept_units(inputs: PlanInputs, cycle: str, steps: tuple[str, ...]) -> Array:
    """[F, T] what one cycle kept for the months now planned, at the first of the steps it has."""
    kept = inputs.snapshots
    known = {step for when, step in zip(kept.cycles, kept.steps, strict=True) if when == cycle}
    step = next((name for name in steps if name in known), None)
    return _spread(inputs, inputs.grain.horizon, lambda row: kept.cycles[row] == cycle and kept.steps[row] == step)


def _spread(inputs: PlanInputs, months: tuple[str, ...], wanted: Callable[[int], bool]) -> Array:
    """[F, months] the kept rows that are wanted, each at its family and month."""
    kept, position = inputs.snapshots, {month: place for place, month in enumerate(months)}
    units = np.full((len(inputs.grain.families), len(months)), np.nan)
    for row, (month, family) in enumerate(zip(kept.months, kept.families, strict=True)):
        if month in position and wanted(row):
            units[family, position[month]] = kept.units[row]
    return units
