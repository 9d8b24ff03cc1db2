"""What would it take: the smallest list of additions with which demand is served, or the most that can be reached.

The supply programme is solved again with hours and units that may be added. First as much as possible is served with
additions that cost nothing; then the additions are made as small as possible without serving less. Additions are hours
of resources where a routing is known, and units received where none is. Hours, units, plan currency.
Source: feasibility restoration; core 3.2.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_matrix, hstack

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.errors import SopError
from sop_dash.core.supply.kernel import highs_model
from sop_dash.core.supply.layout import layout_of
from sop_dash.core.supply.matrix import coefficient_matrix
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.vectors import Bounds, Prices, Vectors, prices_of, vectors_of

_NOTICEABLE = 1e-6
_PREFER_LATER = 1e-3
_SLACK = 1e-7


class NotRestored(SopError):
    """The solver gave no answer to the question what it would take."""


@dataclass(frozen=True, kw_only=True)
class AddedHours:
    """Hours to add to a resource in a month (indices)."""

    resource: int
    month: int
    hours: float


@dataclass(frozen=True, kw_only=True)
class AddedUnits:
    """Units of a family to receive from outside in a month (indices)."""

    family: int
    month: int
    units: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Restoration:
    """What it takes.

    Args:
        hours: To add, beyond regular hours and all overtime allowed; empty when nothing is missing.
        units: To receive, where no hours could help.
        lost_units: [F, T] still not served.
        reached: True when what was asked for is reached.
    """

    hours: tuple[AddedHours, ...]
    units: tuple[AddedUnits, ...]
    lost_units: Array
    reached: bool

    @property
    def total_hours(self) -> float:
        """All hours to add."""
        return sum(one.hours for one in self.hours)

    @property
    def nothing_missing(self) -> bool:
        """True when no addition is needed."""
        return not self.hours and not self.units


def restoration(problem: SupplyProblem, chosen: BoolArray, value: Array, target_ratio: float = 1.0) -> Restoration:
    """The smallest additions with which the chosen families reach a share of their demand.

    Args:
        problem: The plan's problem.
        chosen: [F] families whose demand counts.
        value: [F, T] what a unit counts in the share: its price, or 1.
        target_ratio: Share of the demand of these families to serve; 1 is all of it.

    Raises:
        NotRestored: When the solver fails.
    """
    model = _Model(problem)
    weight = np.where(chosen[:, None], np.maximum(value, _NOTICEABLE * max(float(value.max(initial=0.0)), 1.0)), 0.0)
    asked = float((weight * problem.demand_units).sum())
    best = model.least_lost(weight)
    allowed = max((1.0 - target_ratio) * asked, best * (1.0 + _SLACK) + _SLACK * max(asked, 1.0))
    values = model.least_added(weight, allowed)
    return Restoration(
        hours=model.added_hours(values),
        units=model.added_units(values),
        lost_units=model.lost(values),
        reached=best <= (1.0 - target_ratio) * asked + 1e-6 * max(asked, 1.0),
    )


class _Model:
    """The supply programme with columns for what may be added and a row for what is lost."""

    def __init__(self, problem: SupplyProblem) -> None:
        self._problem, self._layout = problem, layout_of(problem)
        self._vectors = vectors_of(problem, self._layout, prices_of(problem, self._layout, 1e-3))
        self._hours = _may_gain_hours(problem)
        self._units = _may_gain_units(problem)
        self._matrix = hstack(
            [coefficient_matrix(problem, self._layout), self._additions("hours"), self._additions("balance")],
            format="csc",
        )

    def least_lost(self, weight: Array) -> float:
        """The least weighed loss when additions are free."""
        values = self._solved(self._lost_cost(weight), None)
        return float((weight * self.lost(values)).sum())

    def least_added(self, weight: Array, allowed: float) -> Array:
        """The values with the fewest additions, late rather than early, that lose no more than allowed."""
        months = self._problem.months
        later = 1.0 + _PREFER_LATER * (months - 1 - np.arange(months)) / max(months, 1)
        cost = np.zeros(self._matrix.shape[1])
        first, second = self._spans()
        cost[first] = np.broadcast_to(later, self._hours.shape)[self._hours]
        # A unit from outside is the last resort: dearer than the hours any family needs for a unit.
        last_resort = 10.0 * max(1.0, float(self._problem.resource_hours_per_unit.sum(axis=0).max(initial=0.0)))
        cost[second] = last_resort * np.broadcast_to(later, self._units.shape)[self._units]
        own = self._vectors.prices.cost
        calm = 1e-6 * cost[first.start :].max(initial=1.0) / max(float(np.abs(own).max(initial=1.0)), 1.0)
        cost[: own.size] = calm * own
        return self._solved(cost, (self._lost_cost(weight), allowed))

    def lost(self, values: Array) -> Array:
        """[F, T] units not served."""
        own = values[: self._layout.columns.size] * self._layout.column_scale
        return np.maximum(self._layout.columns.view(own, "lost"), 0.0).copy()

    def added_hours(self, values: Array) -> tuple[AddedHours, ...]:
        """Hours added, in the order of resources and months."""
        found = _noticed(values[self._spans()[0]], self._hours)
        return tuple(AddedHours(resource=r, month=t, hours=hours) for r, t, hours in found)

    def added_units(self, values: Array) -> tuple[AddedUnits, ...]:
        """Units added, in the order of families and months."""
        found = _noticed(values[self._spans()[1]], self._units)
        return tuple(AddedUnits(family=f, month=t, units=units) for f, t, units in found)

    def _spans(self) -> tuple[slice, slice]:
        own, hours = self._layout.columns.size, int(self._hours.sum())
        return slice(own, own + hours), slice(own + hours, self._matrix.shape[1])

    def _additions(self, block: str) -> csc_matrix:
        """Columns that add an hour (or a unit) to a row of this block; unscaled values, scaled rows."""
        rows, flags = self._layout.rows.index(block), self._hours if block == "hours" else self._units
        sign = -1.0 if block == "hours" else 1.0
        chosen = rows[flags]
        values = sign * self._layout.row_scale[chosen]
        shape = (self._layout.rows.size, chosen.size)
        return csc_matrix((values, (chosen, np.arange(chosen.size))), shape=shape)

    def _lost_cost(self, weight: Array) -> Array:
        cost = np.zeros(self._matrix.shape[1])
        own = np.zeros(self._layout.columns.size)
        self._layout.columns.view(own, "lost")[...] = weight
        cost[: own.size] = own * self._layout.column_scale
        return cost

    def _solved(self, cost: Array, at_most: tuple[Array, float] | None) -> Array:
        bounds, added = self._vectors.bounds, self._matrix.shape[1] - self._layout.columns.size
        size = max(float(np.abs(cost).max(initial=0.0)), _NOTICEABLE)
        model = highs_model(
            self._matrix,
            Vectors(
                bounds=Bounds.joined(
                    lower=np.concatenate((bounds.lower, np.zeros(added))),
                    upper=np.concatenate((bounds.upper, np.full(added, np.inf))),
                    row_lower=bounds.row_lower,
                    row_upper=bounds.row_upper,
                ),
                prices=Prices(cost=cost / size, money=cost, steering=np.zeros_like(cost)),
                money_constant=0.0,
            ),
        )
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.passModel(model)
        if at_most is not None:
            row, limit = at_most
            columns = np.flatnonzero(row).astype(np.int32)
            scale = max(float(np.abs(row).max(initial=0.0)), _NOTICEABLE)
            highs.addRow(-highspy.kHighsInf, limit / scale, columns.size, columns, row[columns] / scale)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise NotRestored("What it would take could not be worked out.", remedy="Move a lever and ask again.")
        return np.asarray(np.maximum(np.array(highs.getSolution().col_value, dtype=np.float64), 0.0))


def _may_gain_hours(problem: SupplyProblem) -> BoolArray:
    """[R, T] resource-months that can get more hours: open, with known hours, used by some family."""
    used = np.asarray((problem.resource_hours_per_unit > 0.0).any(axis=1))[:, None]
    is_open = np.arange(problem.months) >= problem.locked_months
    return np.asarray(~np.isnan(problem.available_hours) & used & is_open)


def _may_gain_units(problem: SupplyProblem) -> BoolArray:
    """[F, T] family-months that only a receipt from outside can help: bought, or made without a routing."""
    no_hours = np.asarray((problem.resource_hours_per_unit <= 0.0).all(axis=0))
    arrives = np.arange(problem.months) >= np.maximum(problem.lead_time_months, problem.locked_months)[:, None]
    return np.asarray(no_hours[:, None] & arrives)


def service_ratio(lost_units: Array, demand_units: Array, value: Array, chosen: BoolArray) -> float:
    """Share of the demand of the chosen families that is served, weighed by value; NaN without demand."""
    asked = float((value * demand_units)[chosen].sum())
    return 1.0 - float((value * lost_units)[chosen].sum()) / asked if asked > 0.0 else float("nan")


def _noticed(added: Array, flags: BoolArray) -> list[tuple[int, int, float]]:
    """Row, month and amount of the additions worth telling; `added` stands in the order of the flagged cells."""
    least = _NOTICEABLE * max(float(added.max(initial=0.0)), 1.0)
    cells = np.argwhere(flags).tolist()
    return [(r, t, float(amount)) for (r, t), amount in zip(cells, added, strict=True) if amount > least]
