"""Wall and CPU milliseconds of repeated calls, and a yardstick measured in turn with the work itself."""

import gc
import math
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

RUNS = 20
WARM_UP_RUNS = 3


class CannotRun(Exception):
    """A benchmark lacks something on this machine; the text says what."""


@dataclass(frozen=True, kw_only=True)
class Times:
    """One number for each run, in milliseconds; CPU is that of all threads and of processes that ended."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """How many times the yardstick the work took."""

    value: float
    yardstick: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measured thing: its times, what they are compared with, and what was hoped for."""

    what: str
    times: Times
    goal: str
    ratio: Ratio | None = None
    note: str = ""


def measure(call: Callable[[int], object], *, runs: int = RUNS, warm_up: int = WARM_UP_RUNS) -> Times:
    """Time `call(0)`, `call(1)`, ... after some runs that do not count.

    Args:
        call: The work; it gets the number of the run, so that each may start from another position.
        runs: How often it is timed.
        warm_up: How often it runs before, with the same numbers.
    """
    return _in_turn((call,), runs, warm_up)[0]


def compare(
    work: Callable[[int], object], yardstick: Callable[[int], object], *, runs: int = RUNS, warm_up: int = WARM_UP_RUNS
) -> tuple[Times, Times]:
    """Time the work and its yardstick in turn, so that both meet the same machine."""
    first, second = _in_turn((work, yardstick), runs, warm_up)
    return first, second


def cpu_ratio(work: Times, yardstick: Times, name: str) -> Ratio:
    """Median CPU of the work over that of its yardstick."""
    return Ratio(value=statistics.median(work.cpu) / statistics.median(yardstick.cpu), yardstick=name)


def wall_ratio(work: Times, yardstick: Times, name: str) -> Ratio:
    """Median wall time of the work over that of its yardstick; for work that waits for other processes."""
    return Ratio(value=statistics.median(work.wall) / statistics.median(yardstick.wall), yardstick=name)


def percentile_95(values: tuple[float, ...]) -> float:
    """Smallest value that at least 95 % of the runs did not pass."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def _in_turn(calls: tuple[Callable[[int], object], ...], runs: int, warm_up: int) -> list[Times]:
    for run in range(warm_up):
        for call in calls:
            call(run)
    wall: list[list[float]] = [[] for _ in calls]
    cpu: list[list[float]] = [[] for _ in calls]
    for run in range(runs):
        for index, call in enumerate(calls):
            with _no_collection():
                wall_start, cpu_start = time.perf_counter_ns(), _cpu_ns()
                call(run)
                cpu_end, wall_end = _cpu_ns(), time.perf_counter_ns()
            wall[index].append((wall_end - wall_start) / 1e6)
            cpu[index].append((cpu_end - cpu_start) / 1e6)
    return [Times(wall=tuple(w), cpu=tuple(c)) for w, c in zip(wall, cpu, strict=True)]


def _cpu_ns() -> int:
    """Processor time of this process and of those it started that have ended, as a reader of files has."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time_ns() + int((ended.ru_utime + ended.ru_stime) * 1e9)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Garbage of earlier runs is cleared before, and none is collected inside, a run."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
