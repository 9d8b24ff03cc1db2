"""Planning weights of a lost unit: what the plan is told a lost sale is worth. Money per unit, [F, T].

They steer the plan and are never part of reported money.
"""

import numpy as np

from sop_dash.core.model.arrays import Array


def service_first_weights(price: Array, unit_cost: Array, target_penalty: Array) -> Array:
    """Weights under which committed demand is served before money, and stock is used before a sale is lost.

    w[f, t] = 10 · max(mean price, mean cost) + 2 · target penalty · (T − t). The decay over the months makes the plan
    lose as late as possible and serve from stock first.

    Args:
        price: [F, T] net price; months with an unknown price are left out of the mean, none known counts as 0.
        unit_cost: [F, T].
        target_penalty: [F] per unit-month below target.
    """
    months = price.shape[1]
    known = ~np.isnan(price)
    mean_price = np.where(known, price, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    worth = 10.0 * np.maximum(mean_price, unit_cost.mean(axis=1))
    months_left = months - 1.0 - np.arange(months)
    weights: Array = worth[:, None] + 2.0 * target_penalty[:, None] * months_left
    return weights


def money_weights(price: Array, goodwill: Array) -> Array:
    """Weights of the pure money objective: the price itself plus goodwill; unprofitable demand may be refused.

    The production cost of a lost unit is saved because it is not made, so the price, not the margin, is the weight.

    Args:
        price: [F, T] net price; an unknown or negative price counts as 0.
        goodwill: [F] per lost unit.
    """
    return np.maximum(np.nan_to_num(price, nan=0.0), 0.0) + goodwill[:, None]
