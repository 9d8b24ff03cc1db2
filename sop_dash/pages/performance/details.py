"""The tabs behind the review: service, stock, process, and every metric with its definition; pure."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from sop_dash.components.data_grid import GridColumn, data_grid
from sop_dash.components.graph import graph
from sop_dash.components.kpi_card import change_text, value_text
from sop_dash.components.section_card import card, row
from sop_dash.components.states import no_data
from sop_dash.components.why_panel import Account, target_in_words
from sop_dash.core.model.kpi import Kpi, Status, Unit
from sop_dash.core.performance.all_metrics import all_metrics
from sop_dash.core.performance.review import Review
from sop_dash.core.performance.stability import stability_kpi
from sop_dash.core.performance.stock_by_family import stock_by_family
from sop_dash.figures.performance_charts import lost_sales_chart, service_chart
from sop_dash.figures.performance_tables import Row, stock_rows
from sop_dash.figures.theme import Figure
from sop_dash.services.plans import PlanView

_METRIC_COLUMNS = (
    GridColumn(field="group", title="Group", width=90),
    GridColumn(field="name", title="Metric", pinned=True, width=250),
    GridColumn(field="value", title="Value", width=110),
    GridColumn(field="period", title="Period", width=150),
    GridColumn(field="target", title="Target", width=140),
    GridColumn(field="status", title="Status", status=True, width=120),
    GridColumn(field="change", title="Change, or why there is no figure", wrap=True, width=260),
    GridColumn(field="formula", title="How it is calculated", wrap=True),
)
_SHORT_METRICS = tuple(column for column in _METRIC_COLUMNS if column.field not in {"group", "period"})
_PROCESS = "Process"
_STOCK_COLUMNS = (
    GridColumn(field="family", title="Family", pinned=True, width=150),
    GridColumn(field="value", title="Stock, money", unit=Unit.MONEY, help="At standard cost"),
    GridColumn(field="units", title="Stock, units", unit=Unit.UNITS),
    GridColumn(field="days", title="Days of supply", unit=Unit.DAYS, decimals=0),
    GridColumn(field="status", title="Status", status=True),
    GridColumn(field="beyond", title="Beyond the band", unit=Unit.MONEY, help="Stock past the upper end of the band"),
    GridColumn(field="blocked", title="Blocked, units", unit=Unit.UNITS),
    GridColumn(field="discontinued", title="Discontinued, units", unit=Unit.UNITS),
)


def process_pane(view: PlanView, review: Review) -> list[Component]:
    """How the cycle itself runs: decisions on time, actions closed, days, attendance, how stable the plan is."""
    process = [kpi for kpi in _every(view, review) if kpi.definition.group == _PROCESS]
    return [row(_metrics_card("Process figures", "process", process, view, _SHORT_METRICS))]


def service_pane(view: PlanView, review: Review) -> list[Component]:
    """On time, in full and lost sales: two charts and the figures."""
    currency = view.prepared.inputs.company.currency
    reasons = {kpi.definition.id: kpi.reason for kpi in review.service}
    return [
        row(
            _chart_or_state("Order lines", "performance-service", service_chart(review), reasons["otif"]),
            _chart_or_state(
                "Lost sales", "performance-lost", lost_sales_chart(review, currency), reasons["lost-sales"]
            ),
            share=5,
        ),
        row(_metrics_card("Service figures", "service", review.service, view, _SHORT_METRICS), share=4),
    ]


def stock_pane(view: PlanView, review: Review) -> list[Component]:
    """Stock of each family, and the figures of stock health."""
    prepared = view.prepared
    rows = stock_by_family(prepared.inputs, prepared.settings, prepared.consensus.units.sum(axis=1))
    grid: Component = _grid("stock", _STOCK_COLUMNS, stock_rows(rows), view, row_key="family")
    if all(one.status is Status.NO_DATA for one in rows):
        grid = no_data("No stock is known", "Load the table inventory.")
    account = Account(
        title="Stock by family",
        formula="Days of supply walk the calendar until the stock at month end is used up by the consensus after it.",
        table="inventory, products",
    )
    return [
        row(card("Stock by family", grid, subtitle="at the last month end", why=account), share=6),
        row(_metrics_card("Stock figures", "stock-health", review.stock, view, _SHORT_METRICS), share=3),
    ]


def metrics_pane(view: PlanView, review: Review) -> list[Component]:
    """Every metric with its definition and target; what is missing says where it would come from."""
    return [row(_metrics_card("All metrics", "metrics", _every(view, review), view, _METRIC_COLUMNS))]


def _every(view: PlanView, review: Review) -> tuple[Kpi, ...]:
    inputs, settings, base = view.prepared.inputs, view.prepared.settings, view.base
    calm = stability_kpi(inputs, settings, base.supply.make, base.money.unit_cost)
    return all_metrics(review, (*base.kpis, calm), settings)


def _metrics_card(
    title: str, name: str, kpis: Sequence[Kpi], view: PlanView, columns: Sequence[GridColumn]
) -> Component:
    currency = view.prepared.inputs.company.currency
    rows = [_metric_row(kpi, currency) for kpi in kpis]
    return card(title, _grid(name, columns, rows, view, row_key="id"))


def _metric_row(kpi: Kpi, currency: str) -> Row:
    definition, status = kpi.definition, kpi.status
    return {
        "id": definition.id,
        "group": definition.group,
        "name": definition.name,
        "value": value_text(kpi, currency),
        "period": kpi.period,
        "target": target_in_words(kpi.goal, definition.unit, currency),
        "status": status.value,
        "change": change_text(kpi, currency),
        "formula": definition.formula,
    }


def _grid(name: str, columns: Sequence[GridColumn], rows: Sequence[Row], view: PlanView, *, row_key: str) -> Component:
    return data_grid(
        f"performance-{name}",
        columns,
        rows,
        row_key=row_key,
        currency=view.prepared.inputs.company.currency,
        file_name=name,
    )


def _chart_or_state(title: str, graph_id: str, figure: Figure | None, reason: str) -> Component:
    if figure is None:
        return card(title, html.Div(no_data("No data", reason), className="sop-slot"))
    return card(title, graph(graph_id, figure), enlarge=True)
