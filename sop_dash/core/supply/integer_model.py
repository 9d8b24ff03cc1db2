"""The supply programme with whole-number columns beside it: lots, shifts, and months with overtime.

Its own rows stand behind those of the linear programme; everything in them is in real units until it is scaled.
"""

from dataclasses import replace

import numpy as np
from scipy.sparse import csc_matrix

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.supply.integer_options import IntegerOptions, NoIntegerPlan
from sop_dash.core.supply.layout import Blocks, Index, layout_of
from sop_dash.core.supply.matrix import Entries, coefficient_matrix, output_blocks
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.vectors import Bounds, Prices, Vectors, prices_of, vectors_of


def complete_options(problem: SupplyProblem, options: IntegerOptions) -> IntegerOptions:
    """The options with zeros where nothing is asked."""

    def given(values: Array, size: int) -> Array:
        filled = np.zeros(size) if values.size == 0 else np.nan_to_num(values, nan=0.0)
        if filled.shape != (size,) or (filled < 0.0).any():
            raise NoIntegerPlan("Lots and shifts must be given for every family or resource, and never below zero.")
        return filled

    families, resources = problem.families, problem.resources
    return replace(
        options,
        minimum_lot_units=given(options.minimum_lot_units, families),
        lot_multiple_units=given(options.lot_multiple_units, families),
        shift_hours=given(options.shift_hours, resources),
        shift_cost=given(options.shift_cost, resources),
        shift_first_month=given(options.shift_first_month, resources),
    )


