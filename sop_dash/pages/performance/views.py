"""The review as pieces of the page: tiles in four groups, six trends; pure."""

from itertools import groupby

from dash import html
from dash.development.base_component import Component

from sop_dash.components.graph import graph
from sop_dash.components.kpi_card import tile_row
from sop_dash.components.section_card import card
from sop_dash.components.states import no_data
from sop_dash.components.why_panel import Account, target_in_words
from sop_dash.core.performance.review import Review, Trend
from sop_dash.figures.formats import known
from sop_dash.figures.performance_charts import trend_chart

_REASON_OF = {"mape": "wape"}


def tile_groups(review: Review, currency: str) -> Component:
    """The eight tiles under the names of their four groups."""
    groups = groupby(review.tiles, key=lambda tile: tile.group)
    return html.Div(
        [
            html.Section(
                [html.H2(name, className="sop-tile-group"), tile_row([tile.kpi for tile in tiles], currency)],
            )
            for name, tiles in groups
        ],
        className="sop-tile-groups",
    )


def trends(review: Review) -> list[Component]:
    """Six cards, each with its trend or with what is missing for it."""
    tiles = {tile.kpi.definition.id: tile.kpi for tile in review.tiles}
    return [
        _trend(trend, tiles[_REASON_OF.get(trend.definition.id, trend.definition.id)].reason) for trend in review.trends
    ]


def _trend(trend: Trend, reason: str) -> Component:
    name = trend.definition.name
    if not any(known(value) for value in trend.values):
        return card(name, no_data("No data", reason, href=""))
    return card(
        name,
        graph(f"performance-trend-{trend.definition.id}", trend_chart(trend), label=trend.definition.id),
        why=Account(
            title=name,
            formula=trend.definition.formula,
            period="Closed months of the last two years",
            target=target_in_words(trend.target, trend.definition.unit, ""),
            excluded=reason,
        ),
        why_index=f"trend-{trend.definition.id}",
    )
