"""Tiny companies as tables, small enough to check in the head; a test changes only what it is about.

A world is table name -> rows, a row is column -> value; months are text, None is an empty cell.

- `sales_only`: units by family, nothing else.
- `two_products_one_press`: Kettles (100 in the shop and 50 on the web, price 20, cost 12) and Lamps (40 in the shop,
  price 50, cost 30) every month, both made on one press with 100 hours; 80 kettles and 10 lamps in stock.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.data import CheckedTables, RawTable, build_inputs, content_version, read_tables
from sop_dash.core.data.raw import from_records
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import following, shift

Row = dict[str, Any]
World = dict[str, list[Row]]

FIRST_MONTH = "2026-01"


def sales_only(units: Mapping[str, Sequence[float]], *, first: str = FIRST_MONTH, price: float | None = None) -> World:
    """A company that knows what it sold by family, month after month from `first`; revenue at `price` where given."""
    rows: list[Row] = []
    for family, series in units.items():
        for month, amount in zip(following(first, len(series)), series, strict=True):
            row: Row = {"month": month, "family": family, "units": amount}
            if price is not None:
                row["net_revenue"] = amount * price
            rows.append(row)
    return {"sales": rows}


def two_products_one_press(months: int = 3, *, first: str = FIRST_MONTH) -> World:
    """The company of the module's text after so many closed months."""
    history = following(first, months)
    last = history[-1]
    return {
        "company": [
            {
                "name": "Two Products",
                "currency": "EUR",
                "fiscal_year_first_month": 1,
                "data_through_month": last,
                "opening_cash": 1000,
                "fixed_cost_per_month": 500,
                "receivable_days": 30,
                "payable_days": 30,
                "carrying_ratio_per_year": 0.24,
            }
        ],
        "products": [
            _product("K1", "Kettles", price=20, cost=12),
            _product("L1", "Lamps", price=50, cost=30),
        ],
        "sales": [
            {"month": month, "sku": sku, "channel": channel, "units": units, "net_revenue": units * price}
            for month in history
            for sku, channel, units, price in (("K1", "shop", 100, 20), ("K1", "web", 50, 20), ("L1", "shop", 40, 50))
        ],
        "inventory": [
            {"month": month, "sku": sku, "closing_units": units, "blocked_units": 0}
            for month in history
            for sku, units in (("K1", 80), ("L1", 10))
        ],
        "production": [
            {"month": month, "sku": sku, "planned_units": units, "actual_units": units, "on_time_units": units}
            for month in history
            for sku, units in (("K1", 150), ("L1", 40))
        ],
        "resources": [
            {
                "resource": "Press",
                "month": month,
                "available_hours": 100,
                "used_hours": 95,
                "max_overtime_ratio": 0.2,
                "overtime_premium_per_hour": 10,
                "capacity_lead_time_months": 2,
            }
            for month in history
        ],
        "resource_profile": [
            {"family": "Kettles", "resource": "Press", "hours_per_unit": 0.5},
            {"family": "Lamps", "resource": "Press", "hours_per_unit": 0.5},
        ],
        "supply_options": [
            {
                "family": "Kettles",
                "overtime_premium_per_unit": 2,
                "outsource_premium_per_unit": 4,
                "outsource_max_units": 20,
                "outsource_lead_time_months": 1,
            }
        ],
        "budget": [
            {"month": month, "family": family, "channel": channel, "units": units, "revenue": units * price}
            for month in (*history, *following(shift(last, 1), 6))
            for family, channel, units, price in (("Kettles", "shop", 110, 20), ("Lamps", "shop", 40, 50))
        ],
    }


def _product(sku: str, family: str, *, price: float, cost: float) -> Row:
    return {
        "sku": sku,
        "name": f"{family} {sku}",
        "family": family,
        "category": "Home",
        "unit_price": price,
        "unit_cost": cost,
        "make_or_buy": "make",
    }


def raw(world: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, RawTable]:
    """The world as text tables, as a reader of files would hand them over; rows are numbered from 2."""
    tables: dict[str, RawTable] = {}
    for name, rows in world.items():
        header = list(dict.fromkeys(column for row in rows for column in row))
        tables[name] = from_records(name, header, [[row.get(column) for column in header] for row in rows])
    return tables


def checked(world: Mapping[str, Sequence[Mapping[str, Any]]]) -> CheckedTables:
    """The world read and checked."""
    return read_tables(raw(world))


def inputs(world: Mapping[str, Sequence[Mapping[str, Any]]], *, horizon_months: int = 6) -> PlanInputs:
    """The world as plan inputs; a world that would be refused is a mistake of the test."""
    tables = checked(world)
    assert tables.accepted, [finding for finding in tables.findings if finding.blocks]
    return build_inputs(tables, version=content_version(tables), horizon_months=horizon_months)


def codes(world: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[tuple[str, tuple[int, ...]]]:
    """Code and rows of every finding of the checks, in the order of importance."""
    return [(finding.kind.code, finding.rows) for finding in checked(world).findings]
