"""How much a plan or forecast changes from cycle to cycle (nervousness), and how smooth one plan is.

Plans are arrays whose last axis is months, cut to the months both cycles know; NaN pairs are left out.
Sources: Sridharan, Berry & Udayabhanu 1988 (weights); Blackburn, Kropp & Millen 1986 (share of changes).
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.model.measures import pairs
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.sheet import Sheet, names_where


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


def stability_kpi(grain: Grain, page: Sheet, old: Array, new: Array, value: Array) -> Kpi:
    """Instability of this cycle against the last one, weighted by value.

    Args:
        grain: Names the months compared.
        page: The sheet it is written on.
        old: [F, T] what last cycle planned for the months of the horizon; NaN where it did not reach.
        new: [F, T] what is planned now.
        value: [F] money of one unit; families without one are left out.
    """
    before, after = pairs(old, new)
    scaled = np.nan_to_num(value)
    weights = month_weights(old.shape[1])
    changed, level = (
        float(np.nansum(weights * amount * scaled[:, None])) for amount in (np.abs(after - before), before)
    )
    months = int((~np.isnan(before)).any(axis=0).sum())
    return page.kpi(
        "plan-instability",
        relative_instability(old, new, scaled),
        period=f"{short_name(grain.horizon[0])}–{short_name(grain.horizon[max(months - 1, 0)])}",
        parts=(("weighted change", changed, Unit.MONEY), ("weighted plan of last cycle", level, Unit.MONEY)),
        reason="" if months else "No plan of last cycle is kept: load the table forecasts.",
        population=f"{months} months both cycles know, families weighted by value",
        excluded=names_where(grain.families, np.isnan(value)),
        table="forecasts",
    )
