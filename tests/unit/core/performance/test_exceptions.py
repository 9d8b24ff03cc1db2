"""Exceptions: by money, each for a reason; a steady season is none, a cut of every month is one."""

import numpy as np
import pytest

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.exceptions import changed_months, finding_facts, finding_key
from sop_dash.core.performance.review import review
from tests import array_worlds as worlds

G = worlds.grain(families=("Kettles", "Irons"), history=12)


def codes(**parts) -> list[str]:
    forecasts = parts.pop("forecasts", None)
    found = review(inputs=worlds.company_inputs(G, **parts), settings=PlanningSettings(), forecasts_at_lag1=forecasts)
    return [finding.kind.code for finding in found.exceptions]


def test_a_forecast_that_runs_off_is_told_and_hidden_biases_too():
    sales = worlds.sales(G, units=100.0, net_revenue_value=1_000.0)
    found = codes(sales=sales, forecasts=np.array([[130.0] * 12, [70.0] * 12]))
    assert found == ["forecast-runs-off", "forecast-runs-off", "offsetting-bias"]


def test_production_above_its_plan_is_an_exception_too():
    supply = worlds.supply(G, planned_units=100.0, actual_units=[[130.0] * 12, [100.0] * 12])
    assert codes(supply=supply) == ["production-off-plan"]


def test_an_empty_shelf_and_a_full_one_are_both_told():
    sales = worlds.sales(G, units=10.0, net_revenue_value=100.0)
    stock = worlds.stock(G, closing_units=[[0.0] * 12, [500.0] * 12], receipts_units=0.0)
    assert codes(sales=sales, stock=stock, money=worlds.money(G, unit_cost=6.0)) == ["excess-stock", "stock-out"]


def test_stock_above_the_band_is_told_with_its_days_and_the_money_beyond_it():
    sales = worlds.sales(G, units=31.0)
    stock = worlds.stock(G, closing_units=[[152.0] * 12, [40.0] * 12], receipts_units=0.0)
    inputs = worlds.company_inputs(G, sales=sales, stock=stock, money=worlds.money(G, unit_cost=10.0))
    ahead = np.array([[30.0, 31.0, 31.0, 28.0, 31.0, 30.0, *[30.0] * 6]] * 2)  # a unit a day until April
    (found,) = review(inputs=inputs, settings=PlanningSettings(), demand_ahead=ahead).exceptions
    assert (found.kind.code, found.place) == ("stock-above-band", "Kettles")
    assert found.detail == "152 days of supply; the band ends at 60."
    assert found.value == pytest.approx(920.0)  # 152 − 60 units at 10


def test_revenue_below_budget_and_sales_below_cost_are_told():
    sales = worlds.sales(G, units=10.0, net_revenue_value=[[[100.0] * 12], [[50.0] * 12]])
    money = worlds.money(G, unit_cost=6.0, budget_revenue_value=100.0)
    assert sorted(codes(sales=sales, money=money)) == ["revenue-below-budget", "sold-below-cost"]


def test_the_most_money_comes_first():
    supply = worlds.supply(G, planned_units=100.0, actual_units=[[80.0] * 12, [50.0] * 12])
    found = review(
        inputs=worlds.company_inputs(G, supply=supply, money=worlds.money(G, unit_cost=10.0)),
        settings=PlanningSettings(),
    ).exceptions
    assert [finding.value for finding in found] == [pytest.approx(500.0), pytest.approx(200.0)]
    assert found[0].place == "Irons, Oct 26"
    assert found[0].detail == "50 made, 100 planned (50 %)."


def test_a_season_is_no_change_but_a_cut_of_every_month_is():
    season = np.array([[100.0] * 6 + [200.0] * 6, [50.0] * 12])
    price = np.full((2, 12), 10.0)
    assert changed_months(G, season, season, price) == ()
    cut = changed_months(G, 0.7 * season, season, price)
    assert len(cut) == 24
    assert cut[0].value == pytest.approx(600.0)  # 60 units at 10
    assert cut[0].ratio == pytest.approx(-0.3)


def test_a_forecast_where_there_was_none_is_new_and_not_infinite():
    previous, current = np.zeros((2, 12)), np.zeros((2, 12))
    current[1, 3] = 40.0
    (found,) = changed_months(G, current, previous, np.full((2, 12), 5.0))
    assert found.new
    assert (found.family, found.month, found.value) == ("Irons", "2027-02", 200.0)


def test_months_last_cycle_did_not_reach_are_no_exceptions():
    assert changed_months(G, np.full((2, 12), 9.0), np.full((2, 12), np.nan), np.ones((2, 12))) == ()


def test_small_money_is_not_worth_telling():
    previous = np.full((2, 12), 10.0)
    assert changed_months(G, 2 * previous, previous, np.ones((2, 12)), least_value=11.0) == ()


def test_an_exception_is_the_same_from_month_to_month_and_says_something_else_when_its_figures_move():
    supply = worlds.supply(G, planned_units=100.0, actual_units=[[80.0] * 12, [100.0] * 12])
    more = worlds.supply(G, planned_units=100.0, actual_units=[[70.0] * 12, [100.0] * 12])
    (before,), (after,) = (
        review(inputs=worlds.company_inputs(G, supply=one), settings=PlanningSettings()).exceptions
        for one in (supply, more)
    )
    assert finding_key(before) == finding_key(after) == "production-off-plan|Kettles, Oct 26"
    assert finding_facts(before) != finding_facts(after)


def test_without_any_revenue_a_forecast_that_runs_off_is_told_without_money():
    inputs = worlds.company_inputs(G, sales=worlds.sales(G, units=100.0))
    found = review(inputs=inputs, settings=PlanningSettings(), forecasts_at_lag1=np.full((2, 12), 130.0)).exceptions
    assert {finding.kind.code for finding in found} == {"forecast-runs-off"}
    assert [finding.value for finding in found] == [None, None]


def test_sales_below_cost_of_more_than_a_year_ago_are_past():
    g = worlds.grain(families=("Kettles",), history=24)
    revenue = [[[1.0] * 12 + [100.0] * 12]]  # 10 units a month at a cost of 6: −59 a month, then +40
    sales = worlds.sales(g, units=10.0, net_revenue_value=revenue)
    inputs = worlds.company_inputs(g, sales=sales, money=worlds.money(g, unit_cost=6.0))
    assert review(inputs=inputs, settings=PlanningSettings()).exceptions == ()
