"""Slow work beside the pages: it tells how far it is, ends with an answer that stays, and stops when asked."""

from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from sop_dash.adapters.jobs import DiskJobs

SECONDS = 60.0  # patience with a busy machine


def count(to, progress):
    for step in range(1, to + 1):
        progress(step, to)
    return to


def wait_to_be_stopped(begun, progress):
    while True:
        progress(1, 2)
        begun.set()


def fail_halfway(progress):
    progress(1, 2)
    raise ValueError("half way")


def started(jobs: DiskJobs, key: str, work, *arguments) -> BaseProcess:
    before = set(active_children())
    jobs.start(key, work, *arguments)
    (process,) = set(active_children()) - before
    return process


def begun_job(jobs: DiskJobs) -> BaseProcess:
    """A job that is at its work and goes on until it is stopped."""
    begun = get_context("spawn").Event()
    process = started(jobs, "long", wait_to_be_stopped, begun)
    assert begun.wait(SECONDS)
    return process


def test_an_answer_stays_for_whoever_opens_the_folder_again(tmp_path: Path) -> None:
    jobs = DiskJobs(tmp_path)
    assert not jobs.state("three").running
    started(jobs, "three", count, 3).join(SECONDS)
    state = DiskJobs(tmp_path).state("three")
    assert (state.answer, state.running, state.lost) == (3, False, False)


def test_work_that_is_asked_to_stop_ends_without_an_answer(tmp_path: Path) -> None:
    jobs = DiskJobs(tmp_path)
    process = begun_job(jobs)
    state = jobs.state("long")
    assert (state.running, state.done, state.total) == (True, 1, 2)
    jobs.cancel("long")
    process.join(SECONDS)
    state = jobs.state("long")
    assert (state.answer, state.running, state.lost) == (None, False, False)


def test_a_killed_job_is_lost_and_can_be_started_again(tmp_path: Path) -> None:
    jobs = DiskJobs(tmp_path)
    process = begun_job(jobs)
    process.kill()
    process.join(SECONDS)
    assert (jobs.state("long").lost, jobs.state("long").running) == (True, False)
    started(jobs, "long", count, 2).join(SECONDS)
    assert (jobs.state("long").lost, jobs.state("long").answer) == (False, 2)


def test_work_that_fails_is_lost_not_running(tmp_path: Path) -> None:
    jobs = DiskJobs(tmp_path)
    started(jobs, "fails", fail_halfway).join(SECONDS)
    assert (jobs.state("fails").lost, jobs.state("fails").running) == (True, False)


def wait_for_ever(begun, _line, progress):
    wait_to_be_stopped(begun, progress)


def serve_a_job(folder: Path, begun, line) -> None:
    started(DiskJobs(folder), "long", wait_for_ever, begun, line).join()


def test_a_job_ends_itself_when_its_server_is_killed(tmp_path: Path) -> None:
    context = get_context("spawn")
    begun, (ours, theirs) = context.Event(), context.Pipe(duplex=False)
    server = context.Process(target=serve_a_job, args=(tmp_path, begun, theirs))
    server.start()
    theirs.close()
    assert begun.wait(SECONDS)
    server.kill()
    server.join(SECONDS)
    assert ours.poll(SECONDS)  # the line falls silent: no process holds its other end any more
