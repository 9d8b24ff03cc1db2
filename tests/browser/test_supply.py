"""Supply in a real browser: the page follows the hand and is whole again on release."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import PANE, serious_findings

MAP = "#supply-load-map"


def opened(page: Page) -> Page:
    page.goto("/supply")
    expect(page.locator("#supply-story")).not_to_be_empty()
    page.locator("#supply-mix .main-svg").first.wait_for(state="attached")
    expect(page.locator(f"{MAP} tbody tr").first).to_be_visible()
    return page


def test_figures_and_map_follow_a_dragged_slider_and_the_rest_follows_its_release(page: Page):
    opened(page)
    story, gaps = page.inner_text("#supply-story"), page.inner_text("#supply-gaps .ag-center-cols-container")
    shortage, cells = page.inner_text("#tile-lost-revenue-value"), page.inner_text(MAP)
    thumb = page.locator("#lever-demand [role=slider]").first
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=8)
    expect(page.locator("#tile-lost-revenue-value")).not_to_have_text(shortage)
    expect(page.locator(MAP)).not_to_have_text(cells, use_inner_text=True)
    expect(page.locator("#tile-lost-revenue-change")).to_contain_text("v plan")
    assert page.inner_text("#supply-story") == story
    page.mouse.up()
    expect(page.locator("#supply-story")).not_to_have_text(story, use_inner_text=True)
    expect(page.locator("#supply-gaps .ag-center-cols-container")).not_to_have_text(gaps, use_inner_text=True)
    page.locator("#lever-reset-all").click()
    expect(page.locator("#supply-story")).to_have_text(story, use_inner_text=True)
    expect(page.locator("#tile-lost-revenue-value")).to_have_text(shortage)


def test_a_number_beyond_a_lever_and_an_address_beyond_the_data_are_told(page: Page):
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.post_data or "") if sent.url.endswith("/live-answer") else None)
    page.goto('/supply?levers={"demand":[{"ratio":0.1,"family":"Radios"}],"cover_days":40}')
    expect(page.locator("#notices")).to_contain_text("no family called “Radios”")
    expect(page.locator(".sop-lever-cover input")).to_have_value("40")
    overtime, limit = page.locator(".sop-lever-overtime input"), page.locator(".sop-lever-overtime .sop-lever-limit")
    overtime.fill("80")
    overtime.press("Enter")
    expect(limit).to_have_text("80 is beyond the limit: 50 at most")
    expect(overtime).to_have_value("50")
    page.locator("#lever-reset-all").click()
    expect(limit).to_be_empty()
    assert faults == []
    assert asked
    assert not [sent for sent in asked if '"overtime_max_ratio":0.8' in sent]  # what is shown is that of the limit


def test_every_tab_has_content(page: Page):
    opened(page)
    for tab, chart in (("Inventory", "#supply-stock-chart"), ("Production", "#supply-mix-loss")):
        page.get_by_role("tab", name=tab, exact=True).click()
        expect(page.locator(f"{chart} .main-svg").first).to_be_visible()
        expect(page.locator(".sop-tab-pane:not([hidden]) .ag-row").first).to_be_visible()


def test_the_options_of_a_gap_lead_to_its_case(page: Page):
    opened(page)
    page.get_by_role("tab", name="Options", exact=True).click()
    question = page.locator("#supply-option-body .sop-case-question")
    expect(question).to_contain_text("Final Assembly 1")
    expect(page.locator("#supply-option-body")).to_contain_text("recommended")
    worst = question.inner_text()
    page.select_option("#supply-option-family", "Blenders")
    page.select_option("#supply-option-month", "2027-11")
    expect(question).not_to_have_text(worst)
    chosen = question.inner_text()
    assert serious_findings(page, within=PANE) == []
    page.get_by_role("link", name="Record as decision").click()
    expect(page.locator("#decisions-case-body .sop-case-question")).to_have_text(chosen)


def test_explanations_and_planners_answer_when_their_tab_is_opened(page: Page):
    opened(page)
    page.get_by_role("tab", name="Explanations", exact=True).click()
    expect(page.locator("#supply-worth-map tbody tr").first).to_be_visible()
    expect(page.locator("#supply-worth-binding")).to_contain_text("Final Assembly 1")
    expect(page.locator("#supply-needed")).to_contain_text("hours")
    expect(page.locator("#supply-goal-chart .main-svg").first).to_be_visible()
    assert serious_findings(page, within=PANE) == []
    page.keyboard.press("ArrowRight")
    expect(page.locator("#supply-planners table")).to_contain_text("Chase")
    assert serious_findings(page, within=PANE) == []


def test_hours_show_their_product_and_a_machine_more_starts_from_it(page: Page):
    opened(page)
    page.get_by_role("tab", name="Production", exact=True).click()
    page.get_by_role("tab", name="Hours", exact=True).click()
    # 36 crews × 2 shifts × 8 h × 19 days × 85.42 % in November.
    november = page.locator("#supply-hours .ag-row[row-id='Final Assembly 1|2026-11']")
    expect(november.locator("[col-id=run]")).to_have_text("9,348")
    expect(page.locator("#supply-hours-answers")).to_contain_text("Do hours given agree with machines and shifts?")
    assert serious_findings(page, within=PANE) == []
    page.get_by_role("tab", name="Capacity", exact=True).click()
    page.select_option("#supply-more-resource", "Test")
    expect(page.locator("#supply-more-efficiency")).to_have_value("81.25")
    expect(page.locator("#supply-more-answer")).to_contain_text("16 machines × 2 shifts × 8 h × 19 days × 81.25 %")


def test_prices_that_fall_with_the_order_stand_beside_its_size(page: Page):
    page.goto("/supply?family=Headphones")
    page.get_by_role("tab", name="Inventory policy", exact=True).click()
    page.locator("#supply-items .ag-row[row-id='HPH-101']").first.click()
    expect(page.locator("#supply-item-prices")).to_contain_text("Unit price")
    assert serious_findings(page, within=PANE) == []


def test_supply_can_be_used_by_everybody(page: Page):
    assert serious_findings(opened(page)) == []
