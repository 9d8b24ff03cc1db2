"""Cleanse the history of a company: gaps, stock-outs, returns, promotions, outliers, in that order. Units a month.

Each step sees what the steps before it left. Nothing recorded is lost: both series stand side by side, and a rejected
correction leaves its month as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.cleansing.level_breaks import (
    LevelBreak,
    level_break_findings,
    level_breaks,
    passing_seasons,
)
from sop_dash.core.demand.cleansing.promotions import family_drivers, without_promotions
from sop_dash.core.demand.cleansing.proposals import Correction, Ledger
from sop_dash.core.demand.cleansing.single_months import gaps, outliers, returns
from sop_dash.core.demand.cleansing.stock_outs import likely_stock_outs, told_stock_outs
from sop_dash.core.demand.drivers import Drivers
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.records import RejectedCorrection


@dataclass(frozen=True, kw_only=True, eq=False)
class Cleansed:
    """Both series and what lies between them.

    Args:
        recorded: [F, C, H] units as sold; NaN before the first sale and in missing months.
        demand: [F, C, H] units the baseline sees.
        corrections: By family, channel and month; rejected ones too.
        drivers: [F] what moved each family.
        level_breaks: Steps to a new level that began with a product change, answered or not.
        findings: Questions about new levels.
    """

    recorded: Array
    demand: Array
    corrections: tuple[Correction, ...]
    drivers: tuple[Drivers, ...]
    level_breaks: tuple[LevelBreak, ...] = ()
    findings: tuple[Finding, ...] = ()


def cleanse(inputs: PlanInputs, rejected: Sequence[RejectedCorrection] = ()) -> Cleansed:
    """Propose corrections and apply those that nobody has rejected."""
    sold, wanted = inputs.sales.units, inputs.sales.demand_units
    ledger = Ledger(np.where(wanted < sold, wanted, sold), inputs.grain, rejected)
    told_stock_outs(ledger, inputs)
    gaps(ledger)
    likely_stock_outs(ledger, inputs)
    returns(ledger)
    found = family_drivers(ledger.units, inputs)
    without_promotions(ledger, inputs, found)
    outliers(ledger)
    breaks = level_breaks(ledger.units, inputs)
    passing_seasons(ledger, inputs, breaks)
    return Cleansed(
        recorded=sold,
        demand=ledger.units,
        corrections=ledger.corrections,
        drivers=found,
        level_breaks=breaks,
        findings=level_break_findings(breaks),
    )
