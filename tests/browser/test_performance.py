"""The review as an executive reads it: tiles, bridge, trends, and the tabs behind them."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import PANE, serious_findings


def test_the_review_opens_with_tiles_bridge_and_trends_and_its_tabs_follow(page: Page):
    page.goto("/performance")
    expect(page.locator(".sop-tile")).to_have_count(8)
    expect(page.locator("#performance-bridge .main-svg").first).to_be_attached()
    expect(page.locator(".sop-trends .js-plotly-plot")).to_have_count(6)
    page.locator("#performance-span").select_option("year")
    expect(page.locator("#performance-bridge")).to_contain_text("Jan 26")
    for name, shown in (
        ("Accuracy", "#performance-accuracy"),
        ("Service", "#performance-lost"),
        ("Stock", "#performance-stock"),
        ("Process", "#performance-process"),
        ("Data issues", "#performance-issues"),
        ("All metrics", "#performance-metrics"),
    ):
        page.get_by_role("tab", name=name, exact=True).click()
        expect(page.locator(shown)).to_be_visible()


def test_performance_has_no_serious_accessibility_finding(page: Page):
    page.goto("/performance")
    expect(page.locator("#performance-bridge .main-svg").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert serious_findings(page) == []
    page.get_by_role("tab", name="All metrics").click()
    expect(page.locator("#performance-metrics .ag-row").first).to_be_visible()
    assert serious_findings(page, within=PANE) == []
    page.locator("#theme-switch").click()
    assert serious_findings(page) == []
