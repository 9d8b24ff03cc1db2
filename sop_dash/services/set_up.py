"""The set-up assistant: what a company that starts with little has not brought, typed, pasted or assumed, as a load."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.data.set_up import Asked, FamilyGaps, completed, family_gaps
from sop_dash.core.model.errors import BadValue, SopError
from sop_dash.services.access import Right, User, require
from sop_dash.services.imports import Imports, Preview
from sop_dash.services.plans import Plans
from sop_dash.services.ports import DataLoad, Store

SOURCE = "set-up assistant"
_LARGEST = {Asked.PRICE: 1e9, Asked.COST: 1e9, Asked.CAPACITY: 1e12, Asked.LEAD_TIME: 3650.0}
_PLAIN = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}")
_SPACES = re.compile(r"[\s\u00a0\u202f'’$€£¥]")
_MOST_ROWS = 5_000


class SetUp:
    """Asks for what is missing, family by family, and completes the data with it."""

    def __init__(self, plans: Plans, imports: Imports, store: Store) -> None:
        self._plans, self._imports, self._store = plans, imports, store

    def gaps(self) -> tuple[FamilyGaps, ...]:
        """Families that lack something, with what could be proposed; empty when nothing is missing."""
        return tuple(one for one in family_gaps(self._plans.prepared().inputs) if one.missing)

    def pasted(self, text: Any) -> dict[str, dict[Asked, float]]:
        """Rows pasted from a spreadsheet: family, price, cost, capacity, lead time; empty cells are left open.

        Raises:
            BadValue: A line names no family of this data load, or a cell is not clearly a number.
        """
        families = {one.family.casefold(): one.family for one in self.gaps()}
        found: dict[str, dict[Asked, float]] = {}
        for number, line in enumerate(str(text or "").splitlines()[:_MOST_ROWS], 1):
            cells = [cell.strip() for cell in re.split(r"\t|;", line)]
            if not any(cells) or (number == 1 and cells[0].casefold() in {"family", "product family"}):
                continue
            if cells[0].casefold() not in families:
                raise BadValue(
                    "paste",
                    f"Line {number}: no family called “{cells[0][:60]}” lacks anything.",
                    remedy="Paste the columns family, price, cost, capacity and lead time.",
                )
            values = {
                asked: _number(cell, f"Line {number}, {asked}")
                for asked, cell in zip(Asked, cells[1:], strict=False)
                if cell
            }
            found[families[cells[0].casefold()]] = values
        return found

    def complete(self, rows: Sequence[Mapping[str, Any]], user: User) -> DataLoad:
        """Keep a new data load with these values added to the tables in use.

        Args:
            rows: One per family: `family`, and a value for each thing asked; empty ones stay unknown.
            user: Who asks.

        Raises:
            BadValue: A value that cannot be used, or nothing was given.
        """
        require(user, Right.IMPORT)
        preview = self._preview(rows)
        if not preview.accepted:
            raise SopError(preview.message)
        return self._imports.accept(preview, source=SOURCE, user=user)

    def _preview(self, rows: Sequence[Mapping[str, Any]]) -> Preview:
        gaps = {one.family: one for one in self.gaps()}
        given: dict[str, dict[Asked, float]] = {}
        for row in rows[:_MOST_ROWS]:
            family = str(row.get("family") or "")
            if family not in gaps:
                raise BadValue("family", f"“{family[:60]}” lacks nothing, or is not in this data load.")
            values = {
                asked: _number(row[asked], f"{asked.capitalize()} of {family}", _LARGEST[asked])
                for asked in Asked
                if asked in gaps[family].missing and row.get(asked) not in (None, "")
            }
            if values:
                given[family] = values
        if not given:
            raise BadValue("rows", "Nothing was given.", remedy="Write or paste values, or take the proposals.")
        assumed = {
            family: frozenset(
                a for a, value in values.items() if value == gaps[family].proposals(values.get(Asked.PRICE)).get(a)
            )
            for family, values in given.items()
        }
        load = self._store.current_load()
        if load is None:
            raise SopError("No data has been brought yet.", remedy="Bring a file of sales first.")
        frames = self._imports.tables_of(self._store.load_tables(load.id)).frames
        made = completed(frames, self._plans.prepared().inputs, given, assumed)
        files = {f"{name}.csv": table.to_csv(index=False).encode() for name, table in made.items()}
        return self._imports.preview(files, example=load.summary.get("example") is True)


def _number(cell: Any, label: str, largest: float = 1e12) -> float:
    """A number that can be read in one way only, not negative. Raises `BadValue`."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise BadValue("value", f"{label} is not a number.")
    text = _SPACES.sub("", cell) if isinstance(cell, str) else repr(float(cell))
    if isinstance(cell, str) and not _PLAIN.fullmatch(text):
        raise BadValue(
            "value",
            f"{label}: “{cell[:40]}” is not clearly a number.",
            remedy="Write it like 1234.50, with a point before decimals.",
        )
    value = float(text.replace(",", ""))
    if not math.isfinite(value) or not 0.0 <= value <= largest:
        raise BadValue("value", f"{label} is {value:g}; it must lie between 0 and {largest:g}.")
    return value
