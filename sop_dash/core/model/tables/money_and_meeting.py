"""Tables about the company, its money and its meetings."""

from sop_dash.core.model.outlook import RiskSide
from sop_dash.core.model.records import DecisionCategory
from sop_dash.core.model.tables.columns import (
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

_MONEY = ("Executive", "Financials", "Performance")
_MEETING = ("Executive", "Decisions")

COMPANY = Table(
    name="company",
    title="The company, one row",
    single_row=True,
    used_by=("Executive", "Financials"),
    columns=(
        text("name", "Name shown in the header"),
        text("currency", "Three-letter code of the currency of all money"),
        number("fiscal_year_first_month", "First month of the fiscal year, 1 to 12", "month", low=1, high=12),
        month("data_through_month", "Last closed month of the data"),
        number("receivable_days", "Days until customers pay", "days", high=3650),
        number("payable_days", "Days until suppliers are paid", "days", high=3650),
        ratio("tax_ratio", "Tax on profit"),
        money("opening_cash", "Cash at the end of the last closed month", low=None),
        money("fixed_cost_per_month", "Fixed cost", "money per month"),
        ratio("carrying_ratio_per_year", "Cost of holding stock, share of its value a year"),
    ),
)

PRICES = Table(
    name="prices",
    title="Price lists and standard costs by date",
    used_by=_MONEY,
    key=("sku", "family", "valid_from", "channel"),
    one_of=(("sku", "family"),),
    columns=(
        *item_or_family(),
        month("valid_from", "First month it holds", required=True),
        code("channel", "Channel; empty means all"),
        money("price", "List price before discount", "money per unit"),
        money("unit_cost", "Standard cost", "money per unit"),
    ),
)

BUDGET = Table(
    name="budget",
    title="Budget by month",
    used_by=_MONEY,
    key=("month", "family", "category", "channel"),
    one_of=(("family", "category"),),
    columns=(
        month("month", "Month", required=True),
        code("family", "Product family; or give the category"),
        code("category", "Category; or give the family"),
        code("channel", "Sales channel; empty means all"),
        number("units", "Units"),
        money("revenue", "Net revenue"),
        money("gross_margin", "Gross margin", low=None),
        money("inventory_value", "Stock at month end, at cost"),
        money("working_capital", "Working capital at month end", low=None),
    ),
)

RISKS = Table(
    name="risks",
    title="Risks and opportunities",
    used_by=_MEETING,
    key=("id",),
    columns=(
        code("id", "Number", required=True),
        text("text", "What may happen", required=True),
        choice("kind", "Risk or opportunity", words_of(RiskSide), required=True),
        money("value", "Money if it happens", low=None),
        ratio("probability_ratio", "How likely it is"),
        month("month", "Month it would hit"),
        text("owner", "Who answers for it"),
        date("due_date", "Last day to act"),
        text("status", "State"),
    ),
)

DECISIONS = Table(
    name="decisions",
    title="Decisions of past cycles",
    used_by=_MEETING,
    key=("id",),
    columns=(
        code("id", "Number of the decision", required=True),
        text("text", "What was decided", required=True),
        choice("category", "Kind", words_of(DecisionCategory), required=True),
        text("owner", "Who carries it out", required=True),
        date("decided_on", "Day of the outcome"),
        date("due_date", "Last day"),
        choice("outcome", "Outcome", ("approved", "rejected", "deferred", "pending"), required=True),
        text("state", "How far it has been carried out"),
        text("rationale", "Why"),
        money("one_off_value", "Money once, favourable positive", low=None),
        money("recurring_value_per_month", "Money each month, favourable positive", low=None),
        month("from_month", "First month of the recurring money"),
        month("cycle", "Cycle it was taken in"),
    ),
)

ACTIONS = Table(
    name="actions",
    title="Actions of past cycles",
    used_by=_MEETING,
    key=("id",),
    columns=(
        code("id", "Number of the action", required=True),
        text("text", "What is to be done", required=True),
        text("owner", "Who does it", required=True),
        date("due_date", "Last day", required=True),
        choice("status", "Progress", ("open", "in_progress", "completed"), required=True),
        choice("priority", "How much it matters", ("high", "medium", "low"), required=True),
        code("decision_id", "Decision it follows"),
        month("cycle", "Cycle it was set in"),
    ),
)

MEETINGS = Table(
    name="meetings",
    title="Meetings held",
    used_by=("Performance",),
    columns=(
        month("cycle", "Cycle", required=True),
        date("date", "Day", required=True),
        text("kind", "Which meeting", required=True),
        text("attended", "Names of those who came"),
        text("invited", "Names of those invited"),
        number("minutes_used", "Length", "minutes"),
        number("engagement_score", "Engagement on the company's own scale", "score", low=None),
    ),
)
