"""Blocks of rows arrive as they were handed over, also where columns hardly repeat or appear late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.adapters.reader import coding
from sop_dash.adapters.reader.coding import Coding
from sop_dash.adapters.reader.frames import Block, Opened
from sop_dash.adapters.reader.tables import Unpacking

TEXTS = st.sampled_from(["", "A", "B", "Müller", "007"])
BLOCKS = st.lists(st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width))))


@pytest.mark.parametrize("most", [0, 3, 100])
@given(BLOCKS)
def test_every_cell_arrives_in_its_place(most, blocks):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coding, "_MOST_TEXTS", most)
        sent, table = Coding(), Unpacking(Opened())
        for rows in blocks:
            table.add(sent.block([cell for row in rows for cell in row], size=len(rows), first=1))
        read = table.whole()
    widest = max((len(row) for rows in blocks for row in rows), default=0)
    wanted = [row + [""] * (widest - len(row)) for rows in blocks for row in rows]
    assert [list(row) for row in zip(*read.columns, strict=True)] == wanted


def test_a_column_that_hardly_repeats_goes_on_as_it_stands(monkeypatch):
    monkeypatch.setattr(coding, "_FEWEST_TEXTS", 2)
    sent = Coding()
    coded = [sent.block(cells, size=2).columns[0] for cells in (["a", "b"], ["c", "d"], ["a", "e"])]
    assert [texts for _, texts in coded] == [b"a\0b", b"c\0d", b"a\0e"]
    assert [bool(codes) for codes, _ in coded] == [True, True, False]


@pytest.mark.parametrize("codes", [bytes(3), bytes(8), b"\x05\0\0\0", b"\xff\xff\xff\xff"])
def test_numbers_of_no_text_are_no_answer(codes):
    with pytest.raises(ValueError):  # noqa: PT011  # whatever is wrong with them, the reader counts as ended
        Unpacking(Opened()).add(Block(size=1, first=1, columns=((codes, b""),)))
