"""Month by month: plan, produce, buy, ship and count.

Balance of every SKU and month: closing = opening + actual (made or received) - scrapped - shipped. The stock of a
renamed SKU moves to its new code in the month of the renaming.
"""

from dataclasses import dataclass

import numpy as np

from simulation import months
from simulation.assortment import Sku
from simulation.capacity import HOURS_PER_UNIT, MADE, available_hours, foreseen_hours, plan_within_hours
from simulation.demand import Demand
from simulation.forecasting import Forecasts
from simulation.master import FAMILIES
from simulation.random import stream

LOOK_AHEAD = 6
_OVERTIME_RATIO = 0.10
_STEADY = 0.72
_PORT_CLOSED = {"2025-03": 0.60, "2025-04": 0.45}
"""Share of the bought goods due that came through while the port was closed; the rest came in 2025-05."""
_SHORT_SUPPLY = {
    ("Headphones", "2024-10"): 0.70,
    ("Headphones", "2024-11"): 0.55,
    ("Headphones", "2024-12"): 0.80,
    ("Speakers", "2024-09"): 0.70,
    ("Speakers", "2024-10"): 0.50,
    ("Speakers", "2024-11"): 0.50,
}
# Toasters are made in full shifts whatever is sold: never less than this share of last year's months
_LEVEL_RUN = {"Toasters": (months.number("2026-02"), 0.98)}
# In the summer of 2026 management asked for less stock where it seemed safe
_PLANNED_COVER = {
    ("Air Fryers", months.number("2026-08")): 5.0,
    ("Coffee Makers", months.number("2026-07")): 4.0,
    ("Blenders", months.number("2026-08")): 5.0,
    ("Irons", months.number("2026-07")): 6.0,
}


@dataclass(eq=False, kw_only=True)
class Ledger:
    """What happened, SKUs x simulated months, whole units; hours are resources x months."""

    planned: np.ndarray
    actual: np.ndarray
    scrapped: np.ndarray
    on_time: np.ndarray
    shipped: np.ndarray
    closing: np.ndarray
    on_order: np.ndarray
    available_hours: np.ndarray
    used_hours: np.ndarray


def operate(skus: list[Sku], demand: Demand, forecasts: Forecasts) -> Ledger:
    """Live through the written history, then release the plan of the next three months."""
    ledger = _empty_ledger(len(skus))
    family_of = np.array([FAMILIES.index(sku.family) for sku in skus])
    stock = _opening_stock(skus, demand, family_of)
    _first_orders(skus, demand, ledger, family_of)
    for month in range(months.START, months.OPEN_CYCLE):
        stock = _move_renamed(skus, stock, month)
        _plan(skus, demand, forecasts, ledger, family_of, stock, month)
        _order(skus, demand, forecasts, ledger, family_of, stock, month)
        _produce_and_receive(skus, ledger, family_of, month)
        available = stock + ledger.actual[:, month] - ledger.scrapped[:, month]
        ledger.shipped[:, month] = np.minimum(demand.sku_units[:, month], available)
        stock = available - ledger.shipped[:, month]
        ledger.closing[:, month] = stock
    _plan(skus, demand, forecasts, ledger, family_of, stock, months.OPEN_CYCLE)
    _order(skus, demand, forecasts, ledger, family_of, stock, months.OPEN_CYCLE)
    return ledger


def _empty_ledger(count: int) -> Ledger:
    hours = available_hours()
    tables = {
        name: np.zeros((count, months.END + 4))
        for name in ("planned", "actual", "scrapped", "on_time", "shipped", "closing", "on_order")
    }
    return Ledger(**tables, available_hours=hours, used_hours=np.zeros_like(hours))


def _opening_stock(skus: list[Sku], demand: Demand, family_of: np.ndarray) -> np.ndarray:
    rng = stream("opening stock")
    month = months.START
    ahead = demand.share[:, month] * demand.mean[family_of, month]
    cover = np.array([sku.family.cover_days for sku in skus]) / months.DAYS_PER_MONTH
    units: np.ndarray = np.rint(ahead * cover * rng.uniform(0.8, 1.5, len(skus)))
    return units


