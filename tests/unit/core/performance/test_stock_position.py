"""Where the stock of a family stands: cover in days, its band, and the lowest point ahead."""

import numpy as np
import pytest

from sop_dash.core.model.kpi import Status
from sop_dash.core.performance.stock_position import StockPosition, stock_positions
from tests.array_plans import plan_of, result_of
from tests.array_worlds import company_inputs, grain, stock

# Nov 26 (30 days) and Dec 26 (31 days); 30 a month of demand.
G = grain(families=("Kettles",), horizon=2)


def position(*, make: list[float], opening: float = 30.0, target: float = 31.0) -> StockPosition:
    inputs = company_inputs(G, stock=stock(G, saleable_units=opening, discontinued_units=4.0, blocked_units=2.0))
    plan = result_of(G, plan_of(G, demand=[[[30.0, 31.0]]], make=[make], opening=opening, target=target))
    (row,) = stock_positions(inputs, plan, np.array([True]), locked=1, months=2)
    return row


def test_stock_of_one_month_of_demand_lasts_that_month():
    # 30 units against 30 in November (one a day); target 31 at the end of November is December's demand: 31 days.
    row = position(make=[31.0, 31.0])
    assert row.cover_days == pytest.approx(30.0)
    assert row.target_days == pytest.approx(31.0)
    assert row.saleable_value == pytest.approx(30 * 60.0)
    assert (row.discontinued_units, row.blocked_units) == (4.0, 2.0)


def test_the_lowest_point_is_looked_for_in_open_months():
    # End of November: 30 + 0 − 30 = 0, but that month is locked; end of December: 0 + 62 − 31 = 31.
    row = position(make=[0.0, 62.0])
    assert row.lowest_month == "2026-12"
    assert row.below_target_units == pytest.approx(0.0)


@pytest.mark.parametrize(
    "made,status",
    [(31.0 + 1.0, Status.ON_PLAN), (31.0 - 3.0, Status.WATCH), (31.0 - 20.0, Status.ACT)],
)
def test_stock_is_judged_by_its_lowest_point(made, status):
    # The stock aimed at is 31 (band 24.8 to 37.2); the year after repeats the mean of the months known.
    assert position(make=[31.0, made]).status is status


def test_stock_that_is_not_known_is_not_judged():
    assert position(make=[31.0, 31.0], opening=np.nan).status is Status.NO_DATA
