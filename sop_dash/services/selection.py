"""The selection: what a person chose to look at. Kept across pages, written in the address, never trusted as given."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Measure(StrEnum):
    """What volume charts count."""

    MONEY = "money"
    UNITS = "units"


HORIZONS = (6, 12, 18, 24)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """One view of the plan; None means all.

    Args:
        category: One category.
        family: One family.
        channel: One channel.
        horizon: Months on screen: 6, 12, 18 or 24.
        measure: Money or units.
    """

    category: str | None = None
    family: str | None = None
    channel: str | None = None
    horizon: int = 12
    measure: Measure = Measure.MONEY

    @classmethod
    def from_store(cls, stored: Any) -> "Selection":
        """Read what the browser kept; anything unusable falls back to the default of its field."""
        given = stored if isinstance(stored, Mapping) else {}
        horizon, measure = given.get("horizon"), given.get("measure")
        return cls(
            category=_name(given.get("category")),
            family=_name(given.get("family")),
            channel=_name(given.get("channel")),
            horizon=horizon if horizon in HORIZONS else 12,
            measure=Measure.UNITS if measure == Measure.UNITS else Measure.MONEY,
        )

    def to_store(self) -> dict[str, Any]:
        """Plain values for the browser; fields at their default are left out."""
        default = Selection()
        chosen = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in chosen.items() if value != getattr(default, name)}


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 200 else None
