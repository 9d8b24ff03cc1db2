"""The outlook of the year and the financial table: lines tie, periods cover what they say."""

import numpy as np
import pytest

from sop_dash.core.finance.outlook import OutlookRow, outlook
from sop_dash.core.finance.outlook_table import financial_table, profit_by_month, profit_by_quarter, profit_by_year
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.plan_kpis import plan_kpis
from tests import array_worlds as worlds
from tests.array_plans import plan_of

G = worlds.grain(families=("Kettles", "Irons"), history=22, horizon=14)  # January 2025 … December 2027
INPUTS = worlds.company_inputs(
    G,
    sales=worlds.sales(G, units=10.0, net_revenue_value=1_000.0),
    money=worlds.money(
        G, unit_cost=60.0, budget_revenue_value=1_100.0, budget_margin_value=500.0, budget_inventory_value=7_000.0
    ),
    stock=worlds.stock(G, closing_value=3_000.0),
)
PLAN = plan_of(G, demand=20.0, make=20.0, opening=50.0)


def row_of(line: str, year: str = "FY26") -> OutlookRow:
    return next(row for row in outlook(INPUTS, PLAN.money) if row.line == line and row.year.name == year)


def test_the_outlook_of_each_line_is_actual_and_plan():
    revenue, cogs, margin = (row_of(line) for line in ("Revenue", "Cost of goods", "Gross margin"))
    assert (revenue.actual_value, revenue.plan_value) == (20_000, 8_000)
    assert (cogs.actual_value, cogs.plan_value) == (12_000, 4_800)
    assert margin.outlook_value == revenue.outlook_value - cogs.outlook_value == 11_200


def test_variances_are_favourable_when_they_help_profit():
    assert row_of("Revenue").variance_value == pytest.approx(28_000 - 26_400)
    assert row_of("Cost of goods").variance_value == pytest.approx(14_400 - 16_800)  # more cost than budgeted
    assert row_of("Gross margin").variance_value == pytest.approx(11_200 - 12_000)


def test_last_year_is_the_same_twelve_months():
    assert row_of("Revenue").last_year_value == pytest.approx(24_000)
    assert np.isnan(row_of("Revenue", "FY27").last_year_value)  # not all closed yet


def test_the_financial_table_has_this_month_next_month_the_quarter_and_the_year():
    rows = financial_table(INPUTS, PLAN.money)
    assert [row.name for row in rows] == ["Nov 26", "Dec 26", "Q4 FY26", "FY26 outlook"]
    assert [row.revenue_value for row in rows] == [4_000, 4_000, 10_000, 28_000]  # the quarter has a closed October
    assert [row.actual_months for row in rows] == [0, 0, 1, 10]
    assert [row.margin_ratio for row in rows] == pytest.approx([0.4] * 4)
    assert [row.inventory_value for row in rows] == [6_000] * 4
    assert rows[0].revenue_variance_value == pytest.approx(4_000 - 2_200)
    assert rows[0].margin_variance_value == pytest.approx(1_600 - 1_000)
    assert rows[0].inventory_variance_value == pytest.approx(1_000)  # less stock than budgeted


def test_months_quarters_and_years_hold_the_same_money():
    planned = sum(row.revenue_value for row in profit_by_month(INPUTS, PLAN.money))
    closed = 2_000
    assert planned == pytest.approx(14 * 4_000)
    quarters = profit_by_quarter(INPUTS, PLAN.money)
    assert [quarter.name for quarter in quarters][:2] == ["Q4 FY26", "Q1 FY27"]
    assert sum(quarter.revenue_value for quarter in quarters) == pytest.approx(planned + closed)
    years = profit_by_year(INPUTS, PLAN.money)
    assert sum(year.revenue_value for year in years) == pytest.approx(planned + 10 * closed)


def test_the_table_ties_to_the_tiles():
    kpis = {k.definition.id: k.value for k in plan_kpis(inputs=INPUTS, settings=PlanningSettings(), **PLAN.parts)}
    year = financial_table(INPUTS, PLAN.money)[-1]
    assert kpis["revenue-outlook"] == pytest.approx(year.revenue_value)
    assert kpis["margin-outlook"] == pytest.approx(year.margin_value)
    assert kpis["margin-ratio-outlook"] == pytest.approx(year.margin_ratio)


def test_a_family_without_cost_counts_in_revenue_and_not_in_the_margin():
    cost = np.full((2, 36), 60.0)
    cost[1] = np.nan
    inputs = worlds.company_inputs(
        G, sales=worlds.sales(G, units=10.0, net_revenue_value=1_000.0), money=worlds.money(G, unit_cost=cost)
    )
    year = financial_table(inputs, plan_of(G, demand=20.0, make=20.0, unit_cost=cost[:, 22:]).money)[-1]
    assert year.revenue_value == pytest.approx(28_000)
    assert year.margin_revenue_value == pytest.approx(14_000)
    assert year.margin_value == pytest.approx(5_600)
    assert year.margin_ratio == pytest.approx(0.4)  # of the family whose cost is known


def test_without_a_budget_there_is_no_variance():
    bare = worlds.company_inputs(G, sales=worlds.sales(G, units=10.0, net_revenue_value=1_000.0))
    assert np.isnan(financial_table(bare, PLAN.money)[0].revenue_variance_value)
