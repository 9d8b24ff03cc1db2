"""Next month a company brings its sales alone: prices and capacity go on, last month's stock does not."""

from pathlib import Path

from sop_dash.services.access import LOCAL_USER
from tests.desk import desk, files_of
from tests.worlds import sales_only, two_products_one_press

FIRST = sales_only({"Lamps": [10.0, 12.0] * 12})
NEXT = sales_only({"Lamps": [10.0, 12.0] * 12 + [15.0]})


def test_what_was_given_to_the_assistant_goes_on_with_new_sales(tmp_path: Path):
    services = desk(tmp_path, FIRST)
    services.set_up.complete([{"family": "Lamps", "price": 20, "cost": 12}], LOCAL_USER)
    preview = services.imports.preview(files_of(NEXT), carry=True)
    assert preview.accepted
    assert "Going on from the load in use: prices" in preview.message
    services.imports.accept(preview, source="sales.csv", user=LOCAL_USER)
    inputs = services.plans.prepared().inputs
    assert inputs.grain.history[-1] == "2028-01"
    assert inputs.money.price[0, 0, -1] == 20.0
    assert inputs.version == preview.version


def test_without_the_wish_nothing_goes_on(tmp_path: Path):
    services = desk(tmp_path, FIRST)
    services.set_up.complete([{"family": "Lamps", "price": 20}], LOCAL_USER)
    assert "prices" not in services.imports.preview(files_of(NEXT)).checked.frames


def test_stock_of_last_month_and_the_last_closed_month_do_not_go_on(tmp_path: Path):
    services = desk(tmp_path, two_products_one_press(3))
    sales = {"sales": two_products_one_press(4)["sales"]}
    preview = services.imports.preview(files_of(sales), carry=True)
    assert preview.inputs is not None
    assert preview.inputs.company.name == "Two Products"
    assert preview.inputs.company.data_through_month == "2026-04"
    assert "inventory" not in preview.checked.frames
    assert {"prices", "resources", "products", "budget"} & set(preview.checked.frames) >= {"resources", "products"}


def test_tables_of_an_example_never_go_on(tmp_path: Path):
    services = desk(tmp_path)
    example = services.imports.preview(files_of(two_products_one_press(4)), example=True)
    services.imports.accept(example, source="example", user=LOCAL_USER)
    assert set(services.imports.preview(files_of(FIRST), carry=True).checked.frames) == {"sales"}


def test_tables_never_go_on_to_the_sales_of_somebody_else(tmp_path: Path):
    services = desk(tmp_path, FIRST)
    services.set_up.complete([{"family": "Lamps", "price": 20}], LOCAL_USER)
    preview = services.imports.preview(files_of(sales_only({"Chairs": [1.0] * 24})), carry=True)
    assert set(preview.checked.frames) == {"sales"}
    assert "it knows none of these items" in preview.message
