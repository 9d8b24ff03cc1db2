"""Every table a company may bring, each defined once; checks, template and dictionary read it from here."""

from collections.abc import Mapping

from sop_dash.core.model.tables import money_and_meeting, selling, supplying
from sop_dash.core.model.tables.columns import Column, Table

_ORDER = (
    money_and_meeting.COMPANY,
    selling.SALES,
    selling.PRODUCTS,
    money_and_meeting.PRICES,
    selling.FORECASTS,
    selling.ADJUSTMENTS,
    supplying.INVENTORY,
    supplying.STOCK_COUNTS,
    supplying.RECEIPTS,
    selling.BACKLOG,
    supplying.PRODUCTION,
    supplying.RESOURCES,
    supplying.RESOURCE_PROFILE,
    supplying.CAPACITY,
    supplying.SUPPLY_OPTIONS,
    supplying.MATERIALS,
    supplying.MATERIAL_USAGE,
    supplying.LABOUR,
    money_and_meeting.BUDGET,
    selling.SERVICE,
    supplying.SUPPLIERS,
    supplying.SUPPLIER_ITEMS,
    supplying.PRICE_BREAKS,
    supplying.SUPPLIER_DELIVERIES,
    selling.EVENTS,
    supplying.LOGISTICS,
    selling.MARKET,
    selling.ASSUMPTIONS,
    money_and_meeting.RISKS,
    money_and_meeting.DECISIONS,
    money_and_meeting.ACTIONS,
    money_and_meeting.MEETINGS,
)

TABLES: Mapping[str, Table] = {table.name: table for table in _ORDER}


def dictionary() -> list[dict[str, str]]:
    """The data dictionary: one row per column of every table, in template order.

    Columns: table, column, type, unit, required ("yes", "yes, or family", ""), meaning, used_by. All text.
    """
    return [_entry(table, column) for table in _ORDER for column in table.columns]


def _entry(table: Table, column: Column) -> dict[str, str]:
    return {
        "table": table.name,
        "column": column.name,
        "type": column.kind.value + (f" ({', '.join(column.choices)})" if column.choices else ""),
        "unit": column.unit,
        "required": requirement(table, column),
        "meaning": column.meaning,
        "used_by": ", ".join(table.used_by),
    }


def requirement(table: Table, column: Column) -> str:
    """Whether the column must be filled: "yes", "yes, or …" with what may stand for it, or nothing."""
    if column.required:
        return "yes"
    others = [name for group in table.one_of if column.name in group for name in group if name != column.name]
    return f"yes, or {' and '.join(others)}" if others else ""
