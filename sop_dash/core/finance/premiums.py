"""What a plan pays beside standard cost, by kind: overtime, outsourcing and the other costs. Plan currency."""

from collections.abc import Mapping

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.result import MoneyPlan, OtherCost

OVERTIME, OUTSOURCING, ALL = "overtime", "outsourcing", "all"
KINDS = (OVERTIME, OUTSOURCING, *(kind.value for kind in OtherCost))


def premiums_by_kind(money: MoneyPlan) -> Mapping[str, Array]:
    """[T] each, of the families with a margin: every kind of `KINDS`, and `ALL`, which the profit deducts.

    A kind is NaN in a month in which a part of it has no price; that part is not in `ALL`. All are without any margin.
    """
    known = ~np.isnan(money.margin).any(axis=(1, 2))
    paid = {OVERTIME: money.overtime_premium, OUTSOURCING: money.outsource_premium}
    paid |= {kind.value: money.other(kind) for kind in OtherCost}
    paid[ALL] = money.overtime_premium + money.outsource_premium + money.other_value
    none = 0.0 if known.any() else np.nan
    return {name: values[known].sum(axis=0) + none for name, values in paid.items()}
