"""Budget as family × channel × month; a line for more than one cell is spread by the revenue of the last 12 months."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, Places, summed
from sop_dash.core.data.assembly.mixing import recent
from sop_dash.core.data.checks.values import is_empty
from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import SalesHistory
from sop_dash.core.model.periods import short_name

BUDGET_SPREAD = FindingKind(
    code="budget-spread",
    severity=Severity.INFORMS,
    title="Budget spread over families or channels",
    remedy="Give the budget by family and channel.",
)
BUDGET_ENDS = FindingKind(
    code="budget-ends",
    severity=Severity.INFORMS,
    title="Budget ends before the plan",
    remedy="Load the budget of the following months.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Budget:
    """[F, C, K] units, revenue, margin; [K] stock and working capital; NaN where there is no budget."""

    units: Array
    revenue_value: Array
    margin_value: Array
    inventory_value: Array
    working_capital_value: Array


def budget_of(frames: Mapping[str, pd.DataFrame], sales: SalesHistory, axes: Axes) -> tuple[Budget, list[Finding]]:
    """The budget on the axes of the plan. Without the table everything is NaN.

    A line by category, or without a channel, covers several cells: it is spread by their net revenue of the last 12
    months (units where no revenue is known; equal parts where nothing was sold), and a finding says so.
    """
    F, C, _H, K = axes.shape
    if "budget" not in frames:
        cells, months = np.full((F, C, K), np.nan), np.full(K, np.nan)
        empty = Budget(
            units=cells, revenue_value=cells, margin_value=cells, inventory_value=months, working_capital_value=months
        )
        return empty, []
    lines = frames["budget"]
    month = axes.months(lines["month"])
    scope = _scope(lines, axes)
    shares = _shares(scope, sales)
    revenue = _spread(lines["revenue"].to_numpy(), scope, shares, month, (F, C, K))
    budget = Budget(
        units=_spread(lines["units"].to_numpy(), scope, shares, month, (F, C, K)),
        revenue_value=revenue,
        margin_value=_spread(lines["gross_margin"].to_numpy(), scope, shares, month, (F, C, K)),
        inventory_value=summed((K,), (month,), lines["inventory_value"].to_numpy()),
        working_capital_value=summed((K,), (month,), lines["working_capital"].to_numpy()),
    )
    found: list[Finding] = []
    wide = scope.reshape(len(lines), -1).sum(axis=1) > 1
    if wide.any():
        detail = "By the net revenue of the last 12 months."
        found.append(Finding(kind=BUDGET_SPREAD, table="budget", detail=detail, count=int(wide.sum())))
    budgeted = np.flatnonzero(~np.isnan(revenue).all(axis=(0, 1)) | ~np.isnan(budget.units).all(axis=(0, 1)))
    if len(budgeted) and budgeted[-1] < K - 1:
        detail = f"The last month is {short_name(axes.grain.calendar[budgeted[-1]])}."
        found.append(Finding(kind=BUDGET_ENDS, table="budget", detail=detail, count=int(K - 1 - budgeted[-1])))
    return budget, found


def _scope(lines: pd.DataFrame, axes: Axes) -> BoolArray:
    """[n, F, C] cells each line covers; none for a line that names an unknown family, category or channel."""
    grain = axes.grain
    family, channel = axes.families(lines), axes.channels(lines["channel"])
    by_family = ~is_empty(lines["family"])
    categories = np.array(grain.categories, dtype=object)
    of_category = np.asarray(lines["category"].astype(object))[:, None] == categories[None, :]
    of_family = family[:, None] == np.arange(len(grain.families))[None, :]
    rows = np.where(by_family[:, None], of_family, of_category)
    all_channels = is_empty(lines["channel"])
    columns = (channel[:, None] == np.arange(len(grain.channels))[None, :]) | all_channels[:, None]
    covered: BoolArray = rows[:, :, None] & columns[:, None, :]
    return covered


def _shares(scope: BoolArray, sales: SalesHistory) -> Array:
    """[n, F, C] part of each line that falls on each cell; the parts of a line add up to 1."""
    revenue, units = recent(sales.net_revenue_value), recent(sales.units)
    size = np.maximum(revenue if revenue.any() else units, 0.0)
    weight = scope * size
    total = weight.sum(axis=(1, 2), keepdims=True)
    equal = ratio_or_nan(scope, scope.sum(axis=(1, 2), keepdims=True))
    return np.nan_to_num(np.where(total > 0.0, ratio_or_nan(weight, total), equal))


def _spread(amounts: Array, scope: BoolArray, shares: Array, month: Places, shape: tuple[int, int, int]) -> Array:
    """[F, C, K] amounts of the lines on their cells; NaN where no line gives any."""
    line, family, channel = np.nonzero(scope)
    return summed(shape, (family, channel, month[line]), amounts[line] * shares[line, family, channel])
