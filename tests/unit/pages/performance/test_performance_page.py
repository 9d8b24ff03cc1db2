"""The Performance page: what stands on it, the bridge over the months asked for, and what is missing."""

from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from sop_dash.core.model.levers import Levers
from sop_dash.pages.performance.layout import BRIDGE, BRIDGE_STATE, MONTH, PAGE_ID, SPAN, YEAR, layout
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only, two_products_one_press


def budgeted(months: int) -> dict[str, Any]:
    """The company with a budget of 140 kettles in the shop at a margin of 8, and no other."""
    world = two_products_one_press(months)
    world["budget"] = [
        {**row, "units": 140, "revenue": 2800, "gross_margin": 1120}
        for row in world["budget"]
        if row["family"] == "Kettles"
    ]
    return world


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path, budgeted(3))


def page(services: Services) -> list[Component]:
    return list(layout(services, Selection(), Levers())._traverse())


def ids(services: Services) -> set[str]:
    return {part.id for part in page(services) if isinstance(getattr(part, "id", None), str)}


def test_eight_tiles_stand_in_four_groups_before_six_trends(services: Services):
    parts = page(services)
    groups = [part.children for part in parts if getattr(part, "className", "") == "sop-tile-group"]
    assert groups == ["Demand", "Supply", "Stock", "Money"]
    assert sum(getattr(part, "className", "") == "sop-tile" for part in parts) == 8
    trends = [name for name in ids(services) if name.startswith("performance-trend-")]
    assert "performance-trend-revenue-attainment" in trends


def test_the_bridge_covers_the_month_or_the_fiscal_year_so_far(services: Services):
    client = PageClient(services)

    def ends(span: str) -> tuple[float, float]:
        (trace,) = client.ask(f"{BRIDGE}.figure", {f"{SPAN}.value": span})[BRIDGE]["figure"]["data"]
        return trace["y"][0], trace["y"][-1]

    # Budget 140 × 8 a month. Actual 150 kettles × 8 + 40 lamps × 20 = 2,000.
    assert ends(MONTH) == pytest.approx((1120.0, 2000.0))
    assert ends(YEAR) == pytest.approx((3360.0, 6000.0))


def test_the_story_is_told_from_the_numbers(services: Services):
    assert "figures on plan" in str(PageClient(services).ask(f"{PAGE_ID}-story.children", {})).replace("\u00a0", " ")


def test_sales_alone_give_a_review_that_says_what_would_complete_it(tmp_path: Path):
    services = desk(tmp_path, sales_only({"Lamps": [10.0] * 24, "Irons": [5.0] * 24}))
    said = str(page(services))
    for table in ("production", "inventory", "budget", "service"):
        assert f"load the table {table}" in said or f"load the tables {table}" in said
    answer = PageClient(services).ask(f"{BRIDGE}.figure", {f"{SPAN}.value": MONTH})
    assert "load the table budget" in str(answer[BRIDGE_STATE])
    assert "performance-trend-days-of-supply" not in ids(services)