def _first_orders(skus: list[Sku], demand: Demand, ledger: Ledger, family_of: np.ndarray) -> None:
    """Orders that were on their way to Brightwater when the written history begins."""
    for index, sku in enumerate(skus):
        for month in range(months.START, months.START + sku.family.lead_months):
            quantity = float(np.rint(demand.share[index, month] * demand.mean[family_of[index], month]))
            ledger.on_order[index, month] = ledger.planned[index, month] = quantity


def _move_renamed(skus: list[Sku], stock: np.ndarray, month: int) -> np.ndarray:
    moved = stock.copy()
    position = {sku.code: index for index, sku in enumerate(skus)}
    for index, sku in enumerate(skus):
        if sku.renamed and sku.launch == month and sku.predecessor is not None:
            old = position[sku.predecessor]
            moved[index], moved[old] = moved[index] + moved[old], 0.0
    return moved


def _cover_days(family: int, month: int) -> float:
    days = FAMILIES[family].cover_days
    for (name, start), planned in _PLANNED_COVER.items():
        if name == FAMILIES[family].name and month >= start:
            days = planned
    return days


def _plan(
    skus: list[Sku],
    demand: Demand,
    forecasts: Forecasts,
    ledger: Ledger,
    family_of: np.ndarray,
    stock: np.ndarray,
    month: int,
) -> None:
    """Plan the made families within the hours and split each family's volume so that its SKUs last equally long.

    A normal month replaces its own plan only; the open cycle releases three months.
    """
    consensus = forecasts.units["consensus"][month]
    need = _net_need(consensus, _saleable(skus, demand, stock, family_of, month), month, demand)
    need[:, 0] = np.maximum(need[:, 0], _least_production(ledger, family_of, month))
    hours = foreseen_hours()[:, month : month + LOOK_AHEAD]
    hours[:, 0] = ledger.available_hours[:, month]
    overtime = 0.0 if month == months.OPEN_CYCLE else _OVERTIME_RATIO  # not yet approved for the open cycle
    volumes = plan_within_hours(need, hours, overtime)
    released = 3 if month == months.OPEN_CYCLE else 1
    expected = stock.copy()
    for lag in range(released):
        sku_need = demand.share[:, month + lag] * consensus[family_of, lag]
        next_need = demand.share[:, month + lag + 1] * consensus[family_of, lag + 1]
        for family in map(int, np.flatnonzero(MADE)):
            rows = np.flatnonzero(family_of == family)
            target = sku_need[rows] + next_need[rows] * _cover_days(family, month) / months.DAYS_PER_MONTH
            ledger.planned[rows, month + lag] = _split_evenly(volumes[family, lag], expected[rows], target)
        expected = np.maximum(expected + ledger.planned[:, month + lag] - sku_need, 0.0)


def _least_production(ledger: Ledger, family_of: np.ndarray, month: int) -> np.ndarray:
    """Crews are not sent home from one month to the next: a share of last month's output per working day is made."""
    last = np.bincount(family_of, weights=ledger.actual[:, month - 1], minlength=len(FAMILIES))
    return np.where(MADE, _STEADY * last * months.working_days(month) / months.working_days(month - 1), 0.0)


def _saleable(skus: list[Sku], demand: Demand, stock: np.ndarray, family_of: np.ndarray, month: int) -> np.ndarray:
    """Family stock without what is left of SKUs that are no longer sold."""
    sold = demand.share[:, month] > 0.0
    return np.bincount(family_of, weights=np.where(sold, stock, 0.0), minlength=len(FAMILIES))


def _net_need(consensus: np.ndarray, stock: np.ndarray, month: int, demand: Demand) -> np.ndarray:
    """Production needed per month to meet the consensus and end each month with its cover, families x look-ahead."""
    need = np.zeros((len(FAMILIES), LOOK_AHEAD))
    for family in map(int, np.flatnonzero(MADE)):
        on_hand = stock[family]
        for lag in range(LOOK_AHEAD):
            target = consensus[family, lag + 1] * _cover_days(family, month + lag) / months.DAYS_PER_MONTH
            need[family, lag] = max(0.0, consensus[family, lag] + target - on_hand)
            run = _LEVEL_RUN.get(FAMILIES[family].name)
            if run is not None and month + lag >= run[0]:
                need[family, lag] = max(need[family, lag], run[1] * demand.actual[family, month - 12 + lag])
            on_hand += need[family, lag] - consensus[family, lag]
    return need


