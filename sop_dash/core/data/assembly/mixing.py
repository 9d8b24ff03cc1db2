"""From items to families: which mix of items a family is, and the weighted mean of their prices and costs."""

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, Places
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.inputs import SalesHistory

RECENT_MONTHS = 12


def recent(values: Array) -> Array:
    """Sum of the last twelve months along the last axis; NaN months count as nothing."""
    return np.asarray(np.nan_to_num(values[..., -RECENT_MONTHS:]).sum(axis=-1), dtype=np.float64)


def revenue_per_unit(revenue: Array, units: Array) -> Array:
    """Net revenue ÷ units of the last twelve months whose revenue is known, along the last axis; NaN without any."""
    sold = np.maximum(recent(np.where(np.isnan(revenue), 0.0, units)), 0.0)
    return ratio_or_nan(recent(revenue), sold)


def family_unit_revenue(sales: SalesHistory) -> Array:
    """[F] the same of each family, all its channels together."""
    unknown = np.isnan(sales.net_revenue_value)
    revenue, units = (np.where(unknown, 0.0, each).sum(axis=1) for each in (sales.net_revenue_value, sales.units))
    return revenue_per_unit(revenue, units)


def trailing(values: Array) -> Array:
    """Sum of each month and the eleven before it, along the last axis; same shape."""
    running = np.cumsum(values, axis=-1)
    result = running.copy()
    result[..., RECENT_MONTHS:] -= running[..., :-RECENT_MONTHS]
    return result


def family_sum(values: Array, axes: Axes) -> Array:
    """Add the items of each family: [S, …] to [F, …]; 0 for families without items."""
    total = np.zeros((len(axes.grain.families), *values.shape[1:]))
    if len(axes.skus):
        present, starts = np.unique(axes.sku_family, return_index=True)
        total[present] = np.add.reduceat(values, starts, axis=0)
    return total


def family_mean(values: Array, weights: tuple[Array, ...], axes: Axes) -> Array:
    """Weighted mean of the items of each family, over the items whose value is known.

    Args:
        values: [S, …]; NaN where unknown.
        weights: Weights of the same shape, best first; the next ones stand in where a family has no weight at all.
        axes: Says which items a family has.

    Returns:
        [F, …]; NaN where no item of the family has a value, or no weights say how to mix them.
    """
    known = ~np.isnan(values)
    result = np.full((len(axes.grain.families), *values.shape[1:]), np.nan)
    for candidate in weights:
        weight = np.where(known, np.broadcast_to(candidate, values.shape), 0.0)
        mean = ratio_or_nan(family_sum(np.where(known, values, 0.0) * weight, axes), family_sum(weight, axes))
        result = np.where(np.isnan(result), mean, result)
    return result


def active_weights(volumes: Array, axes: Axes) -> tuple[Array, ...]:
    """Ways to mix the items of the coming months, best first.

    Recent units of items still sold, recent units of all items, items still sold in equal parts, all in equal parts.
    `volumes` is [S, …, H]; the weights lose the month axis.
    """
    sold = np.maximum(recent(volumes), 0.0)
    open_items = np.broadcast_to((~axes.ended).reshape((-1,) + (1,) * (sold.ndim - 1)), sold.shape).astype(np.float64)
    return sold * open_items, sold, open_items, np.ones_like(sold)


def dated(frame: pd.DataFrame, column: str, places: tuple[Places, ...], shape: tuple[int, ...], since: Places) -> Array:
    """Values that hold from a month on until the next one: the last axis is the calendar of K months.

    Args:
        frame: Rows in canonical order; among rows of one month the last one counts.
        column: The column of values; rows without a value are left out.
        places: Position of each row along the axes before the calendar; rows with a negative one are left out.
        shape: Shape of the result, K last.
        since: Calendar position of the first month; earlier ones start at 0, later than K never.

    Returns:
        NaN before the first value.
    """
    values = frame[column].to_numpy()
    months = shape[-1]
    used = ~np.isnan(values) & (since < months)
    for place in places:
        used &= place >= 0
    order = np.flatnonzero(used)
    order = order[np.argsort(since[order], kind="stable")]
    result = np.full(shape, np.nan)
    result[(*(place[order] for place in places), np.maximum(since[order], 0))] = values[order]
    last_known = np.maximum.accumulate(np.where(np.isnan(result), 0, np.arange(months)), axis=-1)
    return np.take_along_axis(result, last_known, axis=-1)
