"""Which column means what: by its heading first, then by what stands in it; each with its reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.dates import month_name_of, read_months_of
from sop_dash.core.data.mapping.headings import Headed
from sop_dash.core.data.mapping.numerals import looks_numeric
from sop_dash.core.data.mapping.questions import Question, Reading
from sop_dash.core.data.mapping.weeks import holds_weeks
from sop_dash.core.data.mapping.words import EXACT, TARGETS, is_total, plain_words, score
from sop_dash.core.data.texts import Texts

_SAMPLE = 400
_MOST, _SOME = 0.8, 0.3
_FEW_WORDS = 40
_LONGEST_WHOLE = 4
BY_NAME, BY_CONTENT, BY_PERSON = "by its name", "by what stands in it", "as chosen or accepted"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What each column means.

    Args:
        columns: Meaning -> position of the column.
        reasons: Meaning -> why.
        questions: What a person has to say first.
        doubtful: Meanings that rest on little; told as a warning.
    """

    columns: Mapping[str, int]
    reasons: Mapping[str, str]
    questions: tuple[Question, ...] = ()
    doubtful: frozenset[str] = frozenset()

    @property
    def parts(self) -> int:
        """How many of time, item and quantity are known: 3 is a sales table."""
        known = self.columns
        time = "date" in known or {"year", "month_number"} <= set(known)
        return int(time) + int(bool({"sku", "family"} & set(known))) + int("units" in known)


@dataclass(kw_only=True)
class _Sample:
    """A part of the filled cells of a column, looked at once."""

    cells: list[str]
    numeric: float = 0.0
    words: int = 0
    dates: float | None = None


def propose(sheet: Headed, choices: Choices) -> Proposal:
    """Propose the meaning of every column; what a person chose stands."""
    samples = [_sample(sheet, place) for place in range(len(sheet.labels))]
    months = {column.place for column in sheet.months}
    columns, reasons = _chosen(sheet, choices)
    closed = set(columns.values()) | months
    refused = {target for target, label in choices.columns.items() if not label}
    ranked = sorted(
        (
            (points, -place, target)
            for place, label in enumerate(sheet.labels)
            if place not in closed
            for target in TARGETS
            if target not in columns and target not in refused and (points := score(label, target)) > 0
        ),
        reverse=True,
    )
    for points, minus_place, target in ranked:
        place = -minus_place
        exact = points >= EXACT - 1
        if target not in columns and place not in closed and _fits(target, samples[place], exact=exact):
            columns[target], reasons[target] = place, BY_NAME
            closed.add(place)
    _tidy(columns, reasons, wide=bool(sheet.months))
    gaps = _Gaps(sheet, samples, columns, reasons, refused)
    gaps.ask_between_twins()
    gaps.fill()
    return Proposal(
        columns=columns, reasons=reasons, questions=tuple(gaps.questions), doubtful=frozenset(gaps.doubtful)
    )


def _chosen(sheet: Headed, choices: Choices) -> tuple[dict[str, int], dict[str, str]]:
    places = {target: sheet.place(label) for target, label in choices.columns.items() if label}
    columns = {target: place for target, place in places.items() if place is not None}
    return columns, dict.fromkeys(columns, BY_PERSON)


