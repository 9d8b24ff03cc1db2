"""The process that reads files one after the other: limits first, then inspection, then columns of text.

It is started by `process` without any package beside this product on its path, answers on stdout in frames, ends when
stdin does, and ends itself after a refusal: whatever a bad file left behind does not meet the next one.
"""

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from sop_dash.adapters.reader.frames import Block, Opened, read_frame, write_frame, write_part
from sop_dash.adapters.reader.limits import ReadingLimits, Refused, WorkbookLimits


def main() -> int:
    """Answer until there is no further request; 0 also when a file is refused."""
    _bind_once()
    gc.disable()  # texts and rows of a file hold no circles, and looking for them takes as long as reading
    answers = sys.stdout.buffer
    with suppress(EOFError):
        while _answered(*read_frame(sys.stdin.buffer), answers):
            answers.flush()
    answers.flush()
    return 0


def _answered(header: dict[str, Any], buffers: list[bytes], answers: IO[bytes]) -> bool:
    """Answer one request; False when it was refused."""
    try:
        for part in _parts(header, buffers):
            write_part(answers, part)
    except Refused as refused:
        write_frame(answers, {"kind": "refused", "reason": refused.reason, "text": str(refused), "row": refused.row})
        return False
    except MemoryError:
        buffers.clear()
        text = "Reading it takes more memory than allowed."
        write_frame(answers, {"kind": "refused", "reason": "large", "text": text, "row": 0})
        return False
    write_frame(answers, {"kind": "done"})
    return True


def _parts(header: dict[str, Any], buffers: list[bytes]) -> Iterator[Opened | Block]:
    """The tables of one file."""
    if header["workbook"]:
        from sop_dash.adapters.reader.sheets import read_sheets  # noqa: PLC0415  # after the limits are set

        limits = WorkbookLimits(**header["limits"])
        _bind(limits)
        return read_sheets(buffers.pop(), limits)
    from sop_dash.adapters.reader.text import read_text  # noqa: PLC0415

    plain = ReadingLimits(**header["limits"])
    _bind(plain)
    return read_text(buffers.pop(), plain, header["encodings"])


def _bind_once() -> None:
    """No file may be written, no core dumped, few files opened; where the system cannot, the parent watches."""
    _restrict("RLIMIT_FSIZE", 0, hard=True)
    _restrict("RLIMIT_CORE", 0, hard=True)
    _restrict("RLIMIT_NOFILE", 32, hard=True)


def _bind(limits: ReadingLimits) -> None:
    """Memory and processor time for the next file."""
    _restrict("RLIMIT_AS", limits.memory_bytes)
    _restrict("RLIMIT_CPU", int(time.process_time()) + 1 + limits.cpu_seconds)


def _restrict(name: str, most: int, *, hard: bool = False) -> None:
    try:
        import resource  # noqa: PLC0415  # POSIX only
    except ImportError:
        return
    which = getattr(resource, name)
    allowed = resource.getrlimit(which)[1]
    with suppress(ValueError, OSError):  # a stricter limit of the system stays in force
        resource.setrlimit(which, (most, most if hard else allowed))
