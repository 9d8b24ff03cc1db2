"""Checks of what a company brings: all findings at once, with the rows of the file."""

import pytest

from sop_dash.core.data import read_tables
from sop_dash.core.data.raw import from_records
from sop_dash.core.model.tables import TABLES
from tests.worlds import checked, codes, raw, sales_only, two_products_one_press


def only(world, code):
    """The single finding of this code."""
    (finding,) = [finding for finding in checked(world).findings if finding.kind.code == code]
    return finding


def sales(**columns):
    return {"sales": [{"month": "2026-01", "sku": "A", "units": 5} | columns]}


def test_a_clean_company_has_no_findings():
    tables = checked(two_products_one_press())
    assert tables.findings == ()
    assert tables.accepted


def test_a_typed_table_has_all_columns_of_its_definition_and_the_rows_of_the_file():
    frame = checked(sales_only({"A": [1, 2]})).frames["sales"]
    assert tuple(frame.columns) == TABLES["sales"].names
    assert frame.index.tolist() == [2, 3]
    assert frame["units"].tolist() == [1.0, 2.0]
    assert frame["channel"].tolist() == ["", ""]
    assert frame["discount"].isna().all()


def test_without_sales_nothing_is_accepted():
    tables = checked({"products": [{"sku": "A"}]})
    assert [finding.kind.code for finding in tables.findings] == ["no-sales"]
    assert not tables.accepted


def test_sales_without_rows_are_no_sales():
    tables = read_tables({"sales": from_records("sales", ["month", "sku", "units"], [])})
    assert [finding.kind.code for finding in tables.findings] == ["no-sales", "empty-table"]


def test_a_table_nobody_knows_is_told_and_not_used():
    tables = checked(sales() | {"colours": [{"name": "red"}]})
    assert [(f.kind.code, f.table) for f in tables.findings if f.table == "colours"] == [("unknown-table", "colours")]
    assert tables.accepted


def test_a_missing_column_is_named():
    tables = checked({"sales": [{"month": "2026-01", "sku": "A"}]})
    assert [(f.kind.code, f.place, f.rows) for f in tables.findings if f.blocks] == [("missing-column", "units", (1,))]


def test_sku_or_family_is_enough_but_neither_is_not():
    assert checked({"sales": [{"month": "2026-01", "family": "A", "units": 1}]}).accepted
    finding = only({"sales": [{"month": "2026-01", "units": 1}]}, "missing-column")
    assert finding.place == "sku or family"


def test_a_row_with_neither_sku_nor_family_is_named():
    world = sales_only({"A": [1, 2, 3]})
    world["sales"][1]["family"] = ""
    finding = only(world, "missing-value")
    assert (finding.rows, finding.place) == ((3,), "sku or family")


def test_the_same_column_twice_is_refused():
    table = from_records("sales", ["month", "sku", "units", "Units"], [["2026-01", "A", 1, 2]])
    assert [f.kind.code for f in read_tables({"sales": table}).findings if f.blocks] == ["duplicate-header"]


def test_names_of_columns_may_have_capitals_and_spaces():
    table = from_records("Sales", ["Month", "SKU", "Units", "Net Revenue"], [["2026-01", "A", 1, 2]])
    frame = read_tables({"Sales": table}).frames["sales"]
    assert frame["net_revenue"].tolist() == [2.0]


def test_extra_columns_are_kept_out_and_told():
    finding = only(sales(colour="red"), "extra-column")
    assert "colour" in finding.detail
    assert checked(sales(colour="red")).accepted


def test_bad_numbers_are_gathered_by_column_with_their_rows():
    world = sales_only({"A": [1, 2, 3]})
    world["sales"][0]["units"] = "1,5"
    world["sales"][2]["units"] = "many"
    finding = only(world, "bad-number")
    assert (finding.table, finding.place, finding.rows, finding.count) == ("sales", "units", (2, 4), 2)
    assert finding.detail == "Found “1,5”, “many”."
    assert not checked(world).accepted


