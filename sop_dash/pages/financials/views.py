"""Results of a plan as pieces of the Financials page; pure."""

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.kpi_card import tile_row
from sop_dash.components.live_answer import LiveAnswer, live_heat
from sop_dash.components.states import no_data
from sop_dash.core.finance.balance import Balance, cash_to_cash
from sop_dash.core.finance.budget_bridge import BudgetBridge
from sop_dash.core.finance.margin_map import MarginMap, margin_map
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.figures.financial_tables import Line, PeriodHead, financial_lines, margin_cells
from sop_dash.figures.formats import known, listed, money_in_full, written
from sop_dash.figures.storyline.financials import loss_makers
from sop_dash.services.plans import PlanView

MARGIN_TABLE = "financials-margin-table"
TILE_IDS = (
    "revenue-outlook",
    "margin-outlook",
    "margin-ratio-outlook",
    "revenue-outlook-next",
    "margin-outlook-next",
    "working-capital",
)


def tiles_of(view: PlanView) -> tuple[Kpi, ...]:
    """The figures of the tiles; the next year stands there only when all of it is planned."""
    planned = {kpi.definition.id: kpi for kpi in view.plan.kpis}
    return tuple(planned[name] for name in TILE_IDS if name in planned)


def tiles(view: PlanView) -> Component:
    """The outlook of this and the next fiscal year."""
    return tile_row(tiles_of(view), view.prepared.inputs.company.currency, plan=view.base.kpis)


def margins(view: PlanView) -> list[Component]:
    """The margin table, weakest family first, and the loss-makers in words."""
    found, order = _map(view)
    if not order:
        return [
            no_data(
                "Margins are not known",
                "Load products (unit_cost), and prices or net_revenue in sales: they tell what is earned.",
            )
        ]
    texts, bands = margin_cells(found, order, view.prepared.inputs.company.currency)
    names = view.plan.grain.families
    head = [html.Th("Family", scope="col", className="sop-heat-corner")]
    head += [html.Th(name, scope="col") for name in (*view.plan.grain.channels, "all channels", "margin")]
    body = [
        html.Tr(
            [html.Th(names[family], scope="row", title=names[family])]
            + [html.Td(text, **{"data-band": band}) for text, band in zip(text_row, band_row, strict=True)]
        )
        for family, text_row, band_row in zip(order, texts, bands, strict=True)
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], id=MARGIN_TABLE, className="sop-heat sop-margins")
    frame = html.Div(
        table,
        className="sop-heat-frame",
        tabIndex=0,
        role="region",
        **{"aria-label": "Margin ratio by family and channel"},
    )
    return [html.Div([frame, html.P(loss_makers(view), className="sop-note")], className="sop-heat-box")]


def live_margins(view: PlanView) -> LiveAnswer:
    """The cells of the margin table while a slider is dragged."""
    found, order = _map(view)
    return live_heat(MARGIN_TABLE, *margin_cells(found, order, view.prepared.inputs.company.currency))


def _map(view: PlanView) -> tuple[MarginMap, list[int]]:
    """The margins under the levers; rows stand in the order of the plan, so that dragging moves values only."""
    planned = margin_map(view.base.money, len(view.months))
    order = [f for f in planned.weakest_first if known(float(planned.family_ratio[f]))]
    return margin_map(view.plan.money, len(view.months)), order


def periods(view: PlanView) -> Component:
    """The financial table: a group of plan, budget and variance per period."""
    heads, lines = financial_lines(view)
    groups = [html.Th("", scope="col", rowSpan=2), *(_group(head) for head in heads)]
    parts = [html.Th(name, scope="col") for _ in heads for name in ("Plan", "Budget", "Against")]
    body = [
        html.Tr([html.Th(name, scope="row"), *(cell for line in row for cell in _cells(line))])
        for name, row in lines.items()
    ]
    table = html.Table(
        [html.Thead([html.Tr(groups), html.Tr(parts)]), html.Tbody(body)], className="sop-financial-table"
    )
    return html.Div(table, className="sop-scroll", tabIndex=0, role="region", **{"aria-label": "Financial table"})


def _group(head: PeriodHead) -> Component:
    return html.Th([head.name, html.Small(head.made_of)], scope="colgroup", colSpan=3)


def _cells(line: Line) -> list[Component]:
    return [
        html.Td(line.value, className="sop-financial-plan"),
        html.Td(line.budget),
        html.Td(line.variance, **{"data-status": line.slug}),
    ]


def budget_note(view: PlanView) -> Component | str:
    """What the figures are held against; where a year has no budget, the way to bring it."""
    lacking = [kpi.reason for kpi in tiles_of(view) if kpi.value is not None and kpi.goal is None and kpi.reason]
    return dcc.Link(f"{lacking[0]} Bring it here.", href="/data") if lacking else "against budget"


def cash_words(view: PlanView) -> str:
    """The lowest point of the cash path in words, with what it leaves out."""
    low = view.plan.kpi("cash-low")
    if low.value is None:
        return ""
    currency = view.prepared.inputs.company.currency
    notes = "".join(f"; {text.split(':')[0]}" for text in low.why.assumptions)
    return f"Lowest: {written(low.value, low.definition.unit, currency)} at the end of {low.period}{notes}."


def balance_words(view: PlanView, books: Balance) -> str:
    """Cash-to-cash in words, over the months on screen; empty where it cannot be calculated."""
    found = cash_to_cash(books, view.plan.money, months=len(view.months))
    if not known(found.cash_to_cash_days):
        return ""
    total, stock, owed, owing = (
        written(days, Unit.DAYS)
        for days in (found.cash_to_cash_days, found.inventory_days, found.receivable_days, found.payable_days)
    )
    return f"Cash to cash {total}: stock {stock} + receivables {owed} − payables {owing}."


def bridge_words(found: BudgetBridge, currency: str) -> str:
    """What the bridge leaves unexplained, to the last unit, and whom it leaves out."""
    if found.bridge is None:
        return ""
    residual = round(found.bridge.residual) or 0
    told = f"Left over: {money_in_full(residual, currency)}."
    return f"{told} Left out: {listed(found.excluded)}." if found.excluded else told
