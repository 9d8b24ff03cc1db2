"""How much a plan or forecast changes from cycle to cycle (nervousness), and how smooth one plan is.

Plans are arrays whose last axis is months, cut to the months both cycles know; NaN pairs are left out.
Sources: Sridharan, Berry & Udayabhanu 1988 (weights); Blackburn, Kropp & Millen 1986 (share of changes).
"""

import math
from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.model.measures import pairs
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.reference_plan import plan_before
from sop_dash.core.performance.sheet import names_where, sheet

_NO_PLAN = "No earlier plan is known: approve this one on Decisions, or load planned_units of months to come."
_NO_COST = "No standard cost is known: load the table products (unit_cost)."


def month_weights(months: int, *, alpha: float = 0.5) -> Array:
    """[months] weights (1 − α) α^k, k months from the first common one: near months weigh more."""
    return np.asarray((1.0 - alpha) * alpha ** np.arange(months))


def instability(old: Array, new: Array, *, alpha: float = 0.5) -> Array:
    """Weighted Σ |new − old| of each row, in the unit given; 0 for identical plans."""
    before, after = pairs(old, new)
    return np.asarray(np.nansum(month_weights(before.shape[-1], alpha=alpha) * np.abs(after - before), axis=-1))


def relative_instability(old: Array, new: Array, value: Array | None = None, *, alpha: float = 0.5) -> float:
    """Weighted change over the weighted old plan, all rows together; NaN where the old plan is empty.

    Args:
        old: [F, T] or [T] plan of last cycle.
        new: The same months in this cycle.
        value: [F] money of one unit; needed where the units of the rows are unlike.
        alpha: How fast later months lose weight.
    """
    before, after = np.atleast_2d(*pairs(old, new))
    scale = np.ones(before.shape[0]) if value is None else value
    level = np.nansum(month_weights(before.shape[-1], alpha=alpha) * before, axis=-1)
    return float(ratio_or_nan(np.nansum(instability(before, after, alpha=alpha) * scale), np.nansum(level * scale)))


@dataclass(frozen=True, kw_only=True)
class FenceChanges:
    """Changes inside the fence.

    Args:
        changed: Cells that moved by more than the tolerance.
        cells: Cells compared.
        value: Money of all moves inside the fence.
    """

    changed: int
    cells: int
    value: float

    @property
    def ratio(self) -> float:
        """Changed ÷ compared; NaN where nothing was compared."""
        return float(ratio_or_nan(self.changed, self.cells))


def fence_changes(old: Array, new: Array, value: Array, *, months: int, tolerance: float = 0.05) -> FenceChanges:
    """Which cells of the first `months` moved by more than `tolerance` of the old plan; the target is none.

    Args:
        old: [F, T] plan of last cycle.
        new: [F, T] the same months in this cycle.
        value: [F] money of one unit.
        months: Length of the fence.
        tolerance: Share of the old plan below which a move does not count.
    """
    before, after = pairs(old[:, :months], new[:, :months])
    move = np.abs(after - before)
    changed = move > tolerance * np.abs(before)
    return FenceChanges(
        changed=int(changed.sum()),
        cells=int((~np.isnan(move)).sum()),
        value=float(np.nansum(move * value[:, None])),
    )


def roughness(plan: Array) -> Array:
    """Σ |step from month to month| ÷ Σ plan of each row; 0 is level, NaN where nothing is planned."""
    return ratio_or_nan(np.abs(np.diff(plan, axis=-1)).sum(axis=-1), plan.sum(axis=-1))


def stability_kpi(inputs: PlanInputs, settings: PlanningSettings, make_units: Array, unit_cost: Array) -> Kpi:
    """How much the output planned now differs from the plan before it, families weighted by standard cost.

    Args:
        inputs: Know the plan approved last, and what is released.
        settings: Targets in force.
        make_units: [F, T] output planned now.
        unit_cost: [F, T] standard cost; families without one are left out.
    """
    grain, reference = inputs.grain, plan_before(inputs)
    value = unit_cost[:, 0]
    before, after = pairs(reference.make_units, make_units)
    scaled, weights = np.nan_to_num(value), month_weights(before.shape[1])
    changed, level = (
        float(np.nansum(weights * amount * scaled[:, None])) for amount in (np.abs(after - before), before)
    )
    months = int((~np.isnan(before)).any(axis=0).sum())
    ratio = relative_instability(before, after, scaled)
    return sheet(settings).kpi(
        "plan-instability",
        ratio,
        period=f"{short_name(grain.horizon[0])}–{short_name(grain.horizon[max(months - 1, 0)])}",
        parts=(("weighted change", changed, Unit.MONEY), ("weighted plan before", level, Unit.MONEY)),
        reference=(0.0, reference.name),
        reason=_NO_PLAN if months == 0 else _NO_COST if math.isnan(ratio) else "",
        population=f"output of {months} months both know, against {reference.name}, families weighted by standard cost",
        excluded=names_where(grain.families, np.isnan(value)),
        table="production",
    )
