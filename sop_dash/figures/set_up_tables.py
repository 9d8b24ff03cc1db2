"""Rows of the set-up assistant: what is missing and what brings it, and one row per family to be filled."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.data.set_up import Asked, FamilyGaps
from sop_dash.figures.formats import number, plural


def missing_rows(absent: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """One row per thing the company did not bring, with the table or column that would bring it."""
    return [{"name": name[:1].upper() + name[1:], "cure": sentence} for name, sentence in absent]


def gap_rows(gaps: Sequence[FamilyGaps]) -> list[dict[str, Any]]:
    """One row per family that lacks something; cells are empty, what is not asked is named at the end."""
    return [
        {
            "family": one.family,
            **{str(asked): "" for asked in Asked},
            "known": ", ".join(_said(one, asked) for asked in Asked if asked not in one.missing),
        }
        for one in gaps
    ]


def _said(one: FamilyGaps, asked: Asked) -> str:
    value = one.known.get(asked)
    decimals = 2 if asked in (Asked.PRICE, Asked.COST) else 0
    return f"{asked} {number(value, decimals)}" if value is not None else f"{asked} not asked"


def with_proposals(rows: Sequence[Mapping[str, Any]], gaps: Sequence[FamilyGaps]) -> list[dict[str, Any]]:
    """The rows with a proposal in every cell that is empty and has one."""
    known = {one.family: one for one in gaps}
    return [
        {
            **row,
            **{
                str(asked): value
                for asked, value in _proposals(row, known.get(str(row["family"]))).items()
                if row.get(asked) in (None, "")
            },
        }
        for row in rows
    ]


def _proposals(row: Mapping[str, Any], one: FamilyGaps | None) -> dict[Asked, float]:
    """Proposals for one row; a price typed as a plain number makes the cost follow it."""
    if one is None:
        return {}
    try:
        price = float(row.get(Asked.PRICE) or "nan")
    except ValueError:
        price = float("nan")
    return one.proposals(price if math.isfinite(price) else None)


def with_pasted(rows: Sequence[Mapping[str, Any]], pasted: Mapping[str, Mapping[Asked, float]]) -> list[dict[str, Any]]:
    """The rows with what was pasted."""
    return [{**row, **{str(a): v for a, v in pasted.get(str(row["family"]), {}).items()}} for row in rows]


def lacking_words(gaps: Sequence[FamilyGaps]) -> str:
    """What how many families lack; empty when nothing is missing."""
    lacking = {asked: sum(asked in one.missing for one in gaps) for asked in Asked}
    listed = ", ".join(f"{asked} of {plural(n, 'family', 'families')}" for asked, n in lacking.items() if n)
    return f"Missing: {listed}." if listed else ""


def set_up_words(gaps: Sequence[FamilyGaps]) -> str:
    """How much is missing and what the proposals are."""
    if not gaps:
        return "Every family has a price, a cost, a limit of supply and a lead time: nothing to ask here."
    return (
        f"{lacking_words(gaps)} Write over the cells, paste, or take the proposals: revenue per unit, 60 % of the "
        "price, the largest month sold, 30 days. Proposals you keep are marked as assumptions; empty cells stay "
        "unknown."
    )
