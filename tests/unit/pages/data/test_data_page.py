"""The Data page through its wire: a file of one's own is shown, asked about, read again and accepted."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
from dash import html

from sop_dash.pages.data.mapping_form import decided, mapping_form, mapping_of, other_sales, tables_said
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only

OPEN_DATES = b"Date,Item,Qty\n03/04/2025,A,5\n05/06/2025,A,6\n"


def uploaded(content: bytes, name: str = "orders.csv") -> dict[str, Any]:
    return {
        "data-upload.contents": [f"data:text/csv;base64,{base64.b64encode(content).decode()}"],
        "data-upload.filename": [name],
    }


def words(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)


def test_an_open_question_is_shown_with_both_readings_and_nothing_can_be_accepted(tmp_path: Path) -> None:
    page = PageClient(desk(tmp_path))
    answer = page.ask("data-preview.children", uploaded(OPEN_DATES))
    assert answer["data-accept"]["disabled"] is True
    shown = words(answer)
    assert "day first: “03/04/2025” is 3 Apr 25" in shown
    assert "month first: “03/04/2025” is 4 Mar 25" in shown


def test_an_answer_makes_the_file_acceptable_and_it_becomes_the_load_in_use(tmp_path: Path) -> None:
    services = desk(tmp_path)
    page = PageClient(services)
    chosen = {"columns": {}, "date_order": {"Date": "day-month-year"}}
    values = {**uploaded(OPEN_DATES), "data-mapping.data": chosen}
    carried = page.ask("data-preview.children", values, by="data-carry.value")
    assert carried["data-accept"]["disabled"] is False
    told = page.ask("data-upload.contents", {**values, "data-accept.n_clicks": 1})
    assert "Give what is missing for 1 family" in words(told)  # of cost, capacity and lead time
    load = services.imports.loads()[0]
    assert load.current
    assert (load.summary["first_month"], load.summary["last_month"], load.summary["qty"]) == (
        "2025-04",
        "2025-06",
        11.0,
    )


def test_next_month_the_mapping_is_remembered(tmp_path: Path) -> None:
    services = desk(tmp_path)
    first = services.imports.preview({"orders.csv": OPEN_DATES}, mapping={"date_order": {"Date": "day-month-year"}})
    services.imports.accept(first, source="orders.csv", user=services.user())
    again = services.imports.preview({"orders_july.csv": OPEN_DATES + b"07/07/2025,A,7\n"})
    assert again.accepted
    assert again.summary["last_month"] == "2025-07"
    found = services.imports.differences(again)
    listed = found.listed
    assert found.count == 1
    assert (listed[0].item, listed[0].month, listed[0].before, listed[0].now) == ("A", "2025-07", None, 7.0)


def test_a_kept_load_is_read_again_in_the_same_way(tmp_path: Path) -> None:
    services = desk(tmp_path)
    first = services.imports.preview({"orders.csv": OPEN_DATES}, mapping={"date_order": {"Date": "month-day-year"}})
    load = services.imports.accept(first, source="orders.csv", user=services.user())
    assert services.plans.prepared().inputs.grain.history == ("2025-03", "2025-04", "2025-05")
    assert load.summary["mapping"]["date_order"] == {"Date": "month-day-year"}


def test_the_template_comes_from_the_page_and_has_a_sheet_of_sales(tmp_path: Path) -> None:
    sent = PageClient(desk(tmp_path)).ask("data-template-file.data", {"data-template.n_clicks": 1})
    file = sent["data-template-file"]["data"]
    assert file["filename"] == "template.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(file["content"])))
    assert {"month", "sku", "units"} <= {cell.value for cell in book["sales"][1]}


def test_what_the_form_holds_becomes_a_mapping() -> None:
    before = {"columns": {"units": "Plan"}, "date_order": {"Date": "day-month-year"}}
    assert mapping_of({"units": "Qty", "region": "-"}, [("decimal", "Qty", ",")], before) == {
        "columns": {"units": "Qty", "region": ""},
        "date_order": {"Date": "day-month-year"},
        "decimal": {"Qty": ","},
    }


def test_contract_tables_need_no_form() -> None:
    assert mapping_form([], [], []) == []


def test_the_form_is_folded_while_nothing_is_asked(tmp_path: Path) -> None:
    preview = desk(tmp_path).imports.preview({"orders.csv": b"Date,Item,Qty\n2025-01-31,A,5\n"})
    (folded,) = mapping_form(preview.questions, preview.columns, preview.headings)
    assert isinstance(folded, html.Details)
    assert not folded.open


def _written(name: str, before: str, now: str) -> dict[str, Any]:
    return {"data": {"name": name, "meaning": name, "value": now}, "oldValue": before, "value": now}


def test_a_setting_written_over_is_in_the_plan_and_a_bad_one_is_told_and_put_back(tmp_path: Path) -> None:
    services = desk(tmp_path)
    page = PageClient(services)
    output = page.answering("data-settings")
    page.ask(output, {"data-settings.cellValueChanged": [_written("cover_days", "30", "12")]})
    assert services.plans.settings.cover_days == 12.0
    shown = {row["name"]: row for row in page.ask("data-settings.rowData", {})["data-settings"]["rowData"]}
    assert (shown["cover_days"]["value"], shown["cover_days"]["state"]) == ("12", "set by the company")
    assert shown["cover_aim_days"]["state"] == "assumed"
    page.ask(output, {"data-settings.cellValueChanged": [_written("cover_days", "12", "minus four")]})
    assert services.plans.settings.cover_days == 12.0


def test_a_workbook_that_comes_back_is_compared_decided_on_and_kept(tmp_path: Path) -> None:
    services = desk(tmp_path)
    page = PageClient(services)
    book = openpyxl.load_workbook(io.BytesIO(services.round_trip.export()))
    book["Forecast"]["J8"] = 222  # the consensus of kettles in 2026-09; column A is the key, E the first month
    file = io.BytesIO()
    book.save(file)
    sent = f"data:application/xlsx;base64,{base64.b64encode(file.getvalue()).decode()}"
    shown = page.ask("data-sheet-compared.children", {"data-sheet-upload.contents": sent})
    (row,) = shown["data-sheet-changes"]["rowData"]
    assert (row["month"], row["exported"], row["wanted"], row["take"]) == ("Sep 26", 150.0, 222.0, "accept")
    keep = page.answering("data-sheet-keep")
    page.ask(keep, {"data-sheet-changes.rowData": [row], "data-sheet-reason.value": ""})
    assert services.adjustments.all() == ()
    page.ask(keep, {"data-sheet-changes.rowData": [row], "data-sheet-reason.value": "fair"})
    assert [(a.family, a.value, a.reason) for a in services.adjustments.all()] == [("Kettles", 222.0, "fair")]


def test_the_assistant_takes_pasted_rows_and_proposals_and_keeps_a_load(tmp_path: Path) -> None:
    services = desk(tmp_path, sales_only({"Lamps": [10.0, 12.0] * 12, "Kettles": [5.0] * 24}))
    page = PageClient(services)
    rows = page.ask("data-missing.rowData", {})["data-set-up"]["rowData"]
    fill = page.answering("data-set-up-take")
    given = {"data-set-up.rowData": rows, "data-set-up-paste.value": "Lamps\t20\t12"}
    answer = page.ask(fill, given, by="data-set-up-take.n_clicks")
    pasted = next(
        part["rowData"] for name, part in answer.items() if name.startswith("data-set-up") and "rowData" in part
    )
    answer = page.ask(fill, {"data-set-up.rowData": pasted}, by="data-set-up-propose.n_clicks")
    full = next(part["rowData"] for part in answer.values() if "rowData" in part)
    assert {row["family"]: row["capacity"] for row in full} == {"Lamps": 12.0, "Kettles": 5.0}
    page.ask(page.answering("data-set-up-keep"), {"data-set-up.rowData": full})
    assert services.imports.loads()[0].source == "set-up assistant"
    assert {one.family for one in services.set_up.gaps()} == {"Kettles"}


TOTALS = b"Date,Item,Qty\n2025-01-31,AB-1,5\n2025-01-31,AC-2,7\n2025-02-28,AB-1,6\nTotal,,18\n"


def test_a_correction_can_be_undone_and_items_regrouped_on_the_page(tmp_path: Path) -> None:
    page = PageClient(desk(tmp_path))
    shown = words(page.ask("data-preview.children", uploaded(TOTALS)))
    assert "untick to undo" in shown
    assert "total-rows" in shown
    chosen = page.ask(
        "data-mapping.data",
        {
            **uploaded(TOTALS),
            "data-read-again.n_clicks": 1,
            "data-corrections.options": [{"value": "total-rows"}],
            "data-corrections.value": [],
            "data-family-rule.value": "^(..)",
        },
        by="data-read-again.n_clicks",
    )["data-mapping"]["data"]
    assert (chosen["undo"], chosen["family_pattern"]) == (["total-rows"], "^(..)")


def test_families_follow_the_rule_a_person_chose(tmp_path: Path) -> None:
    services = desk(tmp_path)
    found = services.imports.preview({"orders.csv": TOTALS}, mapping={"family_pattern": "^(..)"})
    assert found.inputs is not None
    assert found.inputs.grain.families == ("AB", "AC")


def test_a_correction_that_was_undone_stays_on_the_form_to_be_made_again() -> None:
    assert decided({"undo": ["total-rows", "other"]}, ["total-rows"], ["total-rows"], None, None) == {"undo": ["other"]}
    assert decided({}, [], None, "own", " ^(.) ") == {"undo": [], "family_pattern": "^(.)"}


def test_what_was_undone_last_month_can_be_made_again(tmp_path: Path) -> None:
    services = desk(tmp_path)
    first = services.imports.preview({"orders.csv": TOTALS}, mapping={"undo": ["family-from-code"]})
    services.imports.accept(first, source="orders.csv", user=services.user())
    page = PageClient(services)
    shown = words(page.ask("data-preview.children", uploaded(TOTALS)))
    assert "Family from code (undone)" in shown
    again = services.imports.preview({"orders.csv": TOTALS}, mapping={"undo": []})
    assert again.mapping is not None
    assert "undo" not in again.mapping


STOCK = b"Month,SKU,Pieces\n2025-01,AB-1,50\n2025-02,AB-1,70\n"


def test_a_person_says_which_table_a_file_holds_and_takes_it_back(tmp_path: Path) -> None:
    services = desk(tmp_path)
    files = {"orders.csv": TOTALS, "q4.csv": STOCK.replace(b"Pieces", b"Stock")}
    found = services.imports.preview(files)
    read = {sheet.name: sheet.table for sheet in found.sheets}
    assert read == {"orders.csv": "sales", "q4.csv": ""}
    shown = [{"name": name, "read": table} for name, table in read.items()]
    said = tables_said(shown, ["sales", "inventory"], {})
    assert said == {"tables": {"q4.csv": "inventory"}}
    told = services.imports.preview(files, mapping=said)
    assert [(sheet.table, sheet.said) for sheet in told.sheets] == [("sales", False), ("inventory", True)]
    services.imports.accept(told, source="2 files", user=services.user())
    remembered = services.imports.preview(files)
    assert [sheet.table for sheet in remembered.sheets] == ["sales", "inventory"]
    back = tables_said([{"name": "q4.csv", "read": "inventory"}], ["?"], {})
    assert [sheet.table for sheet in services.imports.preview(files, mapping=back).sheets] == ["sales", ""]


def test_tables_that_go_on_from_the_load_in_use_are_no_files_of_the_form(tmp_path: Path) -> None:
    services = desk(tmp_path)
    prices = b"sku,valid_from,price\nAB-1,2025-01,9\n"
    first = services.imports.preview({"orders.csv": TOTALS, "prices.csv": prices})
    services.imports.accept(first, source="2 files", user=services.user())
    again = services.imports.preview({"orders.csv": TOTALS}, carry=True)
    assert "Going on from the load in use: prices." in again.message
    assert [sheet.name for sheet in again.sheets] == ["orders.csv"]


def test_one_more_file_of_sales_is_read_beside_the_first_and_its_columns_are_found_anew() -> None:
    shown = [{"name": "jan.csv", "read": "sales"}, {"name": "feb.csv", "read": ""}]
    assert tables_said(shown, ["sales", "sales"], {}) == {"tables": {"jan.csv": "sales", "feb.csv": "sales"}}
    assert other_sales(shown, ["sales", "sales"])
    assert not other_sales(shown, ["sales", "inventory"])
    assert tables_said(shown, ["sales", "-"], {}) == {}


def test_the_currency_of_the_file_goes_with_the_terms_of_the_company_in_use(tmp_path: Path) -> None:
    services = desk(tmp_path)
    company = b"name,tax_ratio\nLamps Ltd,0.25\n"
    first = services.imports.preview({"orders.csv": TOTALS, "company.csv": company})
    services.imports.accept(first, source="2 files", user=services.user())
    text = b"Date,Item,Qty,Revenue EUR\n2025-01-31,AB-1,5,50\n2025-02-28,AB-1,6,61\n"
    again = services.imports.preview({"orders.csv": text}, carry=True)
    assert again.inputs is not None
    found = again.inputs.company
    assert (found.name, found.currency, found.tax_ratio) == ("Lamps Ltd", "EUR", 0.25)


def test_a_preview_and_the_plan_are_in_the_currency_that_was_set(tmp_path: Path) -> None:
    services = desk(tmp_path, sales_only({"Lamps": [10.0] * 24}, price=5.0))
    assert services.plans.prepared().inputs.company.currency_assumed
    services.settings.change({"currency": "EUR"}, services.user())
    page = PageClient(services)
    text = b"month,family,units,net_revenue\n2027-01,Lamps,10,1234\n"
    assert "€ 1,234" in words(page.ask("data-preview.children", uploaded(text, "sales.csv")))
    issues = page.ask("data-issues.rowData", {})["data-issues"]
    assert "€" in words(issues["columnDefs"])
