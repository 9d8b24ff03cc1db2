"""The review of demand as a planner does it: look, note, assume, approve, change, and find it all again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.accessibility import PANE, serious_findings


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#demand-approval strong").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def fill(page: Page, form: str, /, **values: str) -> None:
    """Write into the fields of an outlook form, or choose, what they are to say."""
    for name, value in values.items():
        field = page.locator(f"#demand-outlook-{form}-field-{name.replace('_', '-')}")
        choose = field.evaluate("node => node.tagName") == "SELECT"
        field.select_option(value) if choose else field.fill(value)


def test_a_correction_is_turned_down_with_a_reason_and_made_again(page: Page):
    opened(page, "/demand?family=Headphones&measure=units")
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


def test_a_family_is_approved_an_event_moves_it_and_the_change_is_told_after_a_reload(page: Page):
    opened(page, "/demand?family=Irons&measure=units")
    side = page.locator("#demand-approval")
    side.get_by_role("button", name="Approve", exact=True).click()
    expect(side).to_contain_text("approved by local user")
    expect(page.locator(".sop-family", has_text="Irons").get_by_role("img", name="approved")).to_be_visible()

    tab(page, "Events and transitions")
    page.locator("#demand-outlook-event-new").click()
    week = {"first_month": "2027-04", "last_month": "2027-04", "kind": "price", "acts": "by the effect entered"}
    fill(page, "event", description="Steam week of the walk", family="Irons", **week)
    page.locator("#demand-outlook-event-save").click()
    expect(page.locator("#demand-outlook-event-refused")).to_contain_text("The effect expected is missing")
    fill(page, "event", expected_ratio="25")
    page.locator("#demand-outlook-event-save").click()
    expect(page.locator("#demand-events .ag-row", has_text="Steam week of the walk")).to_contain_text("+25.0 %")
    expect(side).to_contain_text("Changed since approval: Irons +$")

    opened(page, "/demand?family=Irons&measure=units")
    expect(page.locator("#demand-approval")).to_contain_text("Changed since approval: Irons +$")
    tab(page, "Events and transitions")
    page.locator("#demand-events .ag-row", has_text="Steam week of the walk").click()
    page.locator("#demand-outlook-event-edit").click()
    expect(page.locator("#demand-outlook-event-field-expected-ratio")).to_have_value("25")
    page.locator("#demand-outlook-event-remove").click()
    expect(page.locator("#demand-events .ag-row", has_text="Steam week of the walk")).to_have_count(0)
    expect(page.locator("#demand-approval")).to_contain_text("approved by local user")


def test_an_assumption_is_added_changed_and_found_again(page: Page):
    opened(page, "/demand")
    tab(page, "Assumptions and risks")
    page.locator("#demand-outlook-assumption-new").click()
    fill(page, "assumption", text="Irons grow by a third in October", category="market", family="Irons")
    fill(page, "assumption", month="2026-10", value="33", unit="ratio")
    page.locator("#demand-outlook-assumption-save").click()
    row = page.locator("#demand-assumptions .ag-row", has_text="Irons grow by a third")
    expect(row).to_contain_text("+33.0 %")
    expect(row).to_contain_text("contradicted")
    opened(page, "/demand")
    tab(page, "Assumptions and risks")
    row.click()
    page.locator("#demand-outlook-assumption-edit").click()
    page.locator("#demand-outlook-assumption-remove").click()
    expect(row).to_have_count(0)


def test_an_exception_is_reviewed_with_a_note_and_opened_again(page: Page):
    opened(page, "/demand")
    tab(page, "Exceptions")
    row = page.locator("#demand-exceptions .ag-row", has_text="Vacuums: forecast changed since last cycle")
    row.click()
    page.locator("#demand-exceptions-note").fill("A new range, agreed with sales")
    page.locator("#demand-exceptions-review").click()
    expect(row).to_contain_text("A new range, agreed with sales")
    row.click()
    page.locator("#demand-exceptions-open").click()
    expect(row).to_contain_text(re.compile("open"))
    expect(row).not_to_contain_text("agreed with sales")


def test_the_tabs_of_the_review_have_rows_and_no_serious_accessibility_finding(page: Page):
    opened(page, "/demand")
    for name, grid in (
        ("Back-test", "demand-methods"),
        ("Exceptions", "demand-exceptions"),
        ("Compare", "demand-quarters"),
        ("Value added", "demand-value"),
        ("Events and transitions", "demand-launches"),
        ("Assumptions and risks", "demand-assumptions"),
    ):
        tab(page, name)
        expect(page.locator(f"#{grid} .ag-row").first).to_be_visible()
        assert serious_findings(page, within=PANE) == []
