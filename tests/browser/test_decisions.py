"""Decisions in a real browser: an option chosen, seen with and without, switched; the clock; the plan approved."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import PANE, serious_findings

NAME = "Overtime, agreed in the browser"


def opened(page: Page) -> Page:
    page.goto("/decisions")
    expect(page.locator("#decisions-story")).not_to_be_empty()
    expect(page.locator("#decisions-queue li").first).to_be_visible()
    return page


def test_an_option_is_chosen_and_its_worth_is_read_with_and_without_it(page: Page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    opened(page).get_by_role("button", name="Choose Overtime").click()
    page.locator("#decisions-form-decision-field-text").fill(NAME)
    expect(page.locator("#decisions-form-decision-field-one-off-value")).to_have_attribute("readonly", "")
    page.locator("#decisions-form-decision-save").click()
    expect(page.get_by_text("kept and is part of the plan")).to_be_visible()
    page.get_by_role("tab", name="Log").click()
    page.locator("#decisions-log .ag-center-cols-container .ag-row", has_text=NAME).click()
    detail = page.locator("#decisions-detail")
    expect(detail).to_contain_text("With and without it")
    detail.get_by_role("button", name="Take out of the plan").click()
    expect(detail.get_by_role("button", name="Put into the plan")).to_be_visible()


def test_a_refused_decision_keeps_what_was_typed(page: Page):
    opened(page).get_by_role("button", name="New decision").click()
    page.locator("#decisions-form-decision-field-text").fill("Half done")
    page.locator("#decisions-form-decision-field-owner").fill("")
    page.locator("#decisions-form-decision-save").click()
    expect(page.locator("#decisions-form-decision-refused")).to_contain_text("The owner is missing")
    expect(page.locator("#decisions-form-decision-field-text")).to_have_value("Half done")
    page.locator("#decisions-form-decision-cancel").click()
    expect(page.locator("#decisions-form-decision")).to_have_count(0)


def test_the_clock_of_the_meeting_marks_the_item_that_is_due(page: Page):
    opened(page)
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".sop-agenda li").first).to_have_attribute("data-now", "true")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".sop-agenda li").first).to_have_attribute("data-now", "")


def test_a_plan_is_approved_then_shows_what_was_changed_and_stays_readable(page: Page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    state, refused = page.locator(".sop-plan-state"), page.locator("#decisions-form-approval-refused")
    opened(page).get_by_role("button", name="Approve with").click()
    page.locator("#decisions-form-approval-save").click()
    expect(refused).to_contain_text("The reason to approve with")
    for open_check in page.locator(".sop-exception").all():
        open_check.get_by_label("Reason").fill("Agreed in the meeting")
    page.locator("#decisions-form-approval-save").click()
    expect(state).to_contain_text("Approved")
    page.goto("/data")
    expect(state).to_contain_text("by local user")
    opened(page).get_by_role("button", name="Choose Overtime").click()
    page.locator("#decisions-form-decision-field-text").fill("Overtime after the approval")
    page.locator("#decisions-form-decision-save").click()
    expect(state).to_contain_text("Changed since approval: decision")
    page.get_by_role("tab", name="Versions").click()
    expect(page.locator("#decisions-version-facts")).to_contain_text("as it was when approved")
    page.locator("#decisions-version-figure").select_option("margin_value")
    expect(page.locator("#decisions-version-moved")).to_contain_text("Margin:")
    expect(page.locator("#decisions-version-months .ag-floating-bottom")).to_contain_text("All families")
    assert serious_findings(page) == []
    page.get_by_role("tab", name="Meeting").click()
    page.get_by_role("button", name="Open again").click()
    expect(state).to_contain_text("Draft")


def test_decisions_can_be_used_by_everybody(page: Page):
    opened(page)
    assert serious_findings(page) == []
    for tab in ("Log", "Actions", "Summary", "Versions"):
        page.get_by_role("tab", name=tab).click()
        assert serious_findings(page, within=PANE) == [], tab
