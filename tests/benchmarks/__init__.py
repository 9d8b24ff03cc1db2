"""What the dashboard costs in time and memory: `python3 dev.py bench [--data DIR] [ids]`.

A benchmark is a module `b<number>_<what>.py` here with three names:

    ID = "B1"
    TITLE = "Levers to random positions"
    def run(data: Path | None) -> list[Row]: ...

`run` measures with `measure` or `compare` and returns one `Row` for each size or page; it raises `CannotRun` with the
reason when something it needs is absent. Each runs in a process of its own, so its peak memory is its own. Benchmarks
measure; they are not tests with a time limit.
"""
