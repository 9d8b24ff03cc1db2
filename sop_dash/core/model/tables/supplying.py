"""Tables about stock, making, buying and moving."""

from dataclasses import replace

from sop_dash.core.model.shifts import FACTORS, HOURS_A_DAY, MOST_EFFICIENT
from sop_dash.core.model.tables.columns import (
    Column,
    Repeats,
    Table,
    choice,
    code,
    count,
    item_or_family,
    money,
    month,
    number,
    ratio,
    text,
)


def _empty_allowed(column: Column) -> Column:
    return replace(column, may_be_empty=True)


_SUPPLY = ("Supply", "Scenarios", "Performance")
ALL_UNITS, INCREMENTAL = "all_units", "incremental"
"""Kinds of price breaks."""

INVENTORY = Table(
    name="inventory",
    title="Stock at month end",
    used_by=("Supply", "Financials", "Performance"),
    key=("month", "sku", "family"),
    one_of=(("sku", "family"),),
    columns=(
        month("month", "Month at whose end the stock was counted", required=True),
        *item_or_family(),
        number("closing_units", "All stock at month end, blocked stock included", required=True, low=None),
        money("unit_cost", "Cost the stock is valued at", "money per unit"),
        number("blocked_units", "Of the stock, units that may not be sold"),
    ),
)

STOCK_COUNTS = Table(
    name="stock_counts",
    title="Book stock against counted stock",
    used_by=("Performance",),
    key=("month", "sku"),
    columns=(
        month("month", "Month of the count", required=True),
        code("sku", "Item code", required=True),
        number("book_units", "Units by the books", required=True, low=None),
        number("counted_units", "Units counted", required=True),
    ),
)

RECEIPTS = Table(
    name="receipts",
    title="Open orders on the way in",
    used_by=("Supply",),
    one_of=(("sku", "family"),),
    repeats=Repeats.ADDED,
    columns=(
        month("month", "Month the goods are due", required=True),
        *item_or_family(),
        number("units", "Units on the way", required=True),
    ),
)

PRODUCTION = Table(
    name="production",
    title="Production plan and what was made (receipts for bought families)",
    used_by=_SUPPLY,
    key=("month", "sku", "family"),
    one_of=(("sku", "family"),),
    columns=(
        month("month", "Month", required=True),
        *item_or_family(),
        _empty_allowed(number("planned_units", "Units planned; in future months the released plan", required=True)),
        _empty_allowed(number("actual_units", "Good units made; empty in future months", required=True)),
        number("scrapped_units", "Units scrapped"),
        number("on_time_units", "Of the units planned, those finished on time"),
    ),
)

RESOURCES = Table(
    name="resources",
    title="Hours of shared resources, or the machines and shifts they follow from",
    used_by=_SUPPLY,
    key=("resource", "month"),
    one_of=tuple(("available_hours", factor) for factor in FACTORS),
    columns=(
        code("resource", "Machine, line or work centre", required=True),
        month("month", "Month", required=True),
        number("available_hours", "Regular hours it can work; empty where its machines and shifts tell them", "hours"),
        text("plant", "Plant it stands in"),
        number("used_hours", "Hours booked", "hours"),
        ratio("max_overtime_ratio", "Overtime allowed as a share of the regular hours"),
        money("overtime_premium_per_hour", "Extra cost of an overtime hour", "money per hour"),
        number("capacity_lead_time_months", "Months until hours can be added", "months", high=60),
        ratio("changeover_ratio", "Share of the hours lost in changeovers"),
        number("machines", "Machines or crews that run side by side", "machines"),
        number("shifts_per_day", "Shifts a day of each", "shifts", high=HOURS_A_DAY),
        number("hours_per_shift", "Hours a shift, without breaks", "hours", high=HOURS_A_DAY),
        number("working_days", "Days it works; empty: those of the working calendar", "days", high=31.0),
        ratio(
            "efficiency_ratio",
            "Share of the time that becomes standard hours: availability × speed × good parts",
            high=MOST_EFFICIENT,
        ),
    ),
)

RESOURCE_PROFILE = Table(
    name="resource_profile",
    title="Hours a unit needs on each resource",
    used_by=_SUPPLY,
    key=("family", "resource"),
    columns=(
        code("family", "Product family", required=True),
        code("resource", "Machine, line or work centre", required=True),
        number("hours_per_unit", "Hours per unit", "hours per unit", required=True),
    ),
)

CAPACITY = Table(
    name="capacity",
    title="Capacity per family, for companies that only know units",
    used_by=_SUPPLY,
    key=("family", "month"),
    columns=(
        code("family", "Product family", required=True),
        month("month", "Month", required=True),
        number("available_units", "Units that can be made", required=True),
    ),
)

