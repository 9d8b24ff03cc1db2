"""The slow refinement of the forecast, for the night: three memories of the season, models weighted by how they did.

Every model works with seasons that forget in one, two and four years. Its weight in a series is what it earned there:
exp(−4 × its error over the average one), errors from forecasts of the last 6, 12 and 18 months made without them. Half
of the forecast is the weighted mean, half the median of the models. It takes some ten times as long as the engine.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sop_dash.core.demand.bands import FEWEST_KEPT
from sop_dash.core.demand.combination import MEMBERS, median, member_forecasts
from sop_dash.core.demand.corrections import corrected
from sop_dash.core.demand.edges import Rule, gaps_filled, rules
from sop_dash.core.demand.engine import Forecasts, forecast
from sop_dash.core.demand.portfolio import IntArray, pack, shifted_right
from sop_dash.core.model.arrays import Array, ratio_or_nan

_HALF_LIVES_YEARS = (1.0, 2.0, 4.0)
_HELD_BACK = (6, 12, 18)
_SHARPNESS = 4.0
_WORDS = "; refined: three seasons, models weighted by their past errors"


def refined_forecast(history: Sequence[Array] | Array, horizon: int) -> Forecasts:
    """The engine's forecast, refined where its models are at work; bands keep their width around the new forecast.

    Args:
        history: As in `engine.forecast`. Series with months below zero keep the engine's forecast.
        horizon: Months wanted.
    """
    made, packed = forecast(history, horizon), pack(history)
    values = gaps_filled(packed)
    positive = np.where(np.isnan(values), 0.0, values).min(axis=1, initial=0.0) >= 0.0
    rows = np.array(
        [r for r, rule in enumerate(rules(values, packed.length)) if rule is Rule.COMBINATION and positive[r]],
        dtype=np.int64,
    )
    if rows.size == 0:
        return made
    reach = horizon + int(packed.behind.max())
    whole = _refined(values[rows], packed.length[rows], reach)
    window = packed.behind[rows, None] + np.arange(horizon)
    mean = made.mean.copy()
    mean[rows] = np.maximum(np.take_along_axis(whole, window, axis=1), 0.0)
    moved = {
        edge: np.where(mean == made.mean, getattr(made, edge), np.maximum(getattr(made, edge) + mean - made.mean, 0.0))
        for edge in ("lo80", "hi80", "lo95", "hi95")
    }
    method = list(made.method)
    for row in rows:
        method[row] += _WORDS
    return replace(made, mean=mean, method=tuple(method), **moved)


def _refined(values: Array, length: IntArray, horizon: int) -> Array:
    """Series × horizon; arguments as in `combination.point_forecasts`."""
    made, weight = _by_model(values, length, horizon), weights_earned(values, length)
    return np.asarray(0.5 * (weight[:, :, None] * made).sum(axis=0) + 0.5 * median(made))


def _by_model(values: Array, length: IntArray, horizon: int) -> Array:
    """Models × series × horizon, each the mean over the three memories."""
    seen = corrected(values, length).values
    made = [list(member_forecasts(seen, length, horizon, years).values()) for years in _HALF_LIVES_YEARS]
    return np.asarray(np.mean(made, axis=0))


def weights_earned(values: Array, length: IntArray) -> Array:
    """Models × series: weights that add up to 1; equal where no months can be held back or all models hit them."""
    relative, tests = np.zeros((len(MEMBERS), len(values))), np.zeros(len(values))
    for held in _HELD_BACK:
        rows = np.flatnonzero(length - held >= FEWEST_KEPT)
        if rows.size == 0:
            continue
        left = np.full(rows.size, held, dtype=np.int64)
        made = _by_model(shifted_right(values[rows], left), length[rows] - held, held)
        error = np.abs(made - values[rows][:, -held:]).mean(axis=2)
        relative[:, rows] += ratio_or_nan(error, error.mean(axis=0))
        tests[rows] += 1.0
    weight = np.exp(-_SHARPNESS * np.nan_to_num(relative / np.maximum(tests, 1.0), nan=1.0))
    return np.asarray(weight / weight.sum(axis=0))
