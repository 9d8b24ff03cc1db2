"""The tab “Versions”: every plan as it was approved, and how the plan now differs from it by family and month."""

from typing import Any

from dash import Dash, Input, Output, Patch, html
from dash.development.base_component import Component

from sop_dash.components.choice import choice
from sop_dash.components.data_grid import GridColumn, column_definition, data_grid, plain_row
from sop_dash.components.page import REVISION_STORE, SELECTION_STORE
from sop_dash.components.report_table import report_table
from sop_dash.components.section_card import card, row
from sop_dash.components.states import empty
from sop_dash.components.why_panel import Account
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.plan.frozen_plan import FIGURES, FigureKind
from sop_dash.figures.formats import MISSING, currency_symbol
from sop_dash.figures.version_tables import (
    CHANGE,
    SHOWN,
    exceptions_of,
    facts_of,
    figure_kind,
    kpi_rows,
    month_rows,
    moved_words,
    version_rows,
)
from sop_dash.services.bundle import Services
from sop_dash.services.kept_versions import PlanVersion

VERSIONS = "decisions-versions"
CHOSEN = "decisions-version-chosen"
FACTS = "decisions-version-facts"
FIGURES_NOW = "decisions-version-figures"
MONTHS = "decisions-version-months"
MOVED = "decisions-version-moved"
FIGURE = "decisions-version-figure"
SIDE = "decisions-version-side"

VERSION_COLUMNS = (
    GridColumn(field="name", title="Plan", pinned=True, width=112),
    GridColumn(field="standing", title="State", width=122),
    GridColumn(field="at", title="Approved", width=160),
    GridColumn(field="by", title="By", width=100),
    GridColumn(field="exceptions", title="Exceptions", unit=Unit.COUNT, width=96),
)
_ACCOUNT = Account(
    title="Approved plan and plan now",
    formula="Each family and month as it was frozen, as it is planned now, or the plan now less the one approved. "
    "Months the plan now does not reach are left empty. Units of unlike families are never added up; stock is not "
    "added up over months.",
    reference="S-247, D-71",
)


def versions_pane(currency: str) -> list[Component]:
    """The list, the plan chosen, and its months beside those of the plan now."""
    grid = data_grid(
        VERSIONS, VERSION_COLUMNS, [], row_key="id", currency=currency, file_name="approved-plans", selectable=True
    )
    months = data_grid(
        MONTHS,
        _columns((), FIGURES[0]),
        [],
        row_key="family",
        currency=currency,
        file_name="plan-version",
        # A row of headings without one in sight is a row without cells to a screen reader.
        options={"suppressColumnVirtualisation": True},
    )
    tools = [
        choice(FIGURE, "Figure", [(_with_unit(kind, currency), kind.key) for kind in FIGURES], FIGURES[0].key),
        choice(SIDE, "Shown", [(words, key) for key, words in SHOWN.items()], CHANGE),
    ]
    return [
        row(
            card("Approved plans", grid, subtitle="newest first; choose one"),
            card("As approved", _read(FACTS, "As approved"), subtitle=html.Span("", id=CHOSEN)),
            card("Key figures", html.Div(id=FIGURES_NOW, className="sop-scroll"), subtitle="as approved and now"),
            columns=(5, 4, 4),
            share=4,
            class_name="sop-version-row sop-version-top",
        ),
        row(
            card(
                "Family by month",
                [html.P(id=MOVED, className="sop-note"), months],
                tools=tools,
                why=_ACCOUNT,
                class_name="sop-version-months",
            ),
            share=6,
            class_name="sop-version-row",
        ),
    ]


def _read(slot: str, label: str) -> Component:
    """A text that may scroll, by keyboard too."""
    return html.Div(id=slot, className="sop-scroll", tabIndex=0, role="region", **{"aria-label": label})


def _with_unit(kind: FigureKind, currency: str) -> str:
    return f"{kind.title}, {currency_symbol(currency) if kind.unit is Unit.MONEY else 'units'}"


