"""Files as companies have them become sales, or a question, or a refusal that says why."""

import pytest

from sop_dash.core.model.errors import BadValue
from tests.own_files import lines, of, outcome
from tests.workbooks import workbook

MONTHS = [f"2025-{number:02d}" for number in range(1, 7)]


def test_order_lines_of_a_german_report_with_title_and_total():
    text = lines(
        "Umsatzbericht\nStand: 01.07.2025\n\nBelegdatum;Auftrag;Artikel-Nr.;Menge;Umsatz EUR",
        *[(f"15.{m[5:]}.2025", f"A{m}", "00123", 10, "1.250,50") for m in MONTHS],
        ("Gesamt", "", "", 60, "7.503,00"),
        sign=";",
    )
    found = of(text)
    assert found.accepted
    assert found.units == 60.0  # 6 months × 10; the total row of 60 is no sale
    assert found.items == ["00123"]
    assert sum(found.column("net_revenue")) == pytest.approx(7503.0)
    assert {"total-rows", "headings-found", "number-signs", "date-order"} <= found.codes


def test_months_across_become_rows_and_their_total_column_is_not_counted():
    found = of("Item,Name,Jan 2025,Feb 2025,Total\nA,x,1,2,3\nB,y,4,,4\nTotal,,5,2,7\n")
    assert found.units == 7.0  # 1 + 2 + 4
    assert found.months == ["2025-01", "2025-02"]


@pytest.mark.parametrize(
    "header",
    [
        "Item,2025-01,2025-02",
        "Item,01/2025,02/2025",
        "Item,45658,45689",
        "Item,janvier 2025,février 2025",
        ",2025,\nItem,Jan,Feb",
        "Item,Qty Jan 2025,Qty Feb 2025",
    ],
)
def test_headings_of_months_are_read_in_many_forms(header):
    found = of(f"{header}\nA,1,2\nB,3,4\n")
    assert found.months == ["2025-01", "2025-02"]
    assert found.units == 10.0


def test_units_and_revenue_side_by_side_are_kept_apart():
    found = of("SKU,Units Jan 2025,Revenue Jan 2025,Units Feb 2025,Revenue Feb 2025\nA,1,10,2,20\n")
    assert found.units == 3.0
    assert sum(found.column("net_revenue")) == 30.0


def test_a_year_beside_twelve_names_of_months():
    found = of("Year,Item,Jan,Feb\n2024,A,1,2\n2025,A,3,4\n")
    assert found.months == ["2024-01", "2024-02", "2025-01", "2025-02"]


def test_year_month_and_day_in_columns_of_their_own():
    found = of("Year,Month,Day,Product,Units\n2025,1,5,A,3\n2025,1,9,A,4\n2025,2,1,A,5\n")
    assert found.units == 12.0
    assert found.months == ["2025-01", "2025-02"]


def test_orders_and_their_lines_are_joined_by_the_number_of_the_order():
    book = workbook(
        {
            "Orders": [["Order No", "Order Date"], ["1", "2025-01-05"], ["2", "2025-02-06"]],
            "Lines": [["Order No", "Item", "Qty"], ["1", "A", 5], ["1", "B", 6], ["2", "A", 7]],
        }
    )
    found = of(book, name="orders.xlsx")
    assert found.units == 18.0
    assert found.months == ["2025-01", "2025-02"]
    assert "sheets-joined" in found.codes


def test_sheets_called_like_months_are_stacked():
    book = workbook({"Jan 2025": [["Item", "Qty"], ["A", 1]], "Feb 2025": [["Item", "Qty"], ["A", 3]]})
    found = of(book, name="sales by month.xlsx")
    assert (found.months, found.units) == (["2025-01", "2025-02"], 4.0)


