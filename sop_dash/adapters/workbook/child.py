"""The process that reads one workbook: limits first, then inspection, then rows as lines of JSON.

    python -I -m sop_dash.adapters.workbook.child LIMITS < workbook

LIMITS is JSON. Nothing is written before everything was read. Lines: `{"sheet": …, "hidden": …}` opens a sheet,
`[[row, cell, …], …]` is a block of its rows, `{"refused": reason, "text": …}` stands alone, `{"done": true}` ends a
complete answer.
"""

import json
import sys
from contextlib import suppress
from itertools import islice

from sop_dash.adapters.workbook.limits import Refused, WorkbookLimits

_BLOCK = 2_000
"""Rows in one line of the answer."""


def main() -> int:
    """Answer on stdout; 0 also when the workbook is refused."""
    limits = WorkbookLimits(**json.loads(sys.argv[1]))
    _bind(limits)
    content = sys.stdin.buffer.read(limits.file_bytes + 1)
    try:
        lines = _lines(content, limits)
    except Refused as refused:
        lines = [json.dumps({"refused": refused.reason, "text": str(refused)})]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _bind(limits: WorkbookLimits) -> None:
    """Keep this process small where the system can; elsewhere the one that started it watches."""
    try:
        import resource  # noqa: PLC0415  # POSIX only
    except ImportError:
        return
    bounds = (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    )
    for which, most in bounds:
        with suppress(ValueError, OSError):  # a stricter limit of the system stays in force
            resource.setrlimit(which, (most, most))


def _lines(content: bytes, limits: WorkbookLimits) -> list[str]:
    from sop_dash.adapters.workbook.inspection import inspected  # noqa: PLC0415  # after the limits are set
    from sop_dash.adapters.workbook.parts import open_book  # noqa: PLC0415
    from sop_dash.adapters.workbook.sheets import read_sheet  # noqa: PLC0415

    archive = inspected(content, limits)
    book = open_book(archive, limits)
    lines: list[str] = []
    characters = cells = 0
    for sheet in book.sheets:
        rows = read_sheet(archive, sheet, book, limits)
        characters += rows.characters
        cells += rows.count
        if characters > limits.unpacked_bytes or cells > limits.cells:
            raise Refused("large", f"At most {limits.cells:,} cells a workbook.")
        lines.append(json.dumps({"sheet": sheet.name, "hidden": sheet.hidden}))
        shown = rows.lines()
        while block := list(islice(shown, _BLOCK)):
            lines.append(json.dumps(block))
    return [*lines, json.dumps({"done": True})]


if __name__ == "__main__":
    sys.exit(main())
