"""Which files or sheets hold the sales: sheets with the same headings are stacked, orders and their lines joined."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sop_dash.core.data.grid import Grid
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.dates import month_of_header
from sop_dash.core.data.mapping.headings import Headed, headed
from sop_dash.core.data.mapping.propose import Proposal, propose
from sop_dash.core.data.mapping.stacking import stacked_grid, without_twins
from sop_dash.core.data.mapping.table_words import SALES_FILE
from sop_dash.core.data.mapping.week_columns import weeks_in_rows
from sop_dash.core.data.mapping.weeks import quarter_headings
from sop_dash.core.data.mapping.words import plain_words
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.findings import Finding

_WHOLE, _PAIR = 3, 2
_RIVAL_SHARE = 0.2
_MOST_KNOWN = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidate:
    """A sheet with its headings and what they seem to mean."""

    sheet: Headed
    proposal: Proposal

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.sheet.grid.source

    @property
    def is_sales(self) -> bool:
        """True when time, item and quantity are known, or are open only because a person has to choose."""
        asked = {question.name for question in self.proposal.questions}
        months = bool(self.sheet.months)
        named = "date" not in self.proposal.columns and _month_of_name(self) is not None
        parts = self.proposal.parts + months + named + ("units" in asked or months) + bool({"sku", "date"} & asked)
        return parts >= _WHOLE

    @property
    def is_nearly_sales(self) -> bool:
        """True when time and quantity are known and nothing names an item."""
        known = self.proposal.columns
        return bool(self.sheet.months) or ("date" in known and "units" in known)

    @property
    def is_products(self) -> bool:
        """True for a list of items with their families and no time, quarters of a year included."""
        known = set(self.proposal.columns)
        timed = bool(self.sheet.months or quarter_headings(self.sheet.labels))
        return {"sku", "family"} <= known and not {"date", "units"} & known and not timed


def speaks_of_sales(grid: Grid) -> bool:
    """True when the name of a file or sheet says that it holds sales."""
    return bool(set(plain_words(f"{grid.name} {grid.file}").split()) & SALES_FILE)


def candidate(grid: Grid, choices: Choices) -> Candidate:
    """Find headings and meanings of one grid."""
    sheet = weeks_in_rows(headed(grid, choices.header_row))
    return Candidate(sheet=sheet, proposal=propose(sheet, choices))


def sales_sheet(candidates: Sequence[Candidate], choices: Choices) -> tuple[Candidate | None, list[Finding]]:
    """The one table of sales among all sheets; None when there is none."""
    named = [c for c in candidates if _is_named(c, choices)] if choices.sheets else []
    pool = named or list(candidates)
    joined = _joined(pool, choices)
    if joined is not None:
        return joined
    for test in ("is_sales", "is_nearly_sales"):
        fitting = [c for c in pool if getattr(c, test)]
        if fitting:
            return _chosen_group(fitting, candidates, choices)
    return None, []


def _is_named(one: Candidate, choices: Choices) -> bool:
    wanted = {name.casefold() for name in choices.sheets}
    grid = one.sheet.grid
    return bool({grid.name.casefold(), grid.source.casefold(), grid.source.partition(" · ")[2].casefold()} & wanted)


def _signature(one: Candidate) -> tuple[object, ...]:
    """Sheets with the same headings belong together; months across differ from sheet to sheet."""
    months = {column.place for column in one.sheet.months}
    labels = (label.casefold() for place, label in enumerate(one.sheet.labels) if place not in months)
    return (*labels, bool(months))


def _chosen_group(
    fitting: Sequence[Candidate], everything: Sequence[Candidate], choices: Choices
) -> tuple[Candidate, list[Finding]]:
    """The group of sheets with the same headings that holds the sales, as one sheet."""
    groups: dict[tuple[object, ...], list[Candidate]] = {}
    for one in fitting:
        groups.setdefault(_signature(one), []).append(one)
    best = max(groups.values(), key=_group_rank)
    months = [_month_of_name(one) for one in best]
    sheets = [one.sheet for one in best]
    kept, twice = (sheets, []) if None not in months else without_twins(sheets)
    best = [one for one in best if one.sheet in kept]
    others = [one for one in everything if one not in best]
    read = " + ".join(one.name for one in best)
    found = [Finding(kind=told.SHEET_NOT_USED, place=one.name, detail=_why_not(one, twice, read)) for one in others]
    if len(best) == 1 and (_month_of_name(best[0]) is None or _has_months(best[0])):
        return best[0], found
    names = ", ".join(one.name for one in best)
    months = [_month_of_name(one) for one in best]
    stacked = candidate(stacked_grid([one.sheet for one in best], months), replace(choices, header_row=1))
    return stacked, [*found, Finding(kind=told.SHEETS_STACKED, table="sales", detail=f"{names}.")]


def _group_rank(group: Sequence[Candidate]) -> tuple[bool, int]:
    """A file or sheet whose name speaks of sales comes before longer ones."""
    return any(speaks_of_sales(one.sheet.grid) for one in group), sum(len(one.sheet.body) for one in group)


def rivals(candidates: Sequence[Candidate], choices: Choices) -> list[Candidate]:
    """Files or sheets of different form that could all be the sales and nothing tells which; empty when it is clear."""
    if choices.sheets:
        return []
    groups: dict[tuple[object, ...], list[Candidate]] = {}
    for one in candidates:
        if one.is_sales:
            groups.setdefault(_signature(one), []).append(one)
    ranked = sorted(groups.values(), key=_group_rank, reverse=True)
    if len(ranked) < _PAIR or _group_rank(ranked[0])[0] != _group_rank(ranked[1])[0]:
        return []
    most, next_most = (_group_rank(group)[1] for group in ranked[:2])
    return [group[0] for group in ranked] if next_most >= _RIVAL_SHARE * most else []


def _has_months(one: Candidate) -> bool:
    return "date" in one.proposal.columns or bool(one.sheet.months)


def _why_not(one: Candidate, twice: Sequence[Headed], read: str) -> str:
    if one.sheet in twice:
        return "It holds the same rows as another one."
    return f"{read} is read as the sales." if one.is_sales else "Its name and headings are those of no table."


def _month_of_name(one: Candidate) -> int | None:
    return month_of_header(one.sheet.grid.source.partition(" · ")[2] or one.sheet.grid.name.replace("_", " "))


def _joined(pool: Sequence[Candidate], choices: Choices) -> tuple[Candidate, list[Finding]] | None:
    """Orders (with the date) and lines (with item and units) that share the number of the order."""
    pair = lines_of_orders(pool)
    if pair is None:
        return None
    head, body = pair
    keys = _cells(body, "order_id")
    known = pd.Index(_cells(head, "order_id").array())
    if not known.is_unique or not len(keys):
        return None
    place = known.get_indexer(pd.Index(keys.texts))[keys.codes]
    if float((place >= 0).mean()) < _MOST_KNOWN:
        return None
    found = [Finding(kind=told.SHEETS_JOINED, table="sales", detail=f"{head.name} and {body.name}.")]
    missing = np.flatnonzero(place < 0)
    if len(missing):
        grid = body.sheet.grid
        rows = tuple(int(row) for row in grid.rows[body.sheet.body[missing]][:1000])
        lost = Finding(kind=told.LINES_WITHOUT_ORDER, table="sales", rows=rows, count=len(missing))
        found.append(grid.origin.told(lost))
    found += [Finding(kind=told.SHEET_NOT_USED, place=one.name) for one in pool if one not in (head, body)]
    return candidate(_join(head, body, place), replace(choices, header_row=1)), found


def lines_of_orders(pool: Sequence[Candidate]) -> tuple[Candidate, Candidate] | None:
    """The sheet of the orders and the sheet of their lines; None when a sheet is sales by itself or it is not clear."""
    if any(one.is_sales for one in pool):
        return None
    orders = [one for one in pool if {"date", "order_id"} <= set(one.proposal.columns)]
    lines = [one for one in pool if {"units", "order_id"} <= set(one.proposal.columns) and one not in orders]
    return (orders[0], lines[0]) if len(orders) == 1 and len(lines) == 1 else None


def _cells(one: Candidate, target: str) -> Texts:
    return one.sheet.grid.columns[one.proposal.columns[target]][one.sheet.body].mapped(str.strip)


def _join(head: Candidate, lines: Candidate, place: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Grid:
    """The lines with every column of their order beside them; a name both have keeps that of the line."""
    grid, body = lines.sheet.grid, lines.sheet.body
    columns = [Texts.joined([Texts.of([label]), grid.columns[p][body]]) for p, label in enumerate(lines.sheet.labels)]
    numeric = [np.concatenate([[False], grid.typed(p)[body]]) for p in range(len(lines.sheet.labels))]
    taken = {label.casefold() for label in lines.sheet.labels}
    for p, label in enumerate(head.sheet.labels):
        if label.casefold() in taken:
            continue
        source = head.sheet.grid.columns[p][head.sheet.body]
        typed = head.sheet.grid.typed(p)[head.sheet.body]
        cells = Texts.joined([source, Texts.of([""])])[np.where(place >= 0, place, len(source))]
        columns.append(Texts.joined([Texts.of([label]), cells]))
        numeric.append(np.concatenate([[False], np.where(place >= 0, typed[place], False)]))
    rows = np.concatenate([np.ones(1, dtype=np.int64), grid.rows[body]])
    return Grid(
        name=grid.name,
        source=f"{head.name} + {lines.name}",
        sheets=(lines.name,),
        file=grid.file,
        columns=tuple(columns),
        rows=rows,
        lengths=np.full(len(rows), len(columns), dtype=np.int64),
        numeric=tuple(np.asarray(mask, dtype=np.bool_) for mask in numeric),
    )
