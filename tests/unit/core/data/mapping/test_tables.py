"""Files beside the sales: recognised by name and headings, taken when complete, told, and never a reason to refuse."""

import pytest

from tests.own_files import lines, of, outcome
from tests.workbooks import workbook

SALES = lines(
    "Order Date,Item,Qty", *[(f"2025-{m:02d}-17", item, 10 * m) for m in range(1, 7) for item in ("A1", "B2")]
)


def test_a_list_of_items_gives_families_costs_and_prices() -> None:
    items = lines(
        "Article,Product group,Standard cost EUR,List price EUR", ("A1", "Lamps", 3.5, 9), ("B2", "Chairs", 20, 45)
    )
    found = outcome({"orders.csv": SALES, "article master.csv": items})
    assert found.accepted
    products = found.checked.frames["products"]
    assert list(products["family"]) == ["Lamps", "Chairs"]
    assert list(products["unit_cost"]) == [3.5, 20.0]
    assert list(products["unit_price"]) == [9.0, 45.0]
    assert "family ← “Product group”" in found.detail("table-read")


def test_stock_by_warehouse_is_added_up_and_said() -> None:
    stock = lines(
        "Date;Warehouse;SKU;On hand",
        ("31.01.2025", "North", "A1", "1.250,5"),
        ("31.01.2025", "South", "A1", "10,25"),
        sign=";",
    )
    found = outcome({"orders.csv": SALES, "stock.csv": stock})
    inventory = found.checked.frames["inventory"]
    assert list(inventory["closing_units"]) == [1260.75]  # 1,250.5 + 10.25
    assert list(inventory["month"]) == ["2025-01"]
    assert "2 rows become 1" in found.detail("rows-added-up")


def test_of_several_counts_in_a_month_the_last_one_is_the_closing_stock() -> None:
    stock = lines("Date,SKU,On hand", ("2025-01-10", "A1", 90), ("2025-01-31", "A1", 50), ("2025-02-28", "A1", 70))
    found = outcome({"orders.csv": SALES, "stock.csv": stock})
    assert list(found.checked.frames["inventory"]["closing_units"]) == [50.0, 70.0]
    assert "1 rows of earlier days" in found.detail("last-day-taken")


def test_a_longer_file_of_stock_is_not_mistaken_for_sales() -> None:
    stock = lines("Date,Item,Qty", *[(f"2025-{m:02d}-28", f"A{n}", 1000) for m in range(1, 7) for n in range(40)])
    found = outcome({"orders.csv": SALES, "stock levels.csv": stock})
    assert found.units == 420.0  # 2 × 10 × (1 + … + 6)
    assert len(found.checked.frames["inventory"]) == 240


def test_items_of_orders_are_sales_and_no_list_of_items() -> None:
    found = outcome({"order items.csv": SALES})
    assert (found.accepted, found.units) == (True, 420.0)


def test_a_table_that_cannot_be_read_is_left_out_with_the_reason() -> None:
    found = outcome({"orders.csv": SALES, "lager.csv": lines("Month,SKU,Stock", ("2025-01", "A1", "plenty"))})
    assert found.accepted
    assert "inventory" not in found.checked.frames
    assert "lager.csv: not a number, row 2" in found.detail("table-left-out")


def test_a_person_names_the_table_of_a_file_or_leaves_it_out() -> None:
    files = {"orders.csv": SALES, "q4.csv": lines("Month,SKU,Stock", ("2025-01", "A1", 5))}
    assert "inventory" not in outcome(files).checked.frames
    assert "inventory" in outcome(files, {"tables": {"q4.csv": "inventory"}}).checked.frames
    stock = {"orders.csv": SALES, "stock.csv": files["q4.csv"]}
    assert "inventory" not in outcome(stock, {"tables": {"stock.csv": ""}}).checked.frames