def test_issues_of_stacked_sheets_name_each_sheet_and_its_own_rows():
    heading = ["Item", "Qty", "Price"]
    book = workbook(
        {
            "Jan 2025": [heading, ["A", 1, 2], ["Total", 1, ""], ["B", -4, 2]],
            "Feb 2025": [["February"], heading, ["A", 3, 2], ["Total", 3, ""]],
            "Mar 2025": [heading, ["A", 5, 2], ["A", 6, 2], ["A", 6, 2], ["Total", 17, ""]],
        }
    )
    found = of(book, name="sales.xlsx")
    told = {
        (f.kind.code, f.source, f.rows, f.detail.partition("Also in ")[2]) for f in found.checked.findings if f.rows
    }
    also = "sales.xlsx · Feb 2025 (row 4), sales.xlsx · Mar 2025 (row 5)."
    assert ("total-rows", "sales.xlsx · Jan 2025", (3,), also) in told  # left out while the file was mapped
    assert ("negative-units", "sales.xlsx · Jan 2025", (4,), "") in told  # found by the checks of the table
    assert not [row for _, _, rows, _ in told for row in rows if row > 5]


def test_an_issue_of_joined_lines_names_the_file_of_the_lines():
    found = outcome(
        {
            "orders.csv": "Order No,Order Date\n1,2025-01-05\n2,2025-02-06\n",
            "lines.csv": "Order No,Item,Qty\n1,A,5\n1,B,x\n2,A,7\n",
        }
    )
    (bad,) = [f for f in found.checked.findings if f.kind.code == "bad-number"]
    assert (bad.source, bad.rows) == ("lines.csv", (3,))


def test_a_summary_beside_the_data_is_not_counted_twice():
    book = workbook(
        {
            "Data": [["Date", "Item", "Qty"], *[[f"{m}-15", "A", 2] for m in MONTHS]],
            "Pivot": [["Item", "Jan 2025", "Feb 2025"], ["A", 2, 2]],
        }
    )
    found = of(book, name="report.xlsx")
    assert found.units == 12.0
    assert "sheet-not-used" in found.codes


LINES = lines(
    "Order Date,Order No,Item,Qty,Amount,Status",
    ("2025-01-05", 1, "A", 10, 100, "Shipped"),
    ("2025-01-06", 2, "A", 5, 50, "Cancelled"),
    ("2025-02-06", 3, "A", 2, 20, "Returned"),
    ("2025-02-07", 4, "A", 8, 80, "Shipped"),
    ("2025-02-07", 4, "A", 8, 80, "Shipped"),
)


def test_cancelled_returned_and_doubled_lines_are_no_sales_and_are_told():
    found = of(LINES)
    assert found.units == 18.0  # 10 + 8
    assert sum(found.column("cancelled_units")[:1]) == 5.0
    assert {"cancelled-lines", "returned-lines", "duplicate-lines"} <= found.codes
    assert "33 units in the rows" in found.detail("units-balance")  # 10 + 5 + 2 + 8 + 8


def test_every_correction_can_be_taken_back():
    assert of(LINES, {"duplicates": "keep"}).units == 26.0  # 10 + 8 + 8
    assert of(LINES, {"cancelled": []}).units == 23.0  # 10 + 5 + 8
    assert of(LINES, {"columns": {"status": ""}}).units == 25.0  # all but the doubled line


def test_two_readings_of_a_date_are_asked_with_a_preview_of_both_and_answered_by_the_mapping():
    text = "Date,Item,Qty\n03/04/2025,A,5\n05/06/2025,A,6\n"
    found = of(text)
    assert (found.blocking, found.asked) == ({"open-question"}, {"Date"})
    (question,) = found.brought.questions
    assert [reading.preview[0] for reading in question.readings] == [
        ("“03/04/2025”", "3 Apr 25"),
        ("“03/04/2025”", "4 Mar 25"),
    ]
    assert of(text, {"date_order": {"Date": "day-month-year"}}).months == ["2025-04", "2025-06"]
    assert of(text, {"date_order": {"Date": "month-day-year"}}).months == ["2025-03", "2025-05"]


