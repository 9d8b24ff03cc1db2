"""KPI tiles, fed by `Kpi`: name with period, value, status, target, change, bullet bar, sparkline, Why?.

    tile_row(kpis, currency, plan=base_kpis)          # a row of tiles
    live_tiles(kpis, currency, plan=base_kpis)        # the moving part of the same tiles

`plan` gives the same KPIs without levers; while levers are moved the change is told against it, else against the KPI's
own reference. Missing is a dash and a reason; not informative has no status; neither is ever coloured.
"""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from sop_dash.components.live_answer import LiveAnswer
from sop_dash.components.why_panel import kpi_account, target_in_words, why_button
from sop_dash.core.model.kpi import Better, Kpi, Status, Unit
from sop_dash.figures.formats import signed, written
from sop_dash.figures.sparkline import sparkline_address
from sop_dash.figures.theme import STATUS_MARK, status_slug

_JUDGED = {Status.ON_PLAN, Status.WATCH, Status.ACT}


def tile_id(kpi: Kpi, part: str = "") -> str:
    """Id of a tile or of one part of it: `value`, `status`, `change`, `bar`."""
    return "-".join(filter(None, ("tile", kpi.definition.id, part)))


def kpi_card(kpi: Kpi, currency: str, *, plan: Kpi | None = None) -> Component:
    """One tile.

    Args:
        kpi: The figure.
        currency: Of the plan, for money.
        plan: The same figure without the levers moved; None when none are.
    """
    definition, status = kpi.definition, kpi.status
    return html.Section(
        [
            html.Div(
                [
                    html.H2([definition.name, html.Small(kpi.period)], className="sop-tile-name"),
                    why_button(tile_id(kpi), kpi_account(kpi, currency)),
                ],
                className="sop-tile-head",
            ),
            html.P(value_text(kpi, currency), id=tile_id(kpi, "value"), className="sop-tile-value"),
            html.P(
                [
                    html.Span(status_text(kpi), id=tile_id(kpi, "status"), className="sop-status"),
                    html.Span(_beside(kpi, currency), className="sop-tile-target"),
                ],
                className="sop-tile-line",
            ),
            html.P(change_text(kpi, currency, plan=plan), id=tile_id(kpi, "change"), className="sop-tile-change"),
            html.Div([_bullet(kpi), _spark(kpi)], className="sop-tile-foot"),
        ],
        id=tile_id(kpi),
        className="sop-tile",
        **{"data-status": status_slug(status)},
    )


def tile_row(kpis: Sequence[Kpi], currency: str, *, plan: Sequence[Kpi] = ()) -> Component:
    """Tiles side by side, as many as there are."""
    base = _by_id(plan)
    cards = [kpi_card(kpi, currency, plan=base.get(kpi.definition.id)) for kpi in kpis]
    return html.Div(cards, className="sop-tiles", style={"--tiles": str(max(1, len(cards)))})


def live_tiles(kpis: Sequence[Kpi], currency: str, *, plan: Sequence[Kpi] = ()) -> LiveAnswer:
    """What of the tiles follows a dragged slider."""
    base = _by_id(plan)
    text: dict[str, str] = {}
    state: dict[str, str] = {}
    width: dict[str, float] = {}
    for kpi in kpis:
        text[tile_id(kpi, "value")] = value_text(kpi, currency)
        text[tile_id(kpi, "status")] = status_text(kpi)
        text[tile_id(kpi, "change")] = change_text(kpi, currency, plan=base.get(kpi.definition.id))
        state[tile_id(kpi)] = status_slug(kpi.status)
        share = _shares(kpi)
        if share:
            width[tile_id(kpi, "bar")] = share["value"]
    return LiveAnswer(text=text, state=state, width=width)


def value_text(kpi: Kpi, currency: str) -> str:
    """The big number."""
    return written(kpi.value, kpi.definition.unit, currency)


def status_text(kpi: Kpi) -> str:
    """Shape and word, and the month that misses the goal where the whole reaches it."""
    status = kpi.status
    said = f"{STATUS_MARK[status]} {status.value}".strip()
    if status is not Status.WATCH or kpi.missed is None:
        return said
    month, value = kpi.missed
    return f"{said}: {month} {written(value, kpi.definition.unit, '')}"


def change_text(kpi: Kpi, currency: str, *, plan: Kpi | None = None) -> str:
    """Difference to the plan while levers are moved, else to the reference; a reason where there is no value."""
    if kpi.value is None or not kpi.informative:
        return kpi.reason
    unit = kpi.definition.unit
    if plan is not None and plan.value is not None and plan.value != kpi.value:
        return f"{signed(kpi.value - plan.value, unit, currency)} v plan"
    if kpi.change is None:
        return ""
    return f"{signed(kpi.change, unit, currency)} v {kpi.reference_name}".rstrip(" v")


def _by_id(kpis: Sequence[Kpi]) -> Mapping[str, Kpi]:
    return {kpi.definition.id: kpi for kpi in kpis}


def _beside(kpi: Kpi, currency: str) -> str:
    goal = target_in_words(kpi.goal, kpi.definition.unit, currency)
    return f"target {goal}" if goal and kpi.status in _JUDGED else ""


def _shares(kpi: Kpi) -> dict[str, float]:
    """Places on the bullet bar in percent: value, tick, low and high end; empty when there is nothing to compare."""
    goal = kpi.goal
    if goal is None or kpi.value is None or kpi.status not in _JUDGED or kpi.value < 0:
        return {}
    marks = {"tick": goal.aim, "low": goal.low, "high": goal.high}
    given = {name: value for name, value in marks.items() if value is not None and value >= 0}
    if not given:
        return {}
    full = max(kpi.value, *given.values()) * 1.12
    if kpi.definition.unit is Unit.RATIO and kpi.definition.better is Better.HIGHER and full < 1.12:
        full = max(1.0, kpi.value, *given.values())
    if full <= 0:
        return {}
    return {name: round(100 * value / full, 1) for name, value in {"value": kpi.value, **given}.items()}


def _bullet(kpi: Kpi) -> Component:
    share = _shares(kpi)
    if not share:
        return html.Div(className="sop-bullet sop-bullet-none")
    parts = [html.Div(id=tile_id(kpi, "bar"), className="sop-bullet-bar", style={"width": f"{share['value']}%"})]
    if "low" in share and "high" in share:
        good = {"left": f"{share['low']}%", "width": f"{share['high'] - share['low']:.1f}%"}
        parts.insert(0, html.Div(className="sop-bullet-band", style=good))
    tick = share.get("tick", share.get("low", share.get("high")))
    if "tick" in share or not ("low" in share and "high" in share):
        parts.append(html.Div(className="sop-bullet-tick", style={"left": f"{tick}%"}))
    return html.Div(parts, className="sop-bullet", **{"aria-hidden": "true"})


def _spark(kpi: Kpi) -> Component:
    address = sparkline_address(kpi.series)
    if not address:
        return html.Div(className="sop-spark")
    mask = f'url("{address}")'
    return html.Div(
        className="sop-spark sop-spark-drawn",
        style={"maskImage": mask, "WebkitMaskImage": mask},
        role="img",
        **{"aria-label": f"Course of {kpi.definition.name}"},
    )
