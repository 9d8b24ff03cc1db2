"""In which encoding a text file is written: its mark, else strict UTF-8, else the old one that makes its headings read.

Without a mark and without UTF-8 nothing can be sure, so the choice is told: among the old encodings the one in which
the first lines hold the most words we know from headings; Windows-1252 when none is better.
"""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

from sop_dash.core.data.mapping.words import TARGETS, score

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD = {
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "shift_jis": "Shift-JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "euc_kr": "EUC-KR (Korean)",
}
_WIDE = {"utf-16-le": "UTF-16 without a mark", "utf-16-be": "UTF-16 without a mark"}
_SAMPLE_BYTES, _SAMPLE_CELLS = 4_000, 60
_MOSTLY = 0.4
_CELL_ENDS = re.compile(r"[,;\t|\r\n\"]+")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """The text of a file.

    Args:
        text: All of it, without a mark.
        guessed: Name of the encoding where it was not certain; empty when it was.
    """

    text: str
    guessed: str = ""


def decoded(content: bytes) -> Decoded:
    """Read the bytes as text. Raises `UnicodeDecodeError` when the mark lies or no encoding fits."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(text=content[len(mark) :].decode(encoding))
    wide = _wide(content)
    if wide:
        return Decoded(text=content.decode(wide), guessed=_WIDE[wide])
    with suppress(UnicodeDecodeError):
        return Decoded(text=content.decode("utf-8"))
    sample = content[:_SAMPLE_BYTES]
    first, *others = sorted(_OLD, key=lambda encoding: -_known_words(sample, encoding))
    for encoding in (first, *others):
        with suppress(UnicodeDecodeError):
            return Decoded(text=content.decode(encoding), guessed=_OLD[encoding])
    return Decoded(text=content.decode(first), guessed=_OLD[first])


def _wide(content: bytes) -> str:
    """Two bytes a letter: every other byte of plain letters is zero."""
    sample = content[:_SAMPLE_BYTES]
    half = len(sample) // 2
    if not half or b"\0" not in sample:
        return ""
    shares = {"utf-16-be": sample[0::2].count(0) / half, "utf-16-le": sample[1::2].count(0) / half}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > _MOSTLY and min(shares.values()) == 0.0 else ""


def _known_words(sample: bytes, encoding: str) -> float:
    """How well the first cells are known as headings in this encoding."""
    text = sample.decode(encoding, errors="replace")
    cells = [cell for cell in _CELL_ENDS.split(text) if not cell.isascii()][:_SAMPLE_CELLS]
    return sum(max(score(cell, target) for target in TARGETS) for cell in set(cells))
