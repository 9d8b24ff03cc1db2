"""Drivers: what events, price and working days did to a family's demand, by regression on the logs of its months.

ln demand = level + trend with a bend a year + season (waves) + one effect per event + price and working days. An effect
is a fraction of the demand without it: 0.15 is +15 %. Effects are drawn towards zero as far as their usual size says
(ridge regression, Hoerl & Kennard 1970, with the spreads below): what a promotion of every September does cannot be
told from September, and the estimate and its range say so. Errors are taken as normal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.outlook import LAUNCH, Event
from sop_dash.core.model.periods import working_days

_YEAR = 12
_FEWEST_MONTHS = 24
_RANGE_90_PERCENT = 1.645
_PRICE_MOVES = 0.03
_LEAST_ERROR = 1e-6
_ROUNDS = 20

_EVENT_SPREAD, _PRICE_SPREAD, _DAYS_SPREAD, _BEND_SPREAD, _QUICK_WAVE_SPREAD = 0.15, 1.0, 0.3, 0.1, 0.04
"""Usual size of an effect, as a standard deviation of the slope; level, line and the two slow waves are free."""
_FREE = 100.0
_WAVES, _SLOW_WAVES = 6, 2


@dataclass(frozen=True, kw_only=True)
class EventEffect:
    """What one event did.

    Args:
        event: Which.
        ratio: Effect as a fraction of the demand without it.
        low, high: Ends of its 90 % range.
        log_error: Standard error of ln(1 + ratio), the weight in an average.
    """

    event: Event
    ratio: float
    low: float
    high: float
    log_error: float

    @property
    def beyond_chance(self) -> bool:
        """True when the 90 % range leaves out zero."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True, kw_only=True)
class Drivers:
    """What moved the demand of one family.

    Args:
        effects: One per event that can be told apart, in the order given.
        price_ratio: % of volume per % of price; NaN where the price hardly moved or a price event stands for it.
        working_day_ratio: % of volume per % of working days; NaN where nothing could be fitted.
        explained_ratio: Share of the ups and downs explained, 0 to 1; NaN where nothing could be fitted.
    """

    effects: tuple[EventEffect, ...] = ()
    price_ratio: float = float("nan")
    working_day_ratio: float = float("nan")
    explained_ratio: float = float("nan")


def drivers(demand: Array, months: Sequence[str], events: Sequence[Event], price: Array | None = None) -> Drivers:
    """Estimate the drivers of one family.

    Launches are left out: they grow over months and belong to the item, not to the family.

    Args:
        demand: [H] units wanted; months at or below zero and unknown ones are left out.
        months: [H] names.
        events: Of the family.
        price: [H] net price of a unit; NaN where unknown.

    Returns:
        Nothing estimated under 24 usable months.
    """
    usable = np.isfinite(demand) & (demand > 0.0)
    told = _told_apart(events, months, usable)
    columns = [np.array([event.covers(month) for month in months], dtype=np.float64) for event in told]
    spreads = [_EVENT_SPREAD] * len(told)
    price_line = _price_line(price, told)
    if price_line is not None:
        usable &= np.isfinite(price_line)
        columns.append(price_line)
        spreads.append(_PRICE_SPREAD)
    days = np.log(working_days(tuple(months)))
    columns.append(days - days.mean())
    spreads.append(_DAYS_SPREAD)
    if usable.sum() < _FEWEST_MONTHS:
        return Drivers()
    background, background_spreads = _background(len(months))
    design = np.column_stack([*columns, *background])[usable]
    fit = ridge(design, np.log(demand[usable]), np.array([*spreads, *background_spreads]))
    return Drivers(
        effects=tuple(_effect(event, fit.slope[i], fit.error[i]) for i, event in enumerate(told)),
        price_ratio=float(fit.slope[len(told)]) if price_line is not None else float("nan"),
        working_day_ratio=float(fit.slope[len(columns) - 1]),
        explained_ratio=fit.explained,
    )