def _sample(sheet: Headed, place: int) -> _Sample:
    column = sheet.grid.columns[place]
    step = max(1, len(sheet.body) // _SAMPLE)
    cells = [text for text in (cell.strip() for cell in column[sheet.body[::step]]) if text and not is_total(text)]
    numeric = sum(map(looks_numeric, cells)) / len(cells) if cells else 0.0
    return _Sample(cells=cells, numeric=numeric, words=len(set(cells)))


def _is_date(sample: _Sample) -> bool:
    return _readable_dates(sample) >= _MOST


def _readable_dates(sample: _Sample) -> float:
    """Share of the cells that are dates; looked at once."""
    if sample.dates is None:
        cells = Texts.of(sample.cells)
        bad = read_months_of(cells).bad
        sample.dates = 1.0 - float(bad.mean()) if len(bad) and not holds_weeks(cells) else float(len(bad) > 0)
    return sample.dates


def _whole_between(low: int, high: int) -> Callable[[_Sample], bool]:
    def fits(sample: _Sample) -> bool:
        plain = [text.removesuffix(".0") for text in sample.cells]
        good = sum(text.isdecimal() and len(text) <= _LONGEST_WHOLE and low <= int(text) <= high for text in plain)
        return bool(sample.cells) and good >= _MOST * len(sample.cells)

    return fits


def _is_month_number(sample: _Sample) -> bool:
    named = sum(month_name_of(text) is not None for text in sample.cells)
    return _whole_between(1, 12)(sample) or (bool(sample.cells) and named >= _MOST * len(sample.cells))


def _is_number(sample: _Sample) -> bool:
    return sample.numeric >= _MOST


def _is_words(sample: _Sample) -> bool:
    return sample.numeric < 0.5 and bool(sample.cells)


def _is_few_words(sample: _Sample) -> bool:
    return _is_words(sample) and sample.words <= _FEW_WORDS


def _is_code(sample: _Sample) -> bool:
    decimals = sum("." in text and looks_numeric(text) for text in sample.cells)
    return bool(sample.cells) and decimals < 0.5 * len(sample.cells)


_FITS: dict[str, Callable[[_Sample], bool]] = {
    "date": _is_date,
    "year": _whole_between(1900, 2199),
    "month_number": _is_month_number,
    "day": _whole_between(1, 31),
    **dict.fromkeys(
        ("units", "net_revenue", "unit_price", "discount", "cancelled_units", "returned_units"), _is_number
    ),
    **dict.fromkeys(("family", "category", "name", "region", "channel"), _is_words),
    **dict.fromkeys(("status", "currency", "unit", "measure"), _is_few_words),
}


def _fits(target: str, sample: _Sample, *, exact: bool) -> bool:
    """Under a heading that says exactly this, cells that cannot be read are told as such."""
    if exact and target in {"units", "net_revenue"}:
        return sample.numeric >= _SOME
    if exact and target == "date":
        return _readable_dates(sample) >= _SOME
    return _FITS.get(target, _is_code)(sample)


def _tidy(columns: dict[str, int], reasons: dict[str, str], *, wide: bool) -> None:
    """A whole date makes its parts needless; with months across, only the year may stand in a column."""
    needless: set[str] = set()
    if "date" in columns:
        needless |= {"year", "month_number", "day"}
    elif not {"year", "month_number"} <= set(columns):
        needless |= {"month_number", "day"} | (set() if wide else {"year"})
    if wide:
        needless |= {"date", "month_number", "day", "units", "net_revenue", "unit_price", "discount"}
    for target in needless & set(columns):
        if reasons[target] != BY_PERSON:
            del columns[target], reasons[target]
    if "sku" not in columns and "name" in columns:
        columns["sku"], reasons["sku"] = columns.pop("name"), reasons.pop("name")


_TWIN = re.compile(r" \(\d+\)$")
_COUNTED = frozenset({"date", "sku", "family", "units", "net_revenue", "unit_price"})


class _Gaps:
    """Looks for time, item and quantity among the columns whose heading says nothing."""

    def __init__(
        self,
        sheet: Headed,
        samples: list[_Sample],
        columns: dict[str, int],
        reasons: dict[str, str],
        refused: set[str],
    ) -> None:
        self._sheet, self._samples, self._columns, self._reasons = sheet, samples, columns, reasons
        self._refused = refused
        self.questions: list[Question] = []
        self.doubtful: set[str] = set()

    def fill(self) -> None:
        """Take what only one column can be; ask where several can."""
        wide = bool(self._sheet.months)
        if not wide and "date" not in self._columns and "year" not in self._columns:
            self._take("date", [p for p in self._free() if _is_date(self._samples[p])], "Which column is the date?")
        if not wide and "units" not in self._columns:
            self._units()
        if not {"sku", "family"} & (set(self._columns) | self._refused):
            self._item()

    def ask_between_twins(self) -> None:
        """Two columns with the same heading and different cells: only a person knows which one counts."""
        labels = self._sheet.labels
        for target, place in list(self._columns.items()):
            name = _TWIN.sub("", labels[place]).casefold()
            twins = [p for p, label in enumerate(labels) if _TWIN.sub("", label).casefold() == name]
            asked = self._reasons[target] != BY_PERSON and target in _COUNTED
            if asked and len(twins) > 1 and not self._same_cells(twins):
                self._take(target, twins, f"“{labels[twins[0]]}” stands there {len(twins)} times. Which one counts?")

    def _same_cells(self, places: list[int]) -> bool:
        grid, body = self._sheet.grid, self._sheet.below
        cells = grid.columns[places[0]][body].array()
        return all(bool((cells == grid.columns[p][body].array()).all()) for p in places[1:])

    def _free(self) -> list[int]:
        used = set(self._columns.values()) | {column.place for column in self._sheet.months}
        return [place for place, sample in enumerate(self._samples) if place not in used and sample.cells]

    def _units(self) -> None:
        numbers = [
            place
            for place in self._free()
            if _is_number(self._samples[place]) and not _is_foreign(self._sheet.labels[place])
        ]
        money = self._columns.get("net_revenue")
        if not numbers and money is not None and self._may_be_units(money):
            self._columns["units"], self._reasons["units"] = self._columns.pop("net_revenue"), BY_CONTENT
            self._reasons.pop("net_revenue")
            self.doubtful.add("units")
            return
        self._take("units", numbers, "Which column is the number of units sold?")

    def _may_be_units(self, place: int) -> bool:
        """Headings such as "Sales" over whole numbers."""
        words = plain_words(self._sheet.labels[place])
        whole = all(text.lstrip("-").isdecimal() for text in self._samples[place].cells)
        return whole and words in {"sales", "ventas", "total", "value", "sprzedaz"}

    def _item(self) -> None:
        free = [p for p in self._free() if not _is_foreign(self._sheet.labels[p]) and not _is_date(self._samples[p])]
        words = [place for place in free if _is_words(self._samples[place])]
        codes = [place for place in free if _is_code(self._samples[place])]
        self._take("sku", words or codes, "Which column is the item?")

    def _take(self, target: str, places: list[int], text: str) -> None:
        if target in self._refused:
            return
        if len(places) == 1:
            self._columns[target], self._reasons[target] = places[0], BY_CONTENT
        elif places:
            readings = tuple(
                Reading(answer=self._sheet.labels[p], label=f"“{self._sheet.labels[p]}”", preview=self._shown(p))
                for p in places
            )
            self.questions.append(Question(key="columns", name=target, text=text, readings=readings))

    def _shown(self, place: int) -> tuple[tuple[str, str], ...]:
        return tuple(("cell", f"“{text}”") for text in dict.fromkeys(self._samples[place].cells[:20]))[:3]


_FOREIGN = frozenset(
    {
        *("customer", "kunde", "kunden", "client", "cliente", "klant", "kund", "owner", "manager", "employee", "user"),
        *("email", "mail", "phone", "address", "city", "zip", "postcode", "plz", "comment", "note", "remark", "id"),
        *("cost", "costs", "tax", "vat", "margin", "stock", "inventory", "price", "index", "store", "warehouse"),
        *("seller", "vendor", "supplier", "lieferant", "tracking", "weight", "rep"),
    }
)


def _is_foreign(label: str) -> bool:
    """True for headings that surely mean something else."""
    return bool(set(plain_words(label).split()) & _FOREIGN) and score(label, "units") < EXACT - 1
