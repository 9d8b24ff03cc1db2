"""The selection beside the story line; each page names the parts it offers in `PAGE.filters`.

The shell mounts it and keeps `SELECTION_STORE` and the address in step. To follow a click in a chart or list a page
may set a control: `Output(filter_id(Filter.FAMILY), "value")`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import EVERYTHING, choice
from sop_dash.components.page import Filter
from sop_dash.services.frame_facts import Choices
from sop_dash.services.selection import HORIZONS, Measure, Selection


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
    controls = [choice(filter_id(part), part.value.capitalize(), options[part], values[part]) for part in parts]
    return html.Div(controls, className="sop-filters", role="group", **{"aria-label": "Selection"})


def _options(choices: Choices) -> Mapping[Filter, list[tuple[str, Any]]]:
    families = [family for group in choices.families.values() for family in group]
    return {
        Filter.CATEGORY: _with_all("all categories", choices.families),
        Filter.FAMILY: _with_all("all families", families),
        Filter.CHANNEL: _with_all("all channels", choices.channels),
        Filter.HORIZON: [(f"{months} months", months) for months in HORIZONS],
        Filter.MEASURE: [(f"in {measure.value}", measure.value) for measure in Measure],
    }


def _with_all(label: str, names: Iterable[str]) -> list[tuple[str, Any]]:
    return [(label, EVERYTHING), *((name, name) for name in names)]