def test_a_cell_that_cannot_be_read_is_not_also_called_empty():
    world = sales(units="many")
    assert [code for code, _ in codes(world)].count("missing-value") == 0


def test_bad_months_name_the_form_wanted():
    finding = only(sales(month="03/04/2026"), "bad-month")
    assert finding.rows == (2,)
    assert "YYYY-MM" in finding.kind.remedy


def test_all_problems_come_together_and_the_blocking_ones_first():
    world = sales_only({"A": [1, 2, 3]})
    world["sales"][0] |= {"units": "x", "month": "2026-1"}
    world["sales"][1]["units"] = -4
    found = checked(world).findings
    assert {"bad-number", "bad-month", "negative-units"} <= {f.kind.code for f in found}
    blocking = [f.blocks for f in found]
    assert blocking == sorted(blocking, reverse=True)


def test_a_percentage_where_a_fraction_belongs_is_refused():
    world = two_products_one_press()
    world["company"][0]["carrying_ratio_per_year"] = 24
    finding = only(world, "out-of-range")
    assert (finding.place, finding.detail) == ("carrying_ratio_per_year", "It must be at least 0 and at most 1.")


def test_a_number_no_company_reaches_is_refused():
    assert only(sales(units="1e300"), "out-of-range").detail == "It must be at most 1e+15 in size."


def test_returns_booked_as_sales_are_told_with_their_money():
    world = sales_only({"A": [10, -4]}, price=2.0)
    finding = only(world, "negative-units")
    assert (finding.rows, finding.value) == ((3,), 8.0)  # |−4 × 2|
    assert checked(world).accepted


def test_negative_stock_is_told_and_accepted():
    world = two_products_one_press()
    world["inventory"][0]["closing_units"] = -1
    assert only(world, "negative-stock").rows == (2,)


def test_production_cells_of_future_months_may_be_empty():
    world = two_products_one_press()
    world["production"].append({"month": "2026-05", "sku": "K1", "planned_units": 10})
    assert checked(world).accepted


def test_the_same_row_twice_is_refused_because_it_may_count_twice():
    world = sales_only({"A": [1, 2]})
    world["sales"].append(dict(world["sales"][0]))
    finding = only(world, "duplicate-key")
    assert (finding.rows, finding.blocks) == ((2, 4), True)


def test_two_different_rows_of_one_month_are_added_and_told():
    world = sales_only({"A": [1, 2]})
    world["sales"].append(world["sales"][0] | {"units": 7})
    assert only(world, "repeated-key").rows == (2, 4)
    assert checked(world).accepted


def test_two_routings_for_one_pair_are_refused():
    world = two_products_one_press()
    world["resource_profile"].append({"family": "Kettles", "resource": "Press", "hours_per_unit": 0.7})
    finding = only(world, "duplicate-key")
    assert (finding.rows, finding.detail) == ((2, 4), "“Kettles · Press”.")


def test_two_open_orders_of_one_item_are_no_duplicates():
    order = {"month": "2026-05", "sku": "K1", "units": 5}
    assert codes(two_products_one_press() | {"receipts": [order, dict(order)]}) == []


def test_a_company_has_one_row():
    world = two_products_one_press()
    world["company"].append(dict(world["company"][0]))
    assert only(world, "duplicate-key").rows == (3,)


@pytest.mark.parametrize("word", ["Total", "GRAND TOTAL", "Summe:"])
def test_total_rows_are_left_out_and_told(word):
    world = sales_only({"A": [1, 2]})
    world["sales"].append({"month": "2026-02", "family": word, "units": 3})
    tables = checked(world)
    assert [f.rows for f in tables.findings if f.kind.code == "total-rows"] == [(4,)]
    assert tables.frames["sales"]["units"].sum() == 3.0  # 1 + 2, not 6