def test_files_said_to_hold_sales_are_read_as_one_and_a_name_gives_way_to_a_person() -> None:
    months = {
        "jan.csv": lines("month,sku,units", ("2025-01", "A", 5)),
        "sales.csv": lines("month,sku,units", ("2025-02", "A", 7)),
    }
    assert outcome(months, {"tables": {"jan.csv": "sales", "sales.csv": "sales"}}).units == 12.0
    found = outcome(months, {"tables": {"jan.csv": "sales"}})
    assert found.units == 5.0
    assert [(one.name, one.table, one.note) for one in found.brought.sheets] == [
        ("jan.csv", "sales", ""),
        ("sales.csv", "", "Another one was said to hold sales."),
    ]


def test_a_file_that_lacks_what_it_was_said_to_hold_is_left_out_with_the_columns_named() -> None:
    found = outcome(
        {"orders.csv": SALES, "x.csv": lines("Region,Count", ("North", 1))}, {"tables": {"x.csv": "labour"}}
    )
    assert (found.accepted, found.units) == (True, 420.0)
    assert found.detail("table-of-other-form") == "x.csv: No heading for pool, month."
    assert found.brought.sheets[1].note == "No heading for pool, month."


def test_a_file_said_to_hold_another_table_is_never_the_sales() -> None:
    found = outcome({"orders.csv": SALES}, {"tables": {"orders.csv": "inventory"}})
    assert (found.accepted, "sales" in found.checked.frames) == (False, False)


def test_files_in_question_are_known_by_their_table_before_the_answer() -> None:
    found = outcome({"o.csv": lines("Date,Item,Qty", ("03/04/2025", "A", 5), ("05/06/2025", "A", 6))})
    assert found.asked == {"Date"}
    assert [one.table for one in found.brought.sheets] == ["sales"]


def test_two_sheets_that_could_both_be_the_sales_are_a_question() -> None:
    other = [["Day", "Product", "Pieces"], *[[f"2024-{m:02d}-17", "A1", 5] for m in range(1, 7)]]
    mine = [["Order Date", "Item", "Qty"], *[[f"2025-{m:02d}-17", "A1", 10] for m in range(1, 7)]]
    book = {"data.xlsx": workbook({"Export": mine, "Copy of June": other})}
    found = outcome(book)
    assert found.asked == {"sales"}
    assert [reading.answer for reading in found.brought.questions[0].readings] == [
        "data.xlsx · Export",
        "data.xlsx · Copy of June",
    ]
    assert outcome(book, found.brought.questions[0].example).units == 60.0


def test_without_families_the_category_groups_the_items_unless_a_person_undoes_it() -> None:
    text = lines("Date,Item,Category,Qty", ("2025-01-01", "A1", "Lamps", 5), ("2025-02-01", "B2", "Chairs", 6))
    found = outcome({"orders.csv": text})
    assert list(found.checked.frames["products"]["family"]) == ["Lamps", "Chairs"]
    assert "family-from-category" in found.codes
    assert "family-from-category" not in outcome({"orders.csv": text}, {"undo": ["family-from-category"]}).codes


@pytest.mark.parametrize("years", [("2024", "2025"), ("Sales 2024", "Sales 2025")])
def test_a_sheet_a_year_with_months_across_is_one_history(years: tuple[str, str]) -> None:
    def sheet(units: int) -> list[list[str | int]]:
        return [["Item", "Jan", "Feb", "Mar"], ["A1", units, units, units], ["B2", 1, 1, 1]]

    found = outcome({"b.xlsx": workbook({years[0]: sheet(10), years[1]: sheet(20)})})
    assert found.months == ["2024-01", "2024-02", "2024-03", "2025-01", "2025-02", "2025-03"]
    assert found.units == 96.0  # 3 × 10 + 3 × 20 + 6


def test_a_sheet_that_sums_up_the_others_is_not_counted_again() -> None:
    head = ["Date", "Item", "Qty"]
    book = workbook(
        {
            "Total": [head, ["2025-01-01", "A", 12]],
            "North": [head, ["2025-01-01", "A", 5]],
            "South": [head, ["2025-01-01", "A", 7]],
        }
    )
    assert outcome({"b.xlsx": book}).units == 12.0
    copies = workbook({"Data": [head, ["2025-01-01", "A", 5]], "Data (2)": [head, ["2025-01-01", "A", 5]]})
    found = outcome({"b.xlsx": copies})
    assert found.units == 5.0
    assert "same rows" in found.detail("sheet-not-used")


