"""Run the benchmarks that were named, or all, each in a process of its own."""

import argparse
import importlib
import os
import platform
import re
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.measure import CannotRun, Row
from tests.benchmarks.report import benchmark_lines

HERE = Path(__file__).parent
DATA_VARIABLE = "SOP_BENCH_DATA"


def modules(folder: Path = HERE) -> dict[str, str]:
    """Module names by benchmark id, in the order of their numbers."""
    found = ((re.match(r"b(\d+)_\w+$", path.stem), path.stem) for path in folder.glob("b*.py"))
    numbered = sorted((int(match.group(1)), stem) for match, stem in found if match)
    return {f"B{number}": f"{__package__}.{stem}" for number, stem in numbered}


def run_one(name: str, data: Path | None) -> list[str]:
    """Run one benchmark module and write it down; called in a fresh process."""
    benchmark = importlib.import_module(name)
    try:
        rows: list[Row] = benchmark.run(data)
    except CannotRun as reason:
        return [f"{benchmark.ID}  {benchmark.TITLE}", f"  not run: {reason}"]
    return benchmark_lines(benchmark.ID, benchmark.TITLE, rows, _peak_bytes())


def _peak_bytes() -> int:
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


def main() -> int:
    """Print every benchmark; 1 when one of them broke or does not exist."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure what the dashboard costs.")
    parser.add_argument("ids", nargs="*", help="such as B1 B4; none means all")
    parser.add_argument("--data", type=Path, help="folder of public series for the benchmarks that need one")
    arguments = parser.parse_args()
    known, broken = modules(), 0
    named = os.environ.get(DATA_VARIABLE)
    data = arguments.data or (Path(named) if named else None)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    for identity in [identity.upper() for identity in arguments.ids] or list(known):
        if identity not in known:
            print(f"{identity}\n  not run: there is no such benchmark\n")
            broken += 1
            continue
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
            outcome = process.submit(run_one, known[identity], data)
            if outcome.exception():
                print(f"{identity}\n  broke:\n{''.join(traceback.format_exception(outcome.exception()))}", flush=True)
                broken += 1
            else:
                print("\n".join(outcome.result()) + "\n", flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
