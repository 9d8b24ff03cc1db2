"""Where the headings of a sheet stand, what they are called, and which of them are months."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.data.grid import Grid
from sop_dash.core.data.mapping.dates import month_name_of, month_of_header
from sop_dash.core.data.mapping.numerals import looks_numeric
from sop_dash.core.data.mapping.weeks import week_headings
from sop_dash.core.data.mapping.words import EXACT, HOLDS, TARGETS, score

_LOOKED_AT = 40
_FEWEST_MONTHS = 2
_LONGEST_HEADING = 60
_YEAR = re.compile(r"(?:FY|CY|20\d\d.*?)?\s*((?:19|20)\d\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH_INSIDE = re.compile(
    r"(?:19|20)\d\d\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?(?:19|20)\d\d|[^\W\d_]{3,}\.?[\s'’.-]*(?:(?:19|20)\d\d|\d\d)(?!\d)"
)


@dataclass(frozen=True, kw_only=True)
class MonthColumn:
    """A column that holds one month of something.

    Args:
        place: Position of the column.
        month: Months since year 0; the number of the month alone, 1…12, where the year stands in a column.
        measure: "units" or "net_revenue"; empty when the heading does not say.
    """

    place: int
    month: int
    measure: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Headed:
    """A grid whose headings are known.

    Args:
        grid: The grid.
        header: Record of the headings; -1 when there are none.
        labels: Heading of each column, each once; "Column 3" where there is none.
        body: Positions of the records below.
        months: Columns that are months; empty when months stand in rows.
    """

    grid: Grid
    header: int
    labels: tuple[str, ...]
    body: NDArray[np.intp]
    months: tuple[MonthColumn, ...] = ()

    @property
    def header_row(self) -> int:
        """Row of the headings as the planner sees it; 0 when there are none."""
        return int(self.grid.rows[self.header]) if self.header >= 0 else 0

    @property
    def below(self) -> slice:
        """The same records as `body`; arrays are cut without a copy."""
        return slice(self.header + 1, None)

    def place(self, label: str) -> int | None:
        """Position of a heading; None when there is none of this name."""
        wanted = label.strip().casefold()
        return next((place for place, name in enumerate(self.labels) if name.casefold() == wanted), None)


def headed(grid: Grid, header_row: int | None = None) -> Headed:
    """Find the headings of a grid, or take the row a person named."""
    header = _header(grid) if header_row is None else _record_of(grid, header_row)
    labels = _labels(grid, header)
    body = np.arange(header + 1, grid.size)
    months = _months(grid, header, labels)
    return Headed(grid=grid, header=header, labels=labels, body=body, months=months)


def _record_of(grid: Grid, row: int) -> int:
    found = np.flatnonzero(grid.rows == row)
    return int(found[0]) if len(found) else -1


def _header(grid: Grid) -> int:
    """The record that reads most like headings: words we know or months, few numbers, as wide as what follows."""
    best, best_score = -1, 0.0
    usual = _usual_width(grid)
    for place in range(min(_LOOKED_AT, grid.size)):
        cells = [cell.strip() for cell in grid.record(place)]
        filled = [cell for cell in cells if cell]
        if not filled or (len(filled) < 2 and usual > 1):
            continue
        weeks = {filled[at] for at in week_headings(filled)}
        months = [cell for cell in filled if cell in weeks or month_of_header(cell) is not None]
        across = len(months) >= _FEWEST_MONTHS
        known = sum(_is_known(cell) for cell in set(filled) - set(months)) + across * len(set(months))
        numbers = sum(looks_numeric(cell) for cell in filled if cell not in months) + (not across) * len(months)
        points = 3.0 * known + min(len(filled), usual) / usual - 3.0 * numbers - 2.0 * (len(filled) - len(set(filled)))
        if known and points > best_score:
            best, best_score = place, points
    return best if best >= 0 else _unknown_header(grid, usual)


def _unknown_header(grid: Grid, usual: int) -> int:
    """With no word we know: the first full record when it has no number and the next one has."""
    for place in range(min(_LOOKED_AT, grid.size - 1)):
        filled = [cell.strip() for cell in grid.record(place) if cell.strip()]
        if len(filled) < max(usual - 1, 1):
            continue
        following = grid.record(place + 1)
        plain = not any(looks_numeric(cell) or month_of_header(cell) is not None for cell in filled)
        return place if plain and any(looks_numeric(cell.strip()) for cell in following) else place - 1
    return -1


def _usual_width(grid: Grid) -> int:
    """How many cells most of the first records fill."""
    filled = (sum(1 for cell in grid.record(place) if cell.strip()) for place in range(min(_LOOKED_AT, grid.size)))
    counts = Counter(width for width in filled if width)
    return max(counts, key=lambda width: (counts[width], width), default=1)


def _is_known(cell: str) -> bool:
    if len(cell) > _LONGEST_HEADING:
        return False
    return month_name_of(cell) is not None or any(score(cell, target) >= HOLDS for target in TARGETS)


def _labels(grid: Grid, header: int) -> tuple[str, ...]:
    cells = grid.record(header) if header >= 0 else ("",) * len(grid.columns)
    seen: Counter[str] = Counter()
    labels = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"Column {place}"
        seen[name.casefold()] += 1
        labels.append(name if seen[name.casefold()] == 1 else f"{name} ({seen[name.casefold()]})")
    return tuple(labels)


def _months(grid: Grid, header: int, labels: Sequence[str]) -> tuple[MonthColumn, ...]:
    """Month columns by their own heading, by the year or month in the row above, or by name beside a year column."""
    if header < 0:
        return ()
    cells = [cell.strip() for cell in grid.record(header)]
    above = _carried(grid.record(header - 1)) if header > 0 else [""] * len(cells)
    found = [_month_column(place, cell, above[place]) for place, cell in enumerate(cells)]
    columns = tuple(column for column in found if column is not None)
    if len({column.month for column in columns}) >= _FEWEST_MONTHS:
        return columns
    by_name = tuple(
        MonthColumn(place=place, month=number)
        for place, cell in enumerate(cells)
        if (number := month_name_of(cell)) is not None
    )
    if len(by_name) < _FEWEST_MONTHS:
        return ()
    if any(score(label, "year") >= EXACT - 1 for label in labels):
        return by_name
    year = _only_year(grid, header)
    return tuple(replace(column, month=year * 12 + column.month - 1) for column in by_name) if year else ()


def _only_year(grid: Grid, header: int) -> int | None:
    """The one year that the name of the sheet or, failing that, the rows above the headings speak of."""
    title = " ".join(cell for place in range(header) for cell in grid.record(place))
    for text in (grid.source.partition(" · ")[2] or grid.name, title):
        years = set(_ANY_YEAR.findall(text))
        if years:
            return int(next(iter(years))) if len(years) == 1 else None
    return None


def _month_column(place: int, cell: str, above: str) -> MonthColumn | None:
    if max(len(cell), len(above)) > _LONGEST_HEADING:
        return None
    month = month_of_header(cell)
    if month is not None:
        return MonthColumn(place=place, month=month)
    name = month_name_of(cell)
    if name is not None and (year := _YEAR.fullmatch(above)):
        return MonthColumn(place=place, month=int(year[1]) * 12 + name - 1)
    measure = _measure(cell)
    if measure and (month := month_of_header(above)) is not None:
        return MonthColumn(place=place, month=month, measure=measure)
    inside = _MONTH_INSIDE.search(cell)
    if inside and (month := month_of_header(inside[0])) is not None:
        rest = (cell[: inside.start()] + " " + cell[inside.end() :]).strip(" -_/()")
        measure = _measure(rest)
        if measure:
            return MonthColumn(place=place, month=month, measure=measure)
    return None


def _measure(text: str) -> str:
    scores = {target: score(text, target) for target in ("units", "net_revenue")}
    best = max(scores, key=lambda target: scores[target])
    return best if scores[best] >= HOLDS else ""


def _carried(cells: Sequence[str]) -> list[str]:
    """Merged headings stand in their first cell only; the cells after it belong to them."""
    carried, last = [], ""
    for cell in cells:
        last = cell.strip() or last
        carried.append(last)
    return carried
