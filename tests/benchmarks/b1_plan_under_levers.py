"""B1: the whole plan under random levers against the bare linear programme, on the company that ships."""

from pathlib import Path

import numpy as np
from scipy.sparse import csc_matrix

from sop_dash.adapters.files import read_folder
from sop_dash.core.data import build_inputs, read_tables
from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.plan import Prepared, plan, prepare
from sop_dash.core.plan.run import problem_of
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.core.supply.vectors import Vectors
from tests.benchmarks.bare_solver import BareSolver, RecordingKernel
from tests.benchmarks.measure import CannotRun, Row, compare, cpu_ratio

ID = "B1"
TITLE = "Levers to random positions: plan, money, KPIs and findings"

_SHIPPED = Path(__file__).parents[2] / "data" / "brightwater"
_POSITIONS = 60


def run(data: Path | None) -> list[Row]:
    """Plan the shipped company × 18 months at random lever positions."""
    prepared = _prepared(data or _SHIPPED)
    positions = _positions(_POSITIONS)
    bare = _bare(prepared, positions)
    work, yardstick = compare(lambda number: plan(prepared, positions[number]), bare.solve, runs=_POSITIONS, warm_up=5)
    grain = prepared.inputs.grain
    size = f"{len(grain.families)} families × {len(grain.channels)} channels × {len(grain.resources)} resources"
    return [
        Row(
            what=f"{size} × {len(grain.horizon)} months",
            times=work,
            goal="≤ 2 × the bare programme and ≤ 5 ms CPU",
            ratio=cpu_ratio(work, yardstick, "update + setBasis + run on the same programme"),
        )
    ]


def _prepared(folder: Path) -> Prepared:
    if not (folder / "sales.csv").is_file():
        raise CannotRun(f"there are no tables in {folder.name}")
    contents = read_folder(folder)
    tables = read_tables(contents.tables, found=contents.findings)
    return prepare(build_inputs(tables, version="benchmark", horizon_months=18))


def _positions(count: int) -> list[Levers]:
    """±10 % demand, 0–30 % overtime, ±8 days of cover."""
    random = np.random.default_rng(1)
    return [
        Levers(
            demand=(Change(ratio=float(random.uniform(-0.10, 0.10))),),
            overtime_max_ratio=float(random.uniform(0.0, 0.30)),
            cover_days=30.0 + float(random.uniform(-8.0, 8.0)),
        )
        for _ in range(count)
    ]


def _bare(prepared: Prepared, positions: list[Levers]) -> BareSolver:
    recorders: list[RecordingKernel] = []

    def kernel(matrix: csc_matrix, vectors: Vectors) -> RecordingKernel:
        recorders.append(RecordingKernel(matrix, vectors))
        return recorders[-1]

    programme = SupplyProgramme(problem_of(prepared, Levers()), kernel=kernel)
    for levers in positions:
        programme.solve(problem_of(prepared, levers))
    return BareSolver(recorders[0])
