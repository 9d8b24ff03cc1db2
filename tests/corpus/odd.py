"""Odd files: untidy, incomplete, ambiguous; and hostile ones."""

from collections.abc import Iterator

from tests.corpus.cases import ASK, REFUSE, Case
from tests.workbooks import SHEET, packed, parts, workbook

_HEAD = "Order Date,Order No,Item,Qty,Amount"
_LINES = "\n".join(
    f"2025-{m:02d}-17,{m}{i},{item},{10 * m + i},{100 * m}" for m in range(1, 7) for i, item in enumerate("AB")
)
SOLD = float(sum(10 * m + i for m in range(1, 7) for i in range(2)))  # 426


def _csv(name: str, text: str, **given: object) -> Case:
    return Case(name=name, files={"export.csv": text.encode()}, **given)  # type: ignore[arg-type]


def _told(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def tidy_cases() -> Iterator[Case]:
    """Things around and between the rows."""
    base = f"{_HEAD}\n{_LINES}\n"
    yield _csv("as it should be", base, units=SOLD)
    for word in (
        "Total",
        "Grand Total",
        "Gesamt",
        "Summe",
        "Totale",
        "Somme",
        "Suma",
        "Razem",
        "Итого",
        "合计",
        "Subtotal:",
    ):
        yield _csv(f"total row “{word}”", f"{base}{word},,,426,4200\n", units=SOLD, codes=_told("total-rows"))
    yield _csv("total without a word", f"{base},,,426,4200\n", units=SOLD, codes=_told("unnamed-totals"))
    yield _csv("note below", f"{base}\nExported on 1 July,,,,\n", units=SOLD, codes=_told("notes-left-out"))
    yield _csv(
        "heading repeated", f"{base}{_HEAD}\n2025-06-18,999,A,4,40\n", units=SOLD + 4, codes=_told("repeated-headings")
    )
    yield _csv("title above", f"Sales report\nPrinted today\n\n{base}", units=SOLD, codes=_told("headings-found"))
    yield _csv("blank rows", base.replace("\n2025-03", "\n\n2025-03"), units=SOLD)
    yield _csv("spaces around names", base.replace(",A,", ", A ,"), units=SOLD)
    yield _csv("empty columns at the end", base.replace("\n", ",,\n"), units=SOLD)
    yield _csv("quoted cells", base.replace(",A,", ',"A",'), units=SOLD)
    yield _csv("announced sign", f"sep=,\n{base}", units=SOLD)
    yield _csv("no line end at the end", base.rstrip(), units=SOLD)
    yield _csv("columns in another order", _turned(base), units=SOLD)
    yield _csv("columns nobody needs", _widened(base), units=SOLD)
    for sign in (";", "\t", "|"):
        yield _csv(f"delimiter {sign!r}", base.replace(",", sign), units=SOLD)
    for name in ("export.tsv", "export.txt", "EXPORT.CSV", "exp ort (1).csv", "über.csv"):
        yield Case(name=f"called {name}", files={name: base.encode()}, units=SOLD)


def _turned(text: str) -> str:
    return "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines()) + "\n"


def _widened(text: str) -> str:
    head, *rest = text.splitlines()
    return "\n".join([f"Customer,{head},Comment", *(f"C{n % 3},{line},ok" for n, line in enumerate(rest))]) + "\n"


def state_cases() -> Iterator[Case]:
    """Cancelled and returned lines in many languages, lines that stand there twice, negative quantities."""
    head = _HEAD + ",Status"
    body = "\n".join(f"{line},done" for line in _LINES.splitlines())
    cancelled = (
        "Cancelled",
        "canceled",
        "Storniert",
        "Annulée",
        "Cancelado",
        "Annullato",
        "Geannuleerd",
        "Anulowane",
        "void",
    )
    for word in cancelled:
        text = f"{head}\n{body}\n2025-06-18,901,A,7,70,{word}\n"
        yield _csv(f"cancelled: {word}", text, units=SOLD, codes=_told("cancelled-lines"))
    for word in ("Returned", "refund", "Retoure", "Gutschrift", "Remboursé", "Devuelto", "Reso", "Zwrot", "Retur"):
        text = f"{head}\n{body}\n2025-06-18,902,A,7,70,{word}\n"
        yield _csv(f"returned: {word}", text, units=SOLD, codes=_told("returned-lines"))
    twice = f"{_HEAD}\n{_LINES}\n{_LINES.splitlines()[-1]}\n"
    yield _csv("a line twice", twice, units=SOLD, codes=_told("duplicate-lines"))
    yield _csv("a line twice, kept on purpose", twice, units=SOLD + 61, mapping={"duplicates": "keep"})
    yield _csv("a negative line", f"{_HEAD}\n{_LINES}\n2025-06-18,903,A,-5,-50\n", units=SOLD - 5)
    month = "month,sku,units\n2025-01,A,5\n2025-01,A,5\n2025-02,A,6\n"
    for name in ("sales.csv", "export.csv"):
        yield Case(
            name=f"a month twice in {name}",
            files={name: month.encode()},
            answer=REFUSE,
            codes=_told("duplicate-key"),
        )


def question_cases() -> Iterator[Case]:
    """Two readings are a question; an answer settles it."""
    dates = "Date,Item,Qty\n03/04/2025,A,5\n05/06/2025,A,6\n"
    yield _csv("open dates", dates, answer=ASK)
    for order in ("day-month-year", "month-day-year"):
        yield _csv(f"open dates answered {order}", dates, units=11.0, mapping={"date_order": {"Date": order}})
    for sign, other in (".", ","), (",", "."):
        text = f"Date;Item;Qty\n2025-01-17;A;1{sign}234\n2025-02-17;A;2{sign}500\n"
        yield _csv(f"open numbers with {sign}", text, answer=ASK)
        yield _csv(f"{sign} is decimal", text, units=3.734, mapping={"decimal": {"Qty": sign}})
        yield _csv(f"{sign} is a group", text, units=3734.0, mapping={"decimal": {"Qty": other}})
        contract = f"month;sku;units\n2025-01;A;1{sign}234\n2025-02;A;2{sign}500\n"
        yield Case(name=f"open numbers in sales.csv with {sign}", files={"sales.csv": contract.encode()}, answer=ASK)
    contract = "month,sku,units\n03/04/2025,A,5\n05/06/2025,A,6\n"
    yield Case(name="open dates in sales.csv", files={"sales.csv": contract.encode()}, answer=ASK)
    yield _csv("which column is units", "Date,Item,Plan,Actual\n2025-01,A,1,2\n2025-02,A,3,4\n", answer=ASK)
    yield _csv("short years", "Date,Item,Qty\n03/04/25,A,5\n05/06/25,A,6\n", answer=ASK)


def week_cases() -> Iterator[Case]:
    """Sales by week are asked how they become months; orders on one day a week are days."""
    for form in ("2025-W{:02d}", "2025W{:02d}", "KW {}/2025", "W{:02d} 2025", "CW{:02d}-2025", "2025 S{}"):
        text = "Week,Item,Qty\n" + "".join(f"{form.format(week)},A,7\n" for week in range(1, 10))
        yield _csv(f"weeks as {form.format(5)}", text, answer=ASK, codes=frozenset({"open-question"}))
        for rule in ("by days", "whole"):
            told = frozenset({"weeks-in-months"})
            yield _csv(
                f"weeks as {form.format(5)} {rule}", text, units=63.0, mapping={"weeks": {"Week": rule}}, codes=told
            )
    days = [
        f"2025-{month:02d}-{day:02d}" for month, day in ((1, 6), (1, 13), (1, 20), (1, 27), (2, 3), (2, 10), (2, 17))
    ]
    dated = "Date,Item,Qty\n" + "".join(f"{day},A,7\n" for day in days)
    yield _csv("one day a week", dated, answer=ASK)
    for rule in ("from this day", "to this day", "on this day"):
        yield _csv(f"one day a week {rule}", dated, units=49.0, mapping={"weeks": {"Date": rule}})
    orders = "Date,Order No,Item,Qty\n" + "".join(f"{day},{number},A,7\n" for number, day in enumerate(days))
    yield _csv("orders of one day a week", orders, units=49.0)


def refused_cases() -> Iterator[Case]:
    """What cannot be known, mixed or missing."""
    refused: tuple[tuple[str, str, str], ...] = (
        ("a word among numbers", "Date,Item,Qty\n2025-01,A,five\n2025-02,A,2\n2025-03,A,2\n", "bad-number"),
        ("an error of a spreadsheet", "Date,Item,Qty\n2025-01,A,#REF!\n2025-02,A,2\n2025-03,A,2\n", "bad-number"),
        ("signs that contradict", "Date;Item;Qty\n2025-01;A;1.5\n2025-02;A;2,5\n", "bad-number"),
        ("a unit behind the number", "Date,Item,Qty\n2025-01,A,5 kg\n2025-02,A,2\n2025-03,A,2\n", "bad-number"),
        ("a month 13", "Date,Item,Qty\n2025-13,A,5\n2025-02,A,2\n2025-03,A,2\n", "bad-month"),
        ("a 30th of February", "Date,Item,Qty\n2025-02-30,A,5\n2025-02-01,A,2\n2025-03-01,A,2\n", "bad-month"),
        ("an empty quantity", "Date,Item,Qty\n2025-01,A,\n2025-02,A,2\n", "missing-value"),
        ("an empty date", "Date,Item,Qty\n,A,5\n2025-02,A,2\n2025-03,A,2\n2025-04,A,2\n", "missing-value"),
        ("a date far away", "Date,Item,Qty\n1925-01,A,5\n2025-02,A,2\n2025-03,A,2\n", "far-month"),
        ("weeks without a year", "Week,Item,Qty\nW01,A,1\nW02,A,2\n", "columns-unknown"),
        ("quarters", "Quarter,Item,Qty\nQ1 2025,A,1\nQ2 2025,A,2\n", "columns-unknown"),
        ("quarters after the year", "Period,Item,Qty\n2025Q1,A,1\n2025Q2,A,2\n", "columns-unknown"),
        ("no quantity", "Date,Item\n2025-01,A\n2025-02,B\n", "columns-unknown"),
        ("text only", "Dear all,\nplease find the sales attached.\n", "columns-unknown"),
        (
            "two currencies in a column",
            "Date,Item,Qty,Amount,Currency\n2025-01,A,1,9,USD\n2025-02,A,1,9,EUR\n",
            "mixed-currency",
        ),
        ("two currencies in the cells", "Date,Item,Qty,Amount\n2025-01,A,1,$9\n2025-02,A,1,€9\n", "mixed-currency"),
        ("two units of an item", "Date,Item,Qty,UoM\n2025-01,A,1,EA\n2025-02,A,2,BOX\n", "mixed-unit"),
        ("too many cells in a row", "Date,Item,Qty\n2025-01,A,1\n2025-02,A,2,9\n", "uneven-rows"),
        ("an open quote", 'Date,Item,Qty\n2025-01,"A,1\n2025-02,A,2\n', "uneven-rows"),
        ("only headings", "Date,Item,Qty\n", "columns-unknown"),
        ("nothing", "", "no-sales"),
    )
    for name, text, code in refused:
        yield _csv(name, text, answer=REFUSE, codes=_told(code))
    for name, header in (("no month", "sku,units"), ("no units", "month,sku"), ("no item", "month,units")):
        contract = f"{header}\n2025-01,5\n2025-02,6\n".encode()
        answer = {"units": 11.0} if name == "no item" else {"answer": REFUSE}
        yield Case(name=f"sales.csv with {name}", files={"sales.csv": contract}, **answer)  # type: ignore[arg-type]


def hostile_cases() -> Iterator[Case]:
    """Files that are not what they say, or are made to hurt."""
    sales = b"month,sku,units\n2025-01,A,5\n"
    kinds = [
        "xls",
        "xlsm",
        "xlsb",
        "ods",
        "zip",
        "7z",
        "rar",
        "gz",
        "tar",
        "exe",
        "pdf",
        "html",
        "xml",
        "docm",
        "xltx",
        "numbers",
    ]
    for kind in kinds:
        known = kind != "docm"
        yield Case(
            name=f"a .{kind}",
            files={f"sales.{kind}": sales},
            answer=REFUSE,
            codes=_told("file-refused" if known else "file-ignored"),
        )
    contents = (
        ("a zip called csv", b"PK\x03\x04" + b"\0" * 50, "not-text"),
        ("an old workbook called csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "not-text"),
        ("a picture called csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "not-text"),
        ("a pdf called csv", b"%PDF-1.7 ...", "not-text"),
        ("zero bytes in the text", b"month,sku,units\n2025-01,A\0,5\n", "not-text"),
        ("a cell of 100,000 letters", b"month,sku,units\n2025-01," + b"A" * 100_000 + b",5\n", "uneven-rows"),
        ("2,000 columns", b",".join([b"x"] * 2_000) + b"\n", "too-large"),
    )
    for name, content, code in contents:
        yield Case(name=name, files={"sales.csv": content}, answer=REFUSE, codes=_told(code))
    for name, code, content in _hostile_books():
        yield Case(name=f"workbook: {name}", files={"sales.xlsx": content}, answer=REFUSE, codes=_told(code))
    for payload in (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=HYPERLINK(1)",
        "<script>alert(1)</script>",
        "'; DROP TABLE x;--",
        "../../x",
    ):
        text = f'Date,Item,Qty\n2025-01,"{payload}",5\n2025-02,"{payload}",6\n'
        yield _csv(f"an item called {payload}", text, units=11.0)
    for name in ("../../sales.csv", "..\\..\\sales.csv", "/etc/sales.csv", "C:\\sales.csv", "sa\x00les.csv"):
        yield Case(name=f"a file called {name!r}", files={name: sales}, units=5.0)


def _hostile_books() -> Iterator[tuple[str, str, bytes]]:
    plain = parts({"sales": [["month", "sku", "units"], ["2025-01", "A", 5]]})

    def with_part(name: str, content: bytes) -> bytes:
        return packed({**plain, name: content})

    laughs = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    far = b'<worksheet><row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row></worksheet>'
    yield "no zip", "workbook-damaged", b"month,sku,units\n"
    yield "cut off", "workbook-damaged", packed(plain)[:-60]
    yield "password", "workbook-locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "macros", "workbook-macros", with_part("xl/vbaProject.bin", b"x")
    yield "path outside", "workbook-unsafe", with_part("../x.xml", b"<x/>")
    yield "entities", "workbook-unsafe", with_part(SHEET, laughs)
    yield "entities in the properties", "workbook-unsafe", with_part("docProps/app.xml", laughs)
    yield "a far cell", "workbook-large", with_part(SHEET, far)
    yield "a packed bomb", "workbook-unsafe", with_part("xl/media/image.bin", b"\0" * 30_000_000)
    yield "2,500 parts", "workbook-large", packed({**plain, **{f"xl/x{n}.xml": b"<x/>" for n in range(2_500)}})
    yield "no sheet inside", "workbook-damaged", packed({"[Content_Types].xml": b"<Types/>"})
    yield "broken XML", "workbook-damaged", with_part(SHEET, b"<worksheet><row>")


def workbook_cases() -> Iterator[Case]:
    """Workbooks as people keep them."""
    rows = [[f"2025-{m:02d}-17", "A", 10 * m] for m in range(1, 7)]
    head = ["Date", "Item", "Qty"]
    units = 210.0
    yield Case(name="a sheet", files={"b.xlsx": workbook({"Data": [head, *rows]})}, units=units)
    summary = [["Item", "Jan 2025", "Feb 2025"], ["A", 10, 20]]
    yield Case(
        name="data and summary",
        files={"b.xlsx": workbook({"Pivot": summary, "Data": [head, *rows]})},
        units=units,
        codes=_told("sheet-not-used"),
    )
    halves = workbook({"2024": [head, *rows[:3]], "2025": [head, *rows[3:]]})
    yield Case(name="two sheets with the same headings", files={"b.xlsx": halves}, units=units)
    months = {f"{name} 2025": [["Item", "Qty"], ["A", 10]] for name in ("Jan", "Feb", "Mar")}
    yield Case(name="a sheet a month", files={"b.xlsx": workbook(months)}, units=30.0)
    hidden = workbook({"Data": [head, *rows], "Old": [head, *rows]}, hidden=["Old"])
    yield Case(name="a hidden sheet", files={"b.xlsx": hidden}, units=units, codes=_told("hidden-sheet"))
    serial = [[45_658 + 31 * n, "A", 5] for n in range(3)]
    yield Case(name="dates as numbers", files={"b.xlsx": workbook({"D": [head, *serial]})}, units=15.0)
    orders = {
        "Orders": [["Order No", "Order Date"], ["1", "2025-01-05"], ["2", "2025-02-06"]],
        "Lines": [["Order No", "Item", "Qty"], ["1", "A", 5], ["1", "B", 6], ["2", "A", 7]],
    }
    yield Case(name="orders and lines", files={"b.xlsx": workbook(orders)}, units=18.0, codes=_told("sheets-joined"))
    orphans = {**orders, "Lines": [*orders["Lines"], ["9", "A", 7]]}
    yield Case(
        name="a line without its order",
        files={"b.xlsx": workbook(orphans)},
        answer=REFUSE,
        codes=_told("lines-without-order"),
    )
    numbers = workbook({"Data": [head, ["2025-01-17", "A", 1.234], ["2025-02-17", "A", 2.345]]})
    yield Case(name="numbers the workbook knows", files={"b.xlsx": numbers}, units=3.579)


def every_case() -> Iterator[Case]:
    """All of this module."""
    for cases in (tidy_cases, state_cases, question_cases, week_cases, refused_cases, hostile_cases, workbook_cases):
        yield from cases()
