"""The parts of a workbook that describe it: relations, sheets, formats and shared texts."""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from sop_dash.adapters.reader.limits import Refused, WorkbookLimits
from sop_dash.adapters.reader.styles import PLAIN, meaning_of

_CHUNK = 1 << 16
_TRUE = ("1", "true", "on")
Attributes = dict[str, str]


def parse(
    archive: zipfile.ZipFile,
    name: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through an XML part, element by element; a document type definition is refused.

    Raises:
        Refused: The part is missing or is not well formed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_definitions
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, KeyError) as error:
        raise Refused("damaged", "One of its parts cannot be read.") from error


def _no_definitions(*_: object) -> None:
    raise Refused("unsafe", "One of its parts defines entities of its own.")


def local(tag: str) -> str:
    """The name of an element without its prefix."""
    return tag.rpartition(":")[2]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet with cells: its name, its part, and whether people see it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, kw_only=True)
class Book:
    """What has to be known before the cells are read.

    Args:
        sheets: In the order of the tabs.
        texts: Shared texts by position.
        meanings: What each cell format does to a number.
        from_1904: True when days are counted from 1904.
    """

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    meanings: tuple[int, ...]
    from_1904: bool


def open_book(archive: zipfile.ZipFile, limits: WorkbookLimits) -> Book:
    """Read everything but the cells. Raises `Refused` when a part is missing, damaged or too large."""
    main = workbook_part(archive)
    related = _relations(archive, main)
    sheets, from_1904 = _sheets(archive, main, related)
    styles, strings = _target(related, "/styles"), _target(related, "/sharedStrings")
    names = set(archive.namelist())
    return Book(
        sheets=sheets,
        texts=_texts(archive, strings, limits) if strings in names and strings else (),
        meanings=_meanings(archive, styles) if styles in names and styles else (),
        from_1904=from_1904,
    )


def workbook_part(archive: zipfile.ZipFile) -> str:
    """The part that lists the sheets. Raises `Refused` when there is none."""
    main = _target(_relations(archive, ""), "/officeDocument")
    if main is None:
        raise Refused("damaged", "It names no workbook inside.")
    return main


_Relation = tuple[str, str]


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, _Relation]:
    """Id -> kind and part of what a part (the whole package for an empty name) refers to inside the workbook."""
    folder, _, file = part.rpartition("/")
    found: dict[str, _Relation] = {}

    def start(tag: str, given: Attributes) -> None:
        if local(tag) == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[given.get("Id", "")] = (given.get("Type", ""), posixpath.normpath(place))

    parse(archive, posixpath.join(folder, "_rels", f"{file}.rels"), start=start)
    return found


def _target(relations: dict[str, _Relation], kind: str) -> str | None:
    return next((part for type_, part in relations.values() if type_.endswith(kind)), None)


def _sheets(archive: zipfile.ZipFile, main: str, related: dict[str, _Relation]) -> tuple[tuple[Sheet, ...], bool]:
    sheets: list[Sheet] = []
    epochs: list[bool] = []

    def start(tag: str, given: Attributes) -> None:
        if local(tag) == "workbookPr":
            epochs.append(given.get("date1904", "").lower() in _TRUE)
        elif local(tag) == "sheet":
            identity = next((value for name, value in given.items() if local(name) == "id"), "")
            kind, part = related.get(identity, ("", ""))
            if kind.endswith("/worksheet"):
                hidden = given.get("state", "visible") != "visible"
                sheets.append(Sheet(name=given.get("name", ""), part=part, hidden=hidden))

    parse(archive, main, start=start)
    return tuple(sheets), any(epochs)


def _meanings(archive: zipfile.ZipFile, part: str) -> tuple[int, ...]:
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside: list[str] = []

    def start(tag: str, given: Attributes) -> None:
        name = local(tag)
        inside.append(name)
        if name == "numFmt" and given.get("numFmtId", "").isdecimal():
            codes[int(given["numFmtId"])] = given.get("formatCode", "")
        elif name == "xf" and inside[-2:-1] == ["cellXfs"]:
            identity = given.get("numFmtId", "0")
            formats.append(int(identity) if identity.isdecimal() else PLAIN)

    def end(_: str) -> None:
        inside.pop()

    parse(archive, part, start=start, end=end)
    return tuple(meaning_of(identity, codes.get(identity)) for identity in formats)


class _Texts:
    """Collects shared texts; reading aids above the characters of some languages are left out."""

    def __init__(self, limits: WorkbookLimits) -> None:
        self.found: list[str] = []
        self._limits, self._length = limits, 0
        self._pieces: list[str] = []
        self._listening = self._aid = False

    def start(self, tag: str, _: Attributes) -> None:
        name = local(tag)
        if name == "si":
            self._pieces, self._length = [], 0
            if len(self.found) >= self._limits.cells:
                raise Refused("large", f"At most {self._limits.cells:,} texts a workbook.")
        elif name == "rPh":
            self._aid = True
        elif name == "t":
            self._listening = not self._aid

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "si":
            self.found.append("".join(self._pieces))
        elif name == "rPh":
            self._aid = False
        elif name == "t":
            self._listening = False

    def text(self, characters: str) -> None:
        if self._listening:
            self._pieces.append(characters)
            self._length += len(characters)
            if self._length > self._limits.field_characters:
                raise Refused("large", "One of its texts is longer than allowed.")


def _texts(archive: zipfile.ZipFile, part: str, limits: WorkbookLimits) -> tuple[str, ...]:
    texts = _Texts(limits)
    parse(archive, part, start=texts.start, end=texts.end, text=texts.text)
    return tuple(texts.found)
