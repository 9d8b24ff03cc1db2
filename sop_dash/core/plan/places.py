"""Where a finding stands: flagged months of a row, runs of neighbours, and their names as on screen."""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.model.arrays import BoolArray


def runs(flags: BoolArray) -> tuple[tuple[int, int], ...]:
    """First and last position of every run of True, in order."""
    return tuple(spans(np.flatnonzero(flags).tolist()))


def spans(positions: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of every run of neighbours among rising positions."""
    found: list[tuple[int, int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], position)
        else:
            found.append((position, position))
    return found


def months_in_words(positions: Sequence[int], names: Sequence[str]) -> str:
    """The months as a text: neighbours as a range, ranges with commas between."""
    if positions and positions[-1] - positions[0] == len(positions) - 1 > 0:
        return f"{names[positions[0]]}–{names[positions[-1]]}"
    return ", ".join([names[a] if a == b else f"{names[a]}–{names[b]}" for a, b in spans(positions)])


def flagged(flags: BoolArray, first_month: int = 0) -> dict[int, list[int]]:
    """The months flagged in each row that has any; the first column is `first_month`."""
    columns = flags.shape[1]
    found: dict[int, list[int]] = {}
    for position in flags.ravel().nonzero()[0].tolist():
        row, month = divmod(position, columns)
        found.setdefault(row, []).append(month + first_month)
    return found