def test_many_items_are_grouped_by_the_beginnings_of_their_codes_and_can_be_regrouped() -> None:
    rows = [("2025-01-01", f"{group}-{n:02d}", 1) for group in ("AB", "CD", "EF") for n in range(20)]
    text = lines("Date,Item,Qty", *rows)
    assert set(outcome({"orders.csv": text}).column("family")) == {"AB", "CD", "EF"}
    assert "60 items in 3 families" in outcome({"orders.csv": text}).detail("family-from-code")
    contract = text.replace("Date,Item,Qty", "month,sku,units")
    assert set(outcome({"sales.csv": contract}).column("family")) == {"AB", "CD", "EF"}
    for name, given in (("orders.csv", text), ("sales.csv", contract)):
        regrouped = outcome({name: given}, {"family_pattern": "-([0-9])"})
        assert set(regrouped.column("family")) == {"0", "1"}
        assert set(outcome({name: given}, {"undo": ["family-from-code"]}).column("family")) == {""}


def test_items_named_like_branches_of_a_tree_are_grouped_by_their_branch() -> None:
    states = ("New South Wales", "New Zealand", "Victoria")
    items = [f"{state}/Trade {n}" for state in states for n in range(20)]
    text = lines("Date,Item,Qty", *[("2025-01-01", item, 1) for item in items])
    assert set(outcome({"orders.csv": text}).column("family")) == set(states)


def test_few_items_or_codes_that_group_nothing_stand_for_themselves() -> None:
    few = lines("Date,Item,Qty", *[("2025-01-01", f"AB-{n}", 1) for n in range(5)])
    alike = lines("Date,Item,Qty", *[("2025-01-01", f"SKU-{n}", 1) for n in range(60)])
    for text in (few, alike):
        assert "family-from-code" not in outcome({"orders.csv": text}).codes


def test_a_pattern_of_a_person_wins_over_the_families_of_a_list_of_items() -> None:
    items = lines("sku,family", ("A1", "Lamps"), ("B2", "Chairs"))
    found = outcome({"orders.csv": SALES, "products.csv": items}, {"family_pattern": "^([A-Z])"})
    assert set(found.column("family")) == {"A", "B"}
    assert set(found.checked.frames["products"]["family"]) == {""}


def test_sales_in_two_files_are_read_as_one_when_their_columns_are_the_same():
    one = lines("month,sku,units", ("2025-01", "A", 1), ("2025-02", "A", 2))
    two = lines("sku,month,units", ("A", "2025-03", 4))
    books = {"a.xlsx": workbook({"sales": [r.split(",") for r in one.split()]}), "sales.csv": two}
    found = outcome(books)
    assert found.accepted
    assert found.units == 7.0
    assert "a.xlsx · sales, sales.csv" in found.detail("sheets-stacked")
    again = outcome({**books, "b.xlsx": books["a.xlsx"]})
    assert again.units == 7.0
    assert "same rows" in again.detail("sheet-not-used")


def test_two_files_for_one_table_with_other_columns_are_refused_until_one_is_left_out():
    files = {
        "a.xlsx": workbook({"sales": [["month", "sku", "units"], ["2025-01", "A", 1]]}),
        "sales.csv": lines("month,sku,units,region", ("2025-01", "A", 1, "North")),
    }
    assert "same-table-twice" in outcome(files).blocking
    assert outcome(files, {"tables": {"sales.csv": ""}}).accepted


def test_rows_of_totals_are_told_once_while_a_question_is_open():
    found = of(lines("Date;Item;Qty", ("01/02/2025", "A", 1), ("Total", "", 1), sign=";"))
    assert found.asked == {"Date"}
    assert [f.rows for f in found.checked.findings if f.kind.code == "total-rows"] == [(3,)]
