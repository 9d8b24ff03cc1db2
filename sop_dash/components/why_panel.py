"""Why? on every figure: formula in words, operands, period, population, what is left out, source.

    why_button("supply-fill-rate", kpi_account(kpi, currency))
    why_button("supply-mix", Account(title="Supply mix", formula="Made + overtime + …", table="production"))

The button carries its account; the shell shows it in one panel at the right. The index must be unique on its page.
"""

from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.core.model.kpi import Kpi, Target, Unit
from sop_dash.figures.formats import MISSING, SPACE, money_in_full, number, written

WHY_BUTTON = "why"
WHY_ACCOUNT = "why-account"
WHY_PANEL = "why-panel"
WHY_BODY = "why-body"


@dataclass(frozen=True, kw_only=True)
class Account:
    """How a figure came about; empty fields are not shown.

    Args:
        title: The figure, with its period.
        result: Its written value.
        formula: The calculation in words.
        operands: Name and written value of each number that went in.
        period: Months it covers.
        population: Whom or what it covers.
        excluded: What was left out and why.
        target: What it is judged against.
        assumptions: Sentences that hold until somebody gives better figures.
        table: Source table, with file and rows where known.
        reference: Where the formula or target comes from.
    """

    title: str
    result: str = ""
    formula: str = ""
    operands: tuple[tuple[str, str], ...] = ()
    period: str = ""
    population: str = ""
    excluded: str = ""
    target: str = ""
    assumptions: tuple[str, ...] = ()
    table: str = ""
    reference: str = ""


def kpi_account(kpi: Kpi, currency: str) -> Account:
    """The account of a KPI, from its definition and its operands."""
    return Account(
        title=" · ".join(part for part in (kpi.definition.name, kpi.period) if part),
        result=written(kpi.value, kpi.definition.unit, currency)
        if kpi.value is not None
        else f"{MISSING} {kpi.reason}",
        formula=kpi.definition.formula,
        operands=tuple((o.name, in_full(o.value, o.unit, currency)) for o in kpi.why.operands),
        period=kpi.period,
        population=kpi.why.population,
        excluded=kpi.why.excluded,
        target=target_in_words(kpi.goal, kpi.definition.unit, currency),
        assumptions=kpi.why.assumptions,
        table=kpi.why.table,
        reference=kpi.definition.source,
    )


def in_full(value: float | None, unit: Unit, currency: str) -> str:
    """An operand to the last unit, so that the sum can be done again by hand."""
    if unit is Unit.MONEY:
        return money_in_full(value, currency)
    if unit in {Unit.UNITS, Unit.HOURS, Unit.COUNT} and value is not None:
        return number(value, 0 if float(value).is_integer() else 1)
    return written(value, unit, currency)


def target_in_words(goal: Target | None, unit: Unit, currency: str) -> str:
    """The goal as a text: "80 % to 90 %", "at least 98 %", "38 days"; empty without one."""
    if goal is None:
        return ""
    low, high, aim = (written(v, unit, currency) if v is not None else "" for v in (goal.low, goal.high, goal.aim))
    if low and high:
        number_only, _, ending = low.rpartition(SPACE)
        return f"{number_only if number_only and high.endswith(ending) else low} to {high}"
    if low or high:
        return f"at least {low}" if low else f"at most {high}"
    return aim


def why_button(index: str, account: Account) -> Component:
    """A small button that opens the account; place it beside the figure."""
    return html.Span(
        [
            html.Button(
                "Why?",
                id={"type": WHY_BUTTON, "index": index},
                className="sop-why",
                title=f"How “{account.title}” is calculated",
                **{"aria-label": f"Why? {account.title}"},
            ),
            dcc.Store(id={"type": WHY_ACCOUNT, "index": index}, data=_body(account).to_plotly_json()),
        ]
    )


def why_panel() -> Component:
    """The panel itself; the shell mounts it once."""
    return dbc.Offcanvas(
        html.Div(id=WHY_BODY),
        id=WHY_PANEL,
        title="Why?",
        placement="end",
        backdrop=False,
        scrollable=True,
        class_name="sop-why-panel",
    )


def _body(account: Account) -> Component:
    lines = (
        ("Period", account.period),
        ("Covers", account.population),
        ("Left out", account.excluded),
        ("Judged against", account.target),
        ("Source", account.table),
        ("Defined by", account.reference),
    )
    parts: list[Component] = [html.H2(account.title, className="sop-why-title")]
    if account.result:
        parts.append(html.P(account.result, className="sop-why-result"))
    if account.formula:
        parts += [html.H3("Calculation"), html.P(account.formula)]
    if account.operands:
        rows = [html.Tr([html.Th(name, scope="row"), html.Td(value)]) for name, value in account.operands]
        parts += [html.H3("Figures that went in"), html.Table(html.Tbody(rows), className="sop-pairs")]
    told = [(name, value) for name, value in lines if value]
    if told:
        parts.append(html.Dl([piece for name, value in told for piece in (html.Dt(name), html.Dd(value))]))
    if account.assumptions:
        parts += [html.H3("Assumptions"), html.Ul([html.Li(text) for text in account.assumptions])]
    return html.Div(parts)
