"""What a forecast that runs to one side costs: stock that lies idle, and margin that may be lost. Plan currency.

Too high: the units over-forecast lie in stock for a month each, at standard cost, and carry the cost of holding it.
Too low: the units under-forecast are short unless stock covers them; their margin is what is at risk, not what is lost.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan


@dataclass(frozen=True, kw_only=True, eq=False)
class BiasCost:
    """[F] each; NaN where the cost, the price or every pair is unknown.

    Args:
        idle_stock_value: Average stock that came from forecasts above what was wanted.
        holding_value_per_year: Cost of holding that stock for a year.
        margin_at_risk_per_year: Margin of the units wanted beyond the forecast, a year.
    """

    idle_stock_value: Array
    holding_value_per_year: Array
    margin_at_risk_per_year: Array


def bias_cost(
    forecast: Array, actual: Array, *, unit_cost: Array, unit_margin: Array, carrying_ratio_per_year: float
) -> BiasCost:
    """The cost of the errors of each family.

    Args:
        forecast: [F, N] units.
        actual: [F, N] units of the same months; pairs with an unknown side are left out.
        unit_cost: [F] money of a unit.
        unit_margin: [F] money of a unit.
        carrying_ratio_per_year: Cost of holding stock, share of its value a year.
    """
    error = forecast - actual
    pairs = (~np.isnan(error)).sum(axis=1)
    over = ratio_or_nan(np.where(error > 0.0, error, 0.0).sum(axis=1), pairs)
    under = ratio_or_nan(np.where(error < 0.0, -error, 0.0).sum(axis=1), pairs)
    idle = over * unit_cost
    return BiasCost(
        idle_stock_value=idle,
        holding_value_per_year=idle * carrying_ratio_per_year,
        margin_at_risk_per_year=under * unit_margin * 12.0,
    )
