"""The coefficient matrix of the supply programme, built once per problem structure from index arrays.

Stock at month end is not a column: it is path − glide − below + above, put straight into the balances, which saves one
row per family and month.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csc_matrix

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.layout import Index, Layout
from sop_dash.core.supply.problem import SupplyProblem

_STOCK_BLOCKS = (("above", 1.0), ("below", -1.0), ("glide", -1.0))


@dataclass
class Entries:
    """Coefficients in real units, collected block by block."""

    rows: list[Index] = field(default_factory=list)
    columns: list[Index] = field(default_factory=list)
    values: list[Array] = field(default_factory=list)

    def add(self, rows: Index, columns: Index, values: Array | float) -> None:
        r, c, v = np.broadcast_arrays(rows, columns, np.asarray(values, dtype=np.float64))
        kept = v != 0.0
        self.rows.append(r[kept])
        self.columns.append(c[kept])
        self.values.append(v[kept])

    def collected(self) -> tuple[Index, Index, Array]:
        """Rows, columns and values, in the order they were added."""
        if not self.rows:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0)
        return np.concatenate(self.rows), np.concatenate(self.columns), np.concatenate(self.values)


def coefficient_matrix(problem: SupplyProblem, layout: Layout) -> csc_matrix:
    """The scaled matrix, one row per balance and limit, one column per decision."""
    entries = Entries()
    _add_balance(entries, problem, layout)
    _add_hours(entries, problem, layout)
    if "ramp" in layout.rows:
        _add_ramp(entries, problem, layout)
    if "warehouse" in layout.rows:
        _add_warehouse(entries, problem, layout)
    if "transport" in layout.rows:
        _add_transport(entries, problem, layout)
    if "materials" in layout.rows:
        _add_materials(entries, problem, layout)
    rows, columns, values = entries.collected()
    values = values * layout.row_scale[rows] * layout.column_scale[columns]
    matrix = csc_matrix((values, (rows, columns)), shape=(layout.rows.size, layout.columns.size))
    matrix.sort_indices()
    return matrix


def output_blocks(problem: SupplyProblem, layout: Layout) -> list[tuple[slice, Index, float]]:
    """The columns that add up to output, with the months they stand for and their sign."""
    months = slice(0, problem.months)
    blocks = [(months, layout.columns.index("make"), 1.0)]
    for name, group in problem.bands():
        blocks.append((group.months, layout.columns.index(f"over_{name}"), 1.0))
        blocks.append((group.months, layout.columns.index(f"under_{name}"), -1.0))
    return blocks


def _stock_blocks(problem: SupplyProblem, layout: Layout) -> list[tuple[list[int], Index, float]]:
    """The columns that add up to stock, with the families they stand for and their sign."""
    every = list(range(problem.families))
    blocks = [(every, layout.columns.index(name), sign) for name, sign in _STOCK_BLOCKS]
    if problem.stock_limit is not None:
        blocks.append((list(problem.stock_limit.limited), layout.columns.index("over_limit"), 1.0))
    return blocks


def _add_balance(entries: Entries, problem: SupplyProblem, layout: Layout) -> None:
    """Arrivals + outsourced + lost − rise of stock = demand − receipts (the path of stock stands on the right)."""
    balance, columns = layout.rows.index("balance"), layout.columns
    for span, block, sign in output_blocks(problem, layout):
        start = np.arange(problem.months)[span]
        arrival = start + np.where(problem.made, problem.lead_time_months, 0).astype(np.int64)[:, None]
        in_time = arrival < problem.months
        rows = np.take_along_axis(balance, np.minimum(arrival, problem.months - 1), axis=1)
        entries.add(rows, block, np.where(in_time, sign, 0.0))
    entries.add(balance, columns.index("outsource"), 1.0)
    entries.add(balance, columns.index("lost"), 1.0)
    for families, block, sign in _stock_blocks(problem, layout):
        entries.add(balance[families], block, -sign)
        entries.add(balance[families, 1:], block[:, :-1], sign)
    if "waiting" in columns:
        waiting = columns.index("waiting")
        entries.add(balance, waiting, 1.0)
        entries.add(balance[:, 1:], waiting[:, :-1], -1.0)


def _add_hours(entries: Entries, problem: SupplyProblem, layout: Layout) -> None:
    """Hours asked − regular hours − overtime hours = 0; the limits are bounds of the hours."""
    hours = layout.rows.index("hours")
    usage = problem.resource_hours_per_unit[:, :, None]
    for span, block, sign in output_blocks(problem, layout):
        entries.add(hours[:, None, span], block[None, :, :], sign * usage)
    entries.add(hours, layout.columns.index("regular"), -1.0)
    entries.add(hours, layout.columns.index("overtime"), -1.0)


def _add_ramp(entries: Entries, problem: SupplyProblem, layout: Layout) -> None:
    """Hours of the month − hours of the month before, both at this month's calendar days."""
    ramp = problem.ramp
    if ramp is None or ramp.last_month < ramp.first_month:
        return
    rows, chosen = layout.rows.index("ramp"), list(ramp.resources)
    month = np.arange(ramp.first_month, ramp.last_month + 1)
    days = problem.calendar_days[month] / problem.calendar_days[month - 1]
    for name in ("regular", "overtime"):
        hours = layout.columns.index(name)[chosen]
        entries.add(rows, hours[:, month], 1.0)
        entries.add(rows, hours[:, month - 1], -days)
    entries.add(rows, layout.columns.index("ramp_up"), -1.0)
    entries.add(rows, layout.columns.index("ramp_down"), 1.0)


def _add_warehouse(entries: Entries, problem: SupplyProblem, layout: Layout) -> None:
    if problem.warehouse is None:
        return
    rows = layout.rows.index("warehouse")
    for families, block, sign in _stock_blocks(problem, layout):
        entries.add(rows, block, sign * problem.warehouse.space_per_unit[families, None])
    entries.add(rows, layout.columns.index("overflow"), -1.0)


def _add_transport(entries: Entries, problem: SupplyProblem, layout: Layout) -> None:
    """Units shipped are demand − lost, less what still waits, plus what waited before."""
    if problem.transport is None:
        return
    rows, load = layout.rows.index("transport"), problem.transport.load_per_unit[:, None]
    entries.add(rows, layout.columns.index("lost"), -load)
    if "waiting" in layout.columns:
        waiting = layout.columns.index("waiting")
        entries.add(rows, waiting, -load)
        entries.add(rows[:, 1:], waiting[:, :-1], load)
    entries.add(rows, layout.columns.index("spot"), -1.0)


def _add_materials(entries: Entries, problem: SupplyProblem, layout: Layout) -> None:
    """Material left − material left before (where it keeps) + used − short = received."""
    if problem.materials is None:
        return
    rows, left = layout.rows.index("materials"), layout.columns.index("material")
    entries.add(rows, left, 1.0)
    entries.add(rows[:, 1:], left[:, :-1], np.where(problem.materials.kept[:, None], -1.0, 0.0))
    usage = problem.materials.units_per_unit[:, :, None]
    for span, block, sign in output_blocks(problem, layout):
        entries.add(rows[:, None, span], block[None, :, :], sign * usage)
    entries.add(rows, layout.columns.index("material_short"), -1.0)
