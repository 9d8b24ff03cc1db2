"""Slow work in a process of its own, with progress and a way to stop it; answers are kept on disk and found again.

The answer of a job belongs to its key: the same key is never worked on twice at once, nor again once it is answered.
"""

from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from diskcache import Cache

from sop_dash.core.model.errors import Cancelled
from sop_dash.services.ports import JobState

_STALE_SECONDS = 300.0


class DiskJobs:
    """Implements `services.ports.Jobs` with a folder of the installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache = Cache(str(folder))

    def start(self, key: str, work: Callable[..., Any], *arguments: Any) -> None:
        """Begin unless it is answered or running; `work` takes the arguments and a progress function."""
        if self._cache.get((key, "answer")) is not None:
            return
        if not self._cache.add((key, "progress"), (0, 0), expire=_STALE_SECONDS):
            return
        self._cache.delete((key, "stop"))
        process = get_context("spawn").Process(target=_run, args=(str(self._folder), key, work, arguments), daemon=True)
        process.start()

    def state(self, key: str) -> JobState:
        """How far it is."""
        answer = self._cache.get((key, "answer"))
        progress = self._cache.get((key, "progress"))
        done, total = progress or (0, 0)
        return JobState(running=answer is None and progress is not None, done=done, total=total, answer=answer)

    def cancel(self, key: str) -> None:
        """Ask it to stop; it ends after the step it is at."""
        if self._cache.get((key, "progress")) is not None:
            self._cache.set((key, "stop"), True, expire=_STALE_SECONDS)


def _run(folder: str, key: str, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    with Cache(folder) as cache:

        def progress(done: int, total: int) -> None:
            if cache.get((key, "stop")):
                raise Cancelled("Stopped.")
            cache.set((key, "progress"), (done, total), expire=_STALE_SECONDS)

        try:
            cache.set((key, "answer"), work(*arguments, progress))
        except Cancelled:
            cache.delete((key, "stop"))
        finally:
            cache.delete((key, "progress"))
