"""The balance of a plan by month: stock roll-forward, receivables, payables, working capital, cash-to-cash."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.finance.working_capital import CashConversion, cash_conversion
from sop_dash.core.model.arrays import Array, known_sum, worth
from sop_dash.core.model.company_money import planned_money
from sop_dash.core.model.identities import Identity, identity
from sop_dash.core.model.result import MoneyPlan, SupplyPlan


@dataclass(frozen=True, kw_only=True, eq=False)
class Balance:
    """[T] each, in plan currency at standard cost, of the families whose cost is known.

    Args:
        opening_stock: Before the month, at its cost.
        supplied: Made, outsourced and received in the month.
        cogs: Shipped.
        closing_stock: After the month: opening + supplied − shipped.
        revaluation: What a new standard cost adds to the opening stock of the month.
        receivables, payables: At month end.
        cash: At month end; NaN without opening cash.
    """

    opening_stock: Array
    supplied: Array
    cogs: Array
    closing_stock: Array
    revaluation: Array
    receivables: Array
    payables: Array
    cash: Array

    @property
    def working_capital(self) -> Array:
        """Stock + receivables − payables."""
        return self.closing_stock + self.receivables - self.payables

    @property
    def ties(self) -> Identity:
        """Opening + supplied − shipped = closing."""
        return identity("stock value ties", self.opening_stock + self.supplied - self.cogs, self.closing_stock)


def balance(supply: SupplyPlan, money: MoneyPlan) -> Balance:
    """Roll the stock of a plan forward; the opening stock follows from the first month's balance.

    Receivables are unknown where no price is known, payables where no cost is.
    """
    cost = money.unit_cost
    arrived = supply.make + supply.outsource + supply.receipts
    before = supply.closing[:, :1] - arrived[:, :1] + supply.shipped[:, :, 0].sum(axis=1, keepdims=True)
    opening_units = np.concatenate((before, supply.closing[:, :-1]), axis=1)
    earlier_cost = np.concatenate((cost[:, :1], cost[:, :-1]), axis=1)
    unpriced = np.nan if np.isnan(money.price).all() else 0.0
    uncosted = np.nan if np.isnan(cost).all() else 0.0
    return Balance(
        opening_stock=known_sum(worth(opening_units, cost), 0),
        supplied=known_sum(worth(arrived, cost), 0),
        cogs=known_sum(worth(supply.shipped.sum(axis=1), cost), 0),
        closing_stock=known_sum(money.inventory, 0),
        revaluation=known_sum(worth(opening_units, cost - earlier_cost), 0),
        receivables=money.receivables + unpriced,
        payables=money.payables + uncosted,
        cash=money.cash,
    )


def cash_to_cash(books: Balance, money: MoneyPlan, *, months: int = 12) -> CashConversion:
    """The cash conversion cycle of the first `months` of a plan, balances at their end, stock on average."""
    window = slice(months)
    stock = (books.opening_stock + books.closing_stock)[window] / 2.0
    return cash_conversion(
        revenue=float(planned_money(money).revenue[window].sum()),
        cogs=float(books.cogs[window].sum()),
        inventory=float(stock.mean()),
        receivables=float(books.receivables[window][-1]),
        payables=float(books.payables[window][-1]),
        months=stock.size,
    )
