"""The labelled corpus: every case is a file (or several) and the one right answer.

The same small sales stand behind all good files: three items, six months, some units that need a sign of thousands and
some that need a decimal sign, so that a wrong reading gives a wrong total.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.workbooks import workbook

ACCEPT, ASK, REFUSE = "accept", "ask", "refuse"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One import and its right answer.

    Args:
        name: Says what is special about it.
        files: Contents by file name.
        answer: `ACCEPT`, `ASK` or `REFUSE`.
        units: Units sold in all, for an accepted one.
        money: Revenue in all; None where the file has none.
        codes: Findings that must be told.
        mapping: What a person decided.
    """

    name: str
    files: Mapping[str, bytes]
    answer: str = ACCEPT
    units: float | None = None
    money: float | None = None
    codes: frozenset[str] = frozenset()
    mapping: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_workbook(self) -> bool:
        """True when one of the files is read in a process of its own."""
        return any(name.endswith(".xlsx") for name in self.files)


ITEMS = ("00123", "1E5", "K-7")
MONTHS = tuple((2025, month) for month in range(1, 7))
DAYS = (17, 23, 28, 30, 19, 25)


def units_of(item: int, month: int) -> float:
    """1,234.5 for the first item and month, growing by item and month."""
    return 1234.5 * (item + 1) + 10.25 * month


UNITS = sum(units_of(item, month) for item in range(3) for month in range(6))
MONEY = 2.0 * UNITS


@dataclass(frozen=True, kw_only=True)
class Locale:
    """How people of a country write: numbers, dates, headings and the word for a total."""

    name: str
    group: str
    decimal: str
    date: str
    headings: tuple[str, str, str, str]
    total: str
    delimiter: str = ";"

    def number(self, value: float) -> str:
        """A number with two decimals."""
        text = f"{value:,.2f}"
        if self.name == "India":
            whole, cents = f"{value:.2f}".split(".")
            head, tail = whole[:-3], whole[-3:]
            return f"{head[:-2]},{head[-2:]},{tail}.{cents}" if len(head) > 2 else f"{head},{tail}.{cents}".lstrip(",")
        return text.replace(",", "§").replace(".", self.decimal).replace("§", self.group)

    def day(self, month: int) -> str:
        """A day of the month."""
        year, number = MONTHS[month]
        return self.date.format(y=year, m=number, d=DAYS[month], n=self._month(number))

    @staticmethod
    def _month(number: int) -> str:
        return ("janv.", "févr.", "mars", "avr.", "mai", "juin")[number - 1]


_LOCALES = (  # name, sign of thousands, decimal sign, date, headings, total, delimiter
    ("United States", ",", ".", "{m}/{d}/{y}", ("Order Date", "Item", "Quantity", "Net Sales"), "Grand Total", ","),
    ("United Kingdom", ",", ".", "{d:02d}/{m:02d}/{y}", ("Invoice date", "SKU", "Qty", "Revenue"), "Total", ","),
    ("Germany", ".", ",", "{d:02d}.{m:02d}.{y}", ("Belegdatum", "Artikel-Nr.", "Menge", "Umsatz"), "Gesamt", ";"),
    ("France", "\u202f", ",", "{d} {n} {y}", ("Date facture", "Réf. article", "Quantité", "Montant HT"), "Somme", ";"),
    ("Spain", ".", ",", "{d}/{m}/{y}", ("Fecha", "Código artículo", "Cantidad", "Importe"), "Total general", ";"),
    ("Italy", ".", ",", "{d:02d}-{m:02d}-{y}", ("Data fattura", "Articolo", "Quantità", "Importo"), "Totale", ";"),
    ("Switzerland", "'", ".", "{d:02d}.{m:02d}.{y}", ("Datum", "Artikel", "Menge", "Betrag"), "Summe", ";"),
    ("Sweden", "\u00a0", ",", "{y}-{m:02d}-{d:02d}", ("Orderdatum", "Artikelnr", "Antal", "Belopp"), "Summa", "\t"),
    ("Poland", " ", ",", "{d:02d}.{m:02d}.{y}", ("Data sprzedaży", "Indeks", "Ilość", "Wartość netto"), "Razem", ";"),
    ("Netherlands", ".", ",", "{d:02d}-{m:02d}-{y}", ("Besteldatum", "Artikelcode", "Aantal", "Bedrag"), "Totaal", ";"),
    ("Brazil", ".", ",", "{d:02d}/{m:02d}/{y}", ("Data venda", "Código produto", "Quantidade", "Valor"), "Total", ";"),
    ("India", ",", ".", "{d:02d}-{m:02d}-{y}", ("Invoice Date", "Item Code", "Qty", "Amount"), "Grand total", "\t"),
)  # fmt: skip
LOCALES = tuple(
    Locale(name=n, group=g, decimal=p, date=d, headings=h, total=t, delimiter=s) for n, g, p, d, h, t, s in _LOCALES
)


def rows_of(locale: Locale) -> list[list[str]]:
    """Headings and one row per item and month, as text of the country."""
    body = [
        [locale.day(month), ITEMS[item], locale.number(units_of(item, month)), locale.number(2 * units_of(item, month))]
        for month in range(6)
        for item in range(3)
    ]
    return [list(locale.headings), *body]


def text_of(rows: list[list[str]], delimiter: str = ";") -> str:
    """Rows as a delimited file; cells that hold the delimiter are quoted."""
    lines = (delimiter.join(f'"{c}"' if delimiter in c or '"' in c else c for c in row) for row in rows)
    return "\n".join(lines) + "\n"


