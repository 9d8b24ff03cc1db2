"""Axes of values: rounded ends that seldom change, ticks and hover digits by unit."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sop_dash.core.model.kpi import Unit
from sop_dash.figures.formats import SPACE, currency_symbol
from sop_dash.figures.traces import Trace, plain_numbers

_HOVER = {
    Unit.MONEY: ",.3s",
    Unit.RATIO: ".1%",
    Unit.DAYS: ",.1f",
    Unit.TURNS: ",.1f",
    Unit.MONEY_PER_HOUR: ",.3s",
    Unit.INDEX: ",.2f",
}
_NICE_STEPS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.5)


def value_axis(title: str, unit: Unit, currency: str, ends: Sequence[float]) -> dict[str, Any]:
    """An axis of values from end to end; ratios read in percent, money with its symbol."""
    axis: dict[str, Any] = {"title": {"text": title}, "range": list(ends), "hoverformat": _HOVER.get(unit, ",.0f")}
    if unit is Unit.RATIO:
        axis["tickformat"] = ".0%"
    if unit in {Unit.MONEY, Unit.MONEY_PER_HOUR}:
        axis["tickprefix"] = f"{currency_symbol(currency)}{SPACE}"
    return axis


def own_range(traces: Sequence[Trace], left: Sequence[list[float | None]], *, stacked: bool) -> list[float]:
    """The ends that show all of `left`; what is stacked counts with its sum."""
    piled = [t["y"] for t in traces if t["type"] == "bar" or "stackgroup" in t]
    if not (stacked or any("stackgroup" in t for t in traces)) or not piled:
        return nice_range(*left)
    low, high = nice_range(*piled, stacked=True)
    other_low, other_high = nice_range(*left)
    return [min(low, other_low), max(high, other_high)]


def nice_range(*series: Iterable[float | None], floor: float | None = 0.0, stacked: bool = False) -> list[float]:
    """Ends of an axis, rounded outwards so that small moves keep them; `floor` is always shown, None leaves it out.

    `stacked` adds the series up, positive and negative parts apart. Nothing known gives 0…1.
    """
    rows = [plain_numbers(values) for values in series]
    if stacked:
        columns = [[v for v in column if v is not None] for column in zip(*rows, strict=True)]
        values = [sum(v for v in c if v > 0) for c in columns] + [sum(v for v in c if v < 0) for c in columns]
    else:
        values = [v for row in rows for v in row if v is not None]
    if floor is not None:
        values.append(floor)
    if not values or max(values) == min(values) == 0:
        return [0.0, 1.0]
    high, low = max(values), min(values)
    if floor is None:
        # Room of a tenth on either side, then outwards to a round step.
        room = (high - low or abs(high)) * 0.1
        step = _nice_up((high - low or abs(high)) / 4)
        return [_tidy(math.floor((low - room) / step) * step), _tidy(math.ceil((high + room) / step) * step)]
    return [-_nice_up(-low * 1.05) if low < 0 else 0.0, _nice_up(high * 1.05) if high > 0 else 0.0]


def _nice_up(size: float) -> float:
    """The next round number at or above a positive size."""
    power = 10.0 ** math.floor(math.log10(size))
    return _tidy(next(step for step in _NICE_STEPS if step * power >= size * (1 - 1e-9)) * power)


def _tidy(value: float) -> float:
    return float(f"{value:.9g}")
