"""The answer that moves a page while a slider is dragged: cut from the same figures and tiles that the release draws.

    LiveAnswer.of(
        tiles(view.kpis, currency, plan=view.base_kpis),
        live_figure(MAIN_CHART, main_chart(view)),
        live_heat(LOAD_MAP, load_map(view)),
    )

`assets/live.js` paints it: texts by id, values of charts, cells of heat maps. Colours, tables and sentences wait for
the release.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sop_dash.figures.charts import live_chart
from sop_dash.figures.theme import Figure


@dataclass(frozen=True, kw_only=True)
class LiveAnswer:
    """Parts of a page that follow the hand.

    Args:
        text: Written value by element id.
        state: Status (`on-plan`, `watch`, …) by element id.
        width: Filled share of a bar in percent by element id.
        charts: Values of the traces by graph id.
        heat: Texts and bands of the cells by heat map id.
    """

    text: Mapping[str, str] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)
    width: Mapping[str, float] = field(default_factory=dict)
    charts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    heat: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, *parts: "LiveAnswer") -> "LiveAnswer":
        """All parts as one answer; a later part wins where two name the same id."""

        def together(name: str) -> dict[str, Any]:
            return {key: value for part in parts for key, value in getattr(part, name).items()}

        return cls(**{name: together(name) for name in cls.__dataclass_fields__})

    def to_store(self) -> dict[str, Any]:
        """Plain values for the browser; empty parts are left out."""
        return {name: dict(getattr(self, name)) for name in self.__dataclass_fields__ if getattr(self, name)}


def live_figure(graph_id: str, figure: Figure) -> LiveAnswer:
    """The moving part of one chart."""
    return LiveAnswer(charts={graph_id: live_chart(figure)})


def live_heat(heat_id: str, texts: Sequence[Sequence[str]], bands: Sequence[Sequence[str]]) -> LiveAnswer:
    """Cells of a heat map, row by row: what is written and which band each falls in."""
    return LiveAnswer(heat={heat_id: {"text": [list(r) for r in texts], "band": [list(r) for r in bands]}})
