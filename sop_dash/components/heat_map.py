"""A heat map as a table: names × months with a value in every cell, banded by level; a dragged slider moves it.

    heat_map(LOAD_MAP, rows=resources, columns=months, texts=texts, bands=bands, locked=1, corner="Resource")
    live_heat(LOAD_MAP, texts, bands)                  # the moving part

Bands are the words of `load_band`: `under`, `normal`, `high`, `over`, `unknown`. As a table it is read out, copied and
printed, follows the theme, and costs a fraction of a drawn one.
"""

import math
from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from sop_dash.core.model.periods import short_name
from sop_dash.figures.formats import MISSING, number

_BANDS = ((0.8, "under"), (0.9, "normal"), (1.0, "high"))


def load_band(ratio: float) -> str:
    """Under 80 % `under`, to 90 % `normal`, to 100 % `high`, above `over`; NaN `unknown`."""
    if not math.isfinite(ratio):
        return "unknown"
    return next((band for limit, band in _BANDS if ratio <= limit + 1e-9), "over")


def load_cells(loads: Iterable[Iterable[float]]) -> tuple[list[list[str]], list[list[str]]]:
    """Whole percents and their bands, so that a colour agrees with its text; loads are ratios of available hours."""
    rows = [[round(v, 2) for v in row] for row in loads]
    texts = [[number(100 * v) if math.isfinite(v) else MISSING for v in row] for row in rows]
    return texts, [[load_band(v) for v in row] for row in rows]


def heat_map(
    heat_id: str,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    texts: Sequence[Sequence[str]],
    bands: Sequence[Sequence[str]],
    corner: str,
    locked: int = 0,
    legend: Sequence[tuple[str, str]] = (
        ("under", "under 80 %"),
        ("normal", "80–90 %"),
        ("high", "90–100 %"),
        ("over", "over 100 %"),
    ),
    note: str = "",
) -> Component:
    """The table.

    Args:
        heat_id: Its id.
        rows: Name of each row.
        columns: `YYYY-MM` of each column.
        texts: What each cell says, row by row.
        bands: Which band each cell falls in.
        corner: What the rows are.
        locked: Months at the start that are in progress.
        legend: Bands and their meaning.
        note: What else is to be known of the months; stands beside the legend.
    """
    head = [html.Th(corner, scope="col", className="sop-heat-corner")] + [
        html.Th(_month_head(month), scope="col", className="sop-heat-locked" if place < locked else "")
        for place, month in enumerate(columns)
    ]
    body = [
        html.Tr(
            [html.Th(name, scope="row", title=name)]
            + [html.Td(text, **{"data-band": band}) for text, band in zip(text_row, band_row, strict=True)]
        )
        for name, text_row, band_row in zip(rows, texts, bands, strict=True)
    ]
    key = [html.Span([html.I(**{"data-band": band}), words]) for band, words in legend]
    if note:
        key.append(html.Span(note, className="sop-heat-note"))
    return html.Div(
        [
            html.Div(
                html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], id=heat_id, className="sop-heat"),
                className="sop-heat-frame",
                tabIndex=0,
                role="region",
                **{"aria-label": f"{corner} by month"},
            ),
            html.Div(key, className="sop-heat-key"),
        ],
        className="sop-heat-box",
    )


def _month_head(month: str) -> list[Component | str]:
    name, year = short_name(month).split(" ")
    return [name, html.Small(year)]
