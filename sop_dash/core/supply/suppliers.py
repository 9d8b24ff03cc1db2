"""Supplier scorecard: how punctual, complete, good, steady and dear each supplier is, and how that changes.

The last six months are compared with the twelve before them. Ratios are fractions, lead times days, spend plan
currency; points run from 0 to 100. Unknown is NaN and takes no part in the score. Shape: U suppliers.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from sop_dash.core.model.arrays import Array, IntArray, known_sum, ratio_or_nan
from sop_dash.core.model.supply_base import Deliveries, SupplierInputs

RECENT_MONTHS, BEFORE_MONTHS = 6, 12
_YEAR = 12
_CLEAR = 2.5
_WIDER = 1.8
_SPREAD_WORTH_A_WORD = 0.05
_GOOD_QUALITY = 0.98
_DEARER = 0.03
_NEARLY_FULL = 0.90


class Criterion(NamedTuple):
    """One line of the score.

    Attributes:
        name: As shown.
        weight: Share of the score.
        none: Value that brings no points.
        full: Value that brings all of them.
    """

    name: str
    weight: float
    none: float
    full: float


CRITERIA = (
    Criterion("On time", 0.35, 0.80, 0.98),
    Criterion("In full", 0.25, 0.80, 0.98),
    Criterion("Quality", 0.20, 0.97, 1.00),
    Criterion("Lead time spread", 0.10, 0.15, 0.02),
    Criterion("Price change in a year", 0.10, 0.06, 0.00),
)
DEFAULT_WEIGHTS = tuple(each.weight for each in CRITERIA)
GRADES = (("A", 85.0), ("B", 70.0), ("C", 0.0))


class Alert(StrEnum):
    """What asks for a word with a supplier."""

    LESS_ON_TIME = "less on time"
    LONGER = "longer lead time"
    LESS_STEADY = "lead time spread wider"
    POOR_QUALITY = "quality"
    DEARER = "price up more than others"
    NEARLY_FULL = "near its capacity"
    ONLY_SOURCE = "only source"


@dataclass(frozen=True, kw_only=True, eq=False)
class Delivered:
    """[U] how suppliers delivered in some months.

    Args:
        lines: Order lines.
        on_time, in_full: Share of the lines.
        quality: Share of the units received that was not rejected.
        lead_days: Mean lead time, each month weighing by its lines.
        lead_spread_days: Standard deviation of the monthly means; NaN for fewer than three months.
        unit_value: Value ÷ units ordered, the mix of items included.
    """

    lines: Array
    on_time: Array
    in_full: Array
    quality: Array
    lead_days: Array
    lead_spread_days: Array
    unit_value: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Scorecard:
    """The scorecard; [U] each.

    Args:
        suppliers: Whom it is about.
        criteria: What the score is made of.
        recent, before: The last six months and the twelve before.
        months: Names of the months of `recent`; empty without history.
        price_change: Unit value of the last six months over that of the same months a year before, less 1.
        points: [U, 5] by criterion, 0 to 100.
        score, score_before: Weighted points.
        grade: Letter of the score; empty without one.
        rank: 1 for the best score; suppliers without a score have 0.
        spend: Value ordered in the last twelve months.
        spend_share: Of the whole.
        items: How many items it delivers.
        only_source_items: Of those, items that no other supplier is named for.
        capacity_use: Largest month of the last twelve ÷ its capacity.
        alerts: By supplier, most telling first.
    """

    suppliers: SupplierInputs
    criteria: tuple[Criterion, ...]
    recent: Delivered
    before: Delivered
    months: tuple[str, ...]
    price_change: Array
    points: Array
    score: Array
    score_before: Array
    grade: tuple[str, ...]
    rank: IntArray
    spend: Array
    spend_share: Array
    items: IntArray
    only_source_items: IntArray
    capacity_use: Array
    alerts: tuple[tuple[Alert, ...], ...]


def scorecard(suppliers: SupplierInputs, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> Scorecard:
    """Judge every supplier by its deliveries and terms; without deliveries everything but the terms is unknown.

    Args:
        suppliers: Deliveries and terms.
        weights: One for each of `CRITERIA`; only their proportions count.
    """
    total = sum(weights)
    criteria = tuple(each._replace(weight=weight / total) for each, weight in zip(CRITERIA, weights, strict=True))
    given, history = suppliers.deliveries, suppliers.grain.history
    end = len(history)
    start = max(end - RECENT_MONTHS, 0)
    recent = delivered(given, slice(start, end))
    before = delivered(given, slice(max(start - BEFORE_MONTHS, 0), start))
    year_ago = delivered(given, slice(max(start - _YEAR, 0), max(end - _YEAR, 0)))
    two_years_ago = delivered(given, slice(max(start - 2 * _YEAR, 0), max(end - 2 * _YEAR, 0)))
    price_change = ratio_or_nan(recent.unit_value, year_ago.unit_value) - 1.0
    earlier_change = ratio_or_nan(year_ago.unit_value, two_years_ago.unit_value) - 1.0
    points = _points(recent, price_change)
    score, score_before = _score(points, criteria), _score(_points(before, earlier_change), criteria)
    spend = known_sum(given.value[:, -_YEAR:], axis=1)
    items, only = _sources(suppliers)
    peak = _largest(given.ordered_units[:, -_YEAR:])
    use = ratio_or_nan(peak, suppliers.capacity_units_per_month)
    return Scorecard(
        suppliers=suppliers,
        criteria=criteria,
        recent=recent,
        before=before,
        months=history[start:],
        price_change=price_change,
        points=points,
        score=score,
        score_before=score_before,
        grade=tuple(_grade(value) for value in score.tolist()),
        rank=_rank(score),
        spend=spend,
        spend_share=ratio_or_nan(spend, np.nansum(spend)),
        items=items,
        only_source_items=only,
        capacity_use=use,
        alerts=_alerts(recent, before, price_change, use, only),
    )


def delivered(given: Deliveries, months: slice) -> Delivered:
    """[U] figures of some months together; NaN where nothing is known of them."""
    lines = np.nansum(given.lines[:, months], axis=1)
    lead, weight = given.average_lead_time_days[:, months], np.nan_to_num(given.lines[:, months])
    known = ~np.isnan(lead)
    weight = np.where(known, np.where(weight > 0.0, weight, 1.0), 0.0)
    count = known.sum(axis=1)
    plain_mean = ratio_or_nan(np.where(known, lead, 0.0).sum(axis=1), count)
    square = np.where(known, (lead - plain_mean[:, None]) ** 2, 0.0).sum(axis=1)
    return Delivered(
        lines=lines,
        on_time=_share(given.on_time_lines[:, months], given.lines[:, months]),
        in_full=_share(given.in_full_lines[:, months], given.lines[:, months]),
        quality=1.0 - _share(given.rejected_units[:, months], given.received_units[:, months]),
        lead_days=ratio_or_nan(np.where(known, lead * weight, 0.0).sum(axis=1), weight.sum(axis=1)),
        lead_spread_days=np.where(count >= 3, np.sqrt(ratio_or_nan(square, np.maximum(count - 1, 0))), np.nan),
        unit_value=_share(given.value[:, months], given.ordered_units[:, months]),
    )


def _share(part: Array, whole: Array) -> Array:
    """[U] Σ part ÷ Σ whole over the months in which both are known."""
    known = ~np.isnan(part) & ~np.isnan(whole)
    return ratio_or_nan(np.where(known, part, 0.0).sum(axis=1), np.where(known, whole, 0.0).sum(axis=1))


def _largest(values: Array) -> Array:
    return np.where(
        np.isnan(values).all(axis=1), np.nan, np.nan_to_num(values, nan=-np.inf).max(axis=1, initial=-np.inf)
    )


def _points(found: Delivered, price_change: Array) -> Array:
    values = (
        found.on_time,
        found.in_full,
        found.quality,
        ratio_or_nan(found.lead_spread_days, found.lead_days),
        price_change,
    )
    return np.stack(
        [
            100.0 * np.clip((value - each.none) / (each.full - each.none), 0.0, 1.0)
            for each, value in zip(CRITERIA, values, strict=True)
        ],
        axis=1,
    )


def _score(points: Array, criteria: tuple[Criterion, ...]) -> Array:
    """[U] weighted points over the criteria that are known."""
    known = ~np.isnan(points)
    weights = np.array([each.weight for each in criteria])
    return ratio_or_nan(np.where(known, points, 0.0) @ weights, known @ weights)


def _grade(score: float) -> str:
    return "" if np.isnan(score) else next(letter for letter, least in GRADES if score >= least)


def _rank(score: Array) -> IntArray:
    """[U] place among those with a score; equal scores share a place."""
    better = (score[None, :] > score[:, None]).sum(axis=1)
    return np.where(np.isnan(score), 0, better + 1)


def _sources(suppliers: SupplierInputs) -> tuple[IntArray, IntArray]:
    """[U] items delivered, and of those the ones nobody else is named for."""
    count = len(suppliers.codes)
    planned = (suppliers.term_item >= 0) & (suppliers.term_supplier >= 0)
    who, what = suppliers.term_supplier[planned], suppliers.term_item[planned]
    named = np.bincount(what, minlength=len(suppliers.items))
    items = np.bincount(who, minlength=count)
    only = np.bincount(who[named[what] == 1], minlength=count)
    return items.astype(np.int64), only.astype(np.int64)


def _alerts(
    recent: Delivered, before: Delivered, price_change: Array, use: Array, only: IntArray
) -> tuple[tuple[Alert, ...], ...]:
    """By supplier what stands out; a change counts when chance alone would hardly bring it."""
    months = float(RECENT_MONTHS)
    pooled = ratio_or_nan(recent.on_time * recent.lines + before.on_time * before.lines, recent.lines + before.lines)
    error = np.sqrt(pooled * (1.0 - pooled) * (ratio_or_nan(1.0, recent.lines) + ratio_or_nan(1.0, before.lines)))
    longer_by = recent.lead_days - before.lead_days
    chance = before.lead_spread_days * np.sqrt(1.0 / months + 1.0 / BEFORE_MONTHS)
    wider = ratio_or_nan(recent.lead_spread_days, before.lead_spread_days) >= _WIDER
    telling = ratio_or_nan(recent.lead_spread_days, recent.lead_days) >= _SPREAD_WORTH_A_WORD
    rules = (
        (Alert.LESS_ON_TIME, before.on_time - recent.on_time > _CLEAR * error),
        (Alert.LESS_STEADY, wider & telling),
        (Alert.LONGER, longer_by > np.maximum(_CLEAR * chance, _SPREAD_WORTH_A_WORD * before.lead_days)),
        (Alert.POOR_QUALITY, recent.quality < _GOOD_QUALITY),
        (Alert.DEARER, price_change > _DEARER + _middle(price_change)),
        (Alert.NEARLY_FULL, use > _NEARLY_FULL),
        (Alert.ONLY_SOURCE, only > 0),
    )
    return tuple(tuple(alert for alert, where in rules if where[u]) for u in range(len(use)))


def _middle(change: Array) -> float:
    """The median change of all suppliers, never below 0: what is usual at the time asks for no word."""
    known = change[~np.isnan(change)]
    return max(float(np.median(known)), 0.0) if known.size else 0.0
