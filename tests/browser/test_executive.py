"""The Executive page in a real browser: the first thing people see, what-if at the side, a decision recorded."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import PANE, serious_findings

# The words of a chooser, where they are wider than its room.
CUT = """chooser => {
  const style = getComputedStyle(chooser), words = chooser.selectedOptions[0].text;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  const room = chooser.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return pen.measureText(words).width > room + 1 ? words : "";
}"""


def opened(page: Page) -> Page:
    page.goto("/")
    expect(page.locator("#executive-story")).not_to_be_empty()
    expect(page.locator(".sop-exec-card").first).to_be_visible()
    page.locator("#executive-chart .main-svg").first.wait_for(state="attached")
    return page


def test_cards_tiles_and_chart_stand_on_one_screen_in_numbers_a_room_can_read(page: Page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    opened(page)
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    expect(page.locator(".sop-exec-tiles .sop-tile")).to_have_count(6)
    for numbers in (".sop-exec-options td", ".sop-exec-tiles .sop-tile-value", ".sop-exec-number"):
        size = page.locator(numbers).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 28
    page.set_viewport_size({"width": 1366, "height": 768})
    ways = page.locator(".sop-exec-card").first.locator(".sop-exec-ways .btn")
    assert len(ways.all()) == 3
    assert len({way.bounding_box()["y"] for way in ways.all()}) == 1  # on one line


def test_tiles_follow_what_if_and_come_back_to_the_plan(page: Page):
    opened(page)
    plan, story = page.inner_text("#tile-revenue-outlook-value"), page.inner_text("#executive-story")
    page.get_by_role("button", name="What if").click()
    thumb = page.locator("#lever-demand [role=slider]").first
    expect(thumb).to_be_visible()
    for chooser in page.locator(".sop-lever-scope select:visible").all():
        assert chooser.evaluate(CUT) == ""
    box = thumb.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=8)
    expect(page.locator("#tile-revenue-outlook-change")).to_contain_text("v plan")
    assert page.inner_text("#executive-story") == story
    page.mouse.up()
    expect(page.locator("#executive-story")).to_contain_text("As the levers stand")
    page.locator("#lever-reset-all").click()
    expect(page.locator("#executive-story")).to_have_text(story, use_inner_text=True)
    expect(page.locator("#tile-revenue-outlook-value")).to_have_text(plan, use_inner_text=True)


def test_an_option_is_recorded_and_waits_among_what_is_open(page: Page):
    opened(page)
    page.get_by_role("button", name="Record as decision").first.click()
    text = page.locator("#executive-record-text")
    expect(text).not_to_have_value("")
    text.fill("Executive walk: use the best mix")
    page.locator("#executive-record-outcome").select_option("pending")
    page.get_by_role("button", name="Record decision").click()
    expect(page.locator(".sop-notices")).to_contain_text("recorded as pending")
    expect(page.locator("#executive-open-items")).to_contain_text("Executive walk")


def test_the_report_prints_on_one_sheet(page: Page):
    opened(page)
    page.get_by_role("tab", name="One-page report").click()
    expect(page.locator("#executive-report")).to_contain_text("Decisions made")
    sheet = page.pdf(format="A4", landscape=True, prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1


def test_the_executive_page_can_be_used_by_everybody_in_light_and_dark(page: Page):
    opened(page)
    for theme in ("light", "dark"):
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        page.get_by_role("tab", name="To decide").click()
        assert serious_findings(page) == [], theme
        page.get_by_role("tab", name="One-page report").click()
        expect(page.locator("#executive-report")).to_contain_text("Decisions made")
        assert serious_findings(page, within=PANE) == [], theme
        page.locator("#theme-switch").click()
