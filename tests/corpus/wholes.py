"""Whole exports: several files or sheets, layouts of reports, and things that must be said about a history."""

from collections.abc import Iterator

from tests.corpus.cases import ASK, REFUSE, Case
from tests.workbooks import SHEET, packed, parts, workbook

_HEAD = ["Date", "Item", "Qty"]
_ROWS = [[f"2025-{m:02d}-17", "A", 10 * m] for m in range(1, 7)]
_SOLD = 210.0


def whole_cases() -> Iterator[Case]:
    """All of this module."""
    for cases in (_layouts, _sheets, _files, _histories, _formulas):
        yield from cases()


def _csv(name: str, header: str, *rows: str, **given: object) -> Case:
    text = "\n".join([header, *rows]) + "\n"
    return Case(name=name, files={"export.csv": text.encode()}, **given)  # type: ignore[arg-type]


def _told(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def _layouts() -> Iterator[Case]:
    yield _csv(
        "a column says what is measured",
        "Month,Item,Measure,Value",
        "2025-01,A,Units,5",
        "2025-01,A,Revenue,50",
        "2025-02,A,Units,6",
        "2025-02,A,Revenue,60",
        units=11.0,
        money=110.0,
    )
    yield _csv(
        "stock among the measures",
        "Month,Item,Measure,Value",
        "2025-01,A,Units,5",
        "2025-01,A,Stock,900",
        "2025-02,A,Units,6",
        units=11.0,
        codes=_told("notes-left-out"),
    )
    yield _csv(
        "months and measures across",
        "Item,Jan 2025 Units,Jan 2025 Revenue,Feb 2025 Units,Feb 2025 Revenue",
        "A,5,50,6,60",
        units=11.0,
        money=110.0,
    )
    yield _csv("months across with their sum", "Item,Jan 2025,Feb 2025,Total", "A,1,2,3", "B,3,4,7", units=10.0)
    yield _csv("months across with quarters", "Item,Jan 2025,Feb 2025,Mar 2025,Q1 2025", "A,1,2,3,6", units=6.0)
    yield _csv("months across with the year", "Item,Jan 2025,Feb 2025,2025", "A,1,2,3", units=3.0)
    yield _csv("months across as spreadsheet numbers", "Item,45658,45689,45717", "A,1,2,3", units=6.0)
    yield _csv("months across, year beside", "Item,Year,Jan,Feb", "A,2024,1,2", "A,2025,3,4", units=10.0)
    yield _csv("months across under a title with the year", "Sales 2025,,", "Item,Jan,Feb", "A,1,2", units=3.0)
    yield _csv("months across of no year", "Item,Jan,Feb", "A,1,2", answer=REFUSE, codes=_told("columns-unknown"))
    yield _csv(
        "dates as spreadsheet numbers",
        "Date,Item,Qty",
        "45658,A,1",
        "45689,A,2",
        units=3.0,
        codes=_told("serial-dates"),
    )
    yield _csv("a heading twice", "Date,Item,Qty,Qty", "2025-01-01,A,1,9", "2025-02-01,A,2,9", answer=ASK)
    yield _csv(
        "a heading twice over the same cells", "Date,Item,Qty,Qty", "2025-01-01,A,1,1", "2025-02-01,A,2,2", units=3.0
    )
    yield _csv(
        "days of no year", "Date,Item,Qty", "24-Jan,A,1", "25-Jan,A,2", answer=REFUSE, codes=_told("columns-unknown")
    )
    yield _csv("months with short years", "Date,Item,Qty", "Jan-24,A,1", "Feb-24,A,2", units=3.0)
    yield _csv(
        "dates in two orders",
        "Date,Item,Qty",
        "13/01/2025,A,1",
        "01/14/2025,A,2",
        answer=REFUSE,
        codes=_told("bad-month"),
    )
    yield _csv(
        "times with zones", "Date,Item,Qty", "2025-01-01T10:00:00Z,A,5", "2025-02-01T10:00:00+02:00,A,5", units=10.0
    )
    yield _csv("American times", "Date,Item,Qty", "1/31/2025 3:45 PM,A,5", "2/28/2025 3:45 PM,A,5", units=10.0)
    yield _csv(
        "names only in the first row of a group",
        "Item,Date,Qty",
        "A,2025-01-01,1",
        ",2025-02-01,2",
        ",2025-03-01,3",
        units=6.0,
        codes=_told("filled-down"),
    )
    yield _csv(
        "dashes for nothing",
        "Date,Item,Qty,Amount",
        "2025-01-01,A,5,-",
        "2025-02-01,A,5,10",
        units=10.0,
        codes=_told("placeholders"),
    )
    yield _csv(
        "units and price",
        "Date,Item,Qty,Unit price",
        "2025-01-01,A,5,2.5",
        "2025-02-01,A,2,2.5",
        units=7.0,
        money=17.5,
        codes=_told("revenue-computed"),
    )
    yield _csv(
        "items in other units",
        "Date,Item,Qty,UoM",
        "2025-01-01,A,5,EA",
        "2025-02-01,B,5,KG",
        units=10.0,
        codes=_told("units-differ"),
    )
    yield _csv(
        "an item in two spellings",
        "Date,Item,Qty",
        "2025-01-01,abc,5",
        "2025-02-01,ABC,5",
        units=10.0,
        codes=_told("similar-names"),
    )
    yield _csv(
        "families from a pattern",
        "Date,Item,Qty",
        "2025-01-01,AB-1,5",
        "2025-02-01,CD-2,5",
        units=10.0,
        mapping={"family_pattern": "^([A-Z]+)-"},
        codes=_told("family-pattern"),
    )
    yield _csv(
        "families from the category",
        "Date,Item,Category,Qty",
        "2025-01-01,A,X,5",
        "2025-02-01,B,Y,5",
        units=10.0,
        codes=_told("family-from-category"),
    )


def _sheets() -> Iterator[Case]:
    def book(name: str, sheets: dict[str, list[list[str | int]]], **given: object) -> Case:
        return Case(name=name, files={"b.xlsx": workbook(sheets)}, **given)  # type: ignore[arg-type]

    wide = ["Item", "Jan", "Feb"]
    yield book(
        "a sheet a year, months across",
        {"2024": [wide, ["A", 1, 2]], "2025": [wide, ["A", 3, 4]]},
        units=10.0,
        codes=_told("sheets-stacked"),
    )
    yield book(
        "a sheet a year, whole months across",
        {"Old": [["Item", "2024-12"], ["A", 1]], "New": [["Item", "2025-01", "2025-02"], ["A", 3, 4]]},
        units=7.0,
    )
    yield book(
        "regions and their total",
        {
            "Total": [_HEAD, *_ROWS, *_ROWS],
            "North": [_HEAD, *_ROWS],
            "South": [_HEAD, *([d, "B", n] for d, _, n in _ROWS)],
        },
        units=2 * _SOLD,
    )
    yield book(
        "a sheet and its copy",
        {"Data": [_HEAD, *_ROWS], "Data (2)": [_HEAD, *_ROWS]},
        units=_SOLD,
        codes=_told("sheet-not-used"),
    )
    other = [["Day", "Product", "Pieces"], *_ROWS]
    yield book("two sheets that could be the sales", {"One": [_HEAD, *_ROWS], "Two": other}, answer=ASK)
    yield book(
        "two sheets, answered",
        {"One": [_HEAD, *_ROWS], "Two": other[:4]},
        units=60.0,
        mapping={"sheets": {"sales": "b.xlsx · Two"}},
    )
    yield book(
        "two rows of headings",
        {"D": [["Item", "2025", None, "2026", None], [None, "Jan", "Feb", "Jan", "Feb"], ["A", 1, 2, 3, 4]]},
        units=10.0,
    )


def _files() -> Iterator[Case]:
    sales = b"Date,Item,Qty\n" + b"".join(b"%s,A,%d\n" % (str(d).encode(), int(n)) for d, _, n in _ROWS)
    beside = {
        "article master.csv": b"Article,Product group,Standard cost\nA,Lamps,3.5\n",
        "stock.csv": b"Date,Warehouse,Item,Qty\n2025-06-30,North,A,5\n2025-06-30,South,A,6\n",
        "lieferanten.csv": "Lieferant;Name\n77;Müller\n".encode(),
        "production 2025.csv": b"Month,Item,Planned quantity,Actual quantity\n2025-01,A,20,19\n",
        "price list.csv": b"Item,Valid from,Price\nA,2025-01-01,9.5\n",
        "budget.csv": b"Month,Product group,Revenue\n2025-07,Lamps,900\n",
    }
    for name, content in beside.items():
        files = {"orders.csv": sales, name: content}
        yield Case(name=f"sales beside {name}", files=files, units=_SOLD, codes=_told("table-read"))
    yield Case(name="sales beside all of them", files={"orders.csv": sales, **beside}, units=_SOLD)
    spoiled = b"Date,Item,Qty\n2025-01-31,A,lots\n2025-02-28,A,7\n2025-03-31,A,8\n"
    yield Case(
        name="sales beside stock that cannot be read",
        files={"orders.csv": sales, "stock.csv": spoiled},
        units=_SOLD,
        codes=_told("table-left-out"),
    )
    yield Case(
        name="the same file under two names",
        files={"a.csv": sales, "b.csv": sales},
        units=_SOLD,
        codes=_told("sheet-not-used"),
    )


def _histories() -> Iterator[Case]:
    def months(name: str, values: list[float], *codes: str) -> Case:
        rows = [f"{2024 + m // 12}-{m % 12 + 1:02d}-01,A,{value}" for m, value in enumerate(values)]
        return _csv(name, "Date,Item,Qty", *rows, units=sum(values), codes=_told(*codes))

    yield months("a month far above the others", [10, 11, 12, 9, 10, 900, 11, 10, 12], "unusual-month")
    yield months("a level that jumps as if units had changed", [10, 11, 12, 9, 120, 118, 131, 125], "level-break")
    yield months("only zeros", [0, 0, 0])
    yield months("a negative month", [10, -5, 10], "negative-units")
    yield months("a single month", [5])


def _formulas() -> Iterator[Case]:
    def sheet(cell: bytes) -> dict[str, bytes]:
        plain = parts({"sales": [["month", "sku", "units"], ["2025-01", "A", 5], ["2025-02", "A", 6]]})
        value = b"<v>5</v>"
        return {**plain, SHEET: plain[SHEET].replace(value, cell, 1)}

    def case(name: str, made: dict[str, bytes], **given: object) -> Case:
        return Case(name=name, files={"sales.xlsx": packed(made)}, **given)  # type: ignore[arg-type]

    yield case("a formula with its result", sheet(b"<f>2+3</f><v>5</v>"), units=11.0)
    yield case("a formula without a result", sheet(b"<f>2+3</f>"), answer=REFUSE, codes=_told("bad-number"))
    yield case("a formula that calls a program", sheet(b"<f>cmd|' /c calc'!A0</f><v>5</v>"), units=11.0)
    yield case("a formula that asks the web", sheet(b'<f>WEBSERVICE("http://example.org")</f><v>5</v>'), units=11.0)
    links = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    yield case(
        "a link to another workbook",
        {
            **sheet(b"<v>5</v>"),
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": links,
        },
        units=11.0,
    )
    yield case(
        "a document inside", {**sheet(b"<v>5</v>"), "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}, units=11.0
    )
