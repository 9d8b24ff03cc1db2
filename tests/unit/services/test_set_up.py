"""A company with a sales file alone: what it lacks is asked, proposed, and becomes part of its data."""

from pathlib import Path

import pytest

from sop_dash.core.data.set_up import Asked
from sop_dash.core.model.errors import BadValue
from sop_dash.figures.set_up_tables import with_proposals
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from tests.desk import desk
from tests.worlds import sales_only, two_products_one_press

ONLY_SALES = sales_only({"Lamps": [10, 12, 11, 13] * 8, "Kettles": [5.0] * 32})


def gaps(services: Services):
    return {one.family: one for one in services.set_up.gaps()}


def test_sales_alone_lack_prices_costs_and_capacity_and_capacity_can_be_proposed(tmp_path: Path):
    lamps = gaps(desk(tmp_path, ONLY_SALES))["Lamps"]
    assert lamps.missing == {Asked.PRICE, Asked.COST, Asked.CAPACITY, Asked.LEAD_TIME}
    assert lamps.proposed == {Asked.CAPACITY: 13.0, Asked.LEAD_TIME: 30.0}  # the largest month sold


def test_cost_is_proposed_as_a_share_of_what_was_achieved(tmp_path: Path):
    world = sales_only({"Lamps": [10.0] * 24}, price=20.0)
    lamps = gaps(desk(tmp_path, world))["Lamps"]
    assert Asked.PRICE not in lamps.missing
    assert lamps.proposed[Asked.COST] == pytest.approx(12.0)  # 60 % of 20


def test_what_is_given_becomes_a_new_load_with_money_and_limits(tmp_path: Path):
    services = desk(tmp_path, ONLY_SALES)
    before = services.plans.data_load_id
    rows = [
        {"family": "Lamps", "price": 20, "cost": "12.50", "capacity": 13, "lead time": 30},
        {"family": "Kettles", "price": 8},
    ]
    load = services.set_up.complete(rows, LOCAL_USER)
    assert load.current
    assert load.id != before
    assert load.source == "set-up assistant"
    inputs = services.plans.prepared().inputs
    lamps = inputs.grain.families.index("Lamps")
    assert (inputs.money.price[lamps, :, -1] == 20.0).all()
    assert inputs.money.unit_cost[lamps, -1] == 12.5
    assert (inputs.supply.family_capacity_units[lamps] == 13.0).all()
    assert gaps(services)["Kettles"].missing == {Asked.COST, Asked.CAPACITY, Asked.LEAD_TIME}
    assert "Lamps" not in gaps(services)
    services.imports.make_current(before, LOCAL_USER)
    assert len(gaps(services)) == 2


def test_proposals_that_were_taken_are_assumptions_of_the_plan_and_typed_values_are_not(tmp_path: Path):
    services = desk(tmp_path, ONLY_SALES)
    services.set_up.complete([{"family": "Lamps", "price": 20, "capacity": 13}], LOCAL_USER)
    stated = services.plans.prepared().inputs.stated_assumptions
    assert [(a.text, a.source) for a in stated] == [
        ("Capacity of Lamps taken as 13 units a month", "set-up assistant"),
    ]


def test_sales_stay_exactly_as_they_were(tmp_path: Path):
    services = desk(tmp_path, ONLY_SALES)
    before = services.plans.prepared().inputs.sales.units
    services.set_up.complete([{"family": "Lamps", "price": 20}], LOCAL_USER)
    assert services.plans.prepared().inputs.sales.units.tolist() == before.tolist()


def test_what_is_given_later_leaves_what_was_given_before(tmp_path: Path):
    services = desk(tmp_path, ONLY_SALES)
    for given in ({"price": 20}, {"cost": 12}, {"lead time": 61}):
        services.set_up.complete([{"family": "Lamps", **given}], LOCAL_USER)
    inputs = services.plans.prepared().inputs
    lamps = inputs.grain.families.index("Lamps")
    assert (inputs.money.price[lamps, 0, -1], inputs.money.unit_cost[lamps, -1]) == (20.0, 12.0)
    assert inputs.supply.lead_time_months[lamps] == 2.0


