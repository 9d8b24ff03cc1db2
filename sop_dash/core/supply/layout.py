"""Where every decision and every balance stands in the linear programme: named blocks of columns and rows.

A block is a dense array of decisions (for example make, families × months) laid out one after another. Numbers inside
the programme are scaled by powers of two, so that quantities and costs of large and small families look alike.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.problem import SupplyProblem

Index = NDArray[np.int32]


class Blocks:
    """Named blocks of consecutive numbers, in the order they were added."""

    def __init__(self, shapes: dict[str, tuple[int, int]]) -> None:
        self._shape = shapes
        self._slice: dict[str, slice] = {}
        self.size = 0
        for name, (rows, columns) in shapes.items():
            self._slice[name] = slice(self.size, self.size + rows * columns)
            self.size += rows * columns

    def __contains__(self, name: str) -> bool:
        return name in self._shape

    def index(self, name: str) -> Index:
        """The positions of a block, in its shape."""
        span = self._slice[name]
        return np.arange(span.start, span.stop, dtype=np.int32).reshape(self._shape[name])

    def view(self, vector: Array, name: str) -> Array:
        """The part of a vector that belongs to a block, in its shape; writing to it writes to the vector."""
        return vector[self._slice[name]].reshape(self._shape[name])

    def scatter(self, values: dict[str, Any]) -> Array:
        """One vector from values per block (broadcast to its shape); blocks without values are zero."""
        vector = np.zeros(self.size)
        for name, value in values.items():
            self.view(vector, name)[...] = value
        return vector


@dataclass(frozen=True, kw_only=True, eq=False)
class Layout:
    """Blocks and scales of the programme of one problem structure.

    Columns (all ≥ 0): make, outsource, lost, above, below, glide [F, T]; regular, overtime hours [R, T]; and, where the
    group exists, over_band, under_band, over_calm, under_calm [F, M]; ramp_up, ramp_down [S, months]; over_limit [X, T]
    for the X families with a limit; waiting [F, T]; overflow, spot [1, T]; material, material_short [N, T].
    Rows: balance [F, T], hours [R, T] and, where the group exists, ramp, warehouse, transport, materials.

    Args:
        columns, rows: The blocks.
        column_scale, row_scale: Real value = scaled value × column scale; scaled row = real row × row scale.
        money_scale: Scaled cost = real cost × column scale / money scale.
    """

    columns: Blocks
    rows: Blocks
    column_scale: Array
    row_scale: Array
    money_scale: float


def layout_of(problem: SupplyProblem) -> Layout:
    """The blocks that this problem needs, scaled to its volumes."""
    columns, rows = Blocks(_column_shapes(problem)), Blocks(_row_shapes(problem))
    family, resource = _family_scale(problem), _resource_scale(problem)
    by_family = {name: family[:, None] for name in _FAMILY_BLOCKS if name in columns}
    by_resource = {"regular": resource[:, None], "overtime": resource[:, None]}
    column_scale, row_scale = (
        {**by_family, **by_resource},
        {"balance": 1 / family[:, None], "hours": 1 / resource[:, None]},
    )
    if problem.ramp is not None:
        ramp = resource[list(problem.ramp.resources)][:, None]
        column_scale |= {"ramp_up": ramp, "ramp_down": ramp}
        row_scale["ramp"] = 1 / ramp
    if problem.stock_limit is not None:
        column_scale["over_limit"] = family[list(problem.stock_limit.limited)][:, None]
    if problem.warehouse is not None:
        space = _power_of_two(_mean_of_known(problem.warehouse.capacity))[:, None]
        column_scale["overflow"], row_scale["warehouse"] = space, 1 / space
    if problem.transport is not None:
        load = _power_of_two(_mean_of_known(problem.transport.capacity))[:, None]
        column_scale["spot"], row_scale["transport"] = load, 1 / load
    if problem.materials is not None:
        usage = problem.materials.units_per_unit @ problem.demand_units.mean(axis=1)
        material = _power_of_two(usage)[:, None]
        column_scale |= {"material": material, "material_short": material}
        row_scale["materials"] = 1 / material
    return Layout(
        columns=columns,
        rows=rows,
        column_scale=columns.scatter(column_scale),
        row_scale=rows.scatter(row_scale),
        money_scale=_money_scale(problem, family),
    )


_FAMILY_BLOCKS = (
    "make", "outsource", "lost", "above", "below", "glide", "waiting",
    "over_band", "under_band", "over_calm", "under_calm",
)  # fmt: skip


def _column_shapes(problem: SupplyProblem) -> dict[str, tuple[int, int]]:
    families, months, resources = problem.families, problem.months, problem.resources
    shapes = dict.fromkeys(("make", "outsource", "lost", "above", "below", "glide"), (families, months))
    shapes |= dict.fromkeys(("regular", "overtime"), (resources, months))
    for name, group in problem.bands():
        shapes |= dict.fromkeys((f"over_{name}", f"under_{name}"), group.reference_units.shape)
    if problem.ramp is not None:
        shapes |= dict.fromkeys(("ramp_up", "ramp_down"), _ramp_shape(problem))
    if problem.stock_limit is not None:
        shapes["over_limit"] = (len(problem.stock_limit.limited), months)
    if problem.warehouse is not None:
        shapes["overflow"] = (1, months)
    if problem.transport is not None:
        shapes["spot"] = (1, months)
    if problem.materials is not None:
        shapes |= dict.fromkeys(("material", "material_short"), (len(problem.materials.opening_units), months))
    if problem.backlog is not None:
        shapes["waiting"] = (families, months)
    return shapes


def _row_shapes(problem: SupplyProblem) -> dict[str, tuple[int, int]]:
    shapes = {"balance": (problem.families, problem.months), "hours": (problem.resources, problem.months)}
    if problem.ramp is not None:
        shapes["ramp"] = _ramp_shape(problem)
    if problem.warehouse is not None:
        shapes["warehouse"] = (1, problem.months)
    if problem.transport is not None:
        shapes["transport"] = (1, problem.months)
    if problem.materials is not None:
        shapes["materials"] = (len(problem.materials.opening_units), problem.months)
    return shapes


def _ramp_shape(problem: SupplyProblem) -> tuple[int, int]:
    ramp = problem.ramp
    return (0, 0) if ramp is None else (len(ramp.resources), max(0, ramp.last_month - ramp.first_month + 1))


def _mean_of_known(values: Array) -> Array:
    """[1] mean of the known values; NaN without any."""
    known = values[~np.isnan(values)]
    return np.array([known.mean() if known.size else np.nan])


def _power_of_two(values: Array) -> Array:
    """The power of two next to each value; 1 where it is zero or unknown. Scaling by it loses no digit."""
    positive = np.where(np.isfinite(values) & (values > 0.0), values, 1.0)
    return np.asarray(np.exp2(np.round(np.log2(positive))))


def _family_scale(problem: SupplyProblem) -> Array:
    volume = np.maximum(problem.demand_units.mean(axis=1), problem.target_units.mean(axis=1))
    return _power_of_two(volume)


def _resource_scale(problem: SupplyProblem) -> Array:
    load = problem.resource_hours_per_unit @ problem.demand_units.mean(axis=1)
    return _power_of_two(load)


def _money_scale(problem: SupplyProblem, family_scale: Array) -> float:
    """A scale under which the unit cost of the middle family is about 100."""
    value = problem.unit_cost.mean(axis=1) * family_scale
    typical = (
        np.median(value[value > 0.0]) if (value > 0.0).any() else np.median(problem.lost_weight) * family_scale.mean()
    )
    return float(_power_of_two(np.array([typical / 128.0]))[0])
