"""The forecast engine: every series of a portfolio in one pass, with 80 % and 95 % bands and the rule that gave each
forecast.

Quantities are in the unit of each series, a month. The same histories give the same forecasts bit for bit, in whatever
order they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand import bands, edges
from sop_dash.core.demand.combination import point_forecasts
from sop_dash.core.demand.edges import Rule
from sop_dash.core.demand.members.sparse import sparse_level, sparse_quantiles
from sop_dash.core.model.arrays import Array

_CONSTANT_WIDTH_RATIO = 0.02
_LEVEL_WIDTH_RATIO = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecasts:
    """Forecasts of a portfolio: arrays series × months ahead in the unit of each series, rows as the histories were
    given.

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


def forecast(history: Sequence[Array] | Array, horizon: int) -> Forecasts:
    """Forecast `horizon` months of every series.

    Args:
        history: One row of monthly values a series, oldest first. NaN before the first known month means "not
            started", inside
            "missing" (filled), at the end "not known yet": such months are forecast too but not returned.
        horizon: Months wanted after the last column of each row.

    Returns:
        One row a series, in the order given. A row without any known month is NaN with method "no history".
    """
    rows = [np.asarray(row, dtype=np.float64) for row in history]
    behind = [edges.months_unknown_at_end(row) for row in rows]
    filled = [edges.without_gaps(row) for row in rows]
    rules = [edges.rule_for(row) for row in filled]
    reach = horizon + max(behind, default=0)
    edge = np.full((5, len(rows), reach), np.nan)
    lifted, lift = edges.lifted_above_zero([row if len(row) else np.zeros(1) for row in filled])
    combined = [i for i, rule in enumerate(rules) if rule in (Rule.COMBINATION, Rule.SHORT)]
    if combined:
        chosen = [lifted[i] for i in combined]
        mean, width = point_forecasts(chosen, reach)
        factors = bands.band_factors(chosen, reach, point_forecasts)
        edge[0, combined] = mean
        edge[1:, combined] = mean + factors[:, None] * width
        edge[:, combined] -= lift[combined][:, None]
    _fill_simple_rules(edge, filled, rules)
    _fill_sparse(edge, filled, rules)
    never_negative = np.array([len(row) > 0 and row.min() >= 0.0 for row in filled], dtype=bool)
    edge = np.where(never_negative[:, None], np.maximum(edge, 0.0), edge)
    window = np.array(behind, dtype=np.int64)[:, None] + np.arange(horizon)
    mean, lo80, hi80, lo95, hi95 = (np.take_along_axis(values, window, axis=1) for values in edge)
    return Forecasts(mean=mean, lo80=lo80, hi80=hi80, lo95=lo95, hi95=hi95, method=tuple(rule.value for rule in rules))


def _fill_simple_rules(edge: Array, filled: list[Array], rules: list[Rule]) -> None:
    """Zero, constant and very short histories: a level with the cold-start band around it."""
    factors = bands.cold_start_factors(edge.shape[2])
    for row, rule in enumerate(rules):
        if rule in (Rule.ZERO, Rule.CONSTANT, Rule.LEVEL, Rule.SMOOTHED):
            recent = filled[row][-6:]
            level = float(recent.mean())
            ratio = _CONSTANT_WIDTH_RATIO if rule is Rule.CONSTANT else _LEVEL_WIDTH_RATIO
            width = ratio * abs(level)
            edge[0, row], edge[1:, row] = level, level + factors * width


def _fill_sparse(edge: Array, filled: list[Array], rules: list[Rule]) -> None:
    """Sparse series: a flat expected demand with quantiles of what months have really sold."""
    chosen = [row for row, rule in enumerate(rules) if rule is Rule.SPARSE]
    if not chosen:
        return
    levels = sparse_level([filled[row] for row in chosen])
    for row, level in zip(chosen, levels, strict=True):
        quantiles = sparse_quantiles(filled[row], level, bands.PROBABILITIES)
        lower, upper = np.minimum(quantiles[[0, 2]], level), np.maximum(quantiles[[1, 3]], level)
        edge[0, row] = level
        edge[1:, row] = np.array([lower[0], upper[0], lower[1], upper[1]])[:, None]