def locale_cases() -> Iterator[Case]:
    """Every country as rows, inside a report, with months across, as a workbook of text, in other encodings."""
    for locale in LOCALES:
        rows = rows_of(locale)
        plain = text_of(rows, locale.delimiter)
        good = {"units": UNITS, "money": MONEY}
        total = [locale.total, "", locale.number(UNITS), locale.number(MONEY)]
        report = text_of([["Report"], ["2025"], *rows, total], locale.delimiter)
        across = [
            [locale.headings[1], *(f"{year}-{month:02d}" for year, month in MONTHS)],
            *([ITEMS[i], *(locale.number(units_of(i, m)) for m in range(6))] for i in range(3)),
        ]
        name = locale.name
        yield Case(name=f"{name}: rows", files={"export.csv": plain.encode()}, **good)
        yield Case(name=f"{name}: byte order mark", files={"export.csv": plain.encode("utf-8-sig")}, **good)
        yield Case(name=f"{name}: UTF-16", files={"export.txt": plain.encode("utf-16")}, **good)
        yield Case(name=f"{name}: Windows lines", files={"e.csv": plain.replace("\n", "\r\n").encode()}, **good)
        yield Case(
            name=f"{name}: report with total", files={"r.csv": report.encode()}, codes=frozenset({"total-rows"}), **good
        )
        yield Case(name=f"{name}: months across", files={"w.csv": text_of(across).encode()}, units=UNITS)
        yield Case(name=f"{name}: workbook of text", files={"b.xlsx": workbook({"Data": rows})}, **good)


_MONTH_NAMES = {
    "Germany": "Januar Februar März April Mai Juni",
    "Switzerland": "Jan Feb Mär Apr Mai Jun",
    "France": "janvier février mars avril mai juin",
    "Spain": "enero febrero marzo abril mayo junio",
    "Italy": "gennaio febbraio marzo aprile maggio giugno",
    "Sweden": "januari februari mars april maj juni",
    "Poland": "styczeń luty marzec kwiecień maj czerwiec",
    "Netherlands": "januari februari maart april mei juni",
    "Brazil": "janeiro fevereiro março abril maio junho",
}
_ENGLISH = "January February March April May June"


def month_name_cases() -> Iterator[Case]:
    """Months by name in the language of the country: across, as dates, beside a year; and dates in three columns."""
    for locale in LOCALES:
        names = _MONTH_NAMES.get(locale.name, _ENGLISH).split()
        date, item, quantity, money = locale.headings
        good, sign = {"units": UNITS, "money": MONEY}, locale.delimiter
        numbers = [[locale.number(units_of(i, m)) for m in range(6)] for i in range(3)]
        across = [[item, *(f"{name} 2025" for name in names)], *([ITEMS[i], *numbers[i]] for i in range(3))]
        dated = [[f"{DAYS[m]} {names[m]} 2025", *row[1:]] for m, row in _by_month(locale)]
        parts = [["2025", names[m], *row[1:]] for m, row in _by_month(locale)]
        whole = [["2025", str(m + 1), str(DAYS[m]), *row[1:]] for m, row in _by_month(locale)]
        files = {
            "month names across": [across, {"units": UNITS}],
            "dates with month names": [[[date, item, quantity, money], *dated], good],
            "year and month name": [[["Year", "Month", item, quantity, money], *parts], good],
            "year, month and day": [[["Year", "Month", "Day", item, quantity, money], *whole], good],
        }
        for what, (rows, answer) in files.items():
            yield Case(name=f"{locale.name}: {what}", files={"e.csv": text_of(rows, sign).encode()}, **answer)


def _by_month(locale: Locale) -> Iterator[tuple[int, list[str]]]:
    """Month and row, for every row."""
    for place, row in enumerate(rows_of(locale)[1:]):
        yield place // 3, row


_OLD_ENCODINGS = {"Poland": "cp1250", "France": "cp1252", "Sweden": "cp1252", "Switzerland": "cp1252"}
_FAR = {
    "Cyrillic": ("cp1251", "Дата;Товар;Количество"),
    "Chinese": ("gb18030", "日期;商品;数量"),
    "Japanese": ("shift_jis", "日付;品番;数量"),
    "UTF-16 without a mark": ("utf-16-le", "Date;Item;Qty"),
}


def encoding_cases() -> Iterator[Case]:
    """Old files are read with a note; a mark at the beginning settles it."""
    told = frozenset({"encoding-guessed"})
    for locale in LOCALES:
        if locale.name in _OLD_ENCODINGS:
            text = text_of(rows_of(locale), locale.delimiter).replace("\u202f", "\u00a0")
            content = text.encode(_OLD_ENCODINGS[locale.name])
            guessed = told if _is_new_to_utf8(content) else frozenset[str]()
            yield Case(
                name=f"{locale.name}: old encoding", files={"e.csv": content}, units=UNITS, money=MONEY, codes=guessed
            )
    for name, (encoding, header) in _FAR.items():
        text = f"{header}\n2025-01-17;K-7;1250,5\n2025-02-17;K-7;10,25\n"
        yield Case(name=f"{name}: old encoding", files={"e.csv": text.encode(encoding)}, units=1260.75, codes=told)
    text = "Date;Item;Qty\n2025-01-17;K-7;1250,5\n2025-02-17;K-7;10,25\n"
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        yield Case(name=f"mark of {encoding}", files={"e.csv": text.encode(encoding)}, units=1260.75)
    for locale in LOCALES:
        if locale.name in {"Germany", "Spain", "Italy", "Brazil", "Netherlands"}:
            rows = [[cell.replace("K-7", "Küche-é") for cell in row] for row in rows_of(locale)]
            content = text_of(rows, locale.delimiter).encode("cp1252")
            codes = frozenset({"encoding-guessed"})
            yield Case(
                name=f"{locale.name}: Windows-1252", files={"e.csv": content}, units=UNITS, money=MONEY, codes=codes
            )


def _is_new_to_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
