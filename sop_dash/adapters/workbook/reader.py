"""Reading a workbook through a process of its own: started, watched, ended; whatever happens there, we go on."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

import psutil

from sop_dash.adapters.workbook.limits import Refused, WorkbookLimits
from sop_dash.adapters.workbook.sheets import Cell

_LOOK_EVERY_SECONDS = 0.1
_KEPT_VARIABLES = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
_CHILD = "sop_dash.adapters.workbook.child"


@dataclass(frozen=True, kw_only=True)
class SheetRows:
    """The filled rows of one sheet.

    Args:
        name: As on its tab.
        hidden: True when people do not see it.
        rows: Row number followed by cells: numbers as numbers, everything else as text.
    """

    name: str
    hidden: bool
    rows: list[list[Cell]]


def read_workbook(content: bytes, limits: WorkbookLimits | None = None) -> list[SheetRows]:
    """All sheets of a workbook in the order of its tabs.

    Raises:
        Refused: It breaks a rule or a limit, or its process failed.
    """
    limits = limits or WorkbookLimits()
    if len(content) > limits.file_bytes:
        raise Refused("large", f"At most {limits.file_bytes // 1_000_000:,} MB a workbook.")
    output = _answer(content, limits)
    sheets: list[SheetRows] = []
    complete = False
    for line in output.splitlines():
        said: Any = json.loads(line)
        if isinstance(said, list):
            sheets[-1].rows.extend(said)
        elif "refused" in said:
            raise Refused(said["refused"], said["text"])
        elif "sheet" in said:
            sheets.append(SheetRows(name=said["sheet"], hidden=said["hidden"], rows=[]))
        else:
            complete = True
    if not complete:
        raise Refused("damaged", "Reading it ended early.")
    return sheets


def _answer(content: bytes, limits: WorkbookLimits) -> bytes:
    """What the process wrote. Raises `Refused` when it failed."""
    command = [sys.executable, "-I", "-X", "utf8", "-m", _CHILD, json.dumps(asdict(limits))]
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    with subprocess.Popen(
        command, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        answers: list[bytes] = []
        talk = threading.Thread(target=lambda: answers.append(child.communicate(content)[0]), daemon=True)
        talk.start()
        try:
            _watch(talk, psutil.Process(child.pid), limits)
        finally:
            child.kill()
            talk.join()
    if child.returncode == 0 and answers:
        return answers[0]
    raise Refused("damaged", "Reading it failed.")


def _watch(talk: threading.Thread, process: psutil.Process, limits: WorkbookLimits) -> None:
    """Wait for the answer; raises `Refused` when time or memory run out."""
    deadline = time.monotonic() + limits.wall_seconds
    while talk.is_alive():
        talk.join(_LOOK_EVERY_SECONDS)
        if time.monotonic() > deadline:
            raise Refused("large", f"Reading it took longer than {limits.wall_seconds} seconds.")
        if _memory(process) > limits.memory_bytes:
            raise Refused("large", "Reading it takes more memory than allowed.")


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0  # it has just ended
