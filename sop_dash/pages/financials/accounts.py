"""How the figures of the Financials page come about: the Why? of its cards."""

from sop_dash.components.why_panel import Account

MONTHS = Account(
    title="Money by month",
    formula="Revenue is units shipped × net price. Cost of goods is units shipped × standard cost. Premiums are what "
    "is paid beside standard cost in the month, by kind in the tab Premiums. Gross margin is what is left. The bars of "
    "a month add up to its revenue.",
    population="All families with a price; closed months as they came, later ones as planned",
    excluded="Premiums of closed months are not told apart from their cost",
    table="sales, prices, products, budget",
    reference="S-208, S-209",
)
BRIDGE = Account(
    title="From budgeted to expected margin",
    formula="Price at actual units, volume and mix at budgeted margin, cost at actual units, families not in the "
    "budget, what supply cannot serve, overtime, outsourcing and whatever else is paid beside standard cost. Families "
    "have unlike units, so mix is measured in revenue at budgeted price. The bars add up to the "
    "difference; nothing is left over.",
    population="Families × channels whose price, cost and budget are known",
    table="sales, prices, products, budget",
    reference="S-274, core 10.5 (Horngren, CIMA)",
)
PREMIUM = Account(
    title="Paid beside standard cost",
    formula="Overtime: hours × premium. Outsourcing: units × what they cost more. Overflow space and spot transport: "
    "what goes beyond the warehouses and lanes × its cost; families bear it by the space their stock takes and the "
    "load they ship. Hiring and letting go: workers that come and go as labour has it × hire_cost and fire_cost; "
    "families bear it by the hours they ask for. Contract minimum not used: units of outsource_min_units not taken × "
    "their full price, from when an order can arrive.",
    population="Families whose price and cost are known",
    excluded="What has no price is shown as unknown and left out of the profit; premiums of closed months are not told "
    "apart from their cost",
    table="resources, supply_options, logistics, labour",
    reference="core 10.1",
)
MARGINS = Account(
    title="Margin by family and channel",
    formula="(Revenue − cost of goods − premiums) ÷ revenue. Loss: below zero. Thin: less "
    "than half of the company's margin ratio.",
    population="What is shipped in the months on screen",
    table="sales, prices, products",
)
TABLE = Account(
    title="Financial table",
    formula="This month, next month, the fiscal quarter and the fiscal year of the cycle. Outlook is actual to date + "
    "plan. Against budget is favourable when positive (▲), unfavourable when negative (▼); less cost and less stock "
    "than budgeted are favourable.",
    population="All families; closed months as they came, later ones as planned",
    table="sales, prices, products, inventory, budget",
    reference="S-309",
)
HOUR = Account(
    title="What an hour of the bottleneck earns",
    formula="(Net price − avoidable cost) ÷ hours of the bottleneck in one unit. The bottleneck is the resource with "
    "the fullest month of the plan.",
    population="Families that use the bottleneck, in the months on screen",
    table="prices, products, resource_profile",
    assumptions=("Where no avoidable cost is given, 85 % of the standard cost of a made unit falls away.",),
    reference="core 10.6",
)
BALANCE = Account(
    title="Stock and working capital",
    formula="Opening stock + made, bought and received − shipped = closing stock, at standard cost. Working capital is "
    "closing stock + receivables − payables.",
    population="Families whose cost is known",
    table="inventory, products, company (receivable_days, payable_days)",
    reference="S-275, core 10.3",
)
CASH = Account(
    title="Cash path",
    formula="Opening cash + collected from customers − paid to suppliers − what is paid at once (conversion, premiums, "
    "fixed cost) − tax.",
    population="All families, the whole horizon",
    table="company (opening_cash, fixed_cost_per_month, receivable_days, payable_days, tax_ratio)",
    reference="core 10.4",
)
