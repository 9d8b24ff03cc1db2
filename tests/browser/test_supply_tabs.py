"""The tabs of Supply in a real browser: items, suppliers, logistics and production answer what a planner asks them."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import PANE, serious_findings


def opened(page: Page, *tabs: str) -> Page:
    page.goto("/supply")
    expect(page.locator("#supply-story")).not_to_be_empty()
    for tab in tabs:
        page.get_by_role("tab", name=tab, exact=True).click()
    return page


def test_the_item_chosen_is_told_of_under_every_rule(page: Page):
    opened(page, "Inventory policy")
    rules = page.locator("#supply-item-rules")
    expect(rules).to_contain_text("in use")
    first = rules.locator("th").first.inner_text()
    rows = page.locator("#supply-items .ag-center-cols-container .ag-row")
    expect(rows.first).to_be_visible()
    rows.nth(2).locator(".ag-cell").first.click()
    expect(rules.locator("th").first).not_to_have_text(first, use_inner_text=True)
    names = page.locator("#supply-items .ag-pinned-left-cols-container")
    expect(names).to_contain_text("-10")
    page.locator("#supply-items-by").select_option("families")
    expect(names).not_to_contain_text("-10")


def test_a_rule_is_tried_before_it_is_kept(page: Page):
    opened(page, "Inventory policy", "Rules and classes")
    effect = page.locator("#supply-policy-effect")
    expect(effect).to_contain_text("Average stock")
    before = effect.inner_text()
    box = page.locator("#supply-policy-cycle-service-a")
    box.fill("99.9")
    box.press("Enter")
    expect(effect).not_to_have_text(before, use_inner_text=True)
    expect(effect).to_contain_text("+")


def test_a_shortfall_of_a_supplier_reaches_the_plan(page: Page):
    opened(page, "Suppliers", "Shortfall and weights")
    hit = page.locator("#supply-short-hit")
    expect(hit).to_contain_text("delivers")
    page.locator("#supply-short-percent").select_option("100")
    page.locator("#supply-short-months").select_option("12")
    expect(hit).to_contain_text("is not served")
    expect(hit.locator("table tbody tr").first).to_be_visible()


def test_the_schedule_goes_down_to_items(page: Page):
    opened(page, "Production")
    names = page.locator("#supply-schedule .ag-pinned-left-cols-container")
    expect(names).to_contain_text("Air Fryers")
    page.locator("#supply-schedule-by").select_option("items")
    expect(names).to_contain_text("-1")
    expect(page.locator("#supply-mix-answers")).to_contain_text("mix")


def test_a_shift_more_is_tried_on_the_page(page: Page):
    opened(page, "Production", "Capacity")
    answer = page.locator("#supply-more-answer")
    expect(answer).to_contain_text("What do they bring?")
    machines = page.locator("#supply-more-machines")
    machines.fill("3")
    machines.press("Enter")
    expect(answer).to_contain_text("More: 3 machines ×")
    answer.get_by_role("button", name="Try it on the page").click()
    expect(page.locator("#header-left")).to_contain_text("modified")


def test_the_tabs_can_be_used_by_everybody(page: Page):
    opened(page)
    for tabs, shown in (
        (("Inventory policy", "Items"), "#supply-items .ag-row"),
        (("Rules and classes",), "#supply-policy-effect:has-text('Average stock')"),
        (("Suppliers", "Scorecard"), "#supply-suppliers .ag-row"),
        (("Shortfall and weights",), "#supply-short-hit:has-text('delivers')"),
        (("Logistics",), "#supply-logistics .ag-row"),
        (("Production", "Schedule"), "#supply-schedule .ag-row"),
        (("Overtime",), "#supply-overtime-calendar td"),
        (("Capacity",), "#supply-more-answer:has-text('What do they bring?')"),
    ):
        for tab in tabs:
            page.get_by_role("tab", name=tab, exact=True).click()
        expect(page.locator(shown).first).to_be_visible()
        assert serious_findings(page, within=PANE) == [], tabs


def test_totals_typed_are_reached_by_moves_that_can_be_tried(page: Page):
    opened(page, "Explanations")
    box = page.locator("#supply-total-service")
    expect(page.locator("#supply-reach")).to_contain_text("Type one target")
    box.fill("99.9")
    box.press("Enter")
    answer = page.locator("#supply-reach")
    expect(answer).to_contain_text("Overtime limit")
    answer.get_by_role("button", name="Try it on the page").click()
    expect(page.get_by_role("button", name="back to plan", exact=True)).to_be_visible()


def test_what_is_paid_beside_standard_cost_has_room_on_a_small_screen(page: Page):
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/financials")
    page.get_by_role("tab", name="Premiums", exact=True).click()
    rows = page.locator("#financials-premiums .ag-center-cols-container .ag-row")
    expect(rows.first).to_be_visible()
    height = page.locator("#financials-premiums").bounding_box()
    assert height is not None
    assert height["height"] > 200
