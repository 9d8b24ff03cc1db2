"""Drivers: what events, price and working days did to a family's demand, by regression on the logs of its months.

ln demand = level + trend with a bend a year + season (waves) + one effect per event + price and working days. An effect
is a fraction of the demand without it: 0.15 is +15 %. Every slope leans on its usual size as far as the months do not
speak for themselves (`mixed_estimation`). What promotions of every September do on average cannot be told from
September: the average is taken from an anchor (`promotion_effects`), the months tell how each differs from it, and the
estimate says so. Errors are taken as normal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sop_dash.core.demand.mixed_estimation import Estimate, mixed_estimate
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.outlook import LAUNCH, Event
from sop_dash.core.model.periods import working_days

_YEAR = 12
_FEWEST_MONTHS = 24
RANGE_90_PERCENT = 1.645
_PRICE_MOVES = 0.03
_LEAST_ERROR = 1e-6

_EVENT_SPREAD = 0.15
_PRICE_SPREAD, _DAYS_SPREAD, _BEND_SPREAD, _QUICK_WAVE_SPREAD = 1.0, 0.3, 0.1, 0.04
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
        months: Known months the estimate rests on: under this event, and under those it is compared with.
        every_year: True when events of its kind cover this month of every year known: the months alone cannot tell it
            from the season.
        taken_average: For those, the average effect of all of them, taken as known beforehand; NaN where nothing is.
    """

    event: Event
    ratio: float
    low: float
    high: float
    log_error: float
    months: int = 1
    every_year: bool = False
    taken_average: float = float("nan")

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
        working_day_error: Its standard error.
        explained_ratio: Share of the ups and downs explained, 0 to 1; NaN where nothing could be fitted.
    """

    effects: tuple[EventEffect, ...] = ()
    price_ratio: float = float("nan")
    working_day_ratio: float = float("nan")
    working_day_error: float = float("nan")
    explained_ratio: float = float("nan")


@dataclass(frozen=True, kw_only=True, eq=False)
class Anchor:
    """What is known beforehand of events that only differ from one another in the data.

    Args:
        parts: Event -> its effect as a multiple of the average one.
        log_ratio: Average effect expected, as ln(1 + ratio).
        spread: Standard deviation around that.
    """

    parts: Mapping[Event, float]
    log_ratio: float
    spread: float


def drivers(
    demand: Array,
    months: Sequence[str],
    events: Sequence[Event],
    price: Array | None = None,
    anchor: Anchor | None = None,
) -> Drivers:
    """Estimate the drivers of one family.

    Launches are left out: they grow over months and belong to the item, not to the family.

    Args:
        demand: [H] units wanted; months at or below zero and unknown ones are left out.
        months: [H] names.
        events: Of the family.
        price: [H] net price of a unit; NaN where unknown.
        anchor: Of events that lean on each other; every event else is expected to do nothing, give or take 15 %.

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
    measured = len(columns)
    background, background_spreads = _background(len(months))
    parts = np.array([anchor.parts.get(event, 0.0) if anchor else 0.0 for event in told])
    shared = parts @ np.array(columns[: len(told)]) if told else np.zeros(len(months))
    design = np.column_stack([*columns, *background, shared])[usable]
    usual = np.zeros(design.shape[1])
    usual[-1] = anchor.log_ratio if anchor else 0.0
    all_spreads = np.array([*spreads, *background_spreads, anchor.spread if anchor else _EVENT_SPREAD])
    fit = mixed_estimate(design, np.log(demand[usable]), usual, all_spreads)
    single = np.eye(design.shape[1])
    slopes = single[: len(told)] + parts[:, None] * single[-1]
    seen = np.array(columns[: len(told)], dtype=np.bool_).reshape(len(told), len(months))[:, usable]
    alike = [_every_year(event, told, months, usable) for event in told]
    centres = [_centre([told[i] for i in same or ()], anchor) for same in alike]
    day_ratio, day_error = fit.of(single[measured - 1])
    return Drivers(
        effects=tuple(_effect(event, fit, slopes, i, seen, alike[i], centres[i]) for i, event in enumerate(told)),
        price_ratio=float(fit.slope[len(told)]) if price_line is not None else float("nan"),
        working_day_ratio=day_ratio,
        working_day_error=day_error,
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


def _every_year(
    event: Event, events: Sequence[Event], months: Sequence[str], usable: BoolArray
) -> Sequence[int] | None:
    """Positions of the events of its kind in the months named like its own, if they cover all of those; else None."""
    names = {month[5:] for month in months if event.covers(month)}
    same = [month for month, known in zip(months, usable, strict=True) if known and month[5:] in names]
    alike = [i for i, other in enumerate(events) if other.kind == event.kind and any(map(other.covers, same))]
    covered = all(any(events[i].covers(month) for i in alike) for month in same)
    return alike if covered else None


def _centre(alike: Sequence[Event], anchor: Anchor | None) -> float:
    """Average effect (ln) of events of the same months as their owners expected it, else the anchor's; NaN without."""
    if anchor is None or not any(event in anchor.parts for event in alike):
        return float("nan")
    expected = [event.expected_ratio for event in alike if event.expected_ratio is not None]
    return float(np.log1p(np.mean(expected))) if expected else anchor.log_ratio


def _background(months: int) -> tuple[list[Array], list[float]]:
    """Level, line, bends of the line every year, waves of the season; and the usual size of each."""
    time = np.arange(months, dtype=np.float64)
    bends = [np.maximum(time - knot, 0.0) / _YEAR for knot in range(_YEAR, months - _YEAR // 2, _YEAR)]
    angle = 2.0 * np.pi * time / _YEAR
    waves = [wave(k * angle) for k in range(1, _WAVES) for wave in (np.sin, np.cos)] + [np.cos(_WAVES * angle)]
    slow = 2 * _SLOW_WAVES
    sizes = [_FREE] * 2 + [_BEND_SPREAD] * len(bends) + [_FREE] * slow + [_QUICK_WAVE_SPREAD] * (len(waves) - slow)
    return [np.ones(months), time / _YEAR, *bends, *waves], sizes


def _effect(
    event: Event,
    fit: Estimate,
    slopes: Array,
    place: int,
    seen: BoolArray,
    every_year: Sequence[int] | None,
    centre: float,
) -> EventEffect:
    """The effect of one event, from the sums of slopes [E, K] that make up all and the months [E, N] under each.

    Several of the same months of every year have `centre` (ln) as their average, if that is known.
    """
    alike = list(every_year or (place,))
    centred = len(alike) > 1 and bool(np.isfinite(centre))
    slope, error = fit.of(slopes[place] - slopes[alike].mean(axis=0) if centred else slopes[place])
    ratio, low, high = _with_range(slope + (centre if centred else 0.0), error)
    return EventEffect(
        event=event,
        ratio=ratio,
        low=low,
        high=high,
        log_error=max(error, _LEAST_ERROR),
        months=int(seen[alike].any(axis=0).sum()),
        every_year=every_year is not None,
        taken_average=float(np.expm1(centre)) if centred else float("nan"),
    )


def _with_range(slope: float, error: float) -> tuple[float, float, float]:
    """A slope as a ratio, and the ends of its 90 % range."""
    reach = RANGE_90_PERCENT * error
    return float(np.expm1(slope)), float(np.expm1(slope - reach)), float(np.expm1(slope + reach))
