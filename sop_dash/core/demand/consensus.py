"""Consensus: the statistical forecast with the accepted adjustments, applied in their order. Units a month.

Every adjustment changes the running value left by those before it, so +10 % and then −500 on 10,000 is 10,500.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.hierarchy import split_down
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, AdjustmentType, Stream

ADJUSTMENT_UNKNOWN_KEY = FindingKind(
    code="adjustment-unknown-key",
    severity=Severity.WARNS,
    title="An adjustment names something that is not in the plan and was left out",
    remedy="Correct the family, channel or months of the adjustment on the Demand page.",
)
ADJUSTMENT_BELOW_ZERO = FindingKind(
    code="adjustment-below-zero",
    severity=Severity.WARNS,
    title="An adjustment would take demand below zero; zero is planned",
    remedy="Check the value of the adjustment on the Demand page.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class AdjustmentEffect:
    """What one adjustment did to its family.

    Args:
        adjustment: The record.
        family: Index of the family.
        before, after: [C, T] running units of the family before and after it.
    """

    adjustment: Adjustment
    family: int
    before: Array
    after: Array

    @property
    def units(self) -> Array:
        """[C, T] units it added (negative: took away); zero outside its scope."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True, eq=False)
class Consensus:
    """The consensus forecast and how it came about.

    Args:
        units: [F, C, T].
        effects: One entry per adjustment that was applied, in the order applied.
        findings: Adjustments left out or cut at zero.
    """

    units: Array
    effects: tuple[AdjustmentEffect, ...] = ()
    findings: tuple[Finding, ...] = ()


def consensus(statistical: Array, adjustments: Sequence[Adjustment], grain: Grain) -> Consensus:
    """Stack the accepted adjustments of the consensus on the statistical forecast [F, C, T]; see `stacked`."""
    return stacked(statistical, [a for a in adjustments if a.stream is Stream.CONSENSUS], grain)


def stacked(start: Array, adjustments: Sequence[Adjustment], grain: Grain) -> Consensus:
    """Stack accepted adjustments on a forecast, in rising order.

    A channel of None spreads over the channels in proportion to the running values, in equal shares where all are
    zero. Values stay at or above zero. Adjustments that name an unknown family, channel or month change nothing.

    Args:
        start: [F, C, T] units.
        adjustments: In any order; only accepted ones count.
        grain: Names of families, channels and months.
    """
    running = np.array(start, dtype=np.float64)
    effects: list[AdjustmentEffect] = []
    findings: list[Finding] = []
    accepted = [a for a in adjustments if a.status is AdjustmentStatus.ACCEPTED]
    for adjustment in sorted(accepted, key=lambda a: (a.order, a.id)):
        unknown = _unknown_key(adjustment, grain)
        if unknown:
            findings.append(_finding(ADJUSTMENT_UNKNOWN_KEY, adjustment, unknown))
            continue
        family = grain.families.index(adjustment.family)
        months = np.array([adjustment.first_month <= m <= adjustment.last_month for m in grain.horizon])
        before = running[family].copy()
        wanted = _wanted(before[:, months], adjustment, grain)
        running[family][:, months] = np.maximum(wanted, 0.0)
        effects.append(
            AdjustmentEffect(adjustment=adjustment, family=family, before=before, after=running[family].copy())
        )
        if (wanted < 0.0).any():
            cut = -float(np.minimum(wanted, 0.0).sum())
            findings.append(_finding(ADJUSTMENT_BELOW_ZERO, adjustment, f"{cut:,.0f} units were cut off at zero."))
    return Consensus(units=running, effects=tuple(effects), findings=tuple(findings))


def _unknown_key(adjustment: Adjustment, grain: Grain) -> str:
    """What the adjustment names that the plan does not have, with the valid keys; empty when all is known."""
    if adjustment.family not in grain.families:
        return f"There is no family “{adjustment.family}”. Known: {', '.join(grain.families)}."
    if adjustment.channel is not None and adjustment.channel not in grain.channels:
        return f"There is no channel “{adjustment.channel}”. Known: {', '.join(grain.channels)}."
    if not any(adjustment.first_month <= month <= adjustment.last_month for month in grain.horizon):
        months = f"{adjustment.first_month} to {adjustment.last_month}"
        return f"No planned month lies in {months}. Known: {grain.horizon[0]} to {grain.horizon[-1]}."
    return ""


def _wanted(before: Array, adjustment: Adjustment, grain: Grain) -> Array:
    """[C, M] values asked for in the months of the adjustment; may be negative."""
    if adjustment.channel is not None:
        channel = grain.channels.index(adjustment.channel)
        wanted = before.copy()
        wanted[channel] = changed(before[channel], adjustment.type, adjustment.value)
        return wanted
    return split_down(changed(before.sum(axis=0), adjustment.type, adjustment.value), before)


def changed(units: Array, kind: AdjustmentType, value: float) -> Array:
    """What an adjustment makes of the running units: × (1 + value), + value, or the value itself; may be negative."""
    if kind is AdjustmentType.PERCENTAGE:
        return units * (1.0 + value)
    if kind is AdjustmentType.ADDITIVE:
        return units + value
    return np.full_like(units, value)


def _finding(kind: FindingKind, adjustment: Adjustment, detail: str) -> Finding:
    place = f"{adjustment.family}, {adjustment.first_month} ({adjustment.owner})"
    return Finding(kind=kind, table="adjustments", place=place, detail=detail)
