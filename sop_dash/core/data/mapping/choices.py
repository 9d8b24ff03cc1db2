"""What a person may decide about a file of their own: one small document, written by the product and edited by hand.

    {"columns": {"date": "Order date", "units": "Qty", "region": ""}, "date_order": {"Order date": "day-month-year"},
     "decimal": {"Qty": ","}, "header_row": 4, "sheets": ["Lines"], "family_pattern": "^([A-Z]+)-",
     "cancelled": ["storno"], "returned": ["retoure"], "duplicates": "keep", "tables": {"bestand.csv": "inventory"},
     "undo": ["total-rows"]}

Every key is optional; what is absent is proposed by the product. A column set to "" is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sop_dash.core.data.mapping.corrections import REVERSIBLE
from sop_dash.core.data.mapping.dates import ORDERS
from sop_dash.core.data.mapping.weeks import RULES
from sop_dash.core.data.mapping.words import CANCELLED, RETURNED, TARGETS
from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.tables import TABLES

LEAVE_OUT, KEEP = "leave out", "keep"
_SIGNS = (".", ",")
_LONGEST_PATTERN = 100


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Decisions about one company's files.

    Args:
        sheets: Files or sheets that hold the sales; empty lets the product choose.
        header_row: Row of the headings as the planner sees it; None lets the product find it.
        columns: What a column means -> its heading; empty text for "none of them".
        date_order: Heading -> order of day and month.
        decimal: Heading -> decimal sign.
        weeks: Heading -> rule by which its weeks become months.
        tables: File or sheet -> the table it holds; empty text to leave it out.
        undo: Codes of corrections that are not to be made.
        family_pattern: Regular expression whose first group, found in the item code, is the family.
        cancelled: Words of a status that mean cancelled.
        returned: Words of a status that mean returned.
        duplicates: What happens to order lines that stand there twice.
    """

    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: Mapping[str, str] = field(default_factory=dict)
    decimal: Mapping[str, str] = field(default_factory=dict)
    weeks: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    undo: frozenset[str] = frozenset()
    family_pattern: str = ""
    cancelled: tuple[str, ...] = CANCELLED
    returned: tuple[str, ...] = RETURNED
    duplicates: str = LEAVE_OUT

    def plain(self) -> dict[str, Any]:
        """The document, without what is as the product would have it."""
        given: dict[str, Any] = {
            "sheets": list(self.sheets),
            "header_row": self.header_row,
            "columns": dict(self.columns),
            "date_order": dict(self.date_order),
            "decimal": dict(self.decimal),
            "weeks": dict(self.weeks),
            "tables": dict(self.tables),
            "undo": sorted(self.undo),
            "family_pattern": self.family_pattern,
        }
        kept = {name: value for name, value in given.items() if value or (value == 0 and name == "header_row")}
        if self.cancelled != CANCELLED:
            kept["cancelled"] = list(self.cancelled)
        if self.returned != RETURNED:
            kept["returned"] = list(self.returned)
        return kept if self.duplicates == LEAVE_OUT else {**kept, "duplicates": self.duplicates}


def choices_from(document: Any) -> Choices:
    """Read the document. Raises `BadValue` naming the key that cannot be used."""
    if not isinstance(document, dict):
        raise BadValue("mapping", "A mapping is a JSON object.", remedy='For example {"columns": {"units": "Qty"}}.')
    unknown = sorted(set(document) - set(_READ))
    if unknown:
        raise BadValue(unknown[0], f"A mapping has no key “{unknown[0]}”.", remedy=f"Known: {', '.join(_READ)}.")
    read: dict[str, Any] = {name: _READ[name](name, value) for name, value in document.items()}
    return Choices(**read)


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadValue(name, f"“{name}” in the mapping is a list of words.")
    return tuple(value)


def _sheets(name: str, value: Any) -> tuple[str, ...]:
    """A list, or an object whose values are the names, as an answer to a question writes it."""
    return _texts(name, list(value.values()) if isinstance(value, dict) else value)


def _tables(name: str, value: Any) -> dict[str, str]:
    return _pairs(name, value, values=("", *TABLES))


def _undo(name: str, value: Any) -> frozenset[str]:
    codes = frozenset(_texts(name, value))
    if unknown := sorted(codes - REVERSIBLE):
        remedy = f"Known: {', '.join(sorted(REVERSIBLE))}."
        raise BadValue(name, f"“{unknown[0]}” in “{name}” is no correction that can be undone.", remedy=remedy)
    return codes


def _pairs(name: str, value: Any, *, keys: tuple[str, ...] = (), values: tuple[str, ...] = ()) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise BadValue(name, f"“{name}” in the mapping goes from names to headings or words.")
    for allowed, found in ((keys, value), (values, value.values())):
        wrong = next((text for text in found if allowed and text not in allowed), None)
        if wrong is not None:
            raise BadValue(name, f"“{wrong}” in “{name}” cannot be used.", remedy=f"Known: {', '.join(allowed)}.")
    return dict(value)


def _row(name: str, value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise BadValue(name, "“header_row” in the mapping is the number of a row, 0 when there are no headings.")
    return value


def _pattern(name: str, value: Any) -> str:
    """Only what cannot take long: no repetition of a group or of a repetition."""
    remedy = 'For example "^([A-Z]+)-" takes the letters before the dash.'
    if not isinstance(value, str) or len(value) > _LONGEST_PATTERN or re.search(r"[+*}]\)?[+*{]|\)[+*{]", value):
        raise BadValue(name, "The pattern of families cannot be used.", remedy=remedy)
    try:
        groups = re.compile(value).groups
    except re.error as error:
        raise BadValue(name, f"The pattern of families cannot be used: {error}.", remedy=remedy) from error
    if value and groups < 1:
        raise BadValue(name, "The pattern of families has no group in brackets.", remedy=remedy)
    return value


def _duplicates(name: str, value: Any) -> str:
    if value not in {LEAVE_OUT, KEEP}:
        raise BadValue(name, f"“duplicates” in the mapping is “{LEAVE_OUT}” or “{KEEP}”.")
    return str(value)


_READ = {
    "sheets": _sheets,
    "header_row": _row,
    "columns": lambda name, value: _pairs(name, value, keys=tuple(TARGETS)),
    "date_order": lambda name, value: _pairs(name, value, values=ORDERS),
    "decimal": lambda name, value: _pairs(name, value, values=_SIGNS),
    "weeks": lambda name, value: _pairs(name, value, values=RULES),
    "tables": _tables,
    "undo": _undo,
    "family_pattern": _pattern,
    "cancelled": _texts,
    "returned": _texts,
    "duplicates": _duplicates,
}
