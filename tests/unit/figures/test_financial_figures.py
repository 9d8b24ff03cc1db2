"""The Financials page as figures: two products on one press, 5,000 of revenue and 2,000 of margin a month."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sop_dash.core.finance.margin_map import margin_map
from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.periods import following
from sop_dash.figures.charts import live_chart
from sop_dash.figures.financial_charts import bridge_chart, cash_chart, money_chart, year_bridge, years_of
from sop_dash.figures.financial_tables import financial_lines, margin_cells, profit_rows
from sop_dash.figures.storyline.financials import financials_story, loss_makers
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.worlds import World, sales_only, two_products_one_press

SPACE = "\u00a0"
Viewed = Callable[..., PlanView]


@pytest.fixture
def viewed(tmp_path: Path) -> Viewed:
    def view(world: World | None = None, levers: Levers | None = None) -> PlanView:
        return desk(tmp_path, world).plans.view(Selection(), levers or Levers())

    return view


def traces(figure: dict[str, Any]) -> dict[str, list[float | None]]:
    return {trace["name"]: trace["y"] for trace in figure["data"]}


def budgeted(*, revenue: float = 5_000.0) -> World:
    """The company with a budget of every month of two years: 100 kettles and 60 lamps' worth in the shop."""
    world = two_products_one_press()
    world["budget"] = [
        {
            "month": month,
            "family": "Kettles",
            "channel": "shop",
            "units": 250,
            "revenue": revenue,
            "gross_margin": 0.4 * revenue,
        }
        for month in following("2026-01", 24)
    ]
    return world


def test_the_bars_of_a_month_add_up_to_its_revenue(viewed: Viewed):
    shown = traces(money_chart(viewed()))
    parts = ("Cost of goods", "Premiums", "Gross margin", "Revenue, cost not known")
    closed = [sum(shown[name][place] or 0.0 for name in parts) for place in range(3)]
    assert closed == pytest.approx([5_000.0] * 3)  # 150 kettles × 20 + 40 lamps × 50
    assert shown["Gross margin"][0] == pytest.approx(2_000.0)  # 150 × 8 + 40 × 20
    assert len(shown["Cost of goods"]) == 3 + 12  # all that is closed, and the months on screen


def test_revenue_of_families_without_a_cost_is_shown_as_such(viewed: Viewed):
    shown = traces(money_chart(viewed(sales_only({"Lamps": [10.0] * 24}, price=50.0))))
    assert shown["Revenue, cost not known"][:12] == [500.0] * 12
    assert shown["Gross margin"][0] is None


def test_the_budget_stands_where_there_is_one_and_nowhere_else(viewed: Viewed):
    budget = traces(money_chart(viewed()))["Budgeted revenue"]
    assert budget[:9] == [4_200.0] * 9  # 110 × 20 + 40 × 50, six months beyond the closed ones
    assert budget[9:] == [None] * 6


def test_a_lever_moves_the_same_traces_it_draws(viewed: Viewed):
    view = viewed(levers=Levers(price=(Change(ratio=0.1),)))
    plan, moved = money_chart(viewed()), money_chart(view)
    assert [t["name"] for t in plan["data"]] == [t["name"] for t in moved["data"]]
    assert len(live_chart(moved)["y"]) == len(plan["data"])


def test_the_cash_path_marks_its_lowest_month(viewed: Viewed):
    view = viewed()
    figure = cash_chart(view)
    assert figure is not None
    lowest = [value for value in traces(figure)["Lowest"] if value is not None]
    assert lowest == [pytest.approx(view.plan.kpi("cash-low").value)]


def test_without_opening_cash_there_is_no_cash_path(viewed: Viewed):
    assert cash_chart(viewed(sales_only({"Lamps": [10.0] * 24}))) is None


