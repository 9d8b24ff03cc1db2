"""Demand as a planner works in it: choose a family, type over a month, give the reason, undo."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings


def test_a_month_typed_over_is_kept_with_its_reason_and_undone(page: Page):
    page.goto("/demand")
    page.locator(".sop-family", has_text="Toasters").click()
    month = page.locator("#demand-table .ag-row[row-id=consensus] [col-id='2027-02']")
    expect(month).to_be_visible()
    page.wait_for_load_state("networkidle")
    before = month.inner_text()
    month.dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type("12345")
    page.keyboard.press("Enter")
    expect(page.locator("#demand-form-title")).to_contain_text("12,345 units")
    page.locator("#demand-form-save").click()
    expect(page.locator("#demand-form-refused")).to_contain_text("Toasters, Feb 27: The reason is missing")
    page.locator("#demand-form-reason").fill("browser walk")
    page.locator("#demand-form-save").click()
    expect(page.locator("#demand-stack")).to_contain_text("set to 12,345 a month")
    expect(month).to_have_text("12,345")
    page.locator("#demand-stack tr", has_text="browser walk").get_by_role("button", name="Undo").click()
    expect(page.locator("#demand-stack")).to_contain_text("No adjustment yet")
    expect(month).to_have_text(before)


def test_a_month_in_progress_cannot_be_typed_over_and_cancel_restores_the_cell(page: Page):
    page.goto("/demand?family=Toasters&measure=units")
    row = page.locator("#demand-table .ag-row[row-id=consensus]")
    expect(row.locator("[col-id='2026-11']")).to_be_visible()
    page.wait_for_load_state("networkidle")
    row.locator("[col-id='2026-11']").dblclick()
    expect(page.locator("#demand-table .ag-cell-inline-editing")).to_have_count(0)
    cell = row.locator("[col-id='2026-12']")
    before = cell.inner_text()
    cell.dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.locator("#demand-form-cancel").click()
    expect(cell).to_have_text(before)


def test_demand_has_no_serious_accessibility_finding(page: Page):
    page.goto("/demand")
    expect(page.locator("#demand-history .main-svg").first).to_be_attached()
    expect(page.locator("#demand-table .ag-row").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert serious_findings(page) == []
    page.locator("#theme-switch").click()
    assert serious_findings(page) == []
