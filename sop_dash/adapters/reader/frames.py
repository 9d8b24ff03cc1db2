"""What the reading process is asked and what it answers: lines of JSON, each followed by plain buffers; never pickles.

A request is one frame whose buffer is the file. An answer is a frame for every table and for every block of its rows,
and one frame that ends it: `done`, or `refused` with the reason. What came before a refusal does not count.
"""

import json
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

BETWEEN_CELLS = "\0"
"""No text file and no workbook we accept holds this sign."""

_LONGEST_HEADER = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A table begins.

    Args:
        name: Name of the sheet; empty for a text file.
        hidden: True when people do not see it.
        guessed: Encoding of a text file where it was not certain, else empty.
        example: The first line of such a file that depends on it.
    """

    name: str = ""
    hidden: bool = False
    guessed: str = ""
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """Some rows of the table opened last.

    Args:
        size: Number of rows.
        first: Row number of the first one, when they follow one another without a gap.
        numbers: Row numbers as 64-bit integers when they do not; else empty.
        lengths: Cells of each row as written, as 64-bit integers; empty when all have as many as there are columns.
        numeric: One byte for each cell, row after row, 1 where the file says that it is a number; empty for nowhere.
        columns: Of each column the numbers of its cells, as 32-bit integers, and the texts that are new in it, with
            `BETWEEN_CELLS` between them, in UTF-8; 0 is the empty text, the first new one is 1. Without numbers the
            texts are those of all cells.
    """

    size: int
    first: int = 0
    numbers: bytes = b""
    lengths: bytes = b""
    numeric: bytes = b""
    columns: tuple[tuple[bytes, bytes], ...] = ()


def write_frame(stream: IO[bytes], header: dict[str, Any], *buffers: bytes) -> None:
    """Write one frame; the caller flushes the stream."""
    stream.write(json.dumps({**header, "sizes": [len(buffer) for buffer in buffers]}).encode() + b"\n")
    for buffer in buffers:
        stream.write(buffer)


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The next frame.

    Raises:
        EOFError: The other side ended before it was complete.
    """
    line = stream.readline(_LONGEST_HEADER)
    if not line.endswith(b"\n"):
        raise EOFError
    header: dict[str, Any] = json.loads(line)
    sizes: list[int] = header.pop("sizes")
    buffers = [stream.read(size) for size in sizes]
    if [len(buffer) for buffer in buffers] != sizes:
        raise EOFError
    return header, buffers


def write_part(stream: IO[bytes], part: Opened | Block) -> None:
    """Write one part of an answer."""
    if isinstance(part, Opened):
        write_frame(stream, {"kind": "table", **vars(part)})
        return
    header = {"kind": "block", "size": part.size, "first": part.first}
    write_frame(stream, header, part.numbers, part.lengths, part.numeric, *chain.from_iterable(part.columns))


def block_of(header: dict[str, Any], buffers: list[bytes]) -> Block:
    """The block of a frame of that kind."""
    numbers, lengths, numeric, *columns = buffers
    pairs = tuple(zip(columns[::2], columns[1::2], strict=True))
    return Block(**header, numbers=numbers, lengths=lengths, numeric=numeric, columns=pairs)
