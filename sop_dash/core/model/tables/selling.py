"""Tables about what is sold and expected to be sold."""

from sop_dash.core.model.outlook import AssumptionCategory, Impact
from sop_dash.core.model.tables.columns import (
    Repeats,
    Table,
    choice,
    code,
    date,
    item_or_family,
    money,
    month,
    number,
    ratio,
    text,
    words_of,
)

_DEMAND = ("Demand", "Performance")
_EVERYWHERE = ("Executive", "Performance", "Demand", "Supply", "Financials", "Scenarios")

SALES = Table(
    name="sales",
    title="What was sold, by month",
    required=True,
    used_by=_EVERYWHERE,
    key=("month", "sku", "family", "region", "channel"),
    one_of=(("sku", "family"),),
    repeats=Repeats.ADDED_AND_SAID,
    columns=(
        month("month", "Month of the sale", required=True),
        *item_or_family(),
        number("units", "Units sold; returns booked here are negative", required=True, low=None),
        money("net_revenue", "Revenue after discount", low=None),
        money("discount", "Discount given, in money", low=None),
        text("region", "Sales region"),
        code("channel", "Sales channel; price and margin are kept by channel"),
        number("unconstrained_units", "Units customers wanted, lost sales included", low=None),
        number("promo_units", "Of the units sold, those under a promotion", low=None),
        number("cancelled_units", "Units ordered and cancelled", low=None),
        number("returned_units", "Units that came back", low=None),
    ),
)

PRODUCTS = Table(
    name="products",
    title="Items and the family each belongs to",
    used_by=_EVERYWHERE,
    key=("sku",),
    columns=(
        code("sku", "Item code", required=True),
        text("name", "Item name"),
        code("family", "Product family: the grain of the supply plan"),
        code("category", "Category the family rolls up to"),
        text("planning_unit", "Unit the item is counted in"),
        money("unit_price", "List price", "money per unit"),
        money("unit_cost", "Standard cost", "money per unit"),
        ratio("avoidable_cost_ratio", "Share of the cost that falls away when a unit is not made"),
        choice("make_or_buy", "Made in house or bought", ("make", "buy")),
        number("lead_time_days", "Lead time of production or purchase", "days", high=3650),
        number("lead_time_std_days", "Standard deviation of the lead time", "days", high=3650),
        number("moq", "Smallest order"),
        number("lot_multiple", "Orders are multiples of this"),
        money("order_cost", "Cost of one order", "money per order"),
        number("safety_stock_units", "Safety stock in force"),
        number("reorder_point_units", "Reorder point in force"),
        number("shelf_life_months", "Shelf life", "months"),
        month("launch_month", "First month of sale"),
        month("end_month", "Last month of sale; stock left afterwards is not saleable"),
        code("predecessor_sku", "Item it replaces"),
        number("storage_per_unit", "Storage space a unit needs", "space per unit"),
        number("transport_per_unit", "Transport space a unit needs", "space per unit"),
    ),
)

FORECASTS = Table(
    name="forecasts",
    title="Forecasts of past cycles as they were frozen",
    used_by=_DEMAND,
    key=("cycle", "month", "family", "sku", "step", "channel", "owner"),
    one_of=(("sku", "family"),),
    columns=(
        month("cycle", "Cycle in which it was made", required=True),
        month("month", "Month it speaks of", required=True),
        *reversed(item_or_family()),
        text("step", "Step of the forecast: naive, statistical, sales, consensus or another", required=True),
        number("units", "Units expected", required=True),
        code("channel", "Sales channel"),
        text("owner", "Who made it"),
    ),
)

ADJUSTMENTS = Table(
    name="adjustments",
    title="Changes people made to past forecasts",
    used_by=_DEMAND,
    columns=(
        month("cycle", "Cycle in which it was made", required=True),
        month("month", "Month it changes", required=True),
        code("family", "Family it changes", required=True),
        choice("type", "How it changes the forecast", ("percentage", "additive", "absolute"), required=True),
        number("value", "Fraction for percentage, units otherwise", "fraction or units", required=True, low=None),
        text("reason", "Why", required=True),
        text("owner", "Who answers for it", required=True),
        code("channel", "Channel it changes; empty means all"),
    ),
)

BACKLOG = Table(
    name="backlog",
    title="Open customer orders",
    used_by=("Supply",),
    one_of=(("sku", "family"),),
    repeats=Repeats.ADDED,
    columns=(
        month("month", "Month the order is due", required=True),
        *item_or_family(),
        number("units", "Units still to be shipped", required=True),
    ),
)

SERVICE = Table(
    name="service",
    title="Order lines and how they were delivered",
    used_by=("Performance",),
    key=("month", "family", "channel"),
    columns=(
        month("month", "Month the lines were due", required=True),
        code("family", "Product family"),
        code("channel", "Sales channel"),
        number("lines_due", "Lines due in the month", "lines", required=True),
        number("on_time_requested", "Of those, on time by the date the customer asked for", "lines"),
        number("on_time_promised", "Of those, on time by the date promised", "lines"),
        number("in_full", "Of those, delivered in full", "lines"),
        number("on_time_in_full", "Of those, on time and in full", "lines"),
        number("perfect", "Of those, without any fault", "lines"),
        number("cancelled", "Lines cancelled", "lines"),
        number("satisfaction_score", "Customer satisfaction on the company's own scale", "score", low=None),
        money("expedite_cost", "Cost of hurrying deliveries"),
    ),
)

EVENTS = Table(
    name="events",
    title="Promotions, launches, price changes and other things that move demand",
    used_by=_DEMAND,
    one_of=(("sku", "family"),),
    columns=(
        month("start_month", "First month", required=True),
        month("end_month", "Last month", required=True),
        *reversed(item_or_family()),
        text("kind", "promotion, launch, price, competitor, customer or another", required=True),
        text("description", "What happens", required=True),
        number("expected_units", "Effect expected, a month", low=None),
        ratio("expected_ratio", "Effect expected as a fraction of demand", low=-1.0, high=None),
        text("owner", "Who answers for it"),
        text("customer", "Customer it concerns"),
    ),
)

MARKET = Table(
    name="market",
    title="Size of the market",
    used_by=("Financials",),
    key=("month", "family", "category"),
    one_of=(("family", "category"),),
    columns=(
        month("month", "Month", required=True),
        code("family", "Product family"),
        code("category", "Category"),
        number("market_units", "Units sold by all suppliers"),
        money("market_value", "Value sold by all suppliers"),
    ),
)

ASSUMPTIONS = Table(
    name="assumptions",
    title="Assumptions behind the plan",
    used_by=_DEMAND,
    key=("id",),
    columns=(
        code("id", "Number of the assumption", required=True),
        text("text", "What is assumed", required=True),
        choice("category", "Kind", words_of(AssumptionCategory), required=True),
        choice("impact", "How much hangs on it", words_of(Impact), required=True),
        code("family", "Family it concerns"),
        month("month", "Month it concerns"),
        number("value", "Value assumed", "as in `unit`", low=None),
        text("unit", "Unit of the value"),
        text("owner", "Who answers for it"),
        text("source", "Where it comes from"),
        date("valid_until", "Last day it holds"),
    ),
)
