"""Figures in short: name, value, status and change of a few KPIs, where there is no room for tiles.

figure_list(kpis, currency, plan=base_kpis)       # moved by the same `live_tiles` that moves tiles
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from sop_dash.components.kpi_card import change_text, status_text, tile_id, value_text
from sop_dash.components.why_panel import kpi_account, why_button
from sop_dash.core.model.kpi import Kpi
from sop_dash.figures.theme import status_slug


def figure_list(kpis: Sequence[Kpi], currency: str, *, plan: Sequence[Kpi] = ()) -> Component:
    """The figures side by side; ids are those of tiles, so one page shows each figure once.

    Args:
        kpis: The figures.
        currency: Of the plan, for money.
        plan: The same figures without the levers moved.
    """
    base = {kpi.definition.id: kpi for kpi in plan}
    return html.Div([_figure(kpi, currency, base.get(kpi.definition.id)) for kpi in kpis], className="sop-figures")


def _figure(kpi: Kpi, currency: str, plan: Kpi | None) -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.Span(kpi.definition.name, className="sop-figure-name", title=kpi.period),
                    why_button(tile_id(kpi), kpi_account(kpi, currency)),
                ],
                className="sop-tile-head",
            ),
            html.P(
                [
                    html.Span(value_text(kpi, currency), id=tile_id(kpi, "value"), className="sop-figure-value"),
                    html.Span(status_text(kpi), id=tile_id(kpi, "status"), className="sop-status"),
                ],
                className="sop-figure-line",
            ),
            html.P(change_text(kpi, currency, plan=plan), id=tile_id(kpi, "change"), className="sop-tile-change"),
        ],
        id=tile_id(kpi),
        className="sop-figure",
        **{"data-status": status_slug(kpi.status)},
    )
