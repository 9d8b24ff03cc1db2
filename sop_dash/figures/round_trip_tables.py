"""Rows of a workbook that came back: each changed cell with its old and new value, and what to know about it. Units."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.model.periods import short_name
from sop_dash.figures.formats import plural
from sop_dash.services.round_trip import Comparison

ACCEPT, REJECT = "accept", "reject"
_LINES = {"consensus": "Consensus", "sales": "Sales input"}


def returned_rows(found: Comparison) -> list[dict[str, Any]]:
    """One row per changed cell; a clash waits for a choice, what cannot be kept has none."""
    return [
        {
            "key": cell.key,
            "family": cell.family,
            "channel": cell.channel,
            "stream": cell.line,
            "line": _LINES.get(cell.line, cell.line),
            "at": cell.month,
            "month": short_name(cell.month),
            "place": cell.place,
            "exported": _known(cell.exported),
            "now": _known(cell.now),
            "wanted": cell.wanted,
            "change": None if cell.wanted is None or _known(cell.now) is None else cell.wanted - (cell.now or 0.0),
            "seen": cell.seen,
            "state": cell.refused or cell.clash,
            "reason": cell.reason,
            "take": REJECT if cell.refused else "" if cell.clash else ACCEPT,
            "choices": [] if cell.refused else [ACCEPT, REJECT],
        }
        for cell in found.cells
    ]


def accepted_cells(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows a person accepted, as the use case takes them."""
    return [
        {
            **{name: row.get(name) for name in ("family", "channel", "wanted", "seen", "reason")},
            "line": row.get("stream"),
            "month": row.get("at"),
        }
        for row in rows
        if row.get("take") == ACCEPT
    ]


def verdict(found: Comparison) -> str:
    """What was found in the workbook, in a sentence or two."""
    if not found.cells:
        said = f"Nothing was changed: {plural(found.unchanged, 'cell')} as exported."
    else:
        clashes = sum(bool(cell.clash) for cell in found.cells)
        refused = sum(bool(cell.refused) for cell in found.cells)
        said = f"{plural(len(found.cells), 'changed cell')}, {found.unchanged:,} as exported"
        said += f"; {plural(clashes, 'clash', 'clashes')} with changes made meanwhile" if clashes else ""
        said += f"; {refused:,} cannot be kept" if refused else ""
        said += "."
    return " ".join((said, *found.notes))


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value
