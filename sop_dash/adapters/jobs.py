"""Slow work in a process of its own, with progress and a way to stop it; answers are kept on disk and found again.

The answer of a job belongs to its key: the same key is never worked on twice at once, nor again once it is answered.
Progress is the sign of life too: the working process renews it, and where it runs out the job is lost. A process
whose server is gone ends itself.
"""

import os
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any

from diskcache import Cache

from sop_dash.core.model.errors import Cancelled
from sop_dash.services.ports import JobState

_ALIVE_SECONDS = 30.0
_RENEWED_SECONDS = 5.0


class DiskJobs:
    """Implements `services.ports.Jobs` with a folder of the installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache = Cache(str(folder))
        self._processes: dict[str, BaseProcess] = {}

    def start(self, key: str, work: Callable[..., Any], *arguments: Any) -> None:
        """Begin unless it is answered or running; `work` takes the arguments and a progress function."""
        state = self.state(key)
        if state.running or state.answer is not None:
            return
        if state.lost:
            self._cache.delete((key, "progress"))
        if not self._cache.add((key, "progress"), (0, 0), expire=_ALIVE_SECONDS):
            return
        self._cache.set((key, "begun"), True)
        self._cache.delete((key, "stop"))
        process = get_context("spawn").Process(target=_run, args=(str(self._folder), key, work, arguments), daemon=True)
        process.start()
        self._processes[key] = process

    def state(self, key: str) -> JobState:
        """How far it is."""
        # Read against the order a job writes in, so that one that ends meanwhile is never taken for a lost one.
        progress = self._cache.get((key, "progress"))
        process = self._processes.get(key)
        alive = progress is not None and (process is None or process.is_alive())
        begun = self._cache.get((key, "begun")) is not None
        answer = self._cache.get((key, "answer"))
        begun = begun and answer is None
        done, total = progress or (0, 0)
        return JobState(running=begun and alive, lost=begun and not alive, done=done, total=total, answer=answer)

    def cancel(self, key: str) -> None:
        """Ask it to stop; it ends after the step it is at."""
        if self.state(key).running:
            self._cache.set((key, "stop"), True)


def _run(folder: str, key: str, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    with Cache(folder) as cache:
        Thread(target=_renew, args=(cache, key), daemon=True).start()

        def progress(done: int, total: int) -> None:
            if cache.get((key, "stop")):
                raise Cancelled("Stopped.")
            cache.set((key, "progress"), (done, total), expire=_ALIVE_SECONDS)

        try:
            cache.set((key, "answer"), work(*arguments, progress))
            cache.delete((key, "begun"))
        except Cancelled:
            cache.delete((key, "begun"))
        finally:
            cache.delete((key, "progress"))


def _renew(cache: Cache, key: str) -> None:
    server = parent_process()
    while server is not None and server.is_alive():
        cache.touch((key, "progress"), expire=_ALIVE_SECONDS)
        server.join(_RENEWED_SECONDS)
    os._exit(1)
