"""The forecast engine: every series of a portfolio in one pass, with 80 % and 95 % bands and the rule behind each.

Quantities are in the unit of each series, a month. The same histories give the same forecasts bit for bit, in whatever
order they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand import bands, edges
from sop_dash.core.demand.combination import Each, point_forecasts
from sop_dash.core.demand.corrections import Corrected, corrected
from sop_dash.core.demand.edges import Rule
from sop_dash.core.demand.family_season import family_season
from sop_dash.core.demand.level import smoothed_level
from sop_dash.core.demand.members.sparse import sparse_level, sparse_quantiles
from sop_dash.core.demand.plausibility import is_unusual, ratio_to_last_year
from sop_dash.core.demand.portfolio import MONTHS_PER_YEAR, IntArray, pack, shifted_right
from sop_dash.core.demand.seasonality import over_history, over_horizon
from sop_dash.core.model.arrays import Array

_LEAST_WIDTH = 1e-12
_COMBINED = (Rule.COMBINATION, Rule.SHORT)


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecasts:
    """Forecasts of a portfolio: arrays series × months ahead in the unit of each series, rows as the histories stood.

    Attributes:
        mean: The forecast.
        lo80, hi80, lo95, hi95: Edges of the bands that hold 80 % and 95 % of the months; never below zero when the
            history is not.
        method: Per series, the rule that gave the forecast, in plain words.
    """

    mean: Array
    lo80: Array
    hi80: Array
    lo95: Array
    hi95: Array
    method: tuple[str, ...]


def forecast(
    history: Sequence[Array] | Array,
    horizon: int,
    *,
    family: Sequence[str] | None = None,
    cleansed: bool = False,
    each: Each = map,
) -> Forecasts:
    """Forecast `horizon` months of every series.

    Args:
        history: One row of monthly values a series, oldest first. NaN before the first known month means "not started",
            inside "missing" (filled), at the end "not known yet": such months are forecast too but not returned.
        horizon: Months wanted after the last column of each row.
        family: Name of each row's family; its season is lent to rows under 25 months. All rows then end with the same
            month.
        cleansed: True when months out of line have been decided about before (`cleansing`); the engine then takes
            every month as it stands.
        each: Spreads the work over processes; the forecasts are the same.

    Returns:
        One row a series, in the order given. A row without any known month is NaN with method "no history".
    """
    packed = pack(history)
    values, length = edges.gaps_filled(packed), packed.length
    rules = edges.rules(values, length)
    reach = horizon + int(packed.behind.max(initial=0))
    lent = family_season(values, length, family) if family is not None else np.ones((len(values), MONTHS_PER_YEAR))
    lift = edges.lift_above_zero(values)
    plain = (values + lift[:, None]) / over_history(lent, values.shape[1])
    result = np.full((5, len(values), reach), np.nan)
    method = [rule.value for rule in rules]
    combined = np.array([row for row, rule in enumerate(rules) if rule in _COMBINED], dtype=np.int64)
    if combined.size:
        result[:, combined], seen = _combined(plain[combined], length[combined], reach, cleansed=cleansed, each=each)
        for place in seen.changed[seen.changed < len(combined)]:
            method[combined[place]] += seen.words(int(place))
    _fill_levels(result, plain, length, rules)
    result = result * over_horizon(lent, reach) - lift[:, None]
    _fill_sparse(result, values, length, rules)
    _name_family(method, lent)
    _name_unusual(method, ratio_to_last_year(values, length, result[0]))
    never_negative = (lift == 0.0) & (length > 0)
    result = np.where(never_negative[:, None], np.maximum(result, 0.0), result)
    window = packed.behind[:, None] + np.arange(horizon)
    mean, lo80, hi80, lo95, hi95 = (np.take_along_axis(part, window, axis=1) for part in result)
    return Forecasts(mean=mean, lo80=lo80, hi80=hi80, lo95=lo95, hi95=hi95, method=tuple(method))


def _combined(values: Array, length: IntArray, horizon: int, *, cleansed: bool, each: Each) -> tuple[Array, Corrected]:
    """Forecast and band edges, 5 × series × horizon, of histories long enough for the models; and what these saw.

    Forecasts from the full histories and from those with months held back are made in the same pass.
    """
    held = bands.months_held_back(length, horizon)
    tested = bands.series_tested(values, length, held)
    shortened = shifted_right(values[tested], held[tested])
    both = np.concatenate([values, shortened])
    lengths = np.concatenate([length, length[tested] - held[tested]])
    seen = corrected(both, lengths, cleansed=cleansed)
    mean, width = point_forecasts(seen.values, lengths, horizon, each)
    series = len(values)
    actual = bands.actuals_held_back(values[tested], held[tested], horizon)
    errors = (actual - mean[series:]) / np.maximum(width[series:], _LEAST_WIDTH)
    factors = bands.band_factors(errors)
    return np.concatenate([mean[None, :series], mean[:series] + factors[:, None] * width[:series]]), seen


def _name_family(method: list[str], lent: Array) -> None:
    """Add to the method that the family's season is used."""
    for row in np.flatnonzero((lent != 1.0).any(axis=1)):
        method[row] += "; season of the family"


def _name_unusual(method: list[str], ratio: Array) -> None:
    """Add to the method that a forecast lies far from the last twelve months."""
    for row in np.flatnonzero(is_unusual(ratio)):
        method[row] += f"; {ratio[row]:.1f} times the same months of last year, please check"


def _fill_levels(result: Array, values: Array, length: IntArray, rules: list[Rule]) -> None:
    """Zero, constant and very short histories: a level with the cold-start band around it."""
    rows = [row for row, rule in enumerate(rules) if rule in (Rule.ZERO, Rule.CONSTANT, Rule.LEVEL, Rule.SMOOTHED)]
    factors = bands.cold_start_factors(result.shape[2])
    for row in rows:
        level, width = smoothed_level(values[row, -length[row] :])
        result[0, row], result[1:, row] = level, level + factors * width


def _fill_sparse(result: Array, values: Array, length: IntArray, rules: list[Rule]) -> None:
    """Sparse series: a flat expected demand with quantiles of what months have really sold.

    An ended one gets zero; only its 95 % band leaves room for a sale.
    """
    rows = np.array([row for row, rule in enumerate(rules) if rule in (Rule.SPARSE, Rule.ENDED)], dtype=np.int64)
    if rows.size == 0:
        return
    levels = sparse_level(values[rows], length[rows])
    for row, level in zip(rows, levels, strict=True):
        if rules[row] is Rule.ENDED:
            result[:, row] = np.array([0.0, 0.0, 0.0, 0.0, max(level, 0.0)])[:, None]
            continue
        quantiles = sparse_quantiles(values[row, -length[row] :], level, bands.PROBABILITIES)
        lower, upper = np.minimum(quantiles[[0, 2]], level), np.maximum(quantiles[[1, 3]], level)
        result[0, row] = level
        result[1:, row] = np.array([lower[0], upper[0], lower[1], upper[1]])[:, None]