SUPPLY_OPTIONS = Table(
    name="supply_options",
    title="What overtime, outsourcing and shortages cost, and how long orders take, per family",
    used_by=_SUPPLY,
    key=("family",),
    columns=(
        code("family", "Product family", required=True),
        money("overtime_premium_per_unit", "Extra cost of a unit made in overtime", "money per unit"),
        money("outsource_premium_per_unit", "Extra cost of a unit made outside", "money per unit"),
        number("outsource_min_units", "Smallest amount outside, a month"),
        number("outsource_max_units", "Largest amount outside, a month"),
        number("outsource_lead_time_months", "Lead time of outsourcing", "months", high=60),
        money("backlog_cost_per_unit", "Cost of a unit late by one month", "money per unit"),
        money("goodwill_per_unit", "Goodwill lost with a unit not served", "money per unit"),
        number("min_stock_days", "Lowest stock wanted", "days"),
        number("max_stock_days", "Highest stock wanted", "days"),
        number("lead_time_days", "Lead time of production or purchase of items that give none", "days", high=3650),
    ),
)

MATERIALS = Table(
    name="materials",
    title="Materials that limit production",
    used_by=_SUPPLY,
    key=("material", "month", "supplier"),
    columns=(
        code("material", "Material", required=True),
        month("month", "Month", required=True),
        number("available_units", "Units available", required=True),
        code("supplier", "Supplier"),
    ),
)

MATERIAL_USAGE = Table(
    name="material_usage",
    title="Material a unit needs",
    used_by=_SUPPLY,
    key=("family", "material"),
    columns=(
        code("family", "Product family", required=True),
        code("material", "Material", required=True),
        number("units_per_unit", "Units of material per unit", "units per unit", required=True),
    ),
)

LABOUR = Table(
    name="labour",
    title="Workers by pool",
    used_by=_SUPPLY,
    key=("pool", "month"),
    columns=(
        code("pool", "Labour pool", required=True),
        month("month", "Month", required=True),
        number("workers", "Workers", "workers"),
        number("hours_per_worker", "Hours a worker works in the month", "hours"),
        money("hire_cost", "Cost of hiring one worker", "money per worker"),
        money("fire_cost", "Cost of letting one worker go", "money per worker"),
        money("wage_per_month", "Wage", "money per worker"),
    ),
)

SUPPLIERS = Table(
    name="suppliers",
    title="Suppliers",
    used_by=("Supply",),
    key=("supplier",),
    columns=(
        code("supplier", "Supplier", required=True),
        text("name", "Name"),
        text("rating", "Rating on the company's own scale"),
        number("capacity_units_per_month", "Units it can deliver a month"),
        text("risk_note", "What is known of its risks"),
    ),
)

SUPPLIER_ITEMS = Table(
    name="supplier_items",
    title="What each supplier delivers and at which terms",
    used_by=("Supply",),
    key=("supplier", "sku"),
    columns=(
        code("supplier", "Supplier", required=True),
        code("sku", "Item code", required=True),
        money("price", "Purchase price", "money per unit"),
        number("lead_time_days", "Lead time", "days", high=3650),
        number("moq", "Smallest order"),
        number("units_on_order", "Units on order"),
    ),
)

PRICE_BREAKS = Table(
    name="price_breaks",
    title="Lower purchase prices of larger orders",
    used_by=("Supply",),
    key=("sku", "from_units"),
    columns=(
        code("sku", "Item code", required=True),
        number("from_units", "Units of one order from which the price holds", required=True),
        money(
            "price",
            "Purchase price; of smaller orders than any named here, the unit cost",
            "money per unit",
            required=True,
        ),
        choice(
            "kind",
            "all_units: the price holds for the whole order (so if empty); incremental: only for the units beyond",
            (ALL_UNITS, INCREMENTAL),
        ),
    ),
)

SUPPLIER_DELIVERIES = Table(
    name="supplier_deliveries",
    title="How suppliers delivered",
    used_by=("Supply", "Performance"),
    key=("month", "supplier"),
    columns=(
        month("month", "Month", required=True),
        code("supplier", "Supplier", required=True),
        count("lines", "Order lines", required=True),
        number("ordered_units", "Units ordered"),
        number("received_units", "Units received"),
        number("rejected_units", "Units rejected"),
        count("on_time_lines", "Lines on time"),
        count("in_full_lines", "Lines in full"),
        number("average_lead_time_days", "Average days from order to receipt", "days"),
        money("value", "Value ordered"),
    ),
)

LOGISTICS = Table(
    name="logistics",
    title="Warehouse and transport limits",
    used_by=("Supply",),
    key=("month", "kind", "name"),
    columns=(
        month("month", "Month", required=True),
        text("kind", "warehouse, transport or another", required=True),
        code("name", "Warehouse or lane", required=True),
        number("capacity", "What it can hold or move", "space", required=True),
        money("cost_per_unit", "Cost", "money per space"),
        money("overflow_cost_per_unit", "Cost beyond the capacity", "money per space"),
    ),
)
