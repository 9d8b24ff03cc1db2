"""Which old encoding a text file without a mark is likely in: the one that makes its headings read.

Without a mark and without UTF-8 nothing can be sure, so the choice is told: among the old encodings the one in which
the first lines hold the most words we know from headings; Windows-1252 when none is better.
"""

import codecs
import re
from contextlib import suppress

from sop_dash.core.data.mapping.words import TARGETS, score

ENCODING_NAMES = {
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "shift_jis": "Shift-JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "euc_kr": "EUC-KR (Korean)",
    "utf-16-le": "UTF-16 without a mark",
    "utf-16-be": "UTF-16 without a mark",
}
"""What an encoding that was not certain is called."""

_OLD = tuple(encoding for encoding in ENCODING_NAMES if not encoding.startswith("utf"))
_SAMPLE_BYTES, _SAMPLE_CELLS = 4_000, 60
_CELL_ENDS = re.compile(r"[,;\t|\r\n\"]+")


def likely_encodings(content: bytes) -> tuple[str, ...]:
    """The old encodings, the likeliest first; only the first bytes are looked at, and not when they are UTF-8."""
    sample = content[:_SAMPLE_BYTES]
    with suppress(UnicodeDecodeError):
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return _OLD
    return tuple(sorted(_OLD, key=lambda encoding: -_known_words(sample, encoding)))


def _known_words(sample: bytes, encoding: str) -> float:
    """How well the first cells are known as headings in this encoding."""
    text = sample.decode(encoding, errors="replace")
    cells = [cell for cell in _CELL_ENDS.split(text) if not cell.isascii()][:_SAMPLE_CELLS]
    return sum(max(score(cell, target) for target in TARGETS) for cell in set(cells))
