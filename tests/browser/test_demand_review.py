"""The review of demand as a planner does it: a correction turned down with a reason, made again; who adds value."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings


def test_a_correction_is_turned_down_with_a_reason_and_made_again(page: Page):
    page.goto("/demand?family=Headphones&measure=units")
    page.get_by_role("tab", name="Corrections").click()
    row = page.locator("#demand-corrections tr", has_text="Dec 24").filter(has_text="stock-out")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Turn down").click()
    expect(page.get_by_text("The reason is missing")).to_be_visible()
    page.locator("#demand-correction-reason").fill("The order was cancelled")
    row.get_by_role("button", name="Turn down").click()
    expect(row).to_contain_text("turned down")
    row.get_by_role("button", name="Make again").click()
    expect(row.get_by_role("button", name="Turn down")).to_be_visible()


def test_the_tabs_of_the_review_have_rows_and_no_serious_accessibility_finding(page: Page):
    page.goto("/demand")
    page.wait_for_load_state("networkidle")
    for name, grid in (
        ("Back-test", "demand-methods"),
        ("Value added", "demand-value"),
        ("Events and launches", "demand-launches"),
        ("Assumptions and risks", "demand-assumptions"),
    ):
        page.get_by_role("tab", name=name, exact=True).click()
        expect(page.locator(f"#{grid} .ag-row").first).to_be_visible()
        assert serious_findings(page) == []
