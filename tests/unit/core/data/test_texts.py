"""A column of text behaves like the list of its cells, whatever its codes are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.data.groups import group_numbers
from sop_dash.core.data.texts import Texts, text_array

CELLS = st.lists(st.sampled_from(["", "A", "B ", "b", "1.5"]), max_size=12)


def loose(cells):
    """The same cells, every one with a text of its own, and a text that stands in none of them."""
    return Texts(np.arange(len(cells)), text_array([*cells, "nowhere"]), once=False)


@given(CELLS, st.sampled_from([Texts.of, loose]), st.data())
def test_a_column_is_cut_changed_and_searched_like_a_list(cells, make, data):
    column = make(cells)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells))), dtype=bool)
    assert (len(column), list(column)) == (len(cells), cells)
    assert list(column[mask]) == [cell for cell, kept in zip(cells, mask, strict=True) if kept]
    assert list(column[1:]) == cells[1:]
    assert list(column.mapped(str.strip)) == [cell.strip() for cell in cells]
    assert list(column.times(2)) == cells * 2
    assert column.filled().tolist() == [cell != "" for cell in cells]
    assert column.equals("A").tolist() == [cell == "A" for cell in cells]
    assert column.where(str.isupper).tolist() == [cell.isupper() for cell in cells]


@given(CELLS, CELLS)
def test_distinct_texts_are_listed_once_and_in_use(cells, others):
    column = Texts.joined([loose(cells), Texts.of(others)]).distinct()
    assert list(column) == cells + others
    assert sorted(column.texts) == sorted(set(cells + others))


@given(st.lists(st.tuples(st.sampled_from("AB "), st.integers(-2, 2), st.sampled_from([0.5, 1.5, np.nan])), min_size=1))
def test_rows_are_of_one_group_when_all_their_keys_are_the_same(rows):
    names, numbers, values = zip(*rows, strict=True)
    groups = group_numbers([loose(names), np.array(numbers), np.array(values)]).tolist()
    first = {str(row): group for row, group in reversed(list(zip(rows, groups, strict=True)))}
    assert groups == [first[str(row)] for row in rows]
    assert sorted(set(groups)) == list(range(len(first)))
