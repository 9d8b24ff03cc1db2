"""One number names one row, also of a table put together from several sheets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.data.origin import Origin, numbered
from sop_dash.core.model.findings import Finding, FindingKind, Severity

KIND = FindingKind(code="odd", severity=Severity.INFORMS, title="Odd", remedy="Nothing.")


def told(rows, sheets, detail=""):
    return Origin(name="book", sheets=sheets).told(Finding(kind=KIND, rows=rows, detail=detail))


def test_a_table_of_one_sheet_keeps_its_rows():
    finding = told((4, 7), ())
    assert (finding.source, finding.rows, finding.detail) == ("book", (4, 7), "")


@given(
    st.lists(
        st.lists(st.integers(1, 2_000_000), min_size=1, max_size=3, unique=True).map(sorted), min_size=1, max_size=4
    )
)
def test_rows_come_back_as_their_sheets_number_them(sheets):
    names = tuple(f"sheet {place}" for place in range(len(sheets)))
    rows = numbered([np.array(part, dtype=np.int64) for part in sheets])
    assert len(set(rows.tolist())) == len(rows)
    finding = told(tuple(rows.tolist()), names)
    assert (finding.source, finding.rows) == ("sheet 0", tuple(sheets[0]))
    assert all(f"{name} (row" in finding.detail for name in names[1:])


@pytest.mark.parametrize(
    "counts, words",
    [
        ((1, 1), "Bad. Also in B (row 1)."),
        ((1, 5), "Bad. Also in B (rows 1, 2, 3 and 2 more)."),
        ((1, *[1] * 7), "Bad. Also in B (row 1), C (row 1), D (row 1), E (row 1), F (row 1) and 2 more."),
    ],
)
def test_many_rows_and_sheets_are_counted(counts, words):
    rows = numbered([np.arange(1, count + 1) for count in counts])
    assert told(tuple(rows.tolist()), tuple("ABCDEFGH"), "Bad.").detail == words
