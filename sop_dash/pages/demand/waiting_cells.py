"""Cells of the demand table that are written and not kept: as the browser holds them between two answers."""

from collections.abc import Mapping
from typing import Any

from sop_dash.figures.demand_sheet import row_key
from sop_dash.services.bundle import Services

Cells = list[dict[str, Any]]


def cells_of(pending: Any) -> Cells:
    """The cells the browser has written and not kept."""
    cells = pending.get("cells") if isinstance(pending, Mapping) else None
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def pending_of(cells: Cells, *, is_open: bool = True) -> dict[str, Any]:
    """The store of the browser with these cells; the review opens unless it is told not to, or nothing waits."""
    return {"cells": cells, "open": is_open and bool(cells)}


def joined(before: Cells, added: Cells) -> Cells:
    """Cells with others added; a cell written twice is as it was written last."""
    keys = {cell["key"] for cell in added}
    return [cell for cell in before if cell.get("key") not in keys] + added


def seen_now(services: Services, cells: Cells) -> Cells:
    """Cells chosen in a dialog: what the plan is now is what the person sees next."""
    told = services.adjustments.preview(cells).cells
    return [
        {
            **cell,
            "seen": preview.version,
            "key": f"{row_key(cell['name'], cell['whole'], cell['channel'] or None, cell['line'])}|{cell['month']}",
        }
        for cell, preview in zip(cells, told, strict=True)
    ]
