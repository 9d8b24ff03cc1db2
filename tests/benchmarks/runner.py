"""Find the benchmarks and run one; a module of its own, so that a fresh process can import it by name."""

import importlib
import re
import sys
from pathlib import Path

from tests.benchmarks.measure import CannotRun, Row
from tests.benchmarks.report import benchmark_lines

HERE = Path(__file__).parent


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
