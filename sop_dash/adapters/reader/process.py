"""The process that reads files, seen from here: started, asked, watched, ended; whatever happens there, we go on."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil

import sop_dash
from sop_dash.adapters.reader.frames import Opened, block_of, read_frame, write_frame
from sop_dash.adapters.reader.limits import ReadingLimits, Refused, WorkbookLimits
from sop_dash.adapters.reader.tables import ReadTable, Unpacking

_LOOK_EVERY_SECONDS = 0.1
_KEPT_VARIABLES = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
_START = "import sys; sys.path.append(sys.argv[1]); from sop_dash.adapters.reader.child import main; sys.exit(main())"
_ENDED = "The process that read it was ended before it was done."


class Reader:
    """Reads files one after the other in a process of its own, which is started for the first and after every failure.

    Use `reading` to have it ended in any case. One thread at a time.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._talk: _Talk | None = None

    def workbook(self, content: bytes, limits: WorkbookLimits) -> tuple[ReadTable, ...]:
        """All sheets of a workbook in the order of its tabs.

        Raises:
            Refused: It breaks a rule or a limit, or its process failed.
        """
        if len(content) > limits.file_bytes:
            raise Refused("large", f"At most {limits.file_bytes // 1_000_000:,} MB a workbook.")
        return self._read({"workbook": True}, content, limits)

    def text(self, content: bytes, limits: ReadingLimits, encodings: Sequence[str]) -> ReadTable:
        """The one table of a text file.

        Args:
            content: Its bytes.
            limits: Largest sizes allowed.
            encodings: Old encodings to try where there is no mark and it is no UTF-8, the likeliest first.

        Raises:
            Refused: It is no text, breaks a limit, or its process failed.
        """
        if len(content) > limits.file_bytes:
            raise Refused("large", f"At most {limits.file_bytes // 1_000_000:,} MB a file.")
        (table,) = self._read({"workbook": False, "encodings": list(encodings)}, content, limits)
        return table

    def close(self) -> None:
        """End the process, if one runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if self._talk is not None:
            self._talk.join()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # what was still to be handed over has nowhere to go
                if stream is not None:
                    stream.close()

    def _read(self, header: dict[str, Any], content: bytes, limits: ReadingLimits) -> tuple[ReadTable, ...]:
        """Ask and wait; after any failure the process is ended, and nothing it said counts."""
        whole = False
        try:
            self._process = process = self._process or _started()
            self._talk = talk = _Talk(process, {**header, "limits": asdict(limits)}, content)
            _watch(talk, psutil.Process(process.pid), limits)
            tables = talk.answer(limits)
            whole = True
        except (OSError, psutil.Error) as error:  # no process can be started, or it is gone already
            raise Refused("ended", _ENDED) from error
        finally:
            if not whole:
                self.close()
        return tables


@contextmanager
def reading() -> Iterator[Reader]:
    """A reader for some files; its process does not outlive the block."""
    reader = Reader()
    try:
        yield reader
    finally:
        reader.close()


def _started() -> subprocess.Popen[bytes]:
    """The process without anything to import but the standard library and this product, and without our environment."""
    root = str(Path(sop_dash.__file__).resolve().parents[1])
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, root],
        env=kept,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


class _Talk(threading.Thread):
    """Hands over one file and takes what comes back, until the answer or the process ends."""

    def __init__(self, process: subprocess.Popen[bytes], header: dict[str, Any], content: bytes) -> None:
        super().__init__(daemon=True)
        self._child, self._header, self._content = process, header, content
        self._tables: list[Unpacking] = []
        self._last: dict[str, Any] = {}
        self.start()

    def run(self) -> None:
        """Ends early when the process does."""
        stdin, stdout = self._child.stdin, self._child.stdout
        if stdin is None or stdout is None:
            return
        with suppress(EOFError, OSError, ValueError, LookupError, TypeError):
            write_frame(stdin, self._header, self._content)
            stdin.flush()
            while True:
                header, buffers = read_frame(stdout)
                kind = header.pop("kind")
                if kind == "table":
                    self._tables.append(Unpacking(Opened(**header)))
                elif kind == "block":
                    self._tables[-1].add(block_of(header, buffers))
                else:
                    self._last = {"kind": kind, **header}
                    return

    def answer(self, limits: ReadingLimits) -> tuple[ReadTable, ...]:
        """What was read. Raises `Refused` when it was refused or the process ended early."""
        if not self._last:
            self._child.kill()
            code = self._child.wait()
            if code == -getattr(signal, "SIGXCPU", 0):
                raise Refused("large", f"Reading it took more than {limits.cpu_seconds} seconds of processor time.")
            raise Refused("ended", _ENDED)
        if self._last["kind"] == "refused":
            raise Refused(self._last["reason"], self._last["text"], self._last["row"])
        return tuple(table.whole() for table in self._tables)


def _watch(talk: _Talk, process: psutil.Process, limits: ReadingLimits) -> None:
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
