"""Months in which customers wanted more than there was: the wish counts, where it is known or can be told. Units."""

import numpy as np

from sop_dash.core.demand.cleansing.proposals import Ledger
from sop_dash.core.demand.outliers import at_usual_level
from sop_dash.core.demand.portfolio import pack
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.records import CorrectionKind

_EMPTY_RATIO = 0.02
_SHORT_RATIO = 0.85


def told_stock_outs(ledger: Ledger, inputs: PlanInputs) -> None:
    """Units wanted in place of units sold, where the company says that more was wanted."""
    wanted, sold = inputs.sales.demand_units, inputs.sales.units
    more = np.nan_to_num(wanted) > np.nan_to_num(sold)
    for f, c, h in np.argwhere(more):
        lost = wanted[f, c, h] - sold[f, c, h]
        reason = f"{lost:,.0f} units were wanted and not shipped."
        ledger.propose((f, c, h), CorrectionKind.STOCK_OUT, float(wanted[f, c, h]), reason)


def likely_stock_outs(ledger: Ledger, inputs: PlanInputs) -> None:
    """The usual units of a month in which stock ran out and sales fell, in families that never tell lost sales.

    Stock has run out when under 2 % of a month's usual sales is left at the end of the month or was at its start; sales
    have fallen when they are under 85 % of the usual.
    """
    for f, months in enumerate(_empty(ledger.units, inputs)):
        told = np.nan_to_num(inputs.sales.demand_units[f]) > np.nan_to_num(inputs.sales.units[f])
        if not months.any() or told.any():
            continue
        usual = usual_units(ledger.units[f], np.broadcast_to(months, ledger.units[f].shape))
        for c, h in np.argwhere(months & (ledger.units[f] < _SHORT_RATIO * usual)):
            reason = f"Stock ran out; {usual[c, h]:,.0f} units would have been usual."
            ledger.propose((f, int(c), int(h)), CorrectionKind.STOCK_OUT, float(usual[c, h]), reason)


def usual_units(history: Array, months: BoolArray) -> Array:
    """Histories (series × months, equally long) with the months named set to their usual level; others unchanged."""
    result = np.array(history)
    started = np.flatnonzero(~np.isnan(history).all(axis=1))
    for row in started:
        packed = pack([history[row]])
        length, behind = int(packed.length[0]), int(packed.behind[0])
        part = slice(len(history[row]) - behind - length, len(history[row]) - behind)
        result[row, part] = at_usual_level(history[row : row + 1, part], months[row : row + 1, part])[0]
    return result


def _empty(units: Array, inputs: PlanInputs) -> BoolArray:
    """[F, H] months that begin or end without stock."""
    closing, sold = inputs.stock.closing_units, np.nan_to_num(units).sum(axis=1)
    count = np.maximum((sold > 0.0).sum(axis=1), 1)
    usual = sold.sum(axis=1) / count
    empty = ~np.isnan(closing) & (closing < _EMPTY_RATIO * usual[:, None]) & (usual > 0.0)[:, None]
    before = np.zeros_like(empty)
    before[:, 1:] = empty[:, :-1]
    return np.asarray(empty | before)
