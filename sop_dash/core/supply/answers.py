"""Reading the columns of a solver's answer as a supply plan, whichever programme gave it."""

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.solver_report import SolverReport
from sop_dash.core.supply.evaluate import evaluate
from sop_dash.core.supply.layout import Layout
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplyDuals, SupplySolution


def decided_plan(
    problem: SupplyProblem,
    layout: Layout,
    values: Array,
    *,
    report: SolverReport,
    duals: SupplyDuals | None = None,
) -> SupplySolution:
    """The plan that scaled columns stand for, followed month by month.

    Args:
        problem: What is planned; its structure is that of the layout.
        layout: Blocks and scales.
        values: Scaled columns, within their bounds.
        report: How they were found; handed on.
        duals: Handed on.
    """
    real = values[: layout.columns.size] * layout.column_scale
    view = layout.columns.view
    return evaluate(
        problem,
        output_units(problem, layout, real),
        view(real, "outsource").copy(),
        report=report,
        lost_units=view(real, "lost").copy(),
        waiting_units=view(real, "waiting").copy() if problem.backlog is not None else None,
        duals=duals,
    )


def output_units(problem: SupplyProblem, layout: Layout, real: Array) -> Array:
    """[F, T] output that unscaled columns stand for: what is made, and the steps outside a band."""
    make = layout.columns.view(real, "make").copy()
    for name, group in problem.bands():
        make[:, group.months] += layout.columns.view(real, f"over_{name}") - layout.columns.view(real, f"under_{name}")
        np.maximum(make, 0.0, out=make)
    return make