def average_ratio(effects: Sequence[EventEffect]) -> float:
    """Average effect, precise estimates weighing more (1 / error²); NaN without any."""
    if not effects:
        return float("nan")
    weight = np.array([1.0 / effect.log_error**2 for effect in effects])
    return float(np.expm1((weight * np.log1p([effect.ratio for effect in effects])).sum() / weight.sum()))


def _told_apart(events: Sequence[Event], months: Sequence[str], usable: BoolArray) -> list[Event]:
    """Events of the history whose months are not exactly those of another one, launches left out."""
    seen: set[tuple[bool, ...]] = set()
    kept = []
    for event in events:
        during = tuple(bool(u) and event.covers(month) for month, u in zip(months, usable, strict=True))
        if event.kind != LAUNCH and any(during) and during not in seen:
            seen.add(during)
            kept.append(event)
    return kept


def _price_line(price: Array | None, events: Sequence[Event]) -> Array | None:
    """Ln price without the dips of single months (a promotion's discount is part of the promotion); None if flat."""
    if price is None or any(event.kind == "price" for event in events) or np.isnan(price).all() or len(price) < 3:
        return None
    padded = np.concatenate([price[:1], price, price[-1:]])
    calm = np.log(np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0))
    known = np.isfinite(calm)
    if not known.any():
        return None
    time = np.flatnonzero(known)
    moves = calm[known] - np.polyval(np.polyfit(time, calm[known], 1), time)
    return np.asarray(calm - calm[known].mean()) if float(moves.std()) >= _PRICE_MOVES else None


class Ridge(NamedTuple):
    """Slopes with their standard errors, and the share of the ups and downs explained."""

    slope: Array
    error: Array
    explained: float


def ridge(design: Array, values: Array, spreads: Array) -> Ridge:
    """Regression of values on the columns of a design, each slope drawn to zero by its usual size.

    With wide spreads it is ordinary least squares. The noise is found in rounds: residual over the months not used up.
    """
    drawn = np.diag(1.0 / spreads**2)
    noise, total = _EVENT_SPREAD, float(((values - values.mean()) ** 2).sum())
    for _ in range(_ROUNDS):
        variance = np.linalg.inv(design.T @ design / noise**2 + drawn)
        slope = variance @ design.T @ values / noise**2
        residual = float(((values - design @ slope) ** 2).sum())
        used = float(np.trace(design @ variance @ design.T)) / noise**2
        noise = max(float(np.sqrt(residual / (len(values) - used))), _LEAST_ERROR)
    explained = 1.0 - residual / total if total > _LEAST_ERROR else float("nan")
    return Ridge(slope=slope, error=np.sqrt(np.diag(variance)), explained=explained)


def _background(months: int) -> tuple[list[Array], list[float]]:
    """Level, line, bends of the line every year, waves of the season; and the usual size of each."""
    time = np.arange(months, dtype=np.float64)
    bends = [np.maximum(time - knot, 0.0) / _YEAR for knot in range(_YEAR, months - _YEAR // 2, _YEAR)]
    angle = 2.0 * np.pi * time / _YEAR
    waves = [wave(k * angle) for k in range(1, _WAVES) for wave in (np.sin, np.cos)] + [np.cos(_WAVES * angle)]
    slow = 2 * _SLOW_WAVES
    sizes = [_FREE] * 2 + [_BEND_SPREAD] * len(bends) + [_FREE] * slow + [_QUICK_WAVE_SPREAD] * (len(waves) - slow)
    return [np.ones(months), time / _YEAR, *bends, *waves], sizes


def _effect(event: Event, slope: float, error: float) -> EventEffect:
    reach = _RANGE_90_PERCENT * error
    return EventEffect(
        event=event,
        ratio=float(np.expm1(slope)),
        low=float(np.expm1(slope - reach)),
        high=float(np.expm1(slope + reach)),
        log_error=float(max(error, _LEAST_ERROR)),
    )
