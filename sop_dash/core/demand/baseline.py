"""Baseline: the statistical forecast of every family × channel over the horizon, with bands. Units a month.

Channels are forecast one by one and add up to their family; the family is forecast once more as a whole, which gives
its bands and the top-down figure shown beside the sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.drivers import RANGE_90_PERCENT, Drivers
from sop_dash.core.demand.engine import Forecasts, forecast
from sop_dash.core.demand.plausibility import is_unusual, ratio_to_last_year
from sop_dash.core.model.arrays import Array, BoolArray, IntArray, known_sum
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import working_days

_MOST_PER_DAY = 1.5

NO_HISTORY = FindingKind(
    code="no-sales-history",
    severity=Severity.WARNS,
    title="A family without sales is planned with zero demand",
    remedy="Bring its sales in the sales table, or add an adjustment with the volume expected.",
)


FAR_FROM_LAST_YEAR = FindingKind(
    code="forecast-far-from-last-year",
    severity=Severity.WARNS,
    title="The forecast of a family lies far from its last twelve months",
    remedy="Look at its history on the Demand page: growth, a new level, or a launch read as a season?",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Bands:
    """Edges of the ranges that hold 80 % and 95 % of the months, shapes as the forecast they belong to."""

    lo80: Array
    hi80: Array
    lo95: Array
    hi95: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Baseline:
    """The statistical forecast.

    Args:
        units: [F, C, T]; zero where a family has never sold in a channel.
        bands: Of `units`.
        family_bands: [F, T] around the sum over channels.
        top_down_units: [F, T] forecast of the family as a whole.
        methods: [F][C] the rule behind each forecast, in plain words.
        family_methods: [F] likewise for the family as a whole.
        findings: Families without a history, and forecasts far from the last twelve months.
    """

    units: Array
    bands: Bands
    family_bands: Bands
    top_down_units: Array
    methods: tuple[tuple[str, ...], ...]
    family_methods: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def family_units(self) -> Array:
        """[F, T] channels summed."""
        return np.asarray(self.units.sum(axis=1))


def baseline(
    demand_history: Array, grain: Grain, *, recorded: Array | None = None, drivers: Sequence[Drivers] = ()
) -> Baseline:
    """Forecast every family × channel and every family.

    Args:
        demand_history: [F, C, H] units, NaN before the first sale.
        grain: Its names; the length of `horizon` is the number of months forecast.
        recorded: [F, C, H] as sold, where the history comes from `cleansing`; every month is then taken as it stands.
        drivers: [F] what moved the families. Where demand follows the working days, months are compared and forecast
            as months of usual length.
    """
    families, channels, months = demand_history.shape
    horizon = len(grain.horizon)
    whole = known_sum(demand_history, 1)
    if months == 0:
        whole = np.full((families, 1), np.nan)
        demand_history = np.full((families, channels, 1), np.nan)
    days, cleansed = working_day_factors(drivers, grain, max(months, 1)), recorded is not None
    top_down = _in_days(whole, days, horizon, cleansed=cleansed)
    rows, of_rows = demand_history.reshape(families * channels, -1), np.repeat(days, channels, axis=0)
    by_channel = top_down if channels == 1 else _in_days(rows, of_rows, horizon, cleansed=cleansed)
    changed = _months_changed(demand_history, recorded)
    methods = _told(by_channel.method, changed.sum(axis=2).ravel())
    shape = (families, channels, horizon)
    units = _floored(by_channel.mean).reshape(shape)
    return Baseline(
        units=units,
        bands=_bands(by_channel, shape),
        family_bands=_bands_around(top_down, units.sum(axis=1)),
        top_down_units=_floored(top_down.mean),
        methods=tuple(methods[f * channels : (f + 1) * channels] for f in range(families)),
        family_methods=_told(top_down.method, changed.any(axis=1).sum(axis=1)),
        findings=_findings(whole, units.sum(axis=1), grain),
    )


def _findings(history: Array, units: Array, grain: Grain) -> tuple[Finding, ...]:
    """Families without a history, and those whose forecast lies far from their last twelve months."""
    unknown = np.asarray(np.isnan(history).all(axis=1))
    length = np.where(unknown, 0, history.shape[1] - np.argmax(~np.isnan(history), axis=1))
    ratio = ratio_to_last_year(history, length, units)
    far = is_unusual(ratio)
    return tuple(
        Finding(kind=NO_HISTORY, table="sales", place=name)
        if unknown[f]
        else Finding(
            kind=FAR_FROM_LAST_YEAR,
            table="sales",
            place=name,
            detail=f"The next {min(units.shape[1], 12)} months are {ratio[f]:.1f} times the same months of last year.",
        )
        for f, name in enumerate(grain.families)
        if unknown[f] or far[f]
    )


def _months_changed(history: Array, recorded: Array | None) -> BoolArray:
    """[F, C, H] months that cleansing has changed."""
    if recorded is None or recorded.shape != history.shape:
        return np.zeros(history.shape, dtype=np.bool_)
    return np.asarray((history != recorded) & ~np.isnan(history))


def _told(methods: Sequence[str], months: IntArray) -> tuple[str, ...]:
    """Methods with the number of months that were cleansed before."""
    words = {0: "", 1: "; 1 month cleansed"}
    return tuple(
        method + words.get(count, f"; {count} months cleansed")
        for method, count in zip(methods, months.tolist(), strict=True)
    )


def working_day_factors(drivers: Sequence[Drivers], grain: Grain, months: int) -> Array:
    """[F, months + T] what the working days do to each month, past and to come: 1 in a month of usual length.

    A family's is 1 throughout where nothing is known or chance explains what was seen; more working days never mean
    less demand, and at most 1.5 % more for each per cent.
    """
    calendar = (*grain.history, *grain.horizon)
    factors = np.ones((len(grain.families), months + len(grain.horizon)))
    if not grain.history:
        return factors
    logs = np.log(working_days(calendar))
    logs = logs - logs[: len(grain.history)].mean()
    for f, found in enumerate(drivers):
        if found.working_day_ratio > RANGE_90_PERCENT * found.working_day_error:
            factors[f] = np.exp(min(found.working_day_ratio, _MOST_PER_DAY) * logs)
    return factors


def _in_days(history: Array, days: Array, horizon: int, *, cleansed: bool) -> Forecasts:
    """Forecasts of rows [N, H] as months of usual length, put back to their own; `days` is [N, H + T]."""
    months = history.shape[1]
    made, ahead = forecast(history / days[:, :months], horizon, cleansed=cleansed), days[:, months:]
    follows = (days != 1.0).any(axis=1)
    return Forecasts(
        **{name: getattr(made, name) * ahead for name in ("mean", "lo80", "hi80", "lo95", "hi95")},
        method=tuple(f"{m}; working days" if row else m for m, row in zip(made.method, follows, strict=True)),
    )


def _floored(values: Array) -> Array:
    """Zero where unknown or negative: nothing is planned for what has never sold or was only returned."""
    return np.maximum(np.nan_to_num(values, nan=0.0), 0.0)


def _bands(forecasts: Forecasts, shape: tuple[int, ...]) -> Bands:
    edges = (forecasts.lo80, forecasts.hi80, forecasts.lo95, forecasts.hi95)
    lo80, hi80, lo95, hi95 = (_floored(edge).reshape(shape) for edge in edges)
    return Bands(lo80=lo80, hi80=hi80, lo95=lo95, hi95=hi95)


def _bands_around(forecasts: Forecasts, centre: Array) -> Bands:
    """The widths of these forecasts put around another centre."""
    move = centre - np.nan_to_num(forecasts.mean, nan=0.0)
    edges = (forecasts.lo80, forecasts.hi80, forecasts.lo95, forecasts.hi95)
    lo80, hi80, lo95, hi95 = (_floored(edge + move) for edge in edges)
    return Bands(lo80=lo80, hi80=hi80, lo95=lo95, hi95=hi95)


def bands_around(history: Array, centre: Array) -> Bands:
    """Bands of one series, [T] each, put around a forecast made in another way (a sum of others, say).

    Args:
        history: [H] of the whole; NaN before its start.
        centre: [T] its forecast. Unknown months, or no history at all, have no band.
    """
    if np.isnan(history).all():
        return Bands(**dict.fromkeys(Bands.__dataclass_fields__, np.full(centre.shape, np.nan)))
    found = _bands_around(forecast(history[None, :], centre.size), centre[None, :])
    return Bands(**{edge: getattr(found, edge)[0] for edge in Bands.__dataclass_fields__})
