"""Files made to hurt: workbooks that are small to send and endless to unpack, deep, far or full of entities, and texts
without an end of line, of cell or of quote; each with how it is refused.

They are built when asked for, so that no test keeps them in memory.
"""

import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from tests.workbooks import SHEET, packed, parts

_MEGABYTE = 1_000_000
_TEXTS = "xl/sharedStrings.xml"


@dataclass(frozen=True, kw_only=True)
class Bomb:
    """A hostile file.

    Args:
        name: What it does.
        make: Builds its bytes.
        codes: Codes of refusal that are right.
    """

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]
    file: str = "sales.xlsx"


def bombs() -> Iterator[Bomb]:
    """All of them."""
    yield from _workbooks()
    for name, codes, make in _texts_that_hurt():
        yield Bomb(name=name, make=make, codes=frozenset(codes.split()), file="sales.csv")
    for name, text in _CELLS.items():
        lines = (f"2025-01;A;{text}", f"{text};A;1", f"2025-01;{text};1", f"{text};{text};{text}")
        for place, line in enumerate(lines):
            content = f"Date;Item;Qty\n{line}\n2025-02;A;2\n" if place < len(lines) - 1 else f"{line}\n2025-02;A;2\n"
            yield Bomb(name=f"{name} in place {place}", make=content.encode, codes=_ANY, file="export.csv")


_CELLS = {
    "60,000 spaces": f"2025{' ' * 60_000}x",
    "60,000 letters": "x" * 60_000,
    "30,000 words": "a " * 30_000 + "b",
    "60,000 digits": "9" * 60_000,
    "60,000 signs of numbers": "1,.' " * 12_000 + "x",
    "30,000 signs of dates": "2025-" + "1-" * 30_000,
}
"""Cells as long as a cell may be that make careless patterns search without end."""
_ANY = frozenset(
    {
        *("accepted", "bad-month", "bad-number", "columns-unknown", "open-question", "no-sales", "out-of-range"),
        "too-large",
    }
)


