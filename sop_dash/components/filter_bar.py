"""The selection beside the story line; each page names the parts it offers in `PAGE.filters`.

The shell mounts it and keeps `SELECTION_STORE` and the address in step. To follow a click in a chart or list a page
may set a control: `Output(filter_id(Filter.FAMILY), "value")`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.page import Filter
from sop_dash.services.frame_facts import Choices
from sop_dash.services.selection import HORIZONS, Measure, Selection

EVERYTHING = ""


def filter_id(part: Filter) -> str:
    """Id of the control of one part."""
    return f"filter-{part.value}"


def filter_bar(parts: Sequence[Filter], choices: Choices, selection: Selection) -> Component:
    """Controls for these parts of the selection, standing where the selection says."""
    options = _options(choices)
    values: Mapping[Filter, Any] = {
        Filter.CATEGORY: selection.category or EVERYTHING,
        Filter.FAMILY: selection.family or EVERYTHING,
        Filter.CHANNEL: selection.channel or EVERYTHING,
        Filter.HORIZON: selection.horizon,
        Filter.MEASURE: selection.measure.value,
    }
    return html.Div(
        [
            html.Div(
                [
                    html.Span(part.value.capitalize(), id=f"lbl-{filter_id(part)}", className="visually-hidden"),
                    _control(part, options[part], values[part]),
                ],
                className=f"sop-filter sop-filter-{part.value}",
            )
            for part in parts
        ],
        className="sop-filters",
        role="group",
        **{"aria-label": "Selection"},
    )


def _control(part: Filter, options: list[dict[str, Any]], value: Any) -> Component:
    return dcc.Dropdown(
        id=filter_id(part),
        options=options,
        value=value,
        clearable=False,
        searchable=len(options) > 12,
        className="sop-choice",
    )


def _options(choices: Choices) -> Mapping[Filter, list[dict[str, Any]]]:
    families = [family for group in choices.families.values() for family in group]
    return {
        Filter.CATEGORY: _with_all("all categories", choices.families),
        Filter.FAMILY: _with_all("all families", families),
        Filter.CHANNEL: _with_all("all channels", choices.channels),
        Filter.HORIZON: [{"label": f"{months} months", "value": months} for months in HORIZONS],
        Filter.MEASURE: [{"label": f"in {measure.value}", "value": measure.value} for measure in Measure],
    }


def _with_all(label: str, names: Any) -> list[dict[str, Any]]:
    return [{"label": label, "value": EVERYTHING}, *({"label": name, "value": name} for name in names)]
