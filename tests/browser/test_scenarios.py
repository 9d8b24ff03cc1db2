"""Scenarios in a real browser: keep, compare, open on the levers, remove."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import PANE, serious_findings

NAME = "Overtime from the walk"


def opened(page: Page, levers: str = "") -> Page:
    page.goto(f"/scenarios{levers}")
    expect(page.locator("#scenarios-story")).not_to_be_empty()
    page.locator("#scenarios-chart .main-svg").first.wait_for(state="attached")
    return page


def test_a_scenario_is_kept_compared_opened_and_removed(page: Page):
    opened(page, '?levers={"overtime_max_ratio":0.2}')
    page.locator("#lever-keep").click()
    page.locator("#lever-keep-name").fill(NAME)
    page.locator("#lever-keep-save").click()
    expect(page.locator("#scenarios-comparison thead")).to_contain_text(NAME)
    page.locator("#lever-reset-all").click()
    expect(page.locator("#scenarios-story")).to_contain_text("The levers stand at the plan")
    entry = page.locator("#scenarios-list tr", has_text=NAME)
    entry.get_by_role("button", name="Open").click()
    expect(page.locator("#scenarios-story")).to_contain_text("As the levers stand")
    expect(page.locator("#lever-overtime [role=slider]").first).to_have_attribute("aria-valuenow", "20")
    page.get_by_role("button", name=f"Remove {NAME}").click()
    expect(page.locator("#scenarios-list")).not_to_contain_text(NAME)
    expect(page.locator("#scenarios-comparison thead")).not_to_contain_text(NAME)


def test_the_outcome_chosen_is_drawn_by_month(page: Page):
    opened(page).select_option("#scenarios-outcome", "service")
    expect(page.locator("#scenarios-chart-service .main-svg").first).to_be_visible()


def test_every_study_answers_when_its_tab_is_opened(page: Page):
    opened(page)
    for tab, answer in (
        ("Stress test", "#scenarios-stress table"),
        ("Frontier", "#scenarios-frontier table"),
        ("Who gets shorted", "#scenarios-shorted table"),
    ):
        page.get_by_role("tab", name=tab, exact=True).click()
        expect(page.locator(answer).first).to_be_visible()
        assert serious_findings(page, within=PANE) == []


def test_scenarios_can_be_used_by_everybody(page: Page):
    assert serious_findings(opened(page)) == []
