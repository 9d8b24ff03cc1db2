"""What a history is corrected for before the models see it: a level break of the last year, months out of line."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.breaks import at_new_level, months_since_break
from sop_dash.core.demand.outliers import at_usual_level, outlying_months
from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model.arrays import Array, BoolArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Corrected:
    """Histories as the models see them.

    Attributes:
        values: Series × months.
        since_break: Months at a new level, per series; 0 without a break.
        outlying: Series × months that were set to the usual level.
    """

    values: Array
    since_break: IntArray
    outlying: BoolArray

    @property
    def changed(self) -> IntArray:
        """Rows in which anything was corrected."""
        return np.flatnonzero((self.since_break > 0) | self.outlying.any(axis=1))

    def words(self, row: int) -> str:
        """What was corrected in one series, to stand behind the name of its rule; empty when nothing was."""
        parts = []
        if self.since_break[row]:
            parts.append(f"new level for {self.since_break[row]} months, earlier months brought to it")
        if self.outlying[row, -1]:
            parts.append("last month out of line (perhaps not complete), set to a usual level")
        earlier = int(self.outlying[row, :-1].sum())
        if earlier:
            parts.append(
                "1 outlier set to the usual level" if earlier == 1 else f"{earlier} outliers set to usual level"
            )
        return "".join(f"; {part}" for part in parts)


def corrected(values: Array, length: IntArray, *, cleansed: bool = False) -> Corrected:
    """Correct histories (series × months, right-aligned, NaN before the start, no gaps); none is changed in place.

    Cleansed histories keep their months: somebody has already decided about each that is out of line.
    """
    since = months_since_break(values, length)
    level = at_new_level(values, length, since)
    outlying = np.zeros(level.shape, dtype=np.bool_) if cleansed else outlying_months(level, length)
    return Corrected(values=at_usual_level(level, outlying), since_break=np.asarray(since), outlying=outlying)
