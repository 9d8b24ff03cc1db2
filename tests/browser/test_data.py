"""Data in a real browser: a setting written over, the forecast out and back in, and a plan from a sales file alone."""

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_findings

SALES = "Order date,Article,Product group,Qty\n" + "".join(
    f"{year}-{month:02}-15,{sku},{group},{units + month}\n"
    for year in (2024, 2025)
    for month in range(1, 13)
    for sku, group, units in (("A-1", "Chairs", 40), ("B-1", "Tables", 12))
)


def open_tab(page: Page, name: str) -> None:
    page.goto("/data")
    page.get_by_role("tab", name=name, exact=True).click()


def write(page: Page, grid: str, row: str, column: str, text: str) -> None:
    page.locator(f"#{grid} [row-id='{row}'] [col-id='{column}']").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_setting_written_over_changes_the_plan_and_goes_back(page: Page):
    open_tab(page, "Planning settings")
    value = page.locator("#data-settings [row-id='cover_days'] [col-id='value']")
    expect(value).to_have_text("30")
    write(page, "data-settings", "cover_days", "value", "many")
    expect(page.get_by_text("is not a number")).to_be_visible()
    assert serious_findings(page) == []  # with the refusal on screen
    page.locator(".sop-notice .btn-close").click()
    expect(value).to_have_text("30")
    write(page, "data-settings", "cover_days", "value", "45")
    expect(page.locator("#data-settings [row-id='cover_days'] [col-id='state']")).to_have_text("set by the company")
    page.locator("#data-settings [row-id='cover_days'] [col-id='meaning']").click()
    page.locator("#data-settings-reset").click()
    expect(value).to_have_text("30")
    expect(page.locator(".sop-notice")).to_have_count(0)
    assert serious_findings(page) == []


def test_the_forecast_goes_out_is_changed_and_comes_back(page: Page, tmp_path: Path):
    open_tab(page, "Spreadsheet")
    with page.expect_download() as download:
        page.locator("#data-sheet-export").click()
    file = tmp_path / "mine.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    sheet = book["Forecast"]
    row = next(
        r for r in range(5, sheet.max_row) if (sheet.cell(r, 2).value, sheet.cell(r, 4).value) == ("Irons", "Consensus")
    )
    sheet.cell(row, 14).value = 12345
    sheet.cell(row, 3).value = "my note"
    book.save(file)
    page.set_input_files("#data-sheet-upload input", file)
    expect(page.locator("#data-sheet-compared")).to_contain_text("1 changed cell")
    page.locator("#data-sheet-keep").click()
    expect(page.locator("#data-sheet-refused")).to_contain_text("has no reason")
    page.locator("#data-sheet-reason").fill("changed offline")
    page.locator("#data-sheet-keep").click()
    expect(page.locator("#data-sheet-compared")).to_contain_text("kept as 1 adjustment")
    page.goto("/demand?family=Irons")
    expect(page.locator("#demand-table")).to_contain_text("12,345")


def test_a_sales_file_alone_becomes_a_plan_with_the_assistant(page: Page, tmp_path: Path):
    file = tmp_path / "orders.csv"
    file.write_text(SALES, encoding="utf-8")
    open_tab(page, "Bring tables")
    page.set_input_files("#data-upload input", file)
    expect(page.locator("#data-preview")).to_contain_text("48 rows of sales")
    page.get_by_text("Accept as new data load").click()
    expect(page.get_by_text("Your company", exact=True).first).to_be_visible()
    try:
        open_tab(page, "Start with little")
        expect(page.locator("#data-missing")).to_contain_text("No stock")
        write(page, "data-set-up", "Chairs", "price", "50")
        write(page, "data-set-up", "Tables", "price", "200")
        page.locator("#data-set-up-propose").click()
        expect(page.locator("#data-set-up [row-id='Chairs'] [col-id='cost']")).to_have_text("30")
        page.locator("#data-set-up-keep").click()
        expect(page.locator("#data-set-up-words")).to_contain_text("nothing to ask here")
        expect(page.locator(".sop-notice")).to_have_count(0)
        assert serious_findings(page) == []
        page.goto("/financials")
        expect(page.locator("#page")).to_contain_text("gross margin")
    finally:
        back_to_the_example(page)


def back_to_the_example(page: Page) -> None:
    open_tab(page, "Data loads")
    page.locator("#data-loads").get_by_text("Brightwater Home (fictitious)").first.click()
    page.get_by_text("Plan from the chosen load").click()
    expect(page.get_by_text("Brightwater Home (fictitious)").first).to_be_visible()


def bring(page: Page, files: list[Path]) -> None:
    page.goto("/data#tab=Bring tables")
    page.set_input_files("#data-upload input", files)


def test_a_file_is_said_to_hold_stock_and_the_difference_to_the_last_load_is_named(page: Page, tmp_path: Path):
    orders, stock = tmp_path / "orders.csv", tmp_path / "q4.csv"
    orders.write_text(SALES, encoding="utf-8")
    stock.write_text("Month,SKU,Stock\n2025-12,A-1,50\n2025-12,B-1,9\n", encoding="utf-8")
    bring(page, [orders, stock])
    page.get_by_text("How your files are read").click()
    holds = page.get_by_label("q4.csv")
    expect(holds).to_have_value("-")
    holds.select_option("inventory")
    page.locator("#data-read-again").click()
    page.get_by_text("How your files are read").click()
    expect(page.locator("#data-preview")).to_contain_text("2 rows, as you said")
    assert serious_findings(page) == []
    page.get_by_text("Accept as new data load").click()
    expect(page.locator("#data-preview")).to_contain_text("is in use")
    try:
        page.get_by_text("Give what is missing for").click()
        expect(page.locator("#data-missing")).not_to_contain_text("No stock")
        orders.write_text(SALES.replace("A-1", "C-9"), encoding="utf-8")
        bring(page, [orders])
        expect(page.locator("#data-preview")).to_contain_text("New items")
        expect(page.locator("#data-preview")).to_contain_text("1: C-9")
        expect(page.locator("#data-preview")).to_contain_text("1: A-1")
        assert serious_findings(page) == []
    finally:
        back_to_the_example(page)
