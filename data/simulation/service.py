"""How customers were served: order lines due by family and month, and what late ones cost."""

import numpy as np
import pandas as pd

from simulation import months
from simulation.assortment import Sku
from simulation.demand import Demand
from simulation.master import FAMILIES
from simulation.operations import Ledger
from simulation.random import stream

_UNITS_PER_LINE = {"Electronics": 26, "Kitchen": 24, "Home Care": 18, "Consumables": 110}


def service(skus: list[Sku], demand: Demand, ledger: Ledger) -> pd.DataFrame:
    """Order lines due, on time by both dates, in full, and without fault; cancelled lines are not due."""
    rng = stream("service")
    rows = []
    for family in FAMILIES:
        members = [index for index, sku in enumerate(skus) if sku.family is family]
        for month in range(months.START, months.OPEN_CYCLE):
            wanted = demand.sku_units[members, month].sum()
            filled = ledger.shipped[members, month].sum() / wanted
            due = max(1, int(wanted / _UNITS_PER_LINE[family.category]))
            rows.append(
                {"month": months.text(month), "family": family.name, **_lines(rng, due, filled, family.net_price)}
            )
    return pd.DataFrame(rows).sort_values(["month", "family"], ignore_index=True)


def _lines(rng: np.random.Generator, due: int, filled: float, price: float) -> dict[str, object]:
    punctual = 0.965 - 0.25 * (1.0 - filled)
    promised = int(rng.binomial(due, punctual))
    requested = int(rng.binomial(promised, 0.975))
    full = int(rng.binomial(due, max(0.0, 0.992 - 0.9 * (1.0 - filled))))
    both = min(requested, full, int(rng.binomial(requested, full / due)))
    perfect = int(rng.binomial(both, 0.985))
    late = due - both
    return {
        "lines_due": due,
        "on_time_requested": requested,
        "on_time_promised": promised,
        "in_full": full,
        "on_time_in_full": both,
        "perfect": perfect,
        "cancelled": int(rng.binomial(due, 0.006 + 0.35 * (1.0 - filled))),
        "satisfaction_score": round(min(5.0, 4.62 - 2.4 * late / due + float(rng.normal(0.0, 0.05))), 2),
        "expedite_cost": round(late * 0.22 * (6.0 + 0.15 * price)),
    }
