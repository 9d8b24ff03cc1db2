"""The table definitions: complete, without doubles, and the source of the dictionary."""

import pytest

from sop_dash.core.model.tables import TABLES, Kind, dictionary

CONTRACT = {
    "company": "name currency fiscal_year_first_month data_through_month receivable_days payable_days tax_ratio "
    "opening_cash fixed_cost_per_month carrying_ratio_per_year",
    "sales": "month sku family units net_revenue discount region channel unconstrained_units promo_units "
    "cancelled_units returned_units",
    "products": "sku name family category planning_unit unit_price unit_cost avoidable_cost_ratio make_or_buy "
    "lead_time_days lead_time_std_days moq lot_multiple order_cost safety_stock_units reorder_point_units "
    "shelf_life_months launch_month end_month predecessor_sku storage_per_unit transport_per_unit",
    "prices": "sku family valid_from channel price unit_cost",
    "forecasts": "cycle month family sku step units channel owner",
    "adjustments": "cycle month family type value reason owner channel",
    "inventory": "month sku family closing_units unit_cost blocked_units",
    "stock_counts": "month sku book_units counted_units",
    "receipts": "month sku family units",
    "backlog": "month sku family units",
    "production": "month sku family planned_units actual_units scrapped_units on_time_units",
    "resources": "resource month available_hours plant used_hours max_overtime_ratio overtime_premium_per_hour "
    "capacity_lead_time_months changeover_ratio machines shifts_per_day hours_per_shift working_days efficiency_ratio",
    "resource_profile": "family resource hours_per_unit",
    "capacity": "family month available_units",
    "supply_options": "family overtime_premium_per_unit outsource_premium_per_unit outsource_min_units "
    "outsource_max_units outsource_lead_time_months backlog_cost_per_unit goodwill_per_unit min_stock_days "
    "max_stock_days lead_time_days",
    "materials": "material month available_units supplier",
    "material_usage": "family material units_per_unit",
    "labour": "pool month workers hours_per_worker hire_cost fire_cost wage_per_month",
    "budget": "month family category channel units revenue gross_margin inventory_value working_capital",
    "service": "month family channel lines_due on_time_requested on_time_promised in_full on_time_in_full perfect "
    "cancelled satisfaction_score expedite_cost",
    "suppliers": "supplier name rating capacity_units_per_month risk_note",
    "supplier_items": "supplier sku price lead_time_days moq units_on_order",
    "price_breaks": "sku from_units price kind",
    "supplier_deliveries": "month supplier lines ordered_units received_units rejected_units on_time_lines "
    "in_full_lines average_lead_time_days value",
    "events": "start_month end_month family sku kind description expected_units expected_ratio owner customer",
    "logistics": "month kind name capacity cost_per_unit overflow_cost_per_unit",
    "market": "month family category market_units market_value",
    "assumptions": "id text category impact family month value unit owner source valid_until",
    "risks": "id text kind value probability_ratio month owner due_date status",
    "decisions": "id text category owner decided_on due_date outcome state rationale one_off_value "
    "recurring_value_per_month from_month cycle",
    "actions": "id text owner due_date status priority decision_id cycle",
    "meetings": "cycle date kind attended invited minutes_used engagement_score",
}


def test_every_table_and_column_of_the_contract_is_defined_once():
    assert {name: set(table.names) for name, table in TABLES.items()} == {
        name: set(columns.split()) for name, columns in CONTRACT.items()
    }
    assert all(len(set(table.names)) == len(table.names) for table in TABLES.values())


def test_only_sales_is_required():
    assert [name for name, table in TABLES.items() if table.required] == ["sales"]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_definition_is_whole(table):
    assert table.title
    assert table.used_by
    assert set(table.key) <= set(table.names)
    assert all(name in table.names for group in table.one_of for name in group)
    for column in table.columns:
        assert column.meaning, column.name
        assert bool(column.unit) == (column.kind.numeric or column.kind in {Kind.MONTH, Kind.DATE}), column.name
        assert bool(column.choices) == (column.kind is Kind.CHOICE), column.name


def test_the_dictionary_tells_every_column_once():
    rows = dictionary()
    assert len(rows) == sum(len(table.columns) for table in TABLES.values())
    assert len({(row["table"], row["column"]) for row in rows}) == len(rows)
    sku = next(row for row in rows if (row["table"], row["column"]) == ("sales", "sku"))
    assert sku["required"] == "yes, or family"
    hours = next(row for row in rows if row["column"] == "available_hours")
    assert hours["required"] == "yes, or machines and shifts_per_day and hours_per_shift and efficiency_ratio"
    assert next(row for row in rows if row["column"] == "make_or_buy")["type"] == "choice (make, buy)"


def test_a_column_nobody_defined_is_an_error():
    with pytest.raises(KeyError):
        TABLES["sales"].column("colour")