def test_two_readings_of_a_number_are_asked_too():
    text = "Month;Item;Qty\n2025-01;A;1.234\n2025-02;A;2.345\n"
    assert of(text).asked == {"Qty"}
    assert of(text, {"decimal": {"Qty": ","}}).units == 3579.0


def test_what_one_column_leaves_open_another_one_may_decide():
    found = of("Month;Item;Qty;Amount\n2025-01;A;1.234;10,50\n2025-02;A;2.345;20,75\n")
    assert found.units == 3579.0


def test_columns_nobody_can_tell_apart_are_asked_for():
    text = "Date,Item,Plan,Actual\n2025-01,A,1,2\n2025-02,A,3,4\n"
    assert of(text).asked == {"units"}
    assert of(text, {"columns": {"units": "Actual"}}).units == 6.0


@pytest.mark.parametrize(
    "text, code",
    [
        ("hello\nworld\n", "columns-unknown"),
        ("", "no-sales"),
        ("Week,Item,Qty\nW01,A,1\n", "columns-unknown"),
        ("Date,Item,Qty\n2025-01,A,#REF!\n2025-02,A,2\n", "bad-number"),
        ("Date,Item,Qty\n2025-01,A,\n2025-02,A,2\n", "missing-value"),
        (
            "Date,Item,Qty\n2025-13-01,A,1\n2025-02-01,A,2\n2025-02-01,B,2\n2025-03-01,B,2\n2025-04-01,B,2\n",
            "bad-month",
        ),
        ("Date,Item,Qty,Amount,Currency\n2025-01-05,A,1,10,USD\n2025-02-06,A,1,9,EUR\n", "mixed-currency"),
        ("Date,Item,Qty,Amount\n2025-01-05,A,1,$10\n2025-02-06,A,1,€9\n", "mixed-currency"),
        ("Date,Item,Qty,UoM\n2025-01,A,1,EA\n2025-02,A,2,BOX\n", "mixed-unit"),
    ],
)
def test_what_cannot_be_known_is_refused_by_name(text, code):
    assert code in of(text).blocking


def test_a_workbook_of_contract_tables_needs_no_mapping():
    book = workbook(
        {"sales": [["month", "sku", "units"], ["2025-01", "A", 1]], "products": [["sku", "family"], ["A", "F"]]}
    )
    found = of(book, name="company.xlsx")
    assert set(found.checked.frames) == {"sales", "products"}
    assert found.brought.choices is None


def test_contract_tables_in_the_way_of_a_country_are_brought_to_the_plain_form():
    found = of("month;sku;units;net_revenue\n01.2025;A;10,5;1.000,00\n02.2025;A;11,5;2.000,50\n", name="sales.csv")
    assert found.units == 22.0
    assert found.months == ["2025-01", "2025-02"]


def test_families_come_from_a_list_of_items_in_a_file_of_its_own():
    files = {
        "orders.csv": "Date,Item,Qty\n2025-01-05,A,1\n2025-02-05,B,2\n",
        "items.csv": "Item,Product group\nA,G\nB,G\n",
    }
    assert list(outcome(files).checked.frames["products"]["family"]) == ["G", "G"]


def test_families_come_from_a_pattern_in_the_code_when_a_person_gives_one():
    found = of("Date,Item,Qty\n2025-01,AB-1,1\n2025-01,CD-2,2\n", {"family_pattern": "^([A-Z]+)-"})
    assert found.column("family") == ["AB", "CD"]


def test_a_pattern_that_fits_no_code_says_so():
    found = of("Date,Item,Qty\n2025-01,AB-1,1\n", {"family_pattern": "^ZZ(.)"})
    assert found.detail("family-pattern") == "Pattern ^ZZ(.): found in the code of no item."


def test_a_file_without_headings_is_read_by_what_stands_in_it_and_loses_no_row():
    found = of("2025-01-05,A,3\n2025-01-06,B,4\n2025-02-06,B,4\n")
    assert found.units == 11.0
    assert {"no-headings", "column-doubtful"} <= found.codes


