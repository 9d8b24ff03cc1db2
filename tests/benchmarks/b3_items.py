"""B3: the family plan with its split to items against the family plan alone.

Two invented companies of B2, their families split to items of very unlike size, each with its own season and stock.
"""

from pathlib import Path

import numpy as np

from sop_dash.core.supply.item_split import ItemMix, item_mix, split_to_items
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.programme import SupplyProgramme
from tests.benchmarks.b2_supply_sizes import company, moved
from tests.benchmarks.measure import Row, compare, cpu_ratio

ID = "B3"
TITLE = "Family plan split to items by fair share: demand ±10 %, overtime 0 to 30 %, cover ±8 days"

# items, families, months, resources, goal in CPU milliseconds
SIZES = ((1_000, 12, 24, 5, 8), (10_000, 50, 24, 10, 60))
RUNS = 20


def run(data: Path | None) -> list[Row]:
    """One row for each number of items."""
    return [_row(*size) for size in SIZES]


def _row(items: int, families: int, months: int, resources: int, goal: int) -> Row:
    base = company(families, months, resources, 0.85)
    programme, mix = SupplyProgramme(base), invented_mix(base, items)
    rng = np.random.default_rng(7)
    asked = [moved(base, rng) for _ in range(RUNS)]

    def split(number: int) -> object:
        problem = asked[number]
        solution = programme.solve(problem)
        shipped = problem.demand_units - solution.lost_units
        stock = np.concatenate((problem.opening_units[:, None], solution.closing_units), axis=1)
        return split_to_items(
            mix,
            demand_units=problem.demand_units,
            target_units=problem.target_units,
            supply_units=np.diff(stock, axis=1) + shipped,
            shipped_units=shipped,
        )

    work, yardstick = compare(split, lambda number: programme.solve(asked[number]), runs=RUNS)
    return Row(
        what=f"{items:,} items in {families} families × {months} months × {resources} resources",
        times=work,
        goal=f"≤ 2.5 × the family plan alone and ≤ {goal} ms CPU",
        ratio=cpu_ratio(work, yardstick, "the family plan alone"),
    )


def invented_mix(problem: SupplyProblem, items: int, seed: int = 3) -> ItemMix:
    """Items of unlike size, season and stock; some hold far too much, some nothing."""
    rng = np.random.default_rng(seed)
    families, months = problem.demand_units.shape
    family = np.sort(rng.integers(0, families, items)).astype(np.int64)
    month = np.arange(months)
    season = 1.0 + 0.4 * np.sin(2 * np.pi * (month + 12 * rng.random((items, 1))) / 12)
    demand = rng.lognormal(2.0, 1.2, (items, 1)) * season
    saleable = demand[:, 0] * rng.choice([0.0, 0.5, 1.5, 6.0], items)
    return item_mix(family, demand, demand, saleable, problem.opening_units, months)
