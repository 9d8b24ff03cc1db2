"""The measuring tape itself: what it counts and how it says that something was not measured."""

import importlib

import pytest

from tests.benchmarks.measure import Ratio, Row, Times, compare, cpu_ratio, measure, percentile_95
from tests.benchmarks.report import benchmark_lines
from tests.benchmarks.runner import modules, run_one


def test_every_benchmark_has_its_three_names():
    for identity, name in modules().items():
        benchmark = importlib.import_module(name)
        assert identity == benchmark.ID
        assert benchmark.TITLE
        assert callable(benchmark.run)


def test_benchmarks_run_in_the_order_of_their_numbers(tmp_path):
    for name in ("b10_start.py", "b2_sizes.py", "base.py", "measure.py"):
        (tmp_path / name).touch()
    assert list(modules(tmp_path)) == ["B2", "B10"]


def test_warm_up_runs_do_not_count():
    seen = []
    times = measure(seen.append, runs=4, warm_up=2)
    assert seen == [0, 1, 0, 1, 2, 3]
    assert len(times.wall) == len(times.cpu) == 4


def test_work_and_yardstick_take_turns():
    order = []
    compare(lambda _: order.append("work"), lambda _: order.append("yardstick"), runs=2, warm_up=0)
    assert order == ["work", "yardstick", "work", "yardstick"]


def test_the_95th_percentile_is_a_run_that_happened():
    assert percentile_95(tuple(float(run) for run in range(1, 21))) == 19.0  # 19 of 20 runs are at most 19
    assert percentile_95((7.0,)) == 7.0


def test_a_ratio_compares_medians():
    work, yardstick = Times(wall=(9.0,), cpu=(2.0, 4.0, 90.0)), Times(wall=(9.0,), cpu=(1.0, 2.0, 3.0))
    assert cpu_ratio(work, yardstick, "the same LP") == Ratio(value=2.0, yardstick="the same LP")


def test_a_report_names_everything_that_was_asked_for():
    row = Row(
        what="12 x 18",
        times=Times(wall=(2.0,) * 20, cpu=(1.0,) * 20),
        goal="at most 2 x",
        ratio=Ratio(value=1.5, yardstick="the same LP"),
    )
    text = "\n".join(benchmark_lines("B1", "Levers", [row], 3 * 2**20))
    for part in ("B1  Levers", "12 x 18", "median       2.00 ms", "1.50 x the same LP", "at most 2 x", "3 MiB"):
        assert part in text


@pytest.fixture
def benchmark_without_data(tmp_path, monkeypatch):
    source = (
        "from tests.benchmarks.measure import CannotRun\nID, TITLE = 'B6', 'Forecasts'\n"
        "def run(data):\n    raise CannotRun('--data names no folder')\n"
    )
    (tmp_path / "forecasts_elsewhere.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "forecasts_elsewhere"


def test_what_cannot_run_says_why(benchmark_without_data):
    assert run_one(benchmark_without_data, None) == ["B6  Forecasts", "  not run: --data names no folder"]
