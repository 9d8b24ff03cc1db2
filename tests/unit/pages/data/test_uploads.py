"""Files as the browser sends them: each whole, each under a name of its own."""

import pytest

from sop_dash.core.model.errors import BadValue
from sop_dash.pages.data.uploads import uploaded_files


def test_files_are_taken_by_their_names() -> None:
    files = uploaded_files(["a.csv", "b.csv"], ["data:text/csv;base64,eA==", "data:text/csv;base64,eQ=="])
    assert files == {"a.csv": b"x", "b.csv": b"y"}


def test_of_two_files_of_one_name_none_is_dropped_in_silence() -> None:
    with pytest.raises(BadValue, match="Two of the files are called “sales"):
        uploaded_files(["sales.csv", "sales.csv"], ["data:text/csv;base64,eA==", "data:text/csv;base64,eQ=="])


def test_a_file_that_arrived_in_part_is_refused_by_name() -> None:
    with pytest.raises(BadValue, match="did not arrive whole"):
        uploaded_files(["a.csv"], ["data:text/csv;base64,eA"])
