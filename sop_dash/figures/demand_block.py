"""A block of cells before it is kept, in words: what each becomes, what is refused, where a colleague was faster."""

from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.model.errors import SopError
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import ordinal, short_name
from sop_dash.core.model.records import AdjustmentStatus, Stream
from sop_dash.core.plan.sheet import CATEGORY_DECIMALS, added_value
from sop_dash.figures.demand_tables import adjustment_words
from sop_dash.figures.formats import known, listed, moment_in_words, number, plural, signed, signed_percent
from sop_dash.services.adjustments import BlockPreview, CellPreview
from sop_dash.services.plans import PlanView

Row = Mapping[str, Any]
_NAMED = 2


def place_words(cell: CellPreview) -> str:
    """The cell by name: "Kettles, web, Jan 27, sales input"."""
    posted = cell.posted
    line = "sales input" if posted.line == Stream.SALES else ""
    return ", ".join(part for part in (posted.name, posted.channel, _month(posted.month), line) if part)


def block_rows(preview: BlockPreview, families: Sequence[str]) -> list[Row]:
    """Every cell: where, before, after, change, who changed it last, and what is wrong with it.

    Args:
        preview: The block.
        families: Names of the families, for what a category does to each of its own.
    """
    return [_row(cell, families) for cell in preview.cells]


def block_words(preview: BlockPreview, view: PlanView) -> str:
    """The block in a sentence: how many cells, what they add, or what cannot be kept."""
    if preview.refused:
        named = listed([f"{place_words(cell)}: {cell.refused}" for cell in preview.refused], _NAMED)
        return f"{len(preview.refused)} of {plural(len(preview.cells), 'cell')} cannot be kept. {named}"
    if preview.conflicts:
        named = "; ".join(f"{place_words(cell)}: {collision_words(cell)}" for cell in preview.conflicts[:_NAMED])
        rest = len(preview.conflicts) - _NAMED
        more = f"; and {plural(rest, 'more cell')}" if rest > 0 else ""
        return f"Changed by somebody else after you looked: {named}{more}."
    if preview.is_empty:
        return "Nothing to keep: what was written stands there already."
    value = added_value(view.prepared, preview.changes)
    added = signed(value, Unit.MONEY, view.prepared.inputs.company.currency)
    worth = f": {added} in all" if known(value) and value != 0.0 else ""
    return f"{plural(len(preview.changes), 'cell')} written, not kept yet{worth}."


def _row(cell: CellPreview, families: Sequence[str]) -> Row:
    change, decimals = cell.change, _decimals(cell)
    before, after = (change.before, change.after) if change else (None, None)
    ratio = after / before - 1.0 if after is not None and before else None
    return {
        "place": place_words(cell),
        "parts": _parts(cell, families),
        "before": number(before, decimals),
        "after": number(after, decimals) if change else cell.posted.text,
        "change": signed_percent(ratio),
        "latest": latest_words(cell),
        "refused": cell.refused,
        "conflict": cell.conflict,
    }


def _parts(cell: CellPreview, families: Sequence[str]) -> str:
    """What a category does to its families, in units; empty for a family."""
    if not cell.posted.whole or cell.change is None:
        return ""
    parts = cell.change.families
    return listed(
        [f"{families[p.family]} {number(p.before_units)} → {number(p.after_units)}" for p in parts], len(parts)
    )


def collision_words(cell: CellPreview) -> str:
    """Both values of a cell that somebody changed first, and who did."""
    if cell.change is None:
        return latest_words(cell)
    decimals = _decimals(cell)
    mine, theirs = (number(value, decimals) for value in (cell.change.after, cell.change.before))
    return f"yours {mine}, now {theirs} ({latest_words(cell)})"


def _decimals(cell: CellPreview) -> int:
    return CATEGORY_DECIMALS if cell.posted.whole else 0


def latest_words(cell: CellPreview) -> str:
    """Who changed the cell last, how and when; empty when nobody has."""
    latest = cell.latest
    if latest is None:
        return ""
    done = {AdjustmentStatus.REJECTED: "rejected by", AdjustmentStatus.WITHDRAWN: "undone by"}.get(latest.status)
    who = f"{done} {latest.changed_by}" if done else latest.owner
    return f"{adjustment_words(latest)}, {who}, {moment_in_words(latest.changed_at)}: {latest.reason}"


def _month(text: str) -> str:
    """A month as people write it; whatever else was sent, as it was sent."""
    try:
        ordinal(text)
    except SopError:
        return text
    return short_name(text)