def _split_evenly(volume: float, stock: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Give each SKU what brings it to the same share of its target (equal run-out), in whole units."""
    given = np.zeros(len(stock))
    active = target > 0.0
    for _ in range(6):
        if not active.any() or volume <= 0.0:
            break
        level = (volume + stock[active].sum()) / target[active].sum()
        share = level * target - stock
        if (share[active] >= 0.0).all():
            given[active] = share[active]
            break
        active &= share >= 0.0
    return np.rint(given)


def _order(
    skus: list[Sku],
    demand: Demand,
    forecasts: Forecasts,
    ledger: Ledger,
    family_of: np.ndarray,
    stock: np.ndarray,
    month: int,
) -> None:
    """Order bought SKUs up to forecast plus cover over the lead time, in lots; the order is due after the lead time."""
    consensus = forecasts.units["consensus"][month]
    for index, sku in enumerate(skus):
        if not sku.family.bought or demand.share[index, month + sku.family.lead_months] == 0.0:
            continue
        lead = sku.family.lead_months
        ahead = [demand.share[index, month + lag] * consensus[family_of[index], lag] for lag in range(lead + 2)]
        position = stock[index] + ledger.on_order[index, month : month + lead].sum()
        wanted = sum(ahead[: lead + 1]) + ahead[lead + 1] * sku.family.cover_days / months.DAYS_PER_MONTH - position
        lots = np.ceil(wanted / lot_multiple(sku))
        quantity = max(lots * lot_multiple(sku), minimum_order(sku)) if wanted > 0.2 * lot_multiple(sku) else 0.0
        ledger.on_order[index, month + lead] += quantity
        ledger.planned[index, month + lead] += quantity


def lot_multiple(sku: Sku) -> int:
    """Carton or pallet quantity in which a SKU is ordered."""
    return (200 if sku.weight > 0.12 else 50) if sku.family.bought else 1


def minimum_order(sku: Sku) -> int:
    """Smallest order the supplier takes; 0 for made SKUs."""
    if not sku.family.bought:
        return 0
    return 400 if sku.family.category == "Consumables" else 200


def _produce_and_receive(skus: list[Sku], ledger: Ledger, family_of: np.ndarray, month: int) -> None:
    rng = stream(f"production {month}")
    planned = ledger.planned[:, month]
    passed = rng.uniform(0.970, 1.012, len(skus))
    for index, sku in enumerate(skus):
        short = _SHORT_SUPPLY.get((sku.family.name, months.text(month)), 1.0)
        if sku.family.bought:
            passed[index] = short * _PORT_CLOSED.get(months.text(month), 1.0)
        else:
            passed[index] *= short
    actual = np.rint(planned * passed)
    if months.text(month) == "2025-05":
        actual += _held_back(ledger, skus)
    ledger.actual[:, month] = actual
    ledger.on_order[:, month] = 0.0
    waste = np.array([0.006 + 0.002 * (index % 4) for index in range(len(FAMILIES))])[family_of]
    waste = np.where([sku.family.bought for sku in skus], 0.002, waste)
    ledger.scrapped[:, month] = rng.binomial(actual.astype(int), waste)
    punctual = np.clip(rng.normal(0.955, 0.02, len(skus)), 0.0, 1.0)
    ledger.on_time[:, month] = np.minimum(np.rint(planned * punctual), actual)
    made = np.bincount(family_of, weights=np.where(MADE[family_of], actual, 0.0), minlength=len(FAMILIES))
    ledger.used_hours[:, month] = np.round(HOURS_PER_UNIT @ made * rng.uniform(1.000, 1.025, len(HOURS_PER_UNIT)), 1)


def _held_back(ledger: Ledger, skus: list[Sku]) -> np.ndarray:
    """Bought goods of 2025-03 and 2025-04 that waited outside the closed port."""
    late = sum(ledger.planned[:, months.number(text)] - ledger.actual[:, months.number(text)] for text in _PORT_CLOSED)
    return np.where([sku.family.bought for sku in skus], late, 0.0)