def test_a_lead_time_is_asked_of_families_with_and_without_items(tmp_path: Path):
    sales = [{"month": f"2025-{m:02}", "sku": "K1", "family": "Kettles", "units": 5} for m in range(1, 13)]
    services = desk(tmp_path, {"sales": [*sales, *sales_only({"Lamps": [3.0] * 12}, first="2025-01")["sales"]]})
    assert [one.proposed[Asked.LEAD_TIME] for one in services.set_up.gaps()] == [30.0, 30.0]
    services.set_up.complete([{"family": "Kettles", "lead time": 61}, {"family": "Lamps", "lead time": 30}], LOCAL_USER)
    assert services.plans.prepared().inputs.supply.lead_time_months.tolist() == [2.0, 1.0]
    services.set_up.complete([{"family": "Kettles", "cost": 7}], LOCAL_USER)
    items = services.supply_base.policy().items.items
    assert (items.lead_time_days.tolist(), items.unit_cost.tolist()) == ([61.0], [7.0])  # the item has its family's
    options = dict(services.plans.prepared().inputs.absent)["supply options"]
    assert "bring supply_options" in options  # a lead time alone is no cost and no limit


def test_bought_families_are_not_asked_for_a_capacity(tmp_path: Path):
    world = {
        "sales": [{"month": "2025-01", "sku": sku, "units": 5} for sku in ("K1", "L1")],
        "products": [
            {"sku": "K1", "family": "Kettles", "make_or_buy": "buy"},
            {"sku": "L1", "family": "Lamps", "make_or_buy": "make"},
        ],
    }
    found = gaps(desk(tmp_path, world))
    assert Asked.CAPACITY not in found["Kettles"].missing
    assert Asked.CAPACITY in found["Lamps"].missing


def test_a_company_that_brought_everything_is_not_asked_for_prices(tmp_path: Path):
    asked = {a for one in desk(tmp_path, two_products_one_press(3)).set_up.gaps() for a in one.missing}
    assert not asked & {Asked.PRICE, Asked.COST, Asked.CAPACITY}


def test_pasted_rows_are_read_by_family(tmp_path: Path):
    services = desk(tmp_path, ONLY_SALES)
    found = services.set_up.pasted("Family\tPrice\tCost\tCapacity\nlamps\t20.5\t\t1 300\nKettles;8\n")
    assert found == {"Lamps": {Asked.PRICE: 20.5, Asked.CAPACITY: 1300.0}, "Kettles": {Asked.PRICE: 8.0}}


@pytest.mark.parametrize("cell", ["1,234", "1.234,5", "twelve", "-3", "1e400", "nan"])
def test_what_is_not_clearly_a_number_is_refused(tmp_path: Path, cell: str):
    services = desk(tmp_path, ONLY_SALES)
    with pytest.raises(BadValue):
        services.set_up.complete([{"family": "Lamps", "price": cell}], LOCAL_USER)
    with pytest.raises(BadValue):
        services.set_up.pasted(f"Lamps\t{cell}")
    assert len(gaps(services)) == 2


def test_the_cost_proposed_follows_the_price_that_was_typed(tmp_path: Path):
    services = desk(tmp_path, ONLY_SALES)
    filled = with_proposals([{"family": "Lamps", "price": "49.9", "cost": ""}], services.set_up.gaps())
    assert filled[0]["cost"] == pytest.approx(29.94)  # 60 % of 49.90
    services.set_up.complete(filled, LOCAL_USER)
    texts = [a.text for a in services.plans.prepared().inputs.stated_assumptions]
    assert texts == [
        "Capacity of Lamps taken as 13 units a month",
        "Cost of Lamps taken as 29.94 per unit",
        "Lead time of Lamps taken as 30 days",
    ]
