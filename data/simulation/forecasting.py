"""How Brightwater forecasts: a naive and a statistical step, sales' input, then the agreed changes of every owner.

Every cycle sees the demand of closed months only. Owners differ in what they know: sales adds a little almost
everywhere, marketing adds its promotions, product management cuts deeply where it knows of a loss.
"""

from dataclasses import dataclass

import numpy as np

from simulation import months
from simulation.demand import Demand
from simulation.influences import INFLUENCES
from simulation.master import FAMILIES, FAMILY_INDEX
from simulation.random import stream

HORIZON = 18
STEPS = ("naive", "statistical", "sales", "consensus")
_ADJUSTED_LAGS = range(1, 5)


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One change of one family-month in one cycle; `percent` is added to what stood before."""

    cycle: int
    month: int
    family: int
    percent: float
    reason: str
    owner: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Forecasts:
    """`units[step][cycle]` is families x months ahead (lag 0 first), cycles from 2022-11 to the open one."""

    units: dict[str, dict[int, np.ndarray]]
    adjustments: list[Adjustment]


def forecasts(demand: Demand) -> Forecasts:
    """Forecast every cycle from the first written month to the open cycle."""
    units: dict[str, dict[int, np.ndarray]] = {step: {} for step in STEPS}
    adjustments: list[Adjustment] = []
    for cycle in range(months.START, months.OPEN_CYCLE + 1):
        known = demand.actual[:, :cycle]
        statistical = np.array([_statistical(row, cycle) for row in known])
        changes = _changes(cycle, statistical, demand)
        units["naive"][cycle] = np.array([row[_same_month_last_year(cycle)] for row in known])
        units["statistical"][cycle] = statistical
        units["sales"][cycle] = _apply(statistical, [change for change in changes if change.owner == "Sales"])
        units["consensus"][cycle] = _apply(statistical, changes)
        adjustments.extend(changes)
    return Forecasts(units=units, adjustments=adjustments)


def _same_month_last_year(cycle: int) -> np.ndarray:
    ahead = cycle + np.arange(HORIZON)
    return ahead - 12 * ((ahead - cycle) // 12 + 1)


def _statistical(history: np.ndarray, cycle: int) -> np.ndarray:
    """Seasonal indices of the last two or three years times a smoothed level with a damped trend."""
    years = min(3, len(history) // 12)
    recent = history[-12 * years :].reshape(years, 12)
    growth = history[-12:].sum() / history[-24:-12].sum()
    tilt = growth ** ((np.arange(12) - 5.5) / 12.0)
    index = (recent / recent.mean(axis=1, keepdims=True) / tilt).mean(axis=0)
    index = index / index.mean()
    deseasonalised = history[-24:] / np.tile(index, 2)
    level, trend = float(deseasonalised[:6].mean()), 0.0
    for value in deseasonalised[6:]:
        before = level
        level = 0.35 * value + 0.65 * (level + trend)
        trend = 0.18 * (level - before) + 0.82 * trend
    steps = np.arange(1, HORIZON + 1)
    damped = np.cumsum(0.94**steps)
    ahead = np.maximum(level + trend * damped, 0.0)
    units: np.ndarray = ahead * index[np.arange(HORIZON) % 12]
    return units


def _changes(cycle: int, statistical: np.ndarray, demand: Demand) -> list[Adjustment]:
    return [*_by_sales(cycle), *_by_marketing(cycle), *_by_product_management(cycle, statistical, demand)]


def _by_sales(cycle: int) -> list[Adjustment]:
    """Small and upward, in more than half of the families, whatever the market does."""
    rng = stream(f"sales input {cycle}")
    reasons = (
        "Customer feedback is good",
        "Stretch towards target",
        "Extra listing hoped for",
        "Pipeline fill expected",
    )
    changes = []
    for family in range(len(FAMILIES)):
        speaks, percent, reason = (
            rng.random() < 0.55,
            round(float(rng.uniform(2.5, 6.0)), 1),
            int(rng.integers(len(reasons))),
        )
        if speaks:
            changes += [_change(cycle, lag, family, percent, reasons[reason], "Sales") for lag in _ADJUSTED_LAGS[:3]]
    return changes


def _by_marketing(cycle: int) -> list[Adjustment]:
    """The expected effect of each promotion, up to four months ahead; the baseline holds part of it."""
    changes = []
    for influence in INFLUENCES:
        lag = months.number(influence.start) - cycle
        if influence.kind == "promotion" and lag in _ADJUSTED_LAGS and influence.expected_ratio is not None:
            percent = round(60.0 * influence.expected_ratio, 1)
            reason = f"Promotion: {influence.description}"
            changes.append(_change(cycle, lag, FAMILY_INDEX[influence.family], percent, reason, "Marketing"))
    return changes


def _by_product_management(cycle: int, statistical: np.ndarray, demand: Demand) -> list[Adjustment]:
    """Large and downward where it knows of a lost customer or a rival that the figures do not show yet."""
    changes = []
    rng = stream(f"product management {cycle}")
    for influence in INFLUENCES:
        if influence.owner != "Product Management":
            continue
        family = FAMILY_INDEX[influence.family]
        start, end = months.number(influence.start), months.number(influence.end)
        for lag in _ADJUSTED_LAGS:
            month, doubt = cycle + lag, float(rng.normal(0.0, 2.0))
            gap = 100.0 * (demand.mean[family, month] / statistical[family, lag] - 1.0)
            if start <= month <= min(end, start + 7) and gap < -8.0:
                percent = round(min(-5.0, 0.9 * gap + doubt), 1)
                changes.append(_change(cycle, lag, family, percent, influence.description, influence.owner))
    return changes


def _change(cycle: int, lag: int, family: int, percent: float, reason: str, owner: str) -> Adjustment:
    return Adjustment(cycle=cycle, month=cycle + lag, family=family, percent=percent, reason=reason, owner=owner)


def _apply(statistical: np.ndarray, changes: list[Adjustment]) -> np.ndarray:
    """Apply the changes one after the other to the current value."""
    units: np.ndarray = statistical.copy()
    for change in changes:
        units[change.family, change.month - change.cycle] *= 1.0 + change.percent / 100.0
    return units.clip(min=0.0)
