"""Accuracy of whole sets of series: against Naive2, and with or without errors that offset each other.

Single measures (WAPE, MAPE, bias, MASE, tracking signal) stand in `core.model.measures`; their conventions hold here.
"""

from typing import NamedTuple

import numpy as np

from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array


class DetailedAndAggregate(NamedTuple):
    """WAPE of the same pairs twice, ratios; detailed is never below aggregate.

    Attributes:
        detailed: Every item's error counts: a wrong mix is an error.
        aggregate: Errors of the sum over the items: too much of one offsets too little of another.
    """

    detailed: float
    aggregate: float


def detailed_and_aggregate_wape(actual: Array, forecast: Array) -> DetailedAndAggregate:
    """Both errors of items × months. Months in which any item is unknown on either side are left out of both."""
    known = ~np.isnan(actual + forecast).any(axis=0)
    happened, predicted = actual[:, known], forecast[:, known]
    whole = np.abs(happened).sum()
    offset = np.abs((predicted - happened).sum(axis=0)).sum()
    return DetailedAndAggregate(
        detailed=float(measures.wape(happened.ravel(), predicted.ravel())),
        aggregate=float(offset / whole) if whole > 0.0 else np.nan,
    )


def overall_weighted_average(actual: Array, forecast: Array, naive2: Array, scale: Array) -> float:
    """OWA: mean of sMAPE and MASE, each relative to that of Naive2; series × months, all known; below 1 beats Naive2.

    `scale` is the divisor of MASE per series; series where it is NaN count in sMAPE only. Source: M4 competition.
    """
    symmetric = measures.smape(actual, forecast).mean() / measures.smape(actual, naive2).mean()
    scaled = np.nanmean(measures.mad(actual, forecast) / scale) / np.nanmean(measures.mad(actual, naive2) / scale)
    return float(0.5 * (symmetric + scaled))