class IntegerModel:
    """The linear programme with the columns and rows of the whole steps behind its own."""

    def __init__(self, problem: SupplyProblem, options: IntegerOptions) -> None:
        self.problem, self._options = problem, options
        self.layout = layout_of(problem)
        self._open = np.arange(problem.months) >= problem.locked_months
        families, resources, months = problem.families, problem.resources, problem.months
        stays, window = max(options.shift_least_months - 1, 0), options.overtime_months_in_a_row
        streaks = max(months - window, 0) if window is not None else 0
        self.steps = Blocks(
            dict.fromkeys(("lot", "multiple"), (families, months))
            | dict.fromkeys(("shift", "shift_hours", "overtime_on"), (resources, months))
        )
        self._rows = Blocks(
            dict.fromkeys(("lot_least", "lot_most", "multiples"), (families, months))
            | dict.fromkeys(("shift_most", "overtime_most"), (resources, months))
            | {"shift_stays": (resources, months * stays), "streak": (resources, streaks)}
        )
        self._entries = Entries()
        self._low, self._high = np.zeros(self.steps.size), np.zeros(self.steps.size)
        self._row_low, self._row_high = np.full(self._rows.size, -np.inf), np.full(self._rows.size, np.inf)
        family, resource = (self.layout.rows.view(self.layout.row_scale, name) for name in ("balance", "hours"))
        self._row_scale = self._rows.scatter(
            dict.fromkeys(("lot_least", "lot_most", "multiples"), family)
            | dict.fromkeys(("shift_most", "overtime_most"), resource)
            | dict.fromkeys(("shift_stays", "streak"), 1.0)
        )
        self._add_lots()
        self._add_shifts()
        self._add_overtime_limit()
        self.matrix = self._whole_matrix()
        self.vectors = self._whole_vectors()

    @property
    def whole(self) -> Index:
        """The columns that must be whole numbers."""
        names = ("lot", "multiple", "shift", "overtime_on")
        return np.concatenate([self.column(name).ravel() for name in names])

    def column(self, name: str) -> Index:
        """Where a block of whole steps stands among all columns."""
        return self.steps.index(name) + np.int32(self.layout.columns.size)

    def _add_lots(self) -> None:
        """Least × lot ≤ output ≤ most × lot; output = multiple × count."""
        options, most = self._options, self._most_units()
        least = np.broadcast_to(options.minimum_lot_units[:, None], most.shape)
        asked = (least > 0.0) & self._open
        if asked.any():
            self._output("lot_least", asked)
            self._output("lot_most", asked)
            self._put("lot_least", self.column("lot"), np.where(asked, -least, 0.0))
            self._put("lot_most", self.column("lot"), np.where(asked, -np.maximum(most, least), 0.0))
            self._bound("lot_least", asked, low=0.0)
            self._bound("lot_most", asked, high=0.0)
            self.steps.view(self._high, "lot")[...] = asked
        step = np.broadcast_to(options.lot_multiple_units[:, None], most.shape)
        asked = (step > 0.0) & self._open
        if asked.any():
            self._output("multiples", asked)
            self._put("multiples", self.column("multiple"), np.where(asked, -step, 0.0))
            self._bound("multiples", asked, low=0.0, high=0.0)
            count = np.ceil(np.divide(most, step, out=np.zeros_like(most), where=asked))
            self.steps.view(self._high, "multiple")[...] = count

    def _add_shifts(self) -> None:
        """Hours of a shift ≤ its hours × stands; one that begins stays for the least months."""
        options, problem = self._options, self.problem
        first = np.maximum(options.shift_first_month, problem.locked_months)[:, None]
        offered = (options.shift_hours[:, None] > 0.0) & (np.arange(problem.months) >= first)
        if not offered.any():
            return
        hours = np.where(offered, options.shift_hours[:, None], 0.0)
        stands, stays = self.column("shift"), self._rows.index("shift_stays")
        self._put("shift_most", self.column("shift_hours"), 1.0)
        self._put("shift_most", stands, -hours)
        self._bound("shift_most", offered, high=0.0)
        self.steps.view(self._high, "shift")[...] = offered
        self.steps.view(self._high, "shift_hours")[...] = hours
        months = problem.months
        for later in range(1, options.shift_least_months):
            rows = stays[:, (later - 1) * months : later * months]
            self._entries.add(rows, stands, 1.0)
            self._entries.add(rows[:, 1:], stands[:, :-1], -1.0)
            self._entries.add(rows[:, :-later], stands[:, later:], -1.0)
            self._row_high[rows[:, :-later].ravel()] = 0.0

    def _add_overtime_limit(self) -> None:
        """Overtime ≤ its limit × on; of any n + 1 months in a row at most n are on."""
        window, problem = self._options.overtime_months_in_a_row, self.problem
        if window is None:
            return
        limit = problem.overtime_limit_hours
        overtime = self.layout.columns.index("overtime")
        used = limit > 0.0
        self._put("overtime_most", overtime, 1.0)
        self._put("overtime_most", self.column("overtime_on"), -limit)
        self._bound("overtime_most", used, high=0.0)
        self.steps.view(self._high, "overtime_on")[...] = used
        rows, on = self._rows.index("streak"), self.column("overtime_on")
        locked = problem.locked_months
        forced = problem.resource_hours_per_unit @ problem.locked_make_units > problem.regular_limit_hours[:, :locked]
        for month in range(rows.shape[1]):
            span = slice(month, month + window + 1)
            self._entries.add(rows[:, month : month + 1], on[:, span], 1.0)
            fixed = forced[:, span].sum(axis=1) if month < locked else 0
            self._row_high[rows[:, month]] = np.maximum(window, fixed)

    def _most_units(self) -> Array:
        """[F, T] more than any plan makes in the month: what hours allow, or all that is still to be served."""
        problem, options = self.problem, self._options
        demand = problem.demand_units[:, ::-1].cumsum(axis=1)[:, ::-1]
        need = demand + problem.glide_units.max(axis=1, keepdims=True)
        if problem.backlog is not None:
            need = need + problem.backlog.opening_units[:, None]
        hours = problem.regular_limit_hours + problem.overtime_limit_hours + options.shift_hours[:, None]
        usage = problem.resource_hours_per_unit
        for resource, row in enumerate(usage):
            used = row > 0.0
            need[used] = np.minimum(need[used], hours[resource] / row[used, None])
        return np.asarray(need + np.maximum(options.minimum_lot_units, options.lot_multiple_units)[:, None])

    def _output(self, name: str, asked: BoolArray) -> None:
        """Put the output of the months asked for into a row."""
        rows = self._rows.index(name)
        for months, block, sign in output_blocks(self.problem, self.layout):
            self._entries.add(rows[:, months], block, np.where(asked[:, months], sign, 0.0))

    def _put(self, name: str, columns: Index, values: Array | float) -> None:
        self._entries.add(self._rows.index(name), columns, values)

    def _bound(self, name: str, asked: BoolArray, *, low: float = -np.inf, high: float = np.inf) -> None:
        at = self._rows.index(name)[asked]
        self._row_low[at], self._row_high[at] = low, high

    def _whole_matrix(self) -> csc_matrix:
        base = coefficient_matrix(self.problem, self.layout).tocoo()
        rows, columns, values = self._entries.collected()
        values = values * self._row_scale[rows]
        wide = self.layout.columns.size
        scale = np.concatenate((self.layout.column_scale, np.ones(self.steps.size)))
        hours = self.layout.rows.index("hours").ravel()
        shift = self.column("shift_hours").ravel()
        shape = (self.layout.rows.size + self._rows.size, wide + self.steps.size)
        matrix = csc_matrix(
            (
                np.concatenate((base.data, values * scale[columns], -self.layout.row_scale[hours])),
                (
                    np.concatenate((base.row, rows + self.layout.rows.size, hours)),
                    np.concatenate((base.col, columns, shift)),
                ),
            ),
            shape=shape,
        )
        matrix.sort_indices()
        return matrix

    def _whole_vectors(self) -> Vectors:
        prices = prices_of(self.problem, self.layout, 0.0)
        plain = vectors_of(self.problem, self.layout, prices)
        paid = np.zeros(self.steps.size)
        self.steps.view(paid, "shift")[...] = self._options.shift_cost[:, None]
        bounds, join = plain.bounds, np.concatenate
        return Vectors(
            bounds=Bounds.joined(
                lower=join((bounds.lower, self._low)),
                upper=join((bounds.upper, self._high)),
                row_lower=join((bounds.row_lower, self._row_low)),
                row_upper=join((bounds.row_upper, self._row_high)),
            ),
            prices=Prices(
                cost=join((prices.cost, paid / self.layout.money_scale)),
                money=join((prices.money, paid)),
                steering=join((prices.steering, np.zeros(self.steps.size))),
            ),
            money_constant=plain.money_constant,
        )
