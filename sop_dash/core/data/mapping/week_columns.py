"""Weeks that stand across, one a column, or in two columns, year and week: brought to one column of weeks."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sop_dash.core.data.grid import Grid
from sop_dash.core.data.mapping.headings import Headed, headed
from sop_dash.core.data.mapping.weeks import speaks_of_weeks, week_headings
from sop_dash.core.data.mapping.words import EXACT, is_total, score
from sop_dash.core.data.texts import Texts

WEEK, UNITS = "Week", "Quantity"
_LAST_WEEK = 53


def weeks_in_rows(sheet: Headed) -> Headed:
    """The sheet with its weeks in one column; the same sheet when it has that already, or no weeks."""
    if sheet.header < 0:
        return sheet
    across = week_headings(sheet.grid.record(sheet.header))
    if across:
        return _long(sheet, across)
    pair = _year_and_week(sheet)
    return _joined(sheet, *pair) if pair else sheet


def _long(sheet: Headed, across: Sequence[int]) -> Headed:
    """One row for each row and week that has a number; columns that add the weeks up are left out."""
    grid, body = sheet.grid, sheet.body
    others = [place for place, label in enumerate(sheet.labels) if place not in across and not _adds_up(label)]
    filled = [body[grid.columns[place][body].mapped(str.strip).filled()] for place in across]
    at = np.concatenate(filled)
    labels = Texts.of([sheet.labels[place] for place in across])
    weeks = labels[np.repeat(np.arange(len(across)), [len(rows) for rows in filled])]
    cells = Texts.joined([grid.columns[place][rows] for place, rows in zip(across, filled, strict=True)])
    typed = np.concatenate([grid.typed(place)[rows] for place, rows in zip(across, filled, strict=True)])
    plain = np.zeros(len(at), dtype=np.bool_)
    columns = {sheet.labels[place]: (grid.columns[place][at], grid.typed(place)[at]) for place in others}
    return _under(sheet, {**columns, WEEK: (weeks, plain), UNITS: (cells.distinct(), typed)}, grid.rows[at])


def _adds_up(label: str) -> bool:
    return is_total(label) or max(score(label, "units"), score(label, "net_revenue")) > 0.0


def _year_and_week(sheet: Headed) -> tuple[int, int] | None:
    """Places of the year and of the number of its week; None where they are not, or a column of dates is."""
    below = sheet.below
    cells = {place: sheet.grid.columns[place][below].used() for place in range(len(sheet.labels))}
    years = [p for p, label in enumerate(sheet.labels) if score(label, "year") >= EXACT - 1]
    weeks = [
        place
        for place, label in enumerate(sheet.labels)
        if speaks_of_weeks(label) and all(_is_week(text) for text in cells[place].texts if text.strip())
    ]
    dated = any(score(label, "month_number") >= EXACT - 1 for label in sheet.labels)
    return (years[0], weeks[0]) if len(years) == 1 and len(weeks) == 1 and not dated else None


def _is_week(text: str) -> bool:
    number = _whole(text)
    return number.isdecimal() and len(number) <= len(str(_LAST_WEEK)) and 1 <= int(number) <= _LAST_WEEK


def _joined(sheet: Headed, year: int, week: int) -> Headed:
    """One column "2024-W05" in the place of two; total rows and the like stay as they are."""
    grid, body = sheet.grid, sheet.body
    years, weeks = grid.columns[year][body].mapped(_whole), grid.columns[week][body].mapped(_whole)
    both = Texts.of([f"{one}-W{int(other):02d}" if other else one for one, other in zip(years, weeks, strict=True)])
    columns = {
        label: (grid.columns[place][body], grid.typed(place)[body])
        for place, label in enumerate(sheet.labels)
        if place not in (year, week)
    }
    name = f"{sheet.labels[year]} + {sheet.labels[week]}"
    return _under(sheet, {**columns, name: (both, np.zeros(len(body), dtype=np.bool_))}, grid.rows[body])


def _whole(text: str) -> str:
    number = text.strip().upper().removeprefix("KW").removeprefix("W").strip().removesuffix(".0")
    return number if number.isdecimal() else text.strip()


def _under(sheet: Headed, columns: dict[str, tuple[Texts, np.ndarray]], rows: np.ndarray) -> Headed:
    """A sheet with these columns under their headings."""
    first = np.array([sheet.header_row], dtype=np.int64)
    grid: Grid = replace(
        sheet.grid,
        columns=tuple(Texts.joined([Texts.of([label]), cells]).distinct() for label, (cells, _) in columns.items()),
        rows=np.concatenate([first, rows]),
        lengths=np.full(len(rows) + 1, len(columns), dtype=np.int64),
        numeric=tuple(np.concatenate([[False], typed]).astype(np.bool_) for _, typed in columns.values()),
    )
    return headed(grid, sheet.header_row)
