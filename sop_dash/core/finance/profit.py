"""Profit, stock value and cash of a plan by month, in plan currency, on units shipped.

Revenue and cost of goods follow shipments, never demand or production; what is made and not shipped becomes stock.
Shapes: F families, C channels, T months of the horizon, H months of history.
"""

from collections.abc import Mapping

import numpy as np

from sop_dash.core.finance.working_capital import cash_path, outstanding
from sop_dash.core.model.arrays import Array, sum_of_known, worth
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.result import MoneyPlan, OtherCost, known_costs


def money_plan(
    *,
    grain: Grain,
    price: Array,
    unit_cost: Array,
    shipped: Array,
    lost: Array,
    make: Array,
    outsource: Array,
    receipts: Array,
    closing: Array,
    overtime_premium: Array,
    outsource_premium: Array,
    other_costs: Mapping[OtherCost, Array],
    history_revenue: Array,
    history_purchases: Array,
    receivable_days: float,
    payable_days: float,
    material_share: float,
    opening_cash: float | None,
    fixed_cost_per_month: float | None,
    tax_ratio: float | None,
) -> MoneyPlan:
    """Turn the units of a plan into money.

    Args:
        grain: Names along the axes; says which families are made.
        price: [F, C, T] net price; NaN makes the money of that family and channel unknown, and nothing else.
        unit_cost: [F, T] standard cost; NaN likewise.
        shipped: [F, C, T] units.
        lost: [F, C, T] units.
        make: [F, T] units produced; of bought families units ordered by the plan.
        outsource: [F, T] units.
        receipts: [F, T] units already on order.
        closing: [F, T] units in stock at month end.
        overtime_premium: [F, T] money.
        outsource_premium: [F, T] money.
        other_costs: [F, T] money by kind, paid in the month; NaN, where it has no price, is left out of the margin and
            the cash.
        history_revenue: [H] company revenue before the horizon, for the money customers still owe.
        history_purchases: [H] company purchases likewise.
        receivable_days: Days until customers pay.
        payable_days: Days until suppliers are paid.
        material_share: Share of the cost of a made unit that is bought; the rest is paid in the month it is made.
        opening_cash: None leaves the cash path unknown.
        fixed_cost_per_month: None plans cash before fixed costs.
        tax_ratio: Share of each month's positive operating profit; None plans cash before tax.

    Returns:
        Money by family, channel and month. Nothing shipped is worth 0, whatever is unknown about its price.
    """
    cost = unit_cost[:, None, :]
    revenue = worth(shipped, price)
    cogs = worth(shipped, cost)
    other = known_costs(other_costs, overtime_premium.shape)
    premium = overtime_premium + outsource_premium + other
    fixed = np.nan if fixed_cost_per_month is None else fixed_cost_per_month
    margin = revenue - cogs - premium[:, None, :] * _channel_share(shipped)

    made_value, bought_value = worth(make, unit_cost), worth(outsource + receipts, unit_cost)
    bought_part = np.where(np.asarray(grain.made, dtype=np.bool_), material_share, 1.0)[:, None] * made_value
    spent = (bought_part + bought_value + outsource_premium, made_value - bought_part + overtime_premium, other)
    purchases, conversion, other_by_month = sum_of_known(np.array(spent), 1)
    paid_at_once = conversion + other_by_month + (fixed_cost_per_month or 0.0)
    revenue_by_month, profit_by_month = sum_of_known(np.array((revenue, margin)), (1, 2))
    receivables = outstanding(revenue_by_month, history_revenue, receivable_days)
    payables = outstanding(purchases, history_purchases, payable_days)
    return MoneyPlan(
        price=price,
        unit_cost=unit_cost,
        revenue=revenue,
        cogs=cogs,
        overtime_premium=overtime_premium,
        outsource_premium=outsource_premium,
        other_costs=other_costs,
        margin=margin,
        inventory=worth(closing, unit_cost),
        fixed_cost=np.full(closing.shape[1], fixed),
        receivables=receivables[1:],
        payables=payables[1:],
        cash=cash_path(
            opening_cash=opening_cash,
            revenue=revenue_by_month,
            purchases=purchases,
            paid_at_once=paid_at_once,
            operating_profit=profit_by_month - (fixed_cost_per_month or 0.0),
            receivables=receivables,
            payables=payables,
            tax_ratio=tax_ratio,
        ),
        lost_margin=worth(lost, price - cost),
    )


def _channel_share(shipped: Array) -> Array:
    """Share of each channel in the units of its family and month; equal shares when nothing is shipped."""
    total = shipped.sum(axis=1, keepdims=True)
    if total.all():
        return np.asarray(shipped / total)
    share = np.full(shipped.shape, 1.0 / shipped.shape[1])
    np.divide(shipped, total, out=share, where=total > 0.0)
    return share
