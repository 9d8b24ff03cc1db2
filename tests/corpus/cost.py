"""What answering a file costs: seconds, and memory of this process and of the one that reads files."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import psutil

_LOOK_EVERY_SECONDS = 0.005
_READER = "sop_dash.adapters.reader.child"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One answer.

    Args:
        seconds: From the bytes to the answer.
        cpu_seconds: Processor time of this process and the reading one.
        own_bytes: Most memory beyond what this process had before.
        child_bytes: Most memory of the reading process.
    """

    seconds: float
    cpu_seconds: float
    own_bytes: int
    child_bytes: int


def cost_of(work: Callable[[], object]) -> Cost:
    """Do the work once and watch it from a thread."""
    process, done = psutil.Process(), threading.Event()
    before = process.memory_info().rss
    most, child, cpu = [before], [0], [0.0]

    def watch() -> None:
        while not done.wait(_LOOK_EVERY_SECONDS):
            most.append(process.memory_info().rss)
            for memory, seconds in _children(process):
                child.append(memory)
                cpu.append(seconds)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    began, own_cpu = time.perf_counter(), time.process_time()
    try:
        work()
    finally:
        seconds, own_cpu = time.perf_counter() - began, time.process_time() - own_cpu
        done.set()
        thread.join()
    return Cost(seconds=seconds, cpu_seconds=own_cpu + max(cpu), own_bytes=max(most) - before, child_bytes=max(child))


def _children(process: psutil.Process) -> Iterator[tuple[int, float]]:
    """Memory and processor time of the readers that run; before it is one, a new process looks as large as this."""
    for one in process.children():
        with suppress(psutil.Error):
            if _READER not in " ".join(one.cmdline()):
                continue
            times = one.cpu_times()
            yield one.memory_info().rss, times.user + times.system
