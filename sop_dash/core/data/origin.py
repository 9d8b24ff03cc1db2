"""Where the rows of a table stand: in one file or sheet, or in several that were put under one another.

Several sheets number their rows from 1 each. In a table made of them the number of a row carries the sheet it is from,
so that one number still names one row, until a finding is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.model.findings import Finding

_SHEET = 1 << 32
_ROWS_NAMED, _SHEETS_NAMED = 3, 5


def numbered(rows: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """[n] the row numbers of several sheets, one sheet after the other, each carrying its sheet."""
    return np.concatenate([part + place * _SHEET for place, part in enumerate(rows)])


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The file or sheet of a table.

    Args:
        name: As shown.
        sheets: The sheets its rows are from, when there are several.
    """

    name: str
    sheets: tuple[str, ...] = ()

    def told(self, finding: Finding) -> Finding:
        """The finding with its file or sheet; of several sheets it names the rows of the first, then the others."""
        if not self.sheets or not finding.rows:
            return replace(finding, source=self.name)
        parts = groupby(sorted(finding.rows), key=lambda row: row // _SHEET)
        (first, rows), *others = [(self.sheets[place], tuple(row % _SHEET for row in group)) for place, group in parts]
        named = [f"{sheet} ({_rows(rows)})" for sheet, rows in others[:_SHEETS_NAMED]]
        more = f" and {len(others) - len(named):,} more" if len(others) > len(named) else ""
        also = f"Also in {', '.join(named)}{more}." if named else ""
        return replace(finding, source=first, rows=rows, detail=f"{finding.detail} {also}".strip())


def _rows(rows: Sequence[int]) -> str:
    named = ", ".join(map(str, rows[:_ROWS_NAMED]))
    more = f" and {len(rows) - _ROWS_NAMED:,} more" if len(rows) > _ROWS_NAMED else ""
    return f"row{'s' if len(rows) > 1 else ''} {named}{more}"
