"""Write the import workbook: `python data/make_template.py` writes data/template.xlsx, the same bytes on every run.

One sheet per table with its headings, what each column means as a note, required columns in bold; the first sheet is
the data dictionary. Filled in and brought to the dashboard, it is read like any workbook.
"""

import datetime as dt
import io
import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sop_dash.core.model.tables import TABLES, Column, Kind, Table, dictionary, requirement

MADE_AT = dt.datetime(2026, 1, 1)  # noqa: DTZ001  # a constant, so that the file depends on the tables only
_PLACE = Path(__file__).parent / "template.xlsx"
_REQUIRED, _OPTIONAL = Font(bold=True), Font(bold=False)
_HEADER = PatternFill("solid", fgColor="E8EEF4")
_NARROWEST, _WIDEST = 12, 40
_TEXT_FORMAT = "@"


def template() -> bytes:
    """The workbook as a file."""
    book = Workbook()
    book.properties.creator, book.properties.created, book.properties.modified = "S&OP dashboard", MADE_AT, MADE_AT
    _dictionary_sheet(book.active)
    for table in TABLES.values():
        _table_sheet(book.create_sheet(table.name), table)
    file = io.BytesIO()
    book.save(file)
    return _dated(file.getvalue())


def _dictionary_sheet(sheet: Worksheet) -> None:
    sheet.title = "read me"
    sheet.append(["One sheet per table. Only sales is needed; delete or leave empty what you do not have."])
    sheet.append([])
    entries = dictionary()
    sheet.append(list(entries[0]))
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = _REQUIRED, _HEADER
    for entry in entries:
        sheet.append(list(entry.values()))
    for place, width in enumerate((20, 28, 24, 18, 16, 70, 40), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A4"


def _table_sheet(sheet: Worksheet, table: Table) -> None:
    for place, column in enumerate(table.columns, 1):
        cell = sheet.cell(row=1, column=place, value=column.name)
        needed = requirement(table, column)
        cell.font = _REQUIRED if needed else _OPTIONAL
        cell.fill = _HEADER
        cell.comment = Comment(_note(column, needed), "S&OP dashboard", height=90, width=260)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = min(max(len(column.name) + 4, _NARROWEST), _WIDEST)
        if not column.kind.numeric:
            sheet.column_dimensions[letter].number_format = _TEXT_FORMAT
    sheet.freeze_panes = "A2"


def _note(column: Column, requirement: str) -> str:
    needed = f"Required{requirement.removeprefix('yes')}. " if requirement else ""
    unit = f" ({column.unit})" if column.unit else ""
    allowed = f" One of: {', '.join(column.choices)}." if column.kind is Kind.CHOICE else ""
    return f"{needed}{column.meaning}{unit}.{allowed}"


def _dated(content: bytes) -> bytes:
    """The same archive with one fixed time on every part and in the properties."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, date_time=MADE_AT.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            text = source.read(name)
            target.writestr(part, _fixed_properties(text) if name == "docProps/core.xml" else text)
    return file.getvalue()


def _fixed_properties(text: bytes) -> bytes:
    """Saving writes the time of saving; it is put back."""
    start, end = text.find(b"<dcterms:modified"), text.find(b"</dcterms:modified>")
    opening = text[start : text.find(b">", start) + 1]
    return text[:start] + opening + MADE_AT.isoformat().encode() + b"Z" + text[end:]


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else _PLACE
    target.write_bytes(template())
    print(f"{target.name}: {len(TABLES)} tables, {sum(len(table.columns) for table in TABLES.values())} columns")
