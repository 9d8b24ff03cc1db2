"""Values written into cells of a workbook that stays what it is: every byte that is no such cell is left alone.

Charts, pictures, formats, names and sheets of its owner are never read nor written again. A formula is never written
over; results that spreadsheet programs keep beside formulas are taken out, so that every program calculates them anew.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

from openpyxl.utils import column_index_from_string, get_column_letter

from sop_dash.adapters.reader.parts import Attributes, local

Place = tuple[int, int]
"""Row and column, from 1."""

_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_RESULT = re.compile(rb"<(?:\w+:)?v\s*/>|<((?:\w+:)?v)(?:\s[^>]*)?>.*?</\1\s*>", re.DOTALL)
_CALCULATION = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*>")
_BEFORE_CALCULATION = re.compile(
    rb"<(?:\w+:)?(?:definedNames|externalReferences|functionGroups|sheets)\s*/>"
    rb"|</(?:\w+:)?(?:definedNames|externalReferences|functionGroups|sheets)\s*>"
)
_OF_ITS_OWN = re.compile(rb"<(?:\w+:)?(?:tableParts|mergeCells|drawing|legacyDrawing|f)\b")


@dataclass(frozen=True, kw_only=True)
class _Span:
    """The bytes of a cell, its format, and whether it holds a formula."""

    start: int
    end: int
    style: str
    formula: bool


class _Sheet:
    """Where the cells of a sheet stand in its bytes."""

    def __init__(self, xml: bytes) -> None:
        self.xml, self.cells, self.row_ends = xml, dict[Place, _Span](), dict[int, int]()
        self.data = self.dimension = (0, 0)
        self.prefix = ""
        self._path: list[tuple[str, int]] = []
        self._row = self._column = 0
        self._style, self._formula = "", False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(xml, True)

    def _start(self, tag: str, given: Attributes) -> None:
        name = local(tag)
        self._path.append((name, self._parser.CurrentByteIndex))
        where = [step for step, _ in self._path]
        if where == ["worksheet"]:
            self.prefix = tag.removesuffix("worksheet")
        elif where == ["worksheet", "sheetData", "row"]:
            self._row, self._column = int(given.get("r") or self._row + 1), 0
        elif where == ["worksheet", "sheetData", "row", "c"]:
            letters = given.get("r", "").rstrip("0123456789")
            self._column = column_index_from_string(letters) if letters else self._column + 1
            self._style, self._formula = given.get("s", ""), False
        elif name == "f":
            self._formula = True

    def _end(self, tag: str) -> None:
        name, start = self._path.pop()
        at = self._parser.CurrentByteIndex  # of the closing tag; behind the tag where that is all of the element
        closing = _TAG.match(self.xml, at) if self.xml.startswith(f"</{tag}".encode(), at) else None
        end = closing.end() if closing else at
        where = [*(step for step, _ in self._path), name]
        if where == ["worksheet", "sheetData"]:
            self.data = (start, end)
        elif where == ["worksheet", "dimension"]:
            self.dimension = (start, end)
        elif where == ["worksheet", "sheetData", "row"] and closing:
            self.row_ends[self._row] = at
        elif where == ["worksheet", "sheetData", "row", "c"]:
            span = _Span(start=start, end=end, style=self._style, formula=self._formula)
            self.cells[self._row, self._column] = span

    def written(self, place: Place, value: float | str | None, style: str) -> bytes:
        """A cell with this value, in the manner of the sheet."""
        named = f'{self.prefix}c r="{get_column_letter(place[1])}{place[0]}"' + (f' s="{style}"' if style else "")
        p = self.prefix
        if value is None:
            return f"<{named}/>".encode()
        if isinstance(value, str):
            text = f'<{p}is><{p}t xml:space="preserve">{escape(value)}</{p}t></{p}is>'
            return f'<{named} t="inlineStr">{text}</{p}c>'.encode()
        return f"<{named}><{p}v>{value!r}</{p}v></{p}c>".encode()


def with_values(xml: bytes, values: Mapping[Place, float | None]) -> bytes:
    """The sheet with these values; formulas stay, and results of formulas are to be calculated anew.

    Args:
        xml: The part of a sheet.
        values: Value by place; None empties a cell. Places in rows that the sheet does not have are left out.
    """
    sheet = _Sheet(xml)
    edits: list[tuple[int, int, bytes]] = []
    for place, cell in sheet.cells.items():
        if cell.formula:
            edits.append((cell.start, cell.end, _RESULT.sub(b"", xml[cell.start : cell.end])))
        elif place in values:
            edits.append((cell.start, cell.end, sheet.written(place, values[place], cell.style)))
    for (row, column), value in values.items():
        if (row, column) not in sheet.cells and row in sheet.row_ends and value is not None:
            later = [span.start for (r, c), span in sheet.cells.items() if r == row and c > column]
            at = min(later, default=sheet.row_ends[row])
            edits.append((at, at, sheet.written((row, column), value, "")))
    return _edited(xml, edits)


def with_rows(xml: bytes, rows: Sequence[Sequence[float | str | None]]) -> bytes:
    """The sheet with these rows in place of all it had; cells of its first row keep their format."""
    sheet = _Sheet(xml)
    p = sheet.prefix
    lines = []
    for at, row in enumerate(rows, 1):
        styles = [sheet.cells[1, c].style if at == 1 and (1, c) in sheet.cells else "" for c, _ in enumerate(row, 1)]
        cells = [
            sheet.written((at, c), value, style) for c, (value, style) in enumerate(zip(row, styles, strict=True), 1)
        ]
        lines.append(f'<{p}row r="{at}">'.encode() + b"".join(cells) + f"</{p}row>".encode())
    data = f"<{p}sheetData>".encode() + b"".join(lines) + f"</{p}sheetData>".encode()
    return _edited(xml, [(*sheet.data, data), (*sheet.dimension, b"")])


def has_its_own(xml: bytes) -> bool:
    """True when somebody has put formulas, tables, merged cells, notes or pictures into the sheet."""
    return _OF_ITS_OWN.search(xml) is not None


def to_be_calculated(xml: bytes) -> bytes:
    """The description of the workbook, which asks programs to calculate all formulas when they open it."""
    known = _CALCULATION.search(xml)
    if known:
        tag = re.sub(rb'\s+fullCalcOnLoad\s*=\s*(?:"[^"]*"|\'[^\']*\')', b"", known.group())
        end = len(tag) - (2 if tag.endswith(b"/>") else 1)
        return _edited(xml, [(*known.span(), tag[:end] + b' fullCalcOnLoad="1"' + tag[end:])])
    last = max((found.end() for found in _BEFORE_CALCULATION.finditer(xml)), default=0)
    tag = xml[xml.rindex(b"<", 0, last) : last] if last else b""
    prefix = tag.strip(b"</> ").rpartition(b":")[0]
    named = (prefix + b":" if prefix else b"") + b"calcPr"
    return _edited(xml, [(last, last, b"<" + named + b' fullCalcOnLoad="1"/>')]) if last else xml


def with_parts(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The workbook with these parts in place of its own, all others as they are and in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for part in archive.infolist():
            content = changed[part.filename] if part.filename in changed else archive.read(part)
            made.writestr(zipfile.ZipInfo(part.filename, part.date_time), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _edited(xml: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each stretch replaced; stretches do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for start, end, piece in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [xml[at:start], piece]
        at = max(at, end)
    return b"".join([*pieces, xml[at:]])
