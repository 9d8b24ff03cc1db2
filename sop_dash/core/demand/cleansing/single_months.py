"""Missing months, months with more returns than sales, months far out of line: set to their usual level. Units."""

import numpy as np

from sop_dash.core.demand.cleansing.proposals import Ledger
from sop_dash.core.demand.cleansing.stock_outs import usual_units
from sop_dash.core.demand.edges import gaps_filled, sparse
from sop_dash.core.demand.outliers import outlying_months
from sop_dash.core.demand.portfolio import pack
from sop_dash.core.model.records import CorrectionKind


def gaps(ledger: Ledger) -> None:
    """Months between known ones for which nothing was recorded; there is nothing to go back to."""
    for f, c in np.ndindex(ledger.units.shape[:2]):
        packed = pack([ledger.units[f, c]])
        filled, length, behind = gaps_filled(packed)[0], int(packed.length[0]), int(packed.behind[0])
        for step in np.flatnonzero(np.isnan(packed.values[0, -length:])) if length else ():
            month = ledger.units.shape[2] - behind - length + int(step)
            after = float(filled[len(filled) - length + int(step)])
            reason = "No month was recorded; the months around it and its season say what would have been usual."
            ledger.propose((f, c, month), CorrectionKind.GAP, after, reason, reversible=False)


def returns(ledger: Ledger) -> None:
    """Months in which more came back than was sold: returns are not demand."""
    for f in range(len(ledger.units)):
        below = np.nan_to_num(ledger.units[f]) < 0.0
        if not below.any():
            continue
        usual = usual_units(np.where(below, 0.0, ledger.units[f]), below)
        for c, h in np.argwhere(below):
            reason = "More came back than was sold; returns are not demand."
            after = max(float(usual[c, h]), 0.0)
            ledger.propose((f, int(c), int(h)), CorrectionKind.RETURNS, after, reason)


def outliers(ledger: Ledger) -> None:
    """Months 2.5 times above or below their surroundings and the same month of other years; sparse sales have none."""
    families, channels, months = ledger.units.shape
    rows = ledger.units.reshape(families * channels, months)
    packed = pack(rows)
    values = gaps_filled(packed)
    found = outlying_months(values, packed.length) & ~sparse(values, packed.length)[:, None] & ~np.isnan(packed.values)
    for row in np.flatnonzero(found.any(axis=1)):
        place, behind = divmod(int(row), channels), int(packed.behind[row])
        kept = np.zeros(months, dtype=bool)
        width = min(found.shape[1], months - behind)
        kept[months - behind - width : months - behind] = found[row, found.shape[1] - width :]
        usual = usual_units(rows[row : row + 1], kept[None])[0]
        for h in np.flatnonzero(kept):
            now = float(rows[row, h])
            if now == 0.0:
                kind, reason = CorrectionKind.GAP, "A family that sells every month shows none: a missing record?"
            else:
                kind, reason = CorrectionKind.OUTLIER, f"Usual would have been about {usual[h]:,.0f} units."
            ledger.propose((*place, int(h)), kind, float(usual[h]), reason)
