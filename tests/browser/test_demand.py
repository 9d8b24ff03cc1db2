"""Demand as a planner works in it: write, paste a block, undo, do it again, reload, and find all as it was left."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_findings

TOASTERS = "family|Toasters||consensus"


def cell(page: Page, row: str, month: str) -> Locator:
    return page.locator(f"#demand-table .ag-row[row-id='{row}'] [col-id='{month}']")


def open_table(page: Page, address: str = "/demand") -> None:
    page.goto(address)
    expect(page.locator("#demand-table .ag-row").first).to_be_visible()
    expect(page.locator("#demand-history .main-svg").first).to_be_attached()
    page.wait_for_load_state("networkidle")


def write(page: Page, row: str, month: str, text: str) -> None:
    cell(page, row, month).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def paste(page: Page, at: Locator, text: str) -> None:
    """What the browser does on Ctrl+V, with this text on the clipboard."""
    at.click()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def keep(page: Page, reason: str) -> None:
    page.locator("#demand-reason").fill(reason)
    page.locator("#demand-keep").click()
    expect(page.locator("#demand-bar")).to_be_hidden()
    expect(page.locator("#demand-reason")).to_be_hidden()


def test_a_month_written_over_waits_is_kept_with_its_reason_and_undone(page: Page):
    open_table(page)
    page.locator(".sop-family", has_text="Toasters").click()
    month = cell(page, TOASTERS, "2027-02")
    expect(month).to_be_visible()
    page.wait_for_load_state("networkidle")
    before = month.inner_text()
    write(page, TOASTERS, "2027-02", "12345")
    expect(month).to_have_text("12,345")
    expect(page.locator("#demand-bar-words")).to_contain_text("1 cell written, not kept yet")
    page.locator("#demand-review-open").click()
    expect(page.locator("#demand-review-body")).to_contain_text(before)
    page.locator("#demand-keep").click()
    expect(page.locator("#demand-review-refused")).to_contain_text("The reason is missing")
    keep(page, "browser walk")
    expect(page.locator("#demand-stack")).to_contain_text("set to 12,345 a month")
    expect(month).to_have_text("12,345")
    page.get_by_role("button", name="Undo (Ctrl+Z)").click()
    expect(page.locator("#demand-stack")).not_to_contain_text("browser walk")
    expect(month).to_have_text(before)


def test_a_block_is_pasted_kept_undone_done_again_and_found_after_a_reload(page: Page):
    open_table(page)
    shown = [
        [cell(page, f"family|{name}||consensus", month) for month in ("2027-06", "2027-07", "2027-08")]
        for name in ("Filters", "Headphones")
    ]
    before = [[one.inner_text() for one in line] for line in shown]
    paste(page, shown[0][0], "91,000\t+10%\t92000\n27000\t-500\t29,000.4\n")
    expect(page.locator("#demand-review-body tbody tr")).to_have_count(6)
    keep(page, "pasted block")
    after = [["91,000", None, "92,000"], ["27,000", None, "29,000"]]
    expect(page.locator("#demand-stack tr", has_text="pasted block")).to_have_count(6)

    def expect_after() -> None:
        for line, texts in zip(shown, after, strict=True):
            for one, text in zip(line, texts, strict=True):
                if text:
                    expect(one).to_have_text(text)

    expect_after()
    cell(page, "family|Filters||consensus", "2027-06").click()
    page.keyboard.press("Control+z")
    for line, texts in zip(shown, before, strict=True):
        for one, text in zip(line, texts, strict=True):
            expect(one).to_have_text(text)
    page.wait_for_load_state("networkidle")
    cell(page, "family|Filters||consensus", "2027-06").click()
    page.keyboard.press("Control+y")
    expect_after()
    open_table(page)
    expect_after()
    expect(page.locator("#demand-stack tr", has_text="pasted block")).to_have_count(6)
    page.get_by_role("button", name="Undo (Ctrl+Z)").click()
    expect(page.locator("#demand-stack")).not_to_contain_text("pasted block")


def test_a_pasted_word_is_refused_with_its_cell_and_may_be_left_out(page: Page):
    open_table(page)
    paste(page, cell(page, "family|Irons||consensus", "2027-09"), "19000\tabc\t1\t2\t3")
    body = page.locator("#demand-review-body")
    expect(body).to_contain_text("“abc” is not a number")
    expect(body).to_contain_text("lies outside the sheet")
    expect(page.locator("#demand-keep")).to_be_disabled()
    page.locator("#demand-leave-out").click()
    expect(body.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#demand-keep")).to_be_enabled()
    page.locator("#demand-review-close").click()
    page.locator("[data-sheet=discard]").click()
    expect(page.locator("#demand-bar")).to_be_hidden()


def test_a_range_is_filled_to_the_right_and_taken_back(page: Page):
    open_table(page)
    row = "family|Irons||consensus"
    first, last = cell(page, row, "2027-04"), cell(page, row, "2027-06")
    before = last.inner_text()
    first.click()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#demand-table .sop-cell-range")).to_have_count(3)
    page.keyboard.press("Control+r")
    expect(page.locator("#demand-review-body tbody tr")).to_have_count(2)
    page.locator("#demand-review-close").click()
    expect(last).to_have_text(first.inner_text())
    page.locator("[data-sheet=undo]").click()
    expect(last).to_have_text(before)
    expect(page.locator("#demand-bar")).to_be_hidden()


def test_a_month_in_progress_cannot_be_written_over_and_a_restricted_one_only_within_limits(page: Page):
    open_table(page, "/demand?family=Toasters&measure=units")
    cell(page, TOASTERS, "2026-11").dblclick()
    expect(page.locator("#demand-table .ag-cell-inline-editing")).to_have_count(0)
    write(page, TOASTERS, "2026-12", "+90%")
    expect(page.locator("#demand-bar-words")).to_contain_text("Toasters, Dec 26: Dec 26 is restricted")
    page.locator("[data-sheet=discard]").click()
    expect(page.locator("#demand-bar")).to_be_hidden()


def test_a_category_is_split_over_its_families_and_what_waits_survives_a_reload(page: Page):
    open_table(page)
    page.locator("#demand-level").select_option("category")
    row = "category|Consumables||consensus"
    expect(cell(page, row, "2027-08")).to_be_visible()
    write(page, row, "2027-08", "+10%")
    page.locator("#demand-review-open").click()
    body = page.locator("#demand-review-body")
    expect(body).to_contain_text("Consumables, Aug 27")
    expect(body).to_contain_text("Coffee Pods")
    expect(body).to_contain_text("Filters")
    open_table(page)
    expect(page.locator("#demand-bar-words")).to_contain_text("1 cell written, not kept yet")
    page.locator("[data-sheet=discard]").click()
    expect(page.locator("#demand-bar")).to_be_hidden()


def test_sales_input_is_written_on_its_own_line_and_taken_over_on_purpose(page: Page):
    open_table(page, "/demand?family=Irons&measure=units")
    sales, consensus = "family|Irons||sales", "family|Irons||consensus"
    before = cell(page, consensus, "2027-10").inner_text()
    write(page, sales, "2027-10", "23456")
    page.locator("#demand-review-open").click()
    keep(page, "order book of sales")
    expect(cell(page, sales, "2027-10")).to_have_text("23,456")
    expect(cell(page, consensus, "2027-10")).to_have_text(before)
    page.get_by_role("button", name="Take sales input").click()
    expect(page.locator("#demand-review-body tr", has_text="Irons, Oct 27")).to_contain_text("23,456")
    page.locator("#demand-review-close").click()
    page.locator("[data-sheet=discard]").click()
    expect(page.locator("#demand-bar")).to_be_hidden()
    page.locator("[data-sheet=undo]").click()  # first what was discarded comes back
    expect(page.locator("#demand-bar")).to_be_visible()
    open_table(page, "/demand?family=Irons&measure=units")
    page.locator("[data-sheet=discard]").click()
    expect(page.locator("#demand-bar")).to_be_hidden()
    open_table(page, "/demand?family=Irons&measure=units")
    page.locator("[data-sheet=undo]").click()  # then what was kept is taken back
    expect(page.locator("#demand-stack")).not_to_contain_text("order book of sales")


def colleague(page: Page, address: str) -> Page:
    """A second tab of the same browser on the same table, behind the first one: no frame is drawn there."""
    other = page.context.new_page()
    open_table(other, address)
    page.bring_to_front()
    return other


def kept_by(other: Page, row: str, month: str, text: str, reason: str) -> None:
    write(other, row, month, text)
    other.locator("#demand-review-open").click()
    keep(other, reason)


def undone(page: Page, times: int) -> None:
    """Blocks are taken back one after another: the next one only once the server has answered."""
    for _ in range(times):
        with page.expect_response(lambda answer: "demand-history-ask" in (answer.request.post_data or "")):
            page.get_by_role("button", name="Undo (Ctrl+Z)").click()


def test_what_a_colleague_keeps_comes_in_by_itself_and_leaves_what_is_being_written(page: Page):
    address, row = "/demand?family=Speakers", "family|Speakers||consensus"
    open_table(page, address)
    other = colleague(page, address)
    cell(page, row, "2027-07").click()
    kept_by(other, row, "2027-04", "18181", "seen by itself")
    expect(cell(page, row, "2027-04")).to_have_text("18,181")
    expect(page.locator("#demand-stack")).to_contain_text("seen by itself")
    page.keyboard.type("21")  # the cell chosen before is still the one that is written
    field = page.locator("#demand-table .ag-cell-inline-editing input")
    kept_by(other, row, "2027-07", "20202", "while it is written")
    page.wait_for_event("response", lambda answer: answer.url.endswith("/revision"))
    expect(field).to_have_value("21")
    field.press_sequentially("212")
    field.press("Enter")
    words = page.locator("#demand-bar-words")
    expect(words).to_contain_text(
        "Changed by somebody else after you looked: Speakers, Jul 27: yours 21,212, now 20,202"
    )
    expect(words).to_contain_text("while it is written")
    expect(cell(page, row, "2027-07")).to_have_class(re.compile("sop-cell-clash"))
    page.locator("[data-sheet=discard]").click()
    expect(cell(page, row, "2027-07")).to_have_text("20,202")
    undone(other, 2)
    expect(page.locator("#demand-stack")).not_to_contain_text("seen by itself")


def test_a_colleague_who_was_faster_is_marked_at_once_and_not_overwritten(page: Page):
    address, row = "/demand?family=Speakers", "family|Speakers||consensus"
    open_table(page, address)
    other = colleague(page, address)
    write(page, row, "2027-05", "22222")
    expect(page.locator("#demand-bar-words")).to_contain_text("1 cell written, not kept yet")
    page.locator("#demand-review-open").click()
    page.locator("#demand-reason").fill("on top of")
    kept_by(other, row, "2027-05", "21111", "the other editor")
    body = page.locator("#demand-review-body")
    expect(body).to_contain_text("the other editor")
    expect(body).to_contain_text("21,111")
    expect(page.locator("#demand-reason")).to_have_value("on top of")
    expect(page.locator("#demand-keep")).to_be_disabled()
    page.locator("#demand-keep-mine").click()
    keep(page, "on top of it")
    expect(cell(page, row, "2027-05")).to_have_text("22,222")
    expect(page.locator("#demand-stack tr", has_text="the other editor")).to_have_count(1)
    undone(page, 2)
    expect(page.locator("#demand-stack")).not_to_contain_text("the other editor")


def test_demand_has_no_serious_accessibility_finding(page: Page):
    open_table(page)
    assert serious_findings(page) == []
    page.locator("#demand-lines").select_option("all")
    expect(page.locator("#demand-table .ag-row[row-id*='|statistical']").first).to_be_visible()
    assert serious_findings(page, within="#demand-table") == []
    page.locator("#theme-switch").click()
    assert serious_findings(page) == []
