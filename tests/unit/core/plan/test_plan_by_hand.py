"""Plans whose every figure can be checked in the head."""

import numpy as np
import pytest

from sop_dash.core.model.levers import Change, ExtraHours, Levers
from sop_dash.core.model.planning_settings import ShortageRule
from sop_dash.core.plan import plan
from tests.oracle_cases import assert_expected, oracle
from tests.unit.core.plan.plan_worlds import family_total, prepared, press_company


def test_a_family_month_adds_up_from_stock_output_and_demand():
    # 30 in stock + 100 made on 100 hours − 120 sold = 10 left; then 100 made, 110 sold with those 10: 0 left.
    company = press_company(months=2, opening=30.0, hours=100.0, overtime_max_ratio=0.0)
    result = plan(prepared(company, [[120, 110]]))
    assert result.supply.make[0] == pytest.approx([100, 100])
    assert family_total(result.supply.shipped)[0] == pytest.approx([120, 110])
    assert result.supply.closing[0] == pytest.approx([10, 0])
    assert result.money.revenue.sum() == pytest.approx(23_000)  # 230 × 100
    assert result.money.cogs.sum() == pytest.approx(13_800)  # 230 × 60
    assert result.money.margin.sum() == pytest.approx(9_200)


def test_revenue_and_cost_follow_shipments_never_demand_or_production():
    case = oracle("finance", "supply-limited-revenue")
    company = press_company(months=3, released_units=np.array([case["inputs"]["supply"]]))
    result = plan(prepared(company, [case["inputs"]["demand"]], locked_months=3))
    shipped = result.supply.shipped.sum(axis=(0, 1))
    assert_expected(case, "shipments", shipped)
    assert_expected(case, "lost", result.supply.lost.sum(axis=(0, 1)))
    assert_expected(case, "ending_inventory", result.supply.closing[0])  # +800, not −200
    assert_expected(case, "revenue", result.money.revenue.sum())  # 3.07 M, not 3.17 M
    assert_expected(case, "cogs", result.money.cogs.sum())
    assert_expected(case, "gross_margin_pct", 100 * result.money.margin.sum() / result.money.revenue.sum())
    assert_expected(case, "ending_inventory_value", result.money.inventory[0])


def test_overtime_is_used_when_the_hours_of_a_month_run_out_and_nothing_can_be_built_ahead():
    # 120 units on 100 hours: 20 hours of overtime, 6 more a unit (10 % of 60): margin 120 × 40 − 20 × 6 = 4,680.
    company = press_company(months=1, hours=100.0, overtime_max_ratio=0.3)
    result = plan(prepared(company, [[120]]))
    assert result.supply.overtime_hours[0] == pytest.approx([20])
    assert result.supply.overtime_units[0] == pytest.approx([20])
    assert result.money.overtime_premium[0] == pytest.approx([120])
    assert result.money.margin.sum() == pytest.approx(4_680)


def test_overtime_of_units_without_a_cost_has_a_premium_only_where_one_is_given():
    def premium(**given: float) -> float:
        company = press_company(months=1, hours=100.0, overtime_max_ratio=0.3, cost=np.nan, **given)
        return float(plan(prepared(company, [[120]])).money.overtime_premium[0, 0])

    assert np.isnan(premium())
    assert premium(overtime_premium_per_hour=5.0) == pytest.approx(100)
    assert premium(overtime_premium_per_unit=5.0) == pytest.approx(100)


def test_stock_is_built_ahead_before_overtime_is_paid():
    # Holding a unit a month costs 1.00 (20 % of 60 / 12), overtime 6.00.
    company = press_company(months=2, hours=100.0, overtime_max_ratio=0.3)
    result = plan(prepared(company, [[80, 120]]))
    assert result.supply.make[0] == pytest.approx([100, 100])
    assert result.supply.overtime_hours.sum() == pytest.approx(0)
    assert result.supply.closing[0] == pytest.approx([20, 0])


def test_a_month_that_can_be_served_from_stock_is_not_short():
    company = press_company(months=1, opening=50.0, hours=100.0, overtime_max_ratio=0.0)
    result = plan(prepared(company, [[140]]))
    assert result.supply.lost.sum() == pytest.approx(0)  # 50 + 100 ≥ 140
    assert not [f for f in result.findings if f.kind.code == "shortage"]


def test_shared_hours_are_seen_although_each_family_alone_would_fit():
    # 60 and 60 units at 1 hour each on 100 hours: each fits alone, together 20 are missing.
    company = press_company(families=("Kettles", "Irons"), months=1, hours=100.0, overtime_max_ratio=0.0)
    result = plan(prepared(company, [[60], [60]]))
    assert result.supply.lost.sum() == pytest.approx(20)
    assert result.supply.hours_used[0] == pytest.approx([100])


