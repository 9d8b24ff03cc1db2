"""Output of the closed months against the production plan, for any choice of families; and by family, the last months.

Several families are added at standard cost, one is shown in units. Attainment is output ÷ plan, a ratio.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, known_sum, worth
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.performance.monthly import attainment


@dataclass(frozen=True, kw_only=True, eq=False)
class OutputLines:
    """[H] each, in the unit of the rate; NaN in months without a figure.

    Args:
        planned: Production plan.
        actual: Output; receipts of bought families.
        volume: Output ÷ plan.
        mix: Output up to the plan of each family ÷ plan.
    """

    planned: Array
    actual: Array
    volume: Array
    mix: Array


def output_lines(inputs: PlanInputs, rate: Array, chosen: BoolArray) -> OutputLines:
    """Add up the chosen families.

    Args:
        inputs: The data load.
        rate: [F] what a unit counts; NaN leaves a family out.
        chosen: [F] families asked for.
    """
    counted = chosen & ~np.isnan(rate)
    planned, actual = (
        worth(units[counted], rate[counted, None])
        for units in (inputs.supply.planned_units, inputs.supply.actual_units)
    )
    volume, mix = attainment(actual, planned)
    return OutputLines(planned=known_sum(planned, 0), actual=known_sum(actual, 0), volume=volume, mix=mix)


@dataclass(frozen=True, kw_only=True)
class FamilyOutput:
    """One family over the last closed months; units, NaN where unknown."""

    family: str
    planned: float
    actual: float
    attainment_ratio: float


def family_output(inputs: PlanInputs, chosen: BoolArray, months: int) -> tuple[FamilyOutput, ...]:
    """One row per chosen family with a plan or output in the last `months`, furthest from its plan first."""
    planned, actual = (
        known_sum(units[:, -months:], 1) for units in (inputs.supply.planned_units, inputs.supply.actual_units)
    )
    ratio = attainment(actual[None, :], planned[None, :])[0]
    known = chosen & ~(np.isnan(planned) & np.isnan(actual))
    rows = [
        FamilyOutput(
            family=inputs.grain.families[f],
            planned=float(planned[f]),
            actual=float(actual[f]),
            attainment_ratio=float(ratio[f]),
        )
        for f in np.flatnonzero(known).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: -np.nan_to_num(abs(row.attainment_ratio - 1.0))))
