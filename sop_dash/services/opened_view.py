"""What of an address can be shown on the data in use: the rest is left out and named, never dropped without a word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers, from_plain
from sop_dash.services.selection import Selection

_MOST_CHANGES = 200
_PARTS = ("category", "family", "channel")


@dataclass(frozen=True, kw_only=True)
class OpenedView:
    """A view as it can be shown.

    Args:
        selection: Without names that the data in use does not have.
        levers: Those that can act.
        left_out: One sentence for each part of the address that was left out.
    """

    selection: Selection
    levers: Levers
    left_out: tuple[str, ...] = ()


def opened_view(asked: Selection, known: Selection, plain: Any, check: Callable[[Levers], None]) -> OpenedView:
    """The view of an address.

    Args:
        asked: Selection the address names.
        known: The same without what the data in use does not have.
        plain: Its levers, as the JSON object of the contracts; anything a person may have typed.
        check: Raises `SopError` for levers that cannot act on the data in use.
    """
    unknown = [
        f"There is no {part} “{name}” to select here."
        for part in _PARTS
        if (name := getattr(asked, part)) is not None and getattr(known, part) is None
    ]
    levers, refused = usable_levers(plain, check)
    return OpenedView(selection=known, levers=levers, left_out=(*unknown, *refused))


def usable_levers(plain: Any, check: Callable[[Levers], None]) -> tuple[Levers, tuple[str, ...]]:
    """The levers of an address that can act, each judged by itself, and why the others cannot."""
    if not isinstance(plain, Mapping):
        return Levers(), () if plain is None else ("The levers cannot be read.",)
    usable, refused = Levers(), []
    for name, value in plain.items():
        many = isinstance(value, list) and len(value) <= _MOST_CHANGES
        for one in [[part] for part in value] if many else [value]:
            try:
                lever = from_plain({name: one})
                check(lever)
            except SopError as error:
                refused.append(str(error))
            else:
                usable = lever.on_top_of(usable)
    return usable, tuple(refused)