def test_the_stock_of_a_family_never_covers_for_another():
    # A has 50 too many each month, B 50 too few: B stays short whatever A has.
    company = press_company(families=("A", "B"), months=2, released_units=np.array([[150.0, 150.0], [50.0, 50.0]]))
    result = plan(prepared(company, [[100, 100], [100, 100]], locked_months=2))
    assert result.supply.closing.tolist() == [[50, 100], [0, 0]]
    assert family_total(result.supply.lost).tolist() == [[0, 0], [50, 50]]


def test_extra_hours_raise_the_hours_of_the_resource_named():
    company = press_company(months=2, hours=100.0, overtime_max_ratio=0.0, capacity_lead_time_months=1.0)
    more = Levers(extra_hours=(ExtraHours(resources=("Press",), hours_per_month=15.0),))
    result = plan(prepared(company, [[100, 120]]), more)
    assert result.supply.available_hours[0] == pytest.approx([100, 115])
    assert result.supply.lost.sum() == pytest.approx(5)  # 120 − 115


def test_outsourcing_is_zero_without_a_limit_and_up_to_the_limit_with_one():
    company = press_company(months=1, hours=100.0, overtime_max_ratio=0.0)
    assert plan(prepared(company, [[130]])).supply.outsource.sum() == 0.0
    limited = press_company(months=1, hours=100.0, overtime_max_ratio=0.0, outsource_max_units=20.0)
    base = prepared(limited, [[130]])
    result = plan(base)
    assert result.supply.outsource.sum() == pytest.approx(20)
    assert result.money.outsource_premium.sum() == pytest.approx(240)  # 20 × 20 % of 60
    assert plan(base, Levers(outsource_max_ratio=0.0)).supply.outsource.sum() == pytest.approx(0)
    assert plan(base, Levers(outsource_max_ratio=0.1)).supply.outsource.sum() == pytest.approx(13)  # 10 % of 130


def test_demand_levers_multiply_and_respect_their_scope():
    company = press_company(channels=("shop", "web"), months=2)
    base = prepared(company, [[200, 200]])
    levers = Levers(
        demand=(Change(ratio=0.1), Change(ratio=0.5, channel="web", from_month=base.inputs.grain.horizon[1]))
    )
    committed = plan(base, levers).demand.committed
    assert committed[0, 0] == pytest.approx([110, 110])
    assert committed[0, 1] == pytest.approx([110, 165])  # 100 × 1.1 × 1.5


def test_price_moves_money_and_volume_only_through_the_elasticity():
    company = press_company(months=1)
    dearer = Levers(price=(Change(ratio=0.1),))
    stiff = plan(prepared(company, [[100]]), dearer)
    assert stiff.money.revenue.sum() == pytest.approx(11_000)  # 100 × 110
    elastic = plan(prepared(company, [[100]], price_elasticity=-2.0), dearer)
    assert elastic.demand.committed.sum() == pytest.approx(80)  # −20 % volume for +10 % price
    assert elastic.money.revenue.sum() == pytest.approx(8_800)


def test_cover_days_raise_the_stock_target_of_the_open_months():
    # November has 30 days, so 15 days of a December with 31 and 310 units are 150.
    company = press_company(months=2)
    base = prepared(company, [[300, 310]])
    assert plan(base, Levers(cover_days=15.0)).supply.target[0, 0] == pytest.approx(150)


def test_a_bought_family_arrives_after_its_lead_time_and_later_under_the_lever():
    company = press_company(made=(False,), months=3, hours_per_unit=0.0)
    company.supply.lead_time_months[:] = 1.0
    base = prepared(company, [[50, 50, 50]])
    assert plan(base).supply.make[0] == pytest.approx([0, 50, 50])
    assert plan(base, Levers(lead_time_extra_months=1)).supply.make[0] == pytest.approx([0, 0, 50])


@pytest.mark.parametrize(
    "rule,first,expected",
    [
        (ShortageRule.PROPORTIONAL, "", [20.0, 20.0]),
        (ShortageRule.CONTRIBUTION, "", [40.0, 0.0]),
        (ShortageRule.NAMED_FIRST, "shop", [0.0, 40.0]),
    ],
)
def test_a_shortage_falls_on_the_channels_by_the_rule(rule, first, expected):
    # 200 wanted, 160 possible; the shop earns 20 a unit less than the web.
    company = press_company(
        channels=("shop", "web"),
        months=1,
        hours=160.0,
        overtime_max_ratio=0.0,
        price=np.array([[[80.0], [100.0]]]),
    )
    result = plan(prepared(company, [[200]], shortage_rule=rule, named_first_channel=first))
    assert result.supply.lost[0, :, 0] == pytest.approx(expected)
