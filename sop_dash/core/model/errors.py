"""Errors a person can cause: each says in one plain sentence what is wrong and what to do."""

from collections.abc import Sequence


class SopError(Exception):
    """A question with no sensible answer, told in the words of the person who asked it.

    Attributes:
        remedy: What the person can do about it; empty when the message already says so.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy

    @property
    def sentence(self) -> str:
        """The message and its remedy as one text."""
        return f"{self} {self.remedy}".strip()


class BadLever(SopError):
    """A lever with an unknown name, a value out of range or a month it cannot act on."""

    def __init__(self, key: str, message: str, *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.key = key


class UnknownKey(SopError):
    """A family, channel, resource or month that the data load does not have."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
        super().__init__(f"There is no {kind} called “{name}” in this data load.", remedy=f"Known: {shown}.")
        self.kind, self.name = kind, name


class BadValue(SopError):
    """A value that cannot be used in the field it was given for."""

    def __init__(self, field: str, message: str, *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.field = field


class Conflict(SopError):
    """Somebody saved the same thing first; nothing was overwritten."""


class NoSales(SopError):
    """A data load without one usable row of sales: nothing can be planned."""


class Cancelled(SopError):
    """The person stopped the work."""