def _columns(months: tuple[str, ...], kind: FigureKind, *, change: bool = False) -> list[GridColumn]:
    """Family, the sum of flows, and the months; plain numbers, whose unit stands in the choice above them."""
    cells = [("total", "Sum")] if months and kind.flows else []
    cells += [(f"m{place}", short_name(month)) for place, month in enumerate(months)]
    numbers = [
        GridColumn(field=field, title=title, unit=Unit.UNITS, decimals=0, signed=change, width=92)
        for field, title in cells
    ]
    # Pinned alone it would leave the row of headings beside it without a cell, which a screen reader trips over.
    return [GridColumn(field="family", title="Family", pinned=bool(months), width=150), *numbers]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the tab to `app`."""

    def currency() -> str:
        return services.plans.prepared().inputs.company.currency

    @app.callback(Output(VERSIONS, "rowData"), Input(SELECTION_STORE, "data"), Input(REVISION_STORE, "data"))
    def show_versions(_stored: Any, _revision: Any) -> list[Any]:
        found = version_rows(services.plan_versions.versions(), services.plan_versions.state())
        return [plain_row(one) for one in found]

    @app.callback(
        Output(CHOSEN, "children"),
        Output(FACTS, "children"),
        Output(FIGURES_NOW, "children"),
        Input(VERSIONS, "selectedRows"),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_facts(rows: Any, _stored: Any, _revision: Any) -> tuple[str, Component, Component]:
        plan = _chosen(services, rows)
        if plan is None:
            nothing = empty("No plan has been approved yet", "Approve one in the meeting: it is kept here for good.")
            return "", nothing, html.P(MISSING)
        figures = kpi_rows(plan.frozen, services.plan_versions.present(), currency())
        heads = ("Figure", "As approved", "Now", "Change")
        return plan.name, _facts(plan), report_table(heads, figures, label="Key figures", numbers=(1, 2, 3))

    @app.callback(
        Output(MONTHS, "columnDefs"),
        Output(MONTHS, "rowData"),
        Output(MONTHS, "dashGridOptions"),
        Output(MOVED, "children"),
        Input(VERSIONS, "selectedRows"),
        Input(FIGURE, "value"),
        Input(SIDE, "value"),
        Input(SELECTION_STORE, "data"),
        Input(REVISION_STORE, "data"),
    )
    def show_months(rows: Any, key: Any, side: Any, _stored: Any, _revision: Any) -> tuple[Any, ...]:
        plan, kind, options = _chosen(services, rows), figure_kind(key), Patch()
        options["pinnedBottomRowData"] = []
        if plan is None:
            return _defined(_columns((), kind), currency()), [], options, "Nothing to lay beside the plan now yet."
        now = services.plan_versions.present()
        lines, totals = month_rows(plan.frozen, now, kind, str(side))
        options["pinnedBottomRowData"] = [plain_row(one) for one in totals]
        columns = _columns(plan.frozen.months, kind, change=side == CHANGE)
        told = moved_words(plan.frozen, now, kind, currency())
        return _defined(columns, currency()), [plain_row(one) for one in lines], options, told


def _facts(plan: PlanVersion) -> Component:
    """What is to be known of an approved plan, then each open check with who answered for it."""
    lines = [piece for name, said in facts_of(plan) for piece in (html.Dt(name), html.Dd(said))]
    answered = [
        html.Li([html.B(text), html.Div(reason), html.Small(detail, className="sop-note")])
        for text, reason, detail in exceptions_of(plan)
    ]
    exceptions = html.Ul(answered, className="sop-queue sop-exceptions") if answered else None
    return html.Div([html.Dl(lines, className="sop-detail"), exceptions])


def _defined(columns: list[GridColumn], currency: str) -> list[dict[str, Any]]:
    return [column_definition(column, currency) for column in columns]


def _chosen(services: Services, rows: Any) -> PlanVersion | None:
    """The plan chosen of the list; the newest one while nothing is."""
    found = services.plan_versions.versions()
    wanted = rows[0]["id"] if rows else ""
    return next((one for one in found if one.id == wanted), found[0] if found else None)
