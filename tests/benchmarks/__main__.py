"""Run the benchmarks that were named, or all, each in a process of its own."""

import argparse
import os
import platform
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.runner import modules, run_one

DATA_VARIABLE = "SOP_BENCH_DATA"


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
