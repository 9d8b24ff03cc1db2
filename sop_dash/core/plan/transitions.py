"""Launches that replace an item: what a past replacement of the kind did tells what this one may do. Units a month.

The launch curve of the forerunner (the analogue) is the sales of the new item in its first six months over the six
months of the old one before; what it took from the old one is the cannibalisation. An item whose predecessor stops in
the very month was only renamed: it is no forerunner.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import ItemHistory, PlanInputs

CURVE_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One item that follows another.

    Args:
        sku, family: The new item.
        launch_month: Its first month.
        predecessor: The item it replaces.
        predecessor_units: Average month of the old item over the last six before the launch (or the last closed).
        analogue: Past launch whose curve is used; empty without one, or for launches of the past.
        curve_units: First six months expected, or sold when the launch is past; NaN where unknown.
        taken_ratio: Share of the old item's sales the new one (or the analogue) took away in those months.
        past: True when it has been launched six months ago or more.
    """

    sku: str
    family: str
    launch_month: str
    predecessor: str
    predecessor_units: float
    analogue: str
    curve_units: tuple[float, ...]
    taken_ratio: float
    past: bool


def transitions(inputs: PlanInputs) -> tuple[Transition, ...]:
    """Every replacement known, launches to come first, renamed items left out; empty without predecessors."""
    items, history = inputs.items, inputs.grain.history
    place = {sku: row for row, sku in enumerate(items.skus)}
    followers = [r for r, old in enumerate(items.predecessors) if old in place and items.launch_months[r]]
    launched = [row for row in followers if items.launch_months[row] in history[CURVE_MONTHS : -CURVE_MONTHS + 1]]
    past = [row for row in launched if not _renamed(inputs, row, place)]
    followers = [row for row in followers if row in past or row not in launched]
    rows = [_transition(inputs, row, place, past) for row in followers]
    return tuple(sorted(rows, key=lambda row: (row.past, row.launch_month, row.sku)))


def usual_units(items: ItemHistory, sku: str) -> float:
    """Average month of an item over the last six closed ones; NaN for an item without sales."""
    if sku not in items.skus:
        return float("nan")
    recent = items.units[items.skus.index(sku), -CURVE_MONTHS:]
    return float(np.nan_to_num(recent).mean()) if recent.size else float("nan")


def launch_curve(inputs: PlanInputs, sku: str) -> Array:
    """[6] first six months of a past launch over the average month of the item it followed; ones where unknown."""
    items = inputs.items
    place = {name: row for row, name in enumerate(items.skus)}
    row = place.get(sku)
    whole = inputs.grain.history[CURVE_MONTHS : -CURVE_MONTHS + 1]
    if row is None or items.predecessors[row] not in place or items.launch_months[row] not in whole:
        return np.ones(CURVE_MONTHS)
    curve, _ = _curve(inputs, row, place)
    return np.where(np.isnan(curve), 1.0, curve)


def _transition(inputs: PlanInputs, row: int, place: dict[str, int], past: list[int]) -> Transition:
    items, history = inputs.items, inputs.grain.history
    old, launch, done = place[items.predecessors[row]], items.launch_months[row], row in past
    until = history.index(launch) if launch in history else len(history)
    before = float(np.nan_to_num(items.units[old, max(until - CURVE_MONTHS, 0) : until]).mean()) if until else np.nan
    model = row if done else _analogue(items, row, past)
    curve, taken = (np.full(CURVE_MONTHS, np.nan), float("nan")) if model is None else _curve(inputs, model, place)
    return Transition(
        sku=items.skus[row],
        family=inputs.grain.families[items.families[row]],
        launch_month=launch,
        predecessor=items.skus[old],
        predecessor_units=before,
        analogue="" if done or model is None else items.skus[model],
        curve_units=tuple((curve * before).tolist()),
        taken_ratio=taken,
        past=done,
    )


def _analogue(items: ItemHistory, row: int, past: list[int]) -> int | None:
    """The latest past replacement, of the same family if there is one."""
    own = [other for other in past if items.families[other] == items.families[row]]
    return max(own or past, key=lambda other: (items.launch_months[other], items.skus[other]), default=None)


def _renamed(inputs: PlanInputs, row: int, place: dict[str, int]) -> bool:
    """Whether nothing of the old item was sold from the launch on."""
    items = inputs.items
    start = inputs.grain.history.index(items.launch_months[row])
    return not np.nan_to_num(items.units[place[items.predecessors[row]], start:]).any()


def _curve(inputs: PlanInputs, row: int, place: dict[str, int]) -> tuple[Array, float]:
    """First six months of a past launch over the average month of the item before, and the share taken from that."""
    items, old = inputs.items, place[inputs.items.predecessors[row]]
    start = inputs.grain.history.index(items.launch_months[row])
    before = float(np.nan_to_num(items.units[old, start - CURVE_MONTHS : start]).mean())
    if before <= 0.0:
        return np.full(CURVE_MONTHS, np.nan), float("nan")
    months = slice(start, start + CURVE_MONTHS)
    curve = np.nan_to_num(items.units[row, months]) / before
    after = float(np.nan_to_num(items.units[old, months]).mean())
    return np.asarray(curve), max(1.0 - after / before, 0.0)