def _texts_that_hurt() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Texts as large as an upload may be."""
    head, size = b"month,sku,units\n", 19 * _MEGABYTE
    yield "a line of 19 million columns", "too-large", lambda: b"," * size
    yield "19 million columns below a good heading", "too-large", lambda: head + b"," * size
    yield "a line of 19 MB", "uneven-rows", lambda: b"x" * size
    yield "a cell of 19 MB", "uneven-rows", lambda: head + b"2025-01,A," + b"9" * size
    yield "a cell of 19 MB in quotes", "uneven-rows", lambda: head + b'2025-01,"' + b"x" * size + b'",1\n'
    yield "a file of 100 MB", "too-large", lambda: head + b"9" * 100 * _MEGABYTE
    yield "nothing but quotes", "uneven-rows", lambda: b'"' * size
    yield "quotes in quotes", "uneven-rows", lambda: head + b'2025-01,"' + b'""' * (size // 2) + b'",1\n'
    yield "a quote that never closes", "uneven-rows", lambda: head + b'2025-01,"A,1\n' + b"2025-01,A,1\n" * (size // 12)
    yield "signs no text has", "not-text", lambda: head + b"\0" * size
    yield "one sign no text has", "not-text", lambda: head + b"2025-01,A,1\n" * (size // 12) + b"2025-01,\0,1\n"
    yield "4.7 million rows", "too-large", lambda: b"1,2\n" * (size // 4)
    yield "19 million blank rows", "too-large no-sales", lambda: head + b"\n" * size
    yield "19 million other ends of lines", "too-large no-sales", lambda: head + b"\r" * size
    yield "rows that grow wider", "too-large", lambda: b"".join(b"," * n + b"1\n" for n in range(6_000))
    yield "a line in two bytes a letter", "uneven-rows", lambda: ("x" * (size // 2)).encode("utf-16")


def _workbooks() -> Iterator[Bomb]:
    unsafe, large = "workbook-unsafe", "workbook-large"
    yield _bomb("30 MB of one cell repeated", unsafe, lambda: _sheet(b"<row>", b"<c><v>1</v></c>", 30, b"</row>"))
    yield _bomb("250 MB of zeros as a picture", unsafe, lambda: _with("xl/media/image1.png", b"\0" * 250 * _MEGABYTE))
    yield _bomb("parts of 0.99 MB each, 250 in all", large, _many_parts)
    yield _bomb("one part named 400 times", f"{unsafe} workbook-damaged {large}", _overlapping)
    yield _bomb("250 MB of long texts", large, lambda: _sheet(b"<row>", _row_of_texts(), 250, b"</row>"))
    yield _bomb("3 million cells", large, lambda: _sheet(b"", _row_of_numbers(), 90, b""))
    yield _bomb("3 million rows without cells", f"{large} {unsafe}", lambda: _sheet(b"", _empty_rows(), 60, b""))
    yield _bomb("a cell in the last corner", large, lambda: _with(SHEET, _far(b'<c r="XFD1048576"><v>1</v></c>')))
    yield _bomb("a column beyond Z…Z", large, lambda: _with(SHEET, _far(b'<c r="ZZZZZZZ1"><v>1</v></c>')))
    yield _bomb("6 million shared texts", large, lambda: _texts(_short_texts(), 120))
    yield _bomb("one shared text of 60 MB", large, lambda: _texts(_long_text(), 60, around=(b"<si><t>", b"</t></si>")))
    yield _bomb("a million elements inside one another", unsafe, lambda: _with(SHEET, _deep()))
    yield _bomb("entities of entities", unsafe, lambda: _with(SHEET, _laughs()))
    yield _bomb("one entity 50,000 times", unsafe, lambda: _with(SHEET, _quadratic()))
    yield _bomb("a file of the machine as entity", unsafe, lambda: _with(SHEET, _outside()))
    yield _bomb("entities in the shared texts", unsafe, lambda: _with(_TEXTS, _laughs()))
    yield _bomb("entities in a drawing", unsafe, lambda: _with("xl/drawings/drawing1.xml", _laughs()))
    yield _bomb("entities in UTF-16", unsafe, lambda: _with(SHEET, _laughs().decode().encode("utf-16")))
    yield _bomb("entities in another encoding", unsafe, lambda: _with(SHEET, _ebcdic()))
    yield _bomb("macros", "workbook-macros", lambda: _with("xl/vbaProject.bin", b"x" * 900))
    yield _bomb("a sheet of old macros", "workbook-macros", lambda: _with("xl/macrosheets/sheet1.xml", b"<x/>"))
    yield _bomb("a password", "workbook-locked", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9_000)
    yield _bomb(
        "a text counted from the end", "workbook-damaged", lambda: _with(SHEET, _far(b'<c t="s"><v>-1</v></c>'))
    )
    yield _bomb("a cell twice", "workbook-damaged", lambda: _with(SHEET, _far(b'<c r="A1"><v>9</v></c>')))
    yield _bomb("a row twice", "workbook-damaged", lambda: _with(SHEET, _far(b'</row><row r="1"><c><v>9</v></c>')))


def _bomb(name: str, codes: str, make: Callable[[], bytes]) -> Bomb:
    return Bomb(name=name, make=make, codes=frozenset(codes.split()))


def _plain() -> dict[str, bytes]:
    return parts({"sales": [["month", "sku", "units"], ["2025-01", "A", 5]]})


def _with_texts() -> dict[str, bytes]:
    """A workbook whose relations name shared texts, so that they are read."""
    made, name = _plain(), "xl/_rels/workbook.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    line = b'<Relationship Id="rId9" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
    return {**made, name: made[name].replace(b"</Relationships>", line)}


def _with(name: str, content: bytes) -> bytes:
    return packed({**_with_texts(), _TEXTS: b"<sst/>", name: content})


def _repeated(name: str, before: bytes, block: bytes, megabytes: int, after: bytes) -> bytes:
    """A part written block by block: it never stands in memory as a whole."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in _with_texts().items():
            if other != name:
                archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as stream:
            stream.write(before)
            for _ in range(megabytes * _MEGABYTE // len(block)):
                stream.write(block)
            stream.write(after)
    return file.getvalue()


def _sheet(before: bytes, block: bytes, megabytes: int, after: bytes) -> bytes:
    return _repeated(SHEET, b"<worksheet><sheetData>" + before, block, megabytes, after + b"</sheetData></worksheet>")


def _texts(block: bytes, megabytes: int, around: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    return _repeated(_TEXTS, b"<sst>" + around[0], block, megabytes, around[1] + b"</sst>")


def _letters(size: int, seed: int) -> bytes:
    return bytes(random.Random(seed).choices(b"abcdefghijklmnopqrstuvwxyz", k=size))


def _row_of_texts() -> bytes:
    return b"".join(b'<c t="inlineStr"><is><t>' + _letters(9_000, seed) + b"</t></is></c>" for seed in range(2))


def _row_of_numbers() -> bytes:
    chance = random.Random(1)
    cells = b"".join(b"<c><v>%d</v></c>" % chance.randrange(10**9) for _ in range(700))
    return b"<row>" + cells + b"</row>"


def _empty_rows() -> bytes:
    chance = random.Random(2)
    return b"".join(b'<row ht="%d"/>' % chance.randrange(10**6) for _ in range(1_000))


def _short_texts() -> bytes:
    return b"".join(b"<si><t>%s</t></si>" % _letters(3, seed) for seed in range(1_000))


def _long_text() -> bytes:
    return _letters(20_000, 3)


def _far(cell: bytes) -> bytes:
    return b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>' + cell + b"</row></sheetData></worksheet>"


def _deep() -> bytes:
    chance = random.Random(4)
    names = [b"n%d" % chance.randrange(10**6) for _ in range(1_000)]
    opened, closed = b"".join(b"<%s>" % n for n in names), b"".join(b"</%s>" % n for n in reversed(names))
    return b"<worksheet>" + opened * 1_000 + closed * 1_000 + b"</worksheet>"


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">{lines}]><worksheet>&a9;</worksheet>'.encode()


def _quadratic() -> bytes:
    text = "x" * 50_000
    return f'<!DOCTYPE w [<!ENTITY a "{text}">]><worksheet>{"&a;" * 50_000}</worksheet>'.encode()


def _outside() -> bytes:
    return b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet>&a;</worksheet>'


def _ebcdic() -> bytes:
    return b'<?xml version="1.0" encoding="utf-7"?>' + _laughs().decode().encode("utf-7")


def _many_parts() -> bytes:
    return packed({**_plain(), **{f"xl/media/image{n}.png": b"\0" * 990_000 for n in range(250)}})


def _overlapping() -> bytes:
    """The directory names one part again and again under other names: a few bytes that unpack to 400 parts."""
    content = bytearray(packed({**_plain(), "xl/media/a000.png": b"\0" * 900_000}))
    end = content.rfind(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    last = content.rfind(b"PK\x01\x02")
    entry, count = bytes(content[last:end]), int.from_bytes(content[end + 10 : end + 12], "little")
    more = b"".join(entry.replace(b"a000", b"a%03d" % n) for n in range(1, 400))
    tail = bytearray(content[end:])
    tail[8:10] = tail[10:12] = (count + 399).to_bytes(2, "little")
    tail[12:16] = (end - start + len(more)).to_bytes(4, "little")
    return bytes(content[:end]) + more + bytes(tail)
