"""The gap table: what regular hours cannot give, and how the plan closes it; numbers by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.kpi import Status
from sop_dash.core.performance.gap_table import FamilyGap, gap_table, shortage
from tests.array_plans import plan_of, result_of
from tests.array_worlds import grain

G = grain(families=("Kettles", "Irons"), resources=("Press",), horizon=2)
BOTH = np.array([True, True])
HOURS = np.array([[0.5, 0.5]])
OPENING = np.array([20.0, 0.0])


def gaps(**plan: object) -> dict[str, FamilyGap]:
    made = plan_of(G, **{"opening": OPENING, **plan})
    return {row.family: row for row in gap_table(result_of(G, made), OPENING, HOURS, BOTH, 2)}


def test_stock_above_its_target_and_regular_output_are_supply_and_the_rest_is_the_gap():
    # Kettles: 20 in stock, 10 wanted at the end, 2 × 90 made of which 2 × 15 in overtime; 200 asked.
    # Regular supply = 20 − 10 + (180 − 30) = 160, gap = 160 − 200 = −40; 20 + 180 = 200 are shipped, stock ends at 0.
    row = gaps(demand=100.0, make=90.0, overtime=15.0, target=10.0)["Kettles"]
    assert (row.demand, row.regular_supply, row.gap) == pytest.approx((200.0, 160.0, -40.0))
    assert row.gap_ratio == pytest.approx(-0.2)
    # What closes it: 30 overtime and 10 taken from the stock that should have stayed.
    assert (row.overtime, row.from_stock, row.not_served) == pytest.approx((30.0, 10.0, 0.0))
    assert row.status is Status.WATCH


def test_demand_that_is_not_served_asks_for_action_and_comes_first():
    # Irons: nothing in stock, 2 × 90 made, 2 × 100 asked: 10 a month are lost, at 100 each 2,000.
    rows = gaps(demand=100.0, make=90.0)
    assert list(rows) == ["Irons", "Kettles"]
    assert rows["Irons"].not_served == pytest.approx(20.0)
    assert rows["Irons"].lost_revenue_value == pytest.approx(2000.0)
    assert (rows["Irons"].first_short, rows["Irons"].status) == (0, Status.ACT)


def test_a_family_whose_capacity_nobody_knows_is_not_judged_unless_it_is_short():
    rows = gaps(demand=[[[50.0]], [[100.0]]], make=[[50.0], [90.0]], available_hours=np.nan)
    assert rows["Kettles"].status is Status.NO_DATA
    assert rows["Irons"].status is Status.ACT


def test_a_family_without_demand_has_no_share_and_no_status():
    row = gaps(demand=0.0, make=0.0)["Irons"]
    assert np.isnan(row.gap_ratio)
    assert row.status is Status.NO_DATA


def test_the_shortage_names_families_by_money_and_their_months():
    # Kettles live on stock in the first month: 20 + 90 ≥ 100, then 10 + 90 = 100: never short. Irons always are.
    found = shortage(result_of(G, plan_of(G, demand=100.0, make=90.0, opening=OPENING)), BOTH, 2)
    assert found.families == ("Irons",)
    assert found.months == G.horizon
    assert found.revenue_value == pytest.approx(2000.0)


def test_a_shortage_without_prices_has_no_money():
    found = shortage(result_of(G, plan_of(G, demand=100.0, make=90.0, price=np.nan)), BOTH, 2)
    assert found.families
    assert np.isnan(found.revenue_value)


@given(
    demand=st.floats(0, 500),
    make=st.floats(0, 500),
    share=st.floats(0, 1),
    outsource=st.floats(0, 100),
    target=st.floats(0, 200),
)
def test_the_gap_is_exactly_what_the_means_put_in(demand, make, share, outsource, target):
    row = gaps(demand=demand, make=make, overtime=make * share, outsource=outsource, target=target)["Kettles"]
    means = row.overtime + row.outsourced + row.from_stock + row.not_served
    assert row.gap == pytest.approx(-means, abs=1e-6)