def test_blank_rows_are_no_data_and_keep_the_row_numbers():
    table = from_records(
        "sales", ["month", "sku", "units"], [["2026-01", "A", 1], ["", " ", ""], ["2026-02", "A", "x"]]
    )
    tables = read_tables({"sales": table})
    assert [f.rows for f in tables.findings if f.kind.code == "bad-number"] == [(4,)]


def test_a_month_decades_away_is_refused():
    world = sales_only({"A": [1, 2, 3]})
    world["sales"][0]["month"] = "2062-01"
    assert only(world, "far-month").rows == (2,)


def test_items_sold_but_not_listed_are_told_with_their_revenue():
    world = two_products_one_press()
    world["sales"].append({"month": "2026-01", "sku": "X9", "channel": "shop", "units": 1, "net_revenue": 30})
    finding = only(world, "unknown-sku")
    assert (finding.table, finding.value) == ("sales", 30.0)
    assert only(world, "sku-without-family").detail == "“X9”."


def test_stock_of_an_unknown_item_is_left_out_and_told():
    world = two_products_one_press()
    world["inventory"].append({"month": "2026-03", "sku": "X9", "closing_units": 1})
    finding = only(world, "unknown-sku")
    assert (finding.table, finding.rows) == ("inventory", (8,))


def test_a_family_spelled_otherwise_is_told():
    world = two_products_one_press()
    world["resource_profile"][1]["family"] = "lamps"
    finding = only(world, "unknown-family")
    assert (finding.table, finding.rows, finding.detail) == ("resource_profile", (3,), "“lamps”.")


def test_two_spellings_of_one_channel_are_told():
    world = two_products_one_press()
    world["sales"][0]["channel"] = "Shop "
    finding = only(world, "similar-names")
    assert (finding.place, finding.detail) == ("channel", "“Shop”, “shop”.")


def test_a_resource_without_hours_is_told():
    world = two_products_one_press()
    world["resource_profile"][1]["resource"] = "Kiln"
    assert only(world, "capacity-unknown").rows == (3,)


def test_a_family_and_its_items_in_one_month_are_refused():
    world = two_products_one_press()
    world["inventory"].append({"month": "2026-01", "family": "Kettles", "closing_units": 80})
    finding = only(world, "mixed-grain")
    assert (finding.blocks, finding.rows) == (True, (8,))


def test_items_without_any_family_stand_for_themselves():
    world = {"sales": [{"month": "2026-01", "sku": sku, "units": 1} for sku in ("A", "B")]}
    assert [code for code, _ in codes(world)] == ["items-as-families"]


def test_one_item_in_two_families_is_told():
    world = two_products_one_press()
    world["sales"][0]["family"] = "Lamps"
    finding = only(world, "item-in-two-families")
    assert finding.detail == "“K1”."


def test_every_finding_says_what_to_do():
    world = two_products_one_press()
    world["sales"][0] |= {"units": "x", "family": "Lamps"}
    world["inventory"][0]["closing_units"] = -1
    assert all(f.kind.remedy.endswith(".") and f.kind.title for f in checked(world).findings)


def test_reading_raises_for_nothing():
    hopeless = {name: from_records(name, ["x"], [["y"]]) for name in TABLES}
    assert not read_tables(hopeless).accepted
    assert not read_tables({}).accepted
    assert not read_tables(raw({"sales": [{"month": "", "sku": "", "units": ""}]})).accepted


def test_a_long_history_is_not_far_from_itself():
    """36 years of sales hang together; a year typed wrong by 40 does not."""
    months = [f"{year}-01" for year in range(1987, 2023)]
    table = from_records("sales", ["month", "sku", "units"], [[month, "A", 1] for month in [*months, "2063-01"]])
    found = [f for f in read_tables({"sales": table}).findings if f.kind.code == "far-month"]
    assert [f.rows for f in found] == [(38,)]  # the header is row 1
