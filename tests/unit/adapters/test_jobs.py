"""Slow work beside the pages: it tells how far it is, ends with an answer that stays, and stops when asked."""

import time
from pathlib import Path

from sop_dash.adapters.jobs import DiskJobs


def count(to, progress):
    for step in range(1, to + 1):
        progress(step, to)
    return to


def wait_to_be_stopped(progress):
    while True:
        progress(1, 2)
        time.sleep(0.01)


def until(done, seconds=60.0):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_answer_stays_for_whoever_opens_the_folder_again(tmp_path: Path) -> None:
    jobs = DiskJobs(tmp_path)
    assert not jobs.state("three").running
    jobs.start("three", count, 3)
    until(lambda: jobs.state("three").answer is not None)
    state = DiskJobs(tmp_path).state("three")
    assert (state.answer, state.running) == (3, False)


def test_work_that_is_asked_to_stop_ends_without_an_answer(tmp_path: Path) -> None:
    jobs = DiskJobs(tmp_path)
    jobs.start("long", wait_to_be_stopped)
    until(lambda: jobs.state("long").done == 1)
    assert jobs.state("long").running
    jobs.cancel("long")
    until(lambda: not jobs.state("long").running)
    assert jobs.state("long").answer is None
