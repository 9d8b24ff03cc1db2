"""The Financials page through its wire: what is drawn, what follows a slider, what is said where data are missing."""

from pathlib import Path

import pytest

from sop_dash.components.page import LEVERS_STORE
from sop_dash.core.finance.margin_map import margin_map
from sop_dash.core.model.levers import Change, Levers
from sop_dash.figures.financial_charts import money_chart
from sop_dash.figures.formats import percent
from sop_dash.pages.financials.callbacks import live
from sop_dash.pages.financials.layout import (
    BALANCES,
    BRIDGE_STATE,
    BUDGET_NOTE,
    CASH_CHART,
    CASH_STATE,
    HOUR_NOTE,
    HOURS,
    MARGIN_CARD,
    MONEY,
    MONEY_STATE,
    PERIODS,
    PREMIUMS,
    PROFIT,
    PROFIT_BY,
    TILES,
    YEAR,
)
from sop_dash.pages.financials.views import MARGIN_TABLE
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only

DEARER = Levers(price=(Change(ratio=0.1),))


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def test_the_outlook_the_margins_and_the_financial_table_are_drawn_together(services: Services):
    answer = PageClient(services).ask(f"{TILES}.children", {})
    assert "tile-revenue-outlook-value" in str(answer[TILES])
    assert "Kettles" in str(answer[MARGIN_CARD])
    assert "FY26 outlook" in str(answer[PERIODS])


def test_levers_change_the_figures_and_say_against_the_plan(services: Services):
    levers = {f"{LEVERS_STORE}.data": {"price": [{"ratio": 0.1}]}}
    assert "v plan" in str(PageClient(services).ask(f"{TILES}.children", levers)[TILES])


def test_a_dragged_slider_moves_tiles_charts_and_margins_as_the_release_draws_them(services: Services):
    answer = live(services, Selection(), DEARER)
    drawn = money_chart(services.plans.view(Selection(), DEARER))
    assert answer.charts[MONEY]["y"] == [trace["y"] for trace in drawn["data"]]
    assert set(answer.charts) == {MONEY, CASH_CHART}
    found = margin_map(services.plans.view(Selection(), DEARER).plan.money, 12)
    assert answer.heat[MARGIN_TABLE]["text"][0][0] == percent(float(found.ratio[0, 0]))
    assert answer.text["tile-revenue-outlook-value"] == "€\u00a064.0\u00a0k"  # 12 × 5,000 + 8 × 500


def test_profit_is_read_by_month_or_by_quarter(services: Services):
    client = PageClient(services)
    months = client.ask(f"{PROFIT}.rowData", {f"{PROFIT_BY}.value": "month"})[PROFIT]["rowData"]
    quarters = client.ask(f"{PROFIT}.rowData", {f"{PROFIT_BY}.value": "quarter"})[PROFIT]["rowData"]
    assert (months[0]["period"], quarters[0]["period"]) == ("Apr 26", "Q2 FY26")
    assert quarters[0]["revenue"] == pytest.approx(3 * months[0]["revenue"])


def test_what_is_paid_beside_standard_cost_ties_with_the_profit(services: Services):
    client = PageClient(services)
    rows = client.ask(f"{PREMIUMS}.rowData", {})[PREMIUMS]["rowData"]
    profit = client.ask(f"{PROFIT}.rowData", {f"{PROFIT_BY}.value": "month"})[PROFIT]["rowData"]
    assert [row["month"] for row in rows[:-1]] == [row["period"] for row in profit[: len(rows) - 1]]
    assert [row["all"] for row in rows[:-1]] == pytest.approx([row["premiums"] for row in profit[: len(rows) - 1]])
    assert rows[-1]["month"] == "All months"
    assert rows[-1]["all"] == pytest.approx(sum(row["all"] for row in rows[:-1]))


def test_the_bottleneck_hour_names_the_fullest_resource(services: Services):
    answer = PageClient(services).ask(f"{HOURS}.rowData", {})
    assert answer[HOUR_NOTE]["children"] == "of Press, the fullest resource"
    assert answer[HOURS]["rowData"][0]["family"] == "Lamps"


def test_stock_rolls_forward_month_by_month(services: Services):
    rows = PageClient(services).ask(f"{BALANCES}.rowData", {})[BALANCES]["rowData"]
    for row in rows:
        assert row["opening"] + row["supplied"] + row["cogs"] == pytest.approx(row["closing"])
    assert [row["closing"] for row in rows[:-1]] == pytest.approx([row["opening"] for row in rows[1:]])


def test_a_year_without_a_budget_says_which_table_brings_it(services: Services):
    shown = PageClient(services).ask(f"{BRIDGE_STATE}.children", {f"{YEAR}.value": "1"})[BRIDGE_STATE]
    assert "load the table budget" in str(shown)


def test_where_the_budget_ends_is_said_with_the_way_to_bring_it(services: Services):
    note = PageClient(services).ask(f"{TILES}.children", {})[BUDGET_NOTE]
    assert "No budget after Sep 26" in str(note)
    assert "/data" in str(note)


def test_sales_alone_are_told_what_is_missing_instead_of_zeros(tmp_path: Path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24})))
    assert "opening_cash" in str(client.ask(f"{CASH_STATE}.children", {})[CASH_STATE])
    assert "prices" in str(client.ask(f"{MONEY_STATE}.children", {})[MONEY_STATE])
    assert "unit_cost" in str(client.ask(f"{MARGIN_CARD}.children", {})[MARGIN_CARD])
    assert client.ask(f"{HOURS}.rowData", {})[HOURS]["rowData"] == []
