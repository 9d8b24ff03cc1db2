"""What last cycle forecast for the months now planned, from the forecasts kept per cycle. Units a month."""

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs

CONSENSUS_STEPS = ("consensus", "sales", "statistical")
"""Steps of a kept forecast, the last one agreed first."""


def last_cycle_units(inputs: PlanInputs, steps: tuple[str, ...] = CONSENSUS_STEPS) -> Array:
    """[F, T] forecast of the latest kept cycle before the open one; NaN where it did not reach or none was kept.

    Args:
        inputs: The data load.
        steps: The first of these that the cycle kept counts.
    """
    earlier = sorted({cycle for cycle in inputs.snapshots.cycles if cycle < inputs.grain.cycle})
    return kept_units(inputs, earlier[-1], steps) if earlier else _unknown(inputs)


def kept_units(inputs: PlanInputs, cycle: str, steps: tuple[str, ...]) -> Array:
    """[F, T] what one cycle kept for the months now planned, at the first of the steps it has; NaN elsewhere."""
    kept, units = inputs.snapshots, _unknown(inputs)
    known = {step for when, step in zip(kept.cycles, kept.steps, strict=True) if when == cycle}
    step = next((name for name in steps if name in known), None)
    position = {month: place for place, month in enumerate(inputs.grain.horizon)}
    for row, (when, month, family) in enumerate(zip(kept.cycles, kept.months, kept.families, strict=True)):
        if when == cycle and kept.steps[row] == step and month in position:
            units[family, position[month]] = kept.units[row]
    return units


def _unknown(inputs: PlanInputs) -> Array:
    return np.full((len(inputs.grain.families), len(inputs.grain.horizon)), np.nan)
