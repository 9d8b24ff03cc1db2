"""The demand lines of any selection by month: history, baseline with its bands, consensus, and its yardsticks.

One family is counted in its units; several are added in money at their net price, because their units are unlike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.baseline import Bands, bands_around
from sop_dash.core.model.arrays import Array, BoolArray, known_sum, ratio_or_nan, worth
from sop_dash.core.model.fiscal import FiscalQuarter
from sop_dash.core.plan.prepared import Prepared

_YEAR = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class DemandLines:
    """History [H] and horizon [T], in units or money a month; NaN where unknown.

    Args:
        demand: [H] what customers asked for.
        sold: [H] what they got.
        cleansed: [H] what the baseline sees: corrections of history that stand are made.
        statistical: Baseline.
        bands: Ranges around the baseline that hold 80 % and 95 % of the months.
        adjustments: What the accepted adjustments add.
        consensus: Baseline and adjustments.
        committed: Consensus under decisions and levers.
        sales_input: What sales expects in this cycle.
        last_cycle: What last cycle agreed for the same months.
        last_year: [K] the same months a year earlier; planned ones beyond the first twelve of the horizon.
        budget: [K] budget of the same months, closed ones too.
        counted: [F] families in the sums: chosen and, in money, with a known price.
        in_money: True for money, False for units.
    """

    demand: Array
    sold: Array
    cleansed: Array
    statistical: Array
    bands: Bands
    adjustments: Array
    consensus: Array
    committed: Array
    sales_input: Array
    last_cycle: Array
    last_year: Array
    budget: Array
    counted: BoolArray
    in_money: bool

    def change_ratio(self, against: Array, months: int) -> float:
        """Consensus of the first months against another line [T], a fraction (+ more); NaN where a month is unknown."""
        base = against[:months].sum()
        return float(ratio_or_nan(self.consensus_total(months) - base, base))

    def consensus_total(self, months: int) -> float:
        """Consensus of the first months of the horizon, added up."""
        return float(self.consensus[:months].sum())


def demand_lines(
    prepared: Prepared, committed: Array, families: BoolArray, channels: BoolArray, *, in_money: bool
) -> DemandLines:
    """The lines of the chosen families and channels.

    Args:
        prepared: Baseline, consensus and price.
        committed: [F, C, T] demand under the levers.
        families: [F] chosen; exactly one when counted in units.
        channels: [C] chosen. Forecasts kept of a cycle know no channels: under one channel they are unknown.
        in_money: Count money at net price; else units.
    """
    inputs, closed = prepared.inputs, len(prepared.inputs.grain.history)
    consensus, price = prepared.consensus.units, prepared.money.price
    counted = families.copy()
    if in_money:
        counted &= ~(np.isnan(price) & (consensus + committed > 0.0))[:, channels].any(axis=(1, 2))
        counted &= not np.isnan(price[np.ix_(families, channels)]).all()
    past_rate = inputs.money.price[:, :, :closed] if in_money else np.ones(inputs.sales.units.shape)
    rate = np.where(np.isnan(price), 0.0, price) if in_money else np.ones(price.shape)
    cells = np.ix_(counted, channels)
    nothing = not counted.any()

    def past(units: Array) -> Array:
        return np.full(closed, np.nan) if nothing else known_sum(worth(units[cells], past_rate[cells]), (0, 1))

    def ahead(units: Array) -> Array:
        if nothing:
            return np.full(units.shape[-1], np.nan)
        return np.asarray(worth(units[cells], rate[cells]).sum(axis=(0, 1)))

    def kept(units: Array) -> Array:
        """Units by family [F, T] at the family's average rate; unknown where one family with demand is unknown."""
        if nothing or not channels.all():
            return np.full(units.shape[-1], np.nan)
        volume = consensus.sum(axis=1)[counted]
        average = ratio_or_nan(worth(consensus, rate).sum(axis=1)[counted], volume) if in_money else 1.0
        value = units[counted] * average
        return np.asarray(np.where(np.isnan(value) & (volume == 0.0), 0.0, value).sum(axis=0))

    def told_by_sales() -> Array:
        """What sales expects; unknown where it said nothing about one family with demand."""
        if nothing:
            return np.full(consensus.shape[-1], np.nan)
        value = worth(prepared.sales.units[cells], rate[cells]).sum(axis=1)
        silent = np.isnan(value) & (consensus[cells].sum(axis=1) == 0.0)
        return np.asarray(np.where(silent, 0.0, value).sum(axis=0))

    demand, statistical, agreed = past(inputs.sales.demand_units), ahead(prepared.baseline.units), ahead(consensus)
    budget = inputs.money.budget_revenue_value if in_money else inputs.money.budget_units
    year_before = np.concatenate((np.full(_YEAR, np.nan), demand, agreed))[: closed + agreed.size]
    return DemandLines(
        demand=demand,
        sold=past(inputs.sales.units),
        cleansed=past(prepared.history.demand),
        statistical=statistical,
        bands=_bands(prepared, counted, channels, rate, statistical, demand),
        adjustments=agreed - statistical,
        consensus=agreed,
        committed=ahead(committed),
        sales_input=told_by_sales(),
        last_cycle=kept(prepared.last_cycle_units),
        last_year=year_before,
        budget=np.full(budget.shape[2], np.nan) if nothing else known_sum(budget[cells], (0, 1)),
        counted=counted,
        in_money=in_money,
    )


def _bands(
    prepared: Prepared, counted: BoolArray, channels: BoolArray, rate: Array, centre: Array, demand: Array
) -> Bands:
    """Of one family the bands of its baseline; of several those of their total, forecast as one series."""
    if counted.sum() != 1 or 1 < channels.sum() < channels.size:
        return bands_around(demand, centre)
    family, base = int(np.argmax(counted)), prepared.baseline
    if channels.sum() == 1:
        channel = int(np.argmax(channels))
        return _scaled(base.bands, (family, channel), rate[family, channel])
    units = base.units[family].sum(axis=0)
    return _scaled(base.family_bands, (family,), np.where(units > 0.0, ratio_or_nan(centre, units), 0.0))


def _scaled(bands: Bands, place: tuple[int, ...], rate: Array) -> Bands:
    return Bands(**{edge: getattr(bands, edge)[place] * rate for edge in Bands.__dataclass_fields__})


def quarter_totals(quarters: Sequence[FiscalQuarter], past: Array, ahead: Array) -> list[float]:
    """A line over each quarter: closed months from [H] `past`, planned ones from [T] `ahead`; NaN where unknown."""
    whole = np.concatenate((past, ahead))
    return [float(whole[quarter.covered].sum()) for quarter in quarters]
