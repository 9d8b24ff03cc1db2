"""Proposals to correct single months of history, and how they change it: running units, so that they stack in order."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.records import CorrectionKind, RejectedCorrection

Cell = tuple[str, str, str, CorrectionKind]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One month of one family and channel that the baseline sees corrected.

    Args:
        family, channel, month: Which month of history.
        kind: Why.
        before: Units before it; NaN where the month is missing.
        after: Units the baseline sees once it is accepted.
        reason: Why, with its figures, in one sentence.
        reversible: False where nothing was recorded to go back to.
        accepted: False once a person has rejected it: the month then stays as before.
    """

    family: str
    channel: str
    month: str
    kind: CorrectionKind
    before: float
    after: float
    reason: str
    reversible: bool = True
    accepted: bool = True

    @property
    def cell(self) -> Cell:
        """What tells it from all others."""
        return self.family, self.channel, self.month, self.kind


class Ledger:
    """Running units [F, C, H] and the corrections made to them, in the order they are proposed."""

    def __init__(self, units: Array, grain: Grain, rejected: Iterable[RejectedCorrection]) -> None:
        self.units = np.array(units, dtype=np.float64)
        self._grain = grain
        self._rejected = {(r.family, r.channel, r.month, r.kind) for r in rejected}
        self._made: list[Correction] = []

    def propose(
        self, place: tuple[int, int, int], kind: CorrectionKind, after: float, reason: str, *, reversible: bool = True
    ) -> None:
        """Correct one month, unless a person has rejected that."""
        family, channel, month = place
        cell = (self._grain.families[family], self._grain.channels[channel], self._grain.history[month], kind)
        accepted = not (reversible and cell in self._rejected)
        before = float(self.units[place])
        self._made.append(
            Correction(
                family=cell[0],
                channel=cell[1],
                month=cell[2],
                kind=kind,
                before=before,
                after=after,
                reason=reason,
                reversible=reversible,
                accepted=accepted,
            )
        )
        if accepted:
            self.units[place] = after

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """All of them by family, channel, month, in the order made."""
        grain = self._grain
        families = {name: f for f, name in enumerate(grain.families)}
        return tuple(sorted(self._made, key=lambda c: (families[c.family], c.channel, c.month)))
