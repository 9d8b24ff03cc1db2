"""B9: import of 1 million order lines, and of 10,000 items × 36 months, against reading the same file with pandas.

The work is everything up to plan inputs: reading, recognising columns, checks, adding up to months, assembly.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from sop_dash.adapters.files import read_files
from sop_dash.adapters.files.limits import COMMAND_LINE
from sop_dash.core.data import build_inputs, content_version, read_tables
from sop_dash.core.data.mapping import bring
from sop_dash.core.model.periods import following
from tests.benchmarks.measure import Row, compare, cpu_ratio, measure
from tests.public_files import PublicSet, named_folders, public_sets

ID, TITLE = "B9", "Import"
_GOAL = "≤ 5 × pandas.read_csv(dtype=str) of the same file"
_RUNS, _WARM_UP = 5, 1
_LINES, _ITEMS, _MONTHS = 1_000_000, 10_000, 36


def run(data: Path | None) -> list[Row]:
    """Both files, made here from a seed; from file to plan for the public files in `data` and `SOP_PUBLIC_DATA`."""
    folders = [*([data] if data else []), *named_folders()]
    with TemporaryDirectory() as scratch:
        plans = [_to_plan(one, Path(scratch)) for one in public_sets(folders, Path(scratch))]
    return [
        *plans,
        _row("1 million order lines", "orders.csv", _order_lines()),
        _row("10,000 items × 36 months, headings of the company's own", "export.csv", _monthly("Month;Item;Qty")),
        _row("10,000 items × 36 months, table of the contract", "sales.csv", _monthly("month;sku;units")),
    ]


def _to_plan(one: PublicSet, scratch: Path) -> Row:
    """What a new user waits for: `import` of the files as they are, then `plan`, each command starting anew."""
    home = scratch / one.path.stem
    (mapping := scratch / "map.json").write_text(json.dumps(one.mapping), encoding="utf-8")

    def command(run: int, *words: str) -> None:
        base = [sys.executable, "-m", "sop_dash", "--home", f"{home}.{run}"]
        subprocess.run([*base, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def work(run: int) -> None:
        command(run, "import", str(one.path), "--map", str(mapping))
        command(run, "plan", "--out", str(scratch / "plan.json"))

    return Row(what=f"from file to plan: {one.name}", times=measure(work, runs=3, warm_up=0), goal="≤ 10 minutes")


def _row(what: str, name: str, content: bytes) -> Row:
    work, yardstick = compare(_import_of(name, content), _read_of(content), runs=_RUNS, warm_up=_WARM_UP)
    ratio = cpu_ratio(work, yardstick, "pandas.read_csv(dtype=str)")
    return Row(what=what, times=work, ratio=ratio, goal=_GOAL, note=f"{len(content) / 1e6:.0f} MB")


def _import_of(name: str, content: bytes) -> Callable[[int], object]:
    def work(_: int) -> object:
        contents = read_files([(name, content)], limits=COMMAND_LINE)
        brought = bring(contents.grids)
        checked = read_tables(brought.tables, found=(*contents.file_findings, *brought.findings))
        return build_inputs(checked, version=content_version(checked))

    return work


def _read_of(content: bytes) -> Callable[[int], object]:
    separator = ";" if b";" in content[:100] else ","

    def read(_: int) -> object:
        return pd.read_csv(io.BytesIO(content), dtype=str, sep=separator)

    return read


def _order_lines() -> bytes:
    random = np.random.default_rng(9)
    days = pd.date_range("2023-01-01", "2025-12-31").strftime("%Y-%m-%d").to_numpy()
    table = {
        "Order No": np.sort(random.integers(1, _LINES // 3, _LINES)),
        "Line": np.arange(_LINES) % 7 + 1,
        "Order date": days[random.integers(0, len(days), _LINES)],
        "Item": np.array([f"SKU-{n:05d}" for n in range(2_000)])[random.integers(0, 2_000, _LINES)],
        "Channel": np.array(["shop", "web", "partner"])[random.integers(0, 3, _LINES)],
        "Quantity": random.integers(1, 50, _LINES),
        "Amount": random.integers(100, 99_999, _LINES) / 100,
    }
    return pd.DataFrame(table).to_csv(index=False).encode()


def _monthly(header: str) -> bytes:
    random = np.random.default_rng(9)
    units = random.integers(1, 500, (_ITEMS, _MONTHS))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header.split(";"))
    for month, column in zip(following("2023-01", _MONTHS), units.T.tolist(), strict=True):
        writer.writerows((month, f"SKU-{item:05d}", value) for item, value in enumerate(column))
    return text.getvalue().encode()
