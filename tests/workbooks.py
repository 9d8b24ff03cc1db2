"""Workbooks for tests, made part by part, so that a test can spoil exactly one of them.

`workbook` writes what a spreadsheet program would; `parts` are its parts by name, `packed` makes a file of them.
"""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

Cell = str | int | float | None
Sheets = Mapping[str, Sequence[Sequence[Cell]]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"


def workbook(sheets: Sheets, *, hidden: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets: rows of text and numbers from A1; None is an empty cell."""
    return packed(parts(sheets, hidden=hidden))


def parts(sheets: Sheets, *, hidden: Sequence[str] = ()) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    names = list(sheets)
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"></Types>',
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(names, hidden),
        "xl/_rels/workbook.xml.rels": _relations(
            [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(names, 1)]
        ),
    }
    for number, rows in enumerate(sheets.values(), 1):
        made[f"xl/worksheets/sheet{number}.xml"] = sheet_part(rows)
    return {name: (_HEAD + text).encode() for name, text in made.items()}


def packed(made: Mapping[str, bytes]) -> bytes:
    """The parts as one file."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return file.getvalue()


def sheet_part(rows: Sequence[Sequence[Cell]]) -> str:
    """A sheet with these cells."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{column_name(place)}{number}", value) for place, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def column_name(place: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(reference: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{reference}"><v>{value!r}</v></c>'


def _book(names: Sequence[str], hidden: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}" state="{_state(name, hidden)}"/>'
        for n, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(entries: Sequence[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in entries
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _state(name: str, hidden: Sequence[str]) -> str:
    return "hidden" if name in hidden else "visible"
