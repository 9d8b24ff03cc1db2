"""The records of a sheet with month, names and numbers read: months in rows, or across and laid under one another."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sop_dash.core.data.checks.reporting import examples
from sop_dash.core.data.checks.values import BAD_MONTH, BAD_NUMBER, MISSING_VALUE
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.clean import DataRows, rows_finding
from sop_dash.core.data.mapping.dates import month_name_of
from sop_dash.core.data.mapping.headings import Headed
from sop_dash.core.data.mapping.questions import Question
from sop_dash.core.data.mapping.reading import NumberColumn, read_dates, read_numbers_together, unreadable_examples
from sop_dash.core.data.mapping.weeks import weeks_of
from sop_dash.core.data.mapping.words import score
from sop_dash.core.data.texts import TextArray, Texts, text_array
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.findings import Finding, FindingKind

_NAMES = ("sku", "family", "region", "channel")
_QUANTITIES = ("units", "net_revenue", "unit_price", "discount", "cancelled_units", "returned_units")
_KEPT = ("units", "net_revenue", "discount", "cancelled_units", "returned_units")
ONLY_FAMILY = "All sales"


@dataclass(kw_only=True)
class Long:
    """One record per row (or per row and month), all arrays of the same length.

    Args:
        at: [n] position of the source record.
        months: [n] months since year 0; 0 where unknown.
        days: [n] day of the month; 0 where not given.
        later: [n] share of the row that falls into the month after, for weeks; None where rows are no weeks.
        names: Meaning -> column of text.
        values: Meaning -> [n] numbers, NaN where empty.
    """

    at: NDArray[np.intp]
    months: NDArray[np.int64]
    days: NDArray[np.int64]
    names: dict[str, Texts]
    values: dict[str, Array]
    later: Array | None = None


class Work:
    """Reads the parts of a sheet one after the other and collects what is to be said."""

    def __init__(self, sheet: Headed, choices: Choices, columns: dict[str, int], rows: DataRows) -> None:
        self.sheet, self.choices, self.columns, self.rows = sheet, choices, columns, rows
        self.findings: list[Finding] = list(rows.findings)
        self.questions: list[Question] = []
        self._unread: dict[str, BoolArray] = {}

    def long(self) -> Long | None:
        """All records with month, names and numbers; None when something could not be read."""
        long = self._across() if self.sheet.months else self._down()
        if long is not None:
            self._mixtures(long)
        return long

    def label(self, target: str) -> str:
        return self.sheet.labels[self.columns[target]]

    def say(
        self,
        kind: FindingKind,
        places: NDArray[np.intp],
        *,
        detail: str = "",
        place: str = "",
        value: float | None = None,
    ) -> None:
        self.findings += rows_finding(kind, self.sheet, places, detail=detail, place=place, value=value)

    # ---- months in rows

    def _down(self) -> Long | None:
        at = self.rows.places
        values = self._numbers(
            {
                target: NumberColumn(
                    label=self.label(target),
                    cells=self.rows.cells[target],
                    typed=self.sheet.grid.typed(self.columns[target])[at],
                )
                for target in _QUANTITIES
                if target in self.columns
            }
        )
        months, days, later = self._dates()
        if values is None or self.questions:
            return None
        missing = np.isnan(values["units"]) & ~self._unread["units"]
        self.say(MISSING_VALUE, at[missing], place=self.label("units"))
        if not self._names_measures():
            return Long(at=at, months=months, days=days, names=self._names(), values=values, later=later)
        measured = self._by_measure(values["units"], self._measures())
        long = Long(at=at, months=months, days=days, names=self._names(), values={**values, **measured}, later=later)
        return where(long, np.asarray(~np.isnan(np.stack(list(measured.values()))).all(axis=0), dtype=np.bool_))

    def _dates(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Array | None]:
        """Months and days of the month; for weeks also the share that falls into the month after."""
        cells, at = self.rows.cells, self.rows.places
        if "date" not in cells:
            return *self._parts_of_dates(), None
        others = [
            column[at]
            for place, column in enumerate(self.sheet.grid.columns)
            if place != self.columns["date"] and score(self.sheet.labels[place], "date") > 0
        ]
        label = self.label("date")
        months, questions, findings = read_dates(label, cells["date"], self.choices.date_order, others)
        orders = "order_id" in self.columns
        weeks = weeks_of(label, cells["date"], months, self.choices.weeks, orders=orders)
        if weeks is not None:
            self.questions += weeks.questions
            self.findings += weeks.findings
            self.say(MISSING_VALUE, at[weeks.months == 0] if not weeks.questions else at[:0], place=label)
            return weeks.months, np.zeros(len(at), dtype=np.int64), weeks.later
        self.questions += questions
        self.findings += findings
        self.say(BAD_MONTH, at[months.bad], place=label, detail=unreadable_examples(cells["date"], months.bad))
        empty = ~months.bad & (months.ordinals == 0)
        self.say(MISSING_VALUE, at[empty], place=label)
        return months.ordinals, months.days, None

    def _parts_of_dates(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        cells, at = self.rows.cells, self.rows.places
        years = _counted(cells["year"], _whole)
        months = _counted(cells["month_number"], lambda text: _whole(text) or month_name_of(text) or 0)
        bad = np.asarray((years < 1900) | (years > 2199) | (months < 1) | (months > 12), dtype=np.bool_)
        self.say(BAD_MONTH, at[bad], place=f"{self.label('year')} and {self.label('month_number')}")
        days = _counted(cells["day"], _whole) if "day" in cells else np.zeros(len(at), dtype=np.int64)
        return np.where(bad, 0, years * 12 + months - 1), days

    # ---- months across

    def _across(self) -> Long | None:
        at, count = self.rows.places, len(self.sheet.months)
        years = None
        if "year" in self.columns and self.sheet.months[0].month <= 12:
            years = _counted(self.rows.cells["year"], _whole)
            self.say(BAD_MONTH, at[(years < 1900) | (years > 2199)], place=self.label("year"))
        months = np.concatenate(
            [
                np.full(len(at), column.month, dtype=np.int64) if years is None else years * 12 + column.month - 1
                for column in self.sheet.months
            ]
        )
        names = {name: texts.times(count) for name, texts in self._names().items()}
        values = self._across_values()
        if values is None:
            return None
        long = Long(
            at=np.tile(at, count), months=months, days=np.zeros(len(months), dtype=np.int64), names=names, values=values
        )
        known = ~np.isnan(values["units"]) | ~np.isnan(values.get("net_revenue", np.full(len(months), np.nan)))
        return where(long, np.asarray(known, dtype=np.bool_))

    def _across_values(self) -> dict[str, Array] | None:
        """Units and revenue of every row and month; the measure stands in the heading, in a column, or is units."""
        at, grid = self.rows.places, self.sheet.grid
        cells = Texts.joined([grid.columns[column.place][at] for column in self.sheet.months])
        typed = np.concatenate([grid.typed(column.place)[at] for column in self.sheet.months])
        read = self._numbers({"units": NumberColumn(label=self._span(), cells=cells, typed=typed)})
        if read is None:
            return None
        measure = np.concatenate(
            [np.full(len(at), column.measure or "units", dtype=object) for column in self.sheet.months]
        )
        if self._names_measures():
            measure = np.tile(self._measures(), len(self.sheet.months))
        return self._by_measure(read["units"], measure)

    @staticmethod
    def _by_measure(values: Array, measure: TextArray) -> dict[str, Array]:
        """One column of numbers taken apart by what each of them measures."""
        return {
            name: np.where(measure == name, values, np.nan)
            for name in ("units", "net_revenue")
            if name == "units" or (measure == name).any()
        }

    def _names_measures(self) -> bool:
        """True when a column says of some rows that they are units; else it means something else."""
        return "measure" in self.columns and "units" in {
            _measure_of(t) for t in self.rows.cells["measure"].used().texts
        }

    def _span(self) -> str:
        labels = [self.sheet.labels[column.place] for column in self.sheet.months]
        return f"{labels[0]} … {labels[-1]}"

    def _measures(self) -> TextArray:
        """What each row measures; rows that measure neither units nor revenue are left out."""
        texts = self.rows.cells["measure"]
        measures = texts.mapped(_measure_of)
        other = ~measures.filled()
        detail = f"They measure {examples(texts[other].used().texts)}."
        self.say(told.NOTES_LEFT_OUT, self.rows.places[other], detail=detail)
        return measures.array()

    # ---- both

    def _numbers(self, columns: dict[str, NumberColumn]) -> dict[str, Array] | None:
        read, questions, findings = read_numbers_together(columns, self.choices.decimal)
        self.questions += questions
        self.findings += findings
        currencies = sorted({currency for numbers in read.values() for currency in numbers.currencies})
        if len(currencies) > 1:
            detail = f"Found {', '.join(currencies)}."
            self.findings.append(Finding(kind=told.MIXED_CURRENCY, table="sales", detail=detail))
        self._unread = {target: numbers.bad for target, numbers in read.items()}
        for target, numbers in read.items():
            at = np.resize(self.rows.places, len(numbers.bad))[numbers.bad]
            cells = columns[target].cells
            formula = numbers.bad & cells.equals("#FORMULA")
            if formula.any():
                self.say(told.FORMULA_UNKNOWN, at, place=columns[target].label)
            else:
                detail = unreadable_examples(cells, numbers.bad)
                self.say(BAD_NUMBER, at, place=columns[target].label, detail=detail)
        return {target: numbers.values for target, numbers in read.items()}

    def _names(self) -> dict[str, Texts]:
        cells, size = self.rows.cells, len(self.rows.places)
        names = {name: cells[name].mapped(str.strip) for name in _NAMES if name in cells}
        if "sku" not in names and "family" not in names:
            names["family"] = Texts(np.zeros(size, dtype=np.int32), text_array([ONLY_FAMILY]))
            self.findings.append(Finding(kind=told.ONE_FAMILY, table="sales"))
        return names

    def _mixtures(self, long: Long) -> None:
        cells, at = self.rows.cells, self.rows.places
        if "currency" in cells and ("net_revenue" in long.values or "unit_price" in long.values):
            codes = sorted({text.strip().upper() for text in cells["currency"].used().texts} - {""})
            if len(codes) > 1:
                self.findings.append(
                    Finding(kind=told.MIXED_CURRENCY, table="sales", detail=f"Found {', '.join(codes[:8])}.")
                )
        item = next((cells[name] for name in ("sku", "family") if name in cells), None)
        if "unit" in cells and item is not None:
            pairs = {(a.strip(), b.strip().casefold()) for a, b in pairs_of(item, cells["unit"])}
            several = _several({pair for pair in pairs if pair[1]})
            units = sorted({unit for _, unit in pairs if unit})
            if len(units) > 1 and not several:
                self.findings.append(Finding(kind=told.UNITS_DIFFER, table="sales", detail=f"{examples(units)}."))
            if several:
                rows = item.where(lambda name: name.strip() in several)
                self.say(told.MIXED_UNIT, at[rows], place=self.label("unit"), detail=f"{examples(several)}.")


def _several(pairs: set[tuple[str, str]]) -> set[str]:
    """Items that stand in more than one pair."""
    seen: set[str] = set()
    return {name for name, _ in pairs if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


def where(long: Long, mask: BoolArray) -> Long:
    """The records where `mask` is true."""
    return Long(
        at=long.at[mask],
        months=long.months[mask],
        days=long.days[mask],
        names={name: texts[mask] for name, texts in long.names.items()},
        values={name: values[mask] for name, values in long.values.items()},
        later=None if long.later is None else long.later[mask],
    )


def by_month(long: Long) -> Long:
    """Weeks that reach into a second month become two records, one for each month; everything else stays as it is."""
    if long.later is None:
        return long
    after = np.flatnonzero(long.later > 0.0)
    share = np.concatenate([1.0 - long.later, long.later[after]])
    return Long(
        at=np.concatenate([long.at, long.at[after]]),
        months=np.concatenate([long.months, long.months[after] + 1]),
        days=np.concatenate([long.days, long.days[after]]),
        names={name: Texts.joined([texts, texts[after]]) for name, texts in long.names.items()},
        values={name: np.concatenate([v, v[after]]) * share for name, v in long.values.items()},
    )


def pairs_of(one: Texts, other: Texts) -> set[tuple[str, str]]:
    """The pairs of texts that stand in the same row of two columns."""
    size = max(len(other.texts), 1)
    pairs = np.unique(one.codes.astype(np.int64) * size + other.codes)
    return set(zip(one.texts[pairs // size].tolist(), other.texts[pairs % size].tolist(), strict=True))


def _counted(cells: Texts, count: Callable[[str], int]) -> NDArray[np.int64]:
    """[n] a whole number for each cell."""
    used = cells.used()
    return np.array([count(text) for text in used.texts], dtype=np.int64)[used.codes]


def _whole(text: str) -> int:
    plain = str(text).strip().removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) <= 4 else 0


def _measure_of(text: str) -> str:
    scores = {target: score(text, target) for target in ("units", "net_revenue")}
    best = max(scores, key=lambda target: scores[target])
    return best if scores[best] > 0 else ""