def test_names_that_stand_in_the_first_row_of_a_group_are_carried_down():
    found = of("Region,Item,Month,Units\nN,A,2025-01,1\n,,2025-02,2\n,B,2025-01,3\n,,2025-02,4\n")
    assert found.column("sku") == ["A", "A", "B", "B"]
    assert "filled-down" in found.codes


def test_the_mapping_in_use_is_a_document_that_gives_the_same_result():
    found = of(LINES)
    again = of(LINES, found.brought.choices.plain())
    assert again.units == found.units
    assert {line.meaning for line in again.brought.columns} == {line.meaning for line in found.brought.columns}


@pytest.mark.parametrize(
    "mapping",
    [
        {"colums": {}},
        {"columns": {"colour": "x"}},
        {"columns": []},
        {"date_order": {"Date": "backwards"}},
        {"decimal": {"Qty": "|"}},
        {"header_row": "one"},
        {"family_pattern": "("},
        {"family_pattern": "^[A-Z]+"},
        {"family_pattern": "^((A+)+)+$"},
        {"duplicates": "perhaps"},
        {"sheets": "Data"},
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_by_its_key(mapping):
    with pytest.raises(BadValue):
        of(LINES, mapping)


def test_every_correction_names_its_file_its_rows_and_the_money_at_stake():
    text = lines(
        "Order Date,Order No,Item,Qty,Amount,Status",
        ("2025-01-05", 1, "A", 10, 100, "Shipped"),
        ("2025-01-05", 1, "A", 10, 100, "Shipped"),
        ("2025-02-06", 2, "A", 5, 50, "Cancelled"),
        ("2025-02-07", 3, "A", 18, 180, "Shipped"),
    )
    found = {f.kind.code: f for f in of(text, name="orders.csv").checked.findings}
    twice, cancelled = found["duplicate-lines"], found["cancelled-lines"]
    assert (twice.source, twice.rows, twice.value) == ("orders.csv", (3,), 100.0)
    assert (cancelled.source, cancelled.rows, cancelled.place, cancelled.value) == ("orders.csv", (4,), "Status", 50.0)


@pytest.mark.parametrize(
    "code, units",
    [("duplicate-lines", 38.0), ("cancelled-lines", 33.0), ("total-rows", 71.0), ("filled-down", None)],
)
def test_a_person_can_undo_a_correction(code, units):
    """As proposed 28 units: 10 + 18; the twin has 10, the cancelled line 5, the total row 43."""
    text = lines(
        "Order Date,Order No,Item,Qty,Status",
        ("2025-01-05", 1, "A", 10, "Shipped"),
        ("2025-01-05", 1, "A", 10, "Shipped"),
        ("2025-02-06", 2, "A", 5, "Cancelled"),
        ("2025-02-07", 3, "A", 18, "Shipped"),
        ("2025-02-28", "", "Total", 43, ""),
    )
    grouped = lines("Item,Date,Qty", ("A", "2025-01-01", 1), ("", "2025-02-01", 2), ("", "2025-03-01", 3))
    if units is None:
        assert of(grouped).items == ["A"]
        assert not of(grouped, {"undo": [code]}).accepted  # rows without an item are refused, not guessed
    else:
        assert of(text).units == 28.0
        assert of(text, {"undo": [code]}).units == units


def test_a_correction_nobody_knows_cannot_be_undone():
    with pytest.raises(BadValue, match="no correction"):
        of("Date,Item,Qty\n2025-01-01,A,1\n", {"undo": ["gravity"]})


@pytest.mark.parametrize("year", ["202²", "9" * 400, "9" * 5_000, "٢٠٢٥"])
def test_odd_digits_in_a_year_are_told_or_read_and_never_a_crash(year):
    text = lines("Year,Month,Item,Qty", *[(2025, month, "A", 5) for month in range(1, 10)], (year, 10, "A", 5))
    assert of(text).accepted == (year == "٢٠٢٥")  # Arabic digits are digits
