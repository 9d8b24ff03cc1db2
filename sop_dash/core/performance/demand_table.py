"""The demand table (S-306): each family by month with quarter totals, against last month's cycle and last year. Units.

Families are never added up: their units are unlike.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, known_sum, ratio_or_nan
from sop_dash.core.model.fiscal import FiscalQuarter, fiscal_quarters
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.monthly import family_demand


@dataclass(frozen=True, kw_only=True)
class QuarterTotal:
    """The total of one fiscal quarter; its closed months count as they came. NaN where unknown.

    Args:
        name: `Q1 FY27`.
        units: Closed months actual + planned months.
        actual_months: How many of its months are closed.
        vs_last_month_ratio: Change against the plan made last month for the same months.
        vs_last_year_ratio: Change against the same months a year earlier.
        vs_budget_ratio: Change against the units budgeted; NaN unless every month has a budget.
    """

    name: str
    units: float
    actual_months: int
    vs_last_month_ratio: float
    vs_last_year_ratio: float
    vs_budget_ratio: float


@dataclass(frozen=True, kw_only=True)
class DemandRow:
    """One family.

    Args:
        family, category: Whose it is.
        month_units: One number per month of the horizon.
        quarters: Every fiscal quarter with a planned month and three known months.
    """

    family: str
    category: str
    month_units: tuple[float, ...]
    quarters: tuple[QuarterTotal, ...]


def demand_table(
    inputs: PlanInputs, demand: Array, previous: Array | None = None, channels: BoolArray | None = None
) -> tuple[DemandRow, ...]:
    """One row per family, in the order of the families.

    Args:
        inputs: The data load, for the closed months.
        demand: [F, T] planned demand, channels added.
        previous: [F, T] what last month's cycle planned for the same months, NaN where it did not reach; None when
            there was none. A quarter is compared over the months both know.
        channels: [C] channels that `demand` and the closed months cover; None is all.
    """
    past = family_demand(inputs) if channels is None else known_sum(inputs.sales.demand_units[:, channels], 1)
    whole = np.concatenate((past, demand), axis=1)
    earlier = np.full(demand.shape, np.nan) if previous is None else previous
    budget = _budget_units(inputs, channels)
    quarters = whole_quarters(inputs)
    closed = len(inputs.grain.history)
    return tuple(
        DemandRow(
            family=family,
            category=category,
            month_units=tuple(demand[row].tolist()),
            quarters=tuple(
                _quarter(quarter, whole[row], demand[row], earlier[row], budget[row], closed) for quarter in quarters
            ),
        )
        for row, (family, category) in enumerate(zip(inputs.grain.families, inputs.grain.categories, strict=True))
    )


def largest_first(plan: PlanResult) -> tuple[str, ...]:
    """Names of the families, the most revenue of the plan first; those without a price last, in their order."""
    revenue = known_sum(plan.money.revenue, (1, 2))
    order = np.argsort(-np.nan_to_num(revenue, nan=-np.inf), kind="stable")
    return tuple(plan.grain.families[f] for f in order.tolist())


def whole_quarters(inputs: PlanInputs) -> tuple[FiscalQuarter, ...]:
    """The fiscal quarters with a planned month and three known ones, the current one first."""
    found = fiscal_quarters(inputs.grain, inputs.company.fiscal_year_first_month)
    return tuple(quarter for quarter in found if quarter.covered.stop - quarter.covered.start == 3)


def _budget_units(inputs: PlanInputs, channels: BoolArray | None) -> Array:
    """[F, K] budget of the channels; NaN where none of them has one."""
    units = inputs.money.budget_units
    return known_sum(units if channels is None else units[:, channels], 1)


def _quarter(
    quarter: FiscalQuarter, whole: Array, demand: Array, previous: Array, budget: Array, closed: int
) -> QuarterTotal:
    months = quarter.covered
    planned = slice(max(months.start, closed) - closed, months.stop - closed)
    both = ~np.isnan(previous[planned]) & ~np.isnan(demand[planned])
    now, before = demand[planned][both].sum(), previous[planned][both].sum()
    units = float(whole[months].sum())
    last_year = float(whole[months.start - 12 : months.stop - 12].sum()) if months.start >= 12 else np.nan
    return QuarterTotal(
        name=quarter.name,
        units=units,
        actual_months=quarter.actual_months,
        vs_last_month_ratio=float(ratio_or_nan(now, before)) - 1.0,
        vs_last_year_ratio=float(ratio_or_nan(units, last_year)) - 1.0,
        vs_budget_ratio=float(ratio_or_nan(units, float(budget[months].sum()))) - 1.0,
    )
