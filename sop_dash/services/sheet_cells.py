"""Cells of the demand sheet as a browser sends them: read with suspicion, each refused by its own name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sop_dash.core.demand.entries import read_entry
from sop_dash.core.model.errors import BadValue, SopError
from sop_dash.core.model.records import Stream
from sop_dash.core.plan.sheet import SheetCell
from sop_dash.services.fields import text_of

MOST_CELLS = 5_000


@dataclass(frozen=True, kw_only=True)
class PostedCell:
    """One cell as sent.

    Args:
        name, channel, month: Where; empty where it was not said. A channel of "" is all of them.
        whole: True for a row of a category.
        line: The line, as sent.
        text: What was written, as written.
        seen: Version of the cell that the person saw.
        cell: The cell, read; None when it cannot be.
        refused: Why not.
    """

    name: str = ""
    channel: str = ""
    month: str = ""
    whole: bool = False
    line: str = ""
    text: str = ""
    seen: int = 0
    cell: SheetCell | None = None
    refused: str = ""


def read_cells(posted: Any) -> tuple[PostedCell, ...]:
    """The cells of one block. Raises `BadValue` when it is no list of cells or has too many."""
    if not isinstance(posted, Sequence) or isinstance(posted, str):
        raise BadValue("cells", "No cells were sent.")
    if len(posted) > MOST_CELLS:
        raise BadValue("cells", f"More than {MOST_CELLS:,} cells at once.", remedy="Paste them in parts.")
    return tuple(_read(given if isinstance(given, Mapping) else {}) for given in posted)


def _read(given: Mapping[str, Any]) -> PostedCell:
    place: dict[str, Any] = {name: _shown(given.get(name)) for name in ("name", "channel", "month", "line", "text")}
    seen = given.get("seen")
    place |= {"whole": given.get("whole") is True, "seen": seen if isinstance(seen, int) else 0}
    try:
        if given.get("outside"):
            raise BadValue(
                "cells", "This part of the block lies outside the sheet.", remedy="Paste it further left or up."
            )
        if given.get("line") not in set(Stream):
            raise BadValue("line", "This line cannot be written over.", remedy="Write into consensus or sales input.")
        channel = text_of(given, "channel", label="The channel", required=False, longest=200)
        cell = SheetCell(
            name=text_of(given, "name", label="The row", longest=200),
            channel=channel or None,
            month=text_of(given, "month", label="The month", longest=80),
            stream=Stream(given["line"]),
            entry=read_entry(given.get("text")),
            whole_category=bool(place["whole"]),
        )
    except SopError as error:
        return PostedCell(**place, refused=error.sentence)
    return PostedCell(**place, cell=cell)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:80]
