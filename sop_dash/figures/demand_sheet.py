"""The demand sheet as rows and columns: families or categories by month, every line of each, and what is not yet kept.

Families count units, categories thousands of money at net price. Cells carry the version that was seen, so that an
edit never covers a colleague's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, Stream
from sop_dash.core.performance.demand_table import whole_quarters
from sop_dash.core.plan.adjustment_log import cell_version, touching
from sop_dash.core.plan.demand_lines import DemandLines, demand_lines, quarter_totals
from sop_dash.core.plan.sheet import CATEGORY_DECIMALS, THOUSAND
from sop_dash.figures.demand_block import collision_words
from sop_dash.figures.demand_tables import Row, adjustment_words, compared_with
from sop_dash.figures.formats import moment_in_words, number
from sop_dash.services.adjustments import BlockPreview, CellPreview
from sop_dash.services.plans import PlanView

_LINES: Mapping[str, str] = {
    "statistical": "Statistical",
    "sales": "Sales input",
    "consensus": "Consensus",
    "committed": "Committed",
    "cycle": "Last cycle",
    "year": "Last year",
    "budget": "Budget",
}
WRITABLE = {"sales": Stream.SALES, "consensus": Stream.CONSENSUS}
"""Lines people write into, and the stream of each."""


class Level(StrEnum):
    """What the rows of the sheet are."""

    FAMILY = "family"
    CATEGORY = "category"
    ITEM = "item"


class Lines(StrEnum):
    """Which lines each family or category shows."""

    CONSENSUS = "consensus"
    ALL = "all"
    CHANNELS = "channels"


@dataclass(frozen=True, kw_only=True)
class _Group:
    """One family or category under some channels."""

    name: str
    whole: bool
    families: BoolArray
    channels: BoolArray
    channel: str | None
    line_names: Sequence[str]
    label: str = ""


def sheet_rows(view: PlanView, level: Level, lines: Lines, preview: BlockPreview | None = None) -> list[Row]:
    """The rows of the sheet; cells written but not kept show what they would become, refused ones what was written.

    Args:
        view: What is selected.
        level: Families or categories.
        lines: Which lines of each; one family alone shows them all.
        preview: Cells written but not kept.
    """
    rows = [row for group in _groups(view, level, lines) for row in _group_rows(view, group)]
    if lines is Lines.CONSENSUS and level is Level.FAMILY:
        for compared in compared_with(view):
            for row in rows:
                row[compared.field] = compared.ratios[row["name"]]
    calendar = view.plan.grain.calendar
    quarter = {month: q.name for q in whole_quarters(view.prepared.inputs) for month in calendar[q.covered]}
    by_key = {row["row"]: row for row in rows}
    for cell in preview.cells if preview else ():
        _overlay(by_key, cell, quarter)
    return list(rows)


def row_key(name: str, whole: bool, channel: str | None, line: str) -> str:
    """What names a row, in the browser too."""
    return f"{'category' if whole else 'family'}|{name}|{channel or ''}|{line}"


def layers_of(view: PlanView, row: str, month: str) -> tuple[str, ...]:
    """Ids of the layers on one cell, given the key of its row and its month; empty for a cell nobody has changed."""
    kind, name, channel, line = (*row.split("|"), "", "", "", "")[:4]
    stream, grain = WRITABLE.get(line), view.plan.grain
    if stream is None:
        return ()
    whole = kind == Level.CATEGORY
    names = [f for f, c in zip(grain.families, grain.categories, strict=True) if name == (c if whole else f)]
    return tuple(
        layer.id
        for family in names
        for layer in touching(
            view.prepared.adjustments, family=family, channel=channel or None, month=month, stream=stream
        )
        if layer.status is not AdjustmentStatus.WITHDRAWN
    )


def _groups(view: PlanView, level: Level, lines: Lines) -> list[_Group]:
    grain = view.plan.grain
    chosen = np.flatnonzero(view.families)
    if level is Level.CATEGORY:
        names = tuple(dict.fromkeys(grain.categories[f] for f in chosen))
        groups = [(name, np.array([c == name for c in grain.categories])) for name in names]
    else:
        groups = [(grain.families[f], np.arange(len(grain.families)) == f) for f in chosen]
    whole = level is Level.CATEGORY
    shown = list(_LINES) if lines is Lines.ALL or (len(chosen) == 1 and lines is Lines.CONSENSUS) else ["consensus"]
    parts: list[tuple[str | None, BoolArray, str]] = [(view.selection.channel, view.channels, "")]
    if lines is Lines.CHANNELS:
        places = np.arange(len(grain.channels))
        parts = [(name, places == c, name) for c, name in enumerate(grain.channels) if view.channels[c]]
        if view.channels.all() and len(parts) > 1:
            parts.append((None, view.channels, "All channels"))
    return [
        _Group(
            name=name,
            whole=whole,
            families=families,
            channels=channels,
            channel=channel,
            line_names=shown,
            label=label,
        )
        for name, families in groups
        for channel, channels, label in parts
    ]


def _group_rows(view: PlanView, group: _Group) -> list[dict[str, Any]]:
    lines = demand_lines(
        view.prepared, view.plan.demand.committed, group.families, group.channels, in_money=group.whole
    )
    quarters = whole_quarters(view.prepared.inputs)
    months = view.plan.grain.horizon
    rows = []
    for key in group.line_names:
        past, ahead = (part / (THOUSAND if group.whole else 1.0) for part in _values(lines, key))
        touched = _touched(view, group, key)
        rows.append(
            {
                "row": row_key(group.name, group.whole, group.channel, key),
                "name": group.name,
                "line": group.label or _LINES[key],
                "cell": {"name": group.name, "whole": group.whole, "channel": group.channel or "", "line": key},
                "editable": key in WRITABLE and (not group.whole or bool(lines.counted.any())),
                "strong": key == "consensus" and len(group.line_names) > 1,
                "decimals": CATEGORY_DECIMALS if group.whole else 0,
                "versions": {month: cell_version(layers) for month, layers in touched.items()},
                "notes": {} if group.whole else _notes(touched, group.channel),
                "written": {},
                "clashes": {},
                "refused": {},
                **dict(zip(months, ahead.tolist(), strict=True)),
                **dict(zip((q.name for q in quarters), quarter_totals(quarters, past, ahead), strict=True)),
            }
        )
    return rows


def _values(lines: DemandLines, key: str) -> tuple[Array, Array]:
    closed = lines.demand.size
    if key == "year":
        return lines.last_year[:closed], lines.last_year[closed:]
    if key == "budget":
        return lines.budget[:closed], lines.budget[closed:]
    ahead = {
        "statistical": lines.statistical,
        "sales": lines.sales_input,
        "consensus": lines.consensus,
        "committed": lines.committed,
        "cycle": lines.last_cycle,
    }
    return lines.demand, ahead[key]


def _notes(touched: Mapping[str, Sequence[Adjustment]], channel: str | None) -> dict[str, str]:
    """Who changed each cell, what and why; those undone left out."""
    said = {
        month: "; ".join(
            layer_words(layer, under=channel) for layer in layers if layer.status is not AdjustmentStatus.WITHDRAWN
        )
        for month, layers in touched.items()
    }
    return {month: words for month, words in said.items() if words}


def _touched(view: PlanView, group: _Group, key: str) -> dict[str, list[Adjustment]]:
    """The adjustments of each month that name this row or a part of it, in the order of the stack."""
    if key not in WRITABLE:
        return {}
    names = [view.plan.grain.families[f] for f in np.flatnonzero(group.families)]
    ours = sorted((a for a in view.prepared.adjustments if a.family in names), key=lambda a: a.order)
    found = {
        month: [
            adjustment
            for name in names
            for adjustment in touching(ours, family=name, channel=group.channel, month=month, stream=WRITABLE[key])
        ]
        for month in view.months
    }
    return {month: touched for month, touched in found.items() if touched}


def layer_words(adjustment: Adjustment, *, under: str | None = None) -> str:
    """One layer in a line: "+10 %, Ada, 12 Nov 26: A new shop"; names its channel where the row is not `under` it."""
    place = f"{adjustment.channel}: " if adjustment.channel and adjustment.channel != under else ""
    turned_down = " (rejected)" if adjustment.status is AdjustmentStatus.REJECTED else ""
    when = f", {moment_in_words(adjustment.created_at)}" if adjustment.created_at else ""
    return f"{place}{adjustment_words(adjustment)}{turned_down}, {adjustment.owner}{when}: {adjustment.reason}"


def _overlay(rows: Mapping[str, dict[str, Any]], cell: CellPreview, quarter: Mapping[str, str]) -> None:
    """Write a cell that is not kept yet over its row, and what it changes into the quarter of its month."""
    posted = cell.posted
    row = rows.get(row_key(posted.name, posted.whole, posted.channel, posted.line))
    if row is None or posted.month not in row:
        return
    if cell.change is None:
        row[posted.month] = posted.text
        row["refused"][posted.month] = cell.refused
        return
    before = row[posted.month]
    row[posted.month] = cell.change.after
    was = f"was {number(cell.change.before, row['decimals'])}"
    row["written"][posted.month] = f"{collision_words(cell) if cell.conflict else was}; not kept yet"
    row["clashes"][posted.month] = cell.conflict
    total = quarter.get(posted.month, "")
    if total in row and np.isfinite(before):
        row[total] += cell.change.after - before
