"""Financials in a real browser: the outlook, the bridge behind its tab, and a price dragged beside the page."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings


def opened(page: Page) -> Page:
    page.goto("/financials")
    expect(page.locator("#financials-story")).not_to_be_empty()
    page.locator("#financials-money .main-svg").first.wait_for(state="attached")
    return page


def test_the_outlook_the_loss_makers_and_the_bridge_are_two_clicks_away(page: Page):
    opened(page)
    expect(page.locator("#tile-revenue-outlook-value")).to_contain_text("$")
    expect(page.locator("#financials-margin-table td[data-band=loss]").first).to_contain_text("loss")
    page.get_by_role("tab", name="From budget to plan").click()
    expect(page.locator("#financials-bridge .main-svg").first).to_be_visible()
    expect(page.locator("#financials-bridge-note")).to_contain_text("Left over: $\u00a00.")
    page.get_by_role("tab", name="Bottleneck hour").click()
    expect(page.locator("#financials-hours .ag-row").first).to_be_visible()


def test_a_dragged_price_moves_the_outlook_under_the_hand_and_the_table_on_release(page: Page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    opened(page).get_by_role("button", name="What if").click()
    value = page.locator("#tile-revenue-outlook-next-value")
    table = page.locator("#financials-periods")
    before, written = value.inner_text(), table.inner_text()
    thumb = page.locator("#lever-price [role=slider]").first
    thumb.hover()  # waits until the panel stands still
    box = thumb.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(x + 8 * step, y)
    expect(value).not_to_have_text(before)
    assert table.inner_text() == written
    page.mouse.up()
    expect(table).not_to_have_text(written, use_inner_text=True)
    page.locator("#lever-reset-all").click()
    expect(value).to_have_text(before)


def test_financials_can_be_used_by_everybody(page: Page):
    assert serious_findings(opened(page)) == []