def test_the_bridge_leads_from_the_budget_to_the_outlook(viewed: Viewed):
    view = viewed(budgeted())
    found = year_bridge(view, years_of(view)[0])
    figure = bridge_chart(found, "FY26", "EUR")
    assert figure is not None
    assert found.bridge is not None
    drawn = figure["data"][0]
    assert (drawn["x"][0], drawn["x"][-1]) == ("FY26 budget", "FY26 outlook")
    assert sum(drawn["y"][:-1]) == pytest.approx(drawn["y"][-1])
    assert found.bridge.residual == pytest.approx(0.0, abs=1e-6)


def test_a_year_beyond_the_budget_cannot_be_bridged_and_says_so(viewed: Viewed):
    view = viewed()
    found = year_bridge(view, years_of(view)[0])
    assert bridge_chart(found, "FY26", "EUR") is None
    assert "budget" in found.reason


def test_the_financial_table_has_this_month_next_month_quarter_and_year(viewed: Viewed):
    heads, lines = financial_lines(viewed(budgeted(revenue=4_000.0)))
    assert [(head.name, head.made_of) for head in heads] == [
        ("Apr 26", "plan"),
        ("May 26", "plan"),
        ("Q2 FY26", f"3{SPACE}months plan"),
        ("FY26 outlook", "3 actual + 9 plan"),
    ]
    revenue = lines["Revenue"][0]
    assert (revenue.value, revenue.budget) == (f"€{SPACE}5.00{SPACE}k", f"€{SPACE}4.00{SPACE}k")
    assert (revenue.variance, revenue.slug) == (f"▲ +€{SPACE}1.00{SPACE}k", "better")
    # the year's cost of goods: 12 × 3,000 against 12 × 2,400 budgeted is unfavourable
    assert (lines["Cost of goods"][3].variance, lines["Cost of goods"][3].slug) == (f"▼ −€{SPACE}7.20{SPACE}k", "worse")


def test_a_line_without_a_budget_has_no_verdict(viewed: Viewed):
    _, lines = financial_lines(viewed(sales_only({"Lamps": [10.0] * 24}, price=50.0)))
    assert {line.slug for line in lines["Revenue"]} == {"no-data"}
    assert {line.value for name in ("Gross margin", "Premiums") for line in lines[name]} == {"–"}


def test_profit_by_quarter_adds_up_its_months(viewed: Viewed):
    view = viewed()
    quarters = profit_rows(view, quarters=True)
    assert (quarters[0]["period"], quarters[0]["revenue"]) == ("Q2 FY26", pytest.approx(15_000.0))
    assert sum(row["revenue"] for row in profit_rows(view)[:3]) == pytest.approx(15_000.0)


def test_a_loss_is_marked_by_shape_word_and_band(viewed: Viewed):
    view = viewed(levers=Levers(price=(Change(ratio=-0.45, family="Kettles", channel="web"),)))
    found = margin_map(view.plan.money, 12)
    texts, bands = margin_cells(found, [0, 1], "EUR")
    assert texts[0][1].startswith("▼ loss −")
    assert (bands[0][1], bands[1][1]) == ("loss", "unknown")  # lamps are not sold on the web
    assert bands[0][-1] == "money"


def test_the_story_tells_the_outlook_and_its_causes(viewed: Viewed):
    first, second = financials_story(view := viewed(budgeted()), year_bridge(view, years_of(view)[0]))
    assert first.startswith("FY26 outlook: revenue €")
    assert "on budget" in first
    assert second.endswith(".")


def test_loss_makers_are_named_with_their_money(viewed: Viewed):
    assert loss_makers(viewed()) == "No family loses money in any channel."
    cheap = Levers(price=(Change(ratio=-0.45, family="Kettles", channel="web"),))
    assert loss_makers(viewed(levers=cheap)).startswith("Kettles in web (−€")


def test_without_costs_margins_are_not_known(viewed: Viewed):
    assert "not known" in loss_makers(viewed(sales_only({"Lamps": [10.0] * 24}, price=50.0)))
