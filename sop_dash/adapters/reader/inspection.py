"""What a workbook is made of, looked at before anything is read from it.

Sizes are counted while unpacking, never taken from what the file declares. A part is a file inside the zip archive.
"""

import re
import zipfile
import zlib
from io import BytesIO

from sop_dash.adapters.reader.limits import Refused, WorkbookLimits

_CHUNK = 1 << 20
_OVERLAP = 256
_DEEPEST = 1_000
_ENCRYPTED = 0x1
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELLS = (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/")
_COLUMN = re.compile(rb'r="([A-Z]{1,9})[0-9]')
_ROW = re.compile(rb'row r="([0-9]{1,9})"')
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_OTHER_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE)


def inspected(content: bytes, limits: WorkbookLimits) -> zipfile.ZipFile:
    """Open a workbook that keeps every rule and limit.

    Raises:
        Refused: It does not; nothing of it should be read.
    """
    if content.startswith(_OLD_FORMAT):
        raise Refused("locked", "The workbook has a password or is of the format before 2007.")
    if not content.startswith(_ZIP):
        raise Refused("damaged", "The file does not begin like a workbook.")
    if len(content) > limits.file_bytes:
        raise Refused("large", f"At most {limits.file_bytes // 1_000_000:,} MB a workbook.")
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused("damaged", "The list of its parts cannot be read.") from error
    _check_names(archive.infolist(), limits)
    _check_parts(archive, limits)
    return archive


def _check_names(parts: list[zipfile.ZipInfo], limits: WorkbookLimits) -> None:
    if len(parts) > limits.parts:
        raise Refused("large", f"At most {limits.parts:,} parts a workbook.")
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename.replace("\\", "/")
        plain = name.lower()
        if plain in seen:
            raise Refused("unsafe", "Two of its parts have the same name.")
        seen.add(plain)
        if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/"):
            raise Refused("unsafe", "The name of one of its parts is a path to somewhere else.")
        if part.flag_bits & _ENCRYPTED:
            raise Refused("locked", "Its parts are encrypted.")
        if plain.endswith((".bin", ".xlm")) and ("vba" in plain or "macro" in plain):
            raise Refused("macros", "The workbook carries macros.")
        if "macrosheets/" in plain:
            raise Refused("macros", "The workbook carries macro sheets.")


def _check_parts(archive: zipfile.ZipFile, limits: WorkbookLimits) -> None:
    unpacked = cells = 0
    for part in archive.infolist():
        seen = _Part(part, limits)
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > limits.unpacked_bytes:
                        raise Refused("large", f"It unpacks to more than {limits.unpacked_bytes // 1_000_000:,} MB.")
                    seen.add(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Refused("damaged", "One of its parts cannot be unpacked.") from error
        cells += seen.cells
        if cells > limits.cells:
            raise Refused("large", f"At most {limits.cells:,} cells a workbook.")
        seen.check_range()


class _Part:
    """What was counted of one part so far."""

    def __init__(self, part: zipfile.ZipInfo, limits: WorkbookLimits) -> None:
        name = part.orig_filename.replace("\\", "/").lower()
        self._packed, self._limits = max(part.compress_size, 1), limits
        self._is_xml = name.endswith((".xml", ".rels", ".vml"))
        self._is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
        self._is_texts = name.endswith("sharedstrings.xml")
        self._size, self._tail, self._depth = 0, b"", 0
        self._texts = self._lines = 0
        self._rows, self._columns = 0, set[bytes]()
        self.cells = 0

    def add(self, chunk: bytes) -> None:
        """Count the next bytes; raises `Refused` as soon as a limit is passed."""
        first, self._size = self._size == 0, self._size + len(chunk)
        if self._size > self._limits.part_bytes:
            raise Refused(
                "large", f"One of its parts unpacks to more than {self._limits.part_bytes // 1_000_000:,} MB."
            )
        if self._size > self._limits.ratio_from_bytes and self._size > self._limits.ratio * self._packed:
            raise Refused("unsafe", f"One of its parts is packed more than {self._limits.ratio} to 1.")
        if self._is_xml:
            self._look(chunk, first)

    def _look(self, chunk: bytes, first: bool) -> None:
        """Search and count in the bytes. What is written in rarer ways than these is found when the cells are read."""
        if first and (chunk.startswith(_WIDE_TEXT) or _OTHER_ENCODING.match(chunk.removeprefix(b"\xef\xbb\xbf"))):
            raise Refused("unsafe", "One of its parts is not written in UTF-8.")
        text = self._tail + chunk
        if b"<!" in text and _DTD.search(text):
            raise Refused("unsafe", "One of its parts defines entities of its own.")
        self._depth += chunk.count(b"<") - 2 * chunk.count(b"</") - chunk.count(b"/>")
        if self._depth > _DEEPEST:
            raise Refused("unsafe", "One of its parts holds elements inside elements without end.")
        if self._is_sheet:
            self._count(text)
        elif self._is_texts:
            self._texts += chunk.count(b"<si")
            if self._texts > self._limits.cells:
                raise Refused("large", f"At most {self._limits.cells:,} texts a workbook.")
        self._tail = text[-_OVERLAP:]

    def _count(self, text: bytes) -> None:
        """Cells, rows and the farthest of both in the next bytes of a sheet."""
        signs = _CELLS if b":c" in text else _CELLS[:3]
        self.cells += sum(text.count(sign) - self._tail.count(sign) for sign in signs)
        self._lines += text.count(b"<row") - self._tail.count(b"<row")
        if self.cells > self._limits.cells or self._lines > self._limits.rows:
            raise Refused("large", f"At most {self._limits.rows:,} rows and {self._limits.cells:,} cells a workbook.")
        if b'r="' in text:
            self._columns |= set(_COLUMN.findall(text))
            self._rows = max([self._rows, *map(int, _ROW.findall(text))])

    def check_range(self) -> None:
        """Raises `Refused` when the largest cell reference lies too far out."""
        limits = self._limits
        rows, columns = self._rows, max((column_number(name.decode()) for name in self._columns), default=0)
        if rows > limits.rows or columns > limits.columns or rows * columns > limits.range_cells:
            raise Refused("large", f"A sheet reaches to row {rows:,} and column {columns:,}.")


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
