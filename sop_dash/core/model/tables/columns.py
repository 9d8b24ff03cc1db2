"""What a table a company may bring is made of: columns with kind, unit, limits and meaning, and the rules of a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a cell is read."""

    CODE = "code"
    TEXT = "text"
    CHOICE = "choice"
    MONTH = "month"
    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    MONEY = "money"
    RATIO = "ratio"

    @property
    def numeric(self) -> bool:
        """True when cells of this kind become numbers."""
        return self in {Kind.NUMBER, Kind.COUNT, Kind.MONEY, Kind.RATIO}


class Repeats(StrEnum):
    """What several rows with the same key mean."""

    REFUSED = "refused"
    ADDED_AND_SAID = "added up and said"
    ADDED = "added up"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    Args:
        name: As written in the header of the file.
        kind: How its cells are read.
        meaning: What it says, in the planner's words.
        unit: What its numbers count; empty for text.
        required: True when the table must have it and every row must fill it.
        may_be_empty: True when the table must have it but a cell may be left empty.
        low: Smallest value allowed; None when there is no limit.
        high: Largest value allowed; None when there is no limit.
        choices: Words allowed in a choice column.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    required: bool = False
    may_be_empty: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table.

    Args:
        name: Name of the file or sheet.
        title: What it holds, in a few words.
        columns: In the order of the template; the order in a file is free.
        key: Columns that name a row; empty when rows have no name of their own.
        one_of: Groups of columns of which each row must fill at least one ("sku or family").
        repeats: What several rows with the same key mean.
        single_row: True when the table holds exactly one row.
        required: True for the one table nobody can plan without.
        used_by: Pages that use its columns.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    repeats: Repeats = Repeats.REFUSED
    single_row: bool = False
    required: bool = False
    used_by: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def by_item_or_family(self) -> bool:
        """True when rows may name an item or a family."""
        return ("sku", "family") in self.one_of

    def column(self, name: str) -> Column:
        """The column of this name; `KeyError` when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def code(name: str, meaning: str, *, required: bool = False) -> Column:
    """A name that joins tables; always text, so `00123` and `1E5` stay as written."""
    return Column(name=name, kind=Kind.CODE, meaning=meaning, required=required)


def text(name: str, meaning: str, *, required: bool = False) -> Column:
    """Free text."""
    return Column(name=name, kind=Kind.TEXT, meaning=meaning, required=required)


def choice(name: str, meaning: str, choices: tuple[str, ...], *, required: bool = False) -> Column:
    """One word of a fixed list; capitals do not matter."""
    return Column(name=name, kind=Kind.CHOICE, meaning=meaning, choices=choices, required=required)


def words_of(kind: type[StrEnum]) -> tuple[str, ...]:
    """The words of a fixed list that has a type of its own."""
    return tuple(word.value for word in kind)


def month(name: str, meaning: str, *, required: bool = False) -> Column:
    """A month `YYYY-MM`; a date is taken to its month."""
    return Column(name=name, kind=Kind.MONTH, meaning=meaning, unit="YYYY-MM", required=required)


def date(name: str, meaning: str, *, required: bool = False) -> Column:
    """A day `YYYY-MM-DD`."""
    return Column(name=name, kind=Kind.DATE, meaning=meaning, unit="YYYY-MM-DD", required=required)


def number(
    name: str,
    meaning: str,
    unit: str = "units",
    *,
    required: bool = False,
    low: float | None = 0.0,
    high: float | None = None,
) -> Column:
    """A quantity, not negative unless `low=None`."""
    return Column(name=name, kind=Kind.NUMBER, meaning=meaning, unit=unit, required=required, low=low, high=high)


def count(name: str, meaning: str, unit: str = "lines", *, required: bool = False, high: float | None = None) -> Column:
    """How many of something; not negative."""
    return Column(name=name, kind=Kind.COUNT, meaning=meaning, unit=unit, required=required, low=0.0, high=high)


def money(name: str, meaning: str, unit: str = "money", *, required: bool = False, low: float | None = 0.0) -> Column:
    """An amount in the company's currency, not negative unless `low=None`."""
    return Column(name=name, kind=Kind.MONEY, meaning=meaning, unit=unit, required=required, low=low)


def ratio(
    name: str, meaning: str, *, required: bool = False, low: float | None = 0.0, high: float | None = 1.0
) -> Column:
    """A fraction: 0.05 is 5 %."""
    return Column(name=name, kind=Kind.RATIO, meaning=meaning, unit="fraction", required=required, low=low, high=high)


def item_or_family() -> tuple[Column, Column]:
    """The pair of columns of which each row names at least one."""
    return code("sku", "Item code; or give the family"), code("family", "Product family; or give the item")


def either(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """`one_of` groups in words; groups that begin alike are one choice: "a or b and c"."""
    others: dict[str, list[str]] = {}
    for first, *rest in groups:
        others.setdefault(first, []).extend(rest)
    return tuple(f"{first} or {' and '.join(rest)}" for first, rest in others.items())
