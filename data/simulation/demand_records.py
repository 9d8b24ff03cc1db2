"""What the demand side writes down: frozen forecasts, changes and their owners, events, market size."""

import numpy as np
import pandas as pd

from simulation import months
from simulation.assortment import Sku
from simulation.demand import Demand
from simulation.forecasting import STEPS, Forecasts
from simulation.influences import INFLUENCES, Influence
from simulation.master import FAMILIES
from simulation.money import PRICE_INDEX, by_date
from simulation.random import stream

_CYCLES_KEPT = 24
_MONTHS_KEPT, _MONTHS_OF_LAST_CYCLE, _MONTHS_OF_OPEN_CYCLE = 7, 18, 12
_STEP_OWNERS = {
    "naive": "Demand Planning",
    "statistical": "Demand Planning",
    "sales": "Sales",
    "consensus": "S&OP team",
}
# Share of its market that each category holds today and what it gains or loses a year, in points
_MARKET_SHARES = {
    "Electronics": (0.061, 0.002),
    "Kitchen": (0.094, 0.004),
    "Home Care": (0.083, -0.005),
    "Consumables": (0.118, 0.001),
}


def forecasts(made: Forecasts) -> pd.DataFrame:
    """Frozen forecasts of the last 24 cycles by step, and sales' input to the open cycle."""
    tables = []
    for cycle in range(months.OPEN_CYCLE - _CYCLES_KEPT, months.OPEN_CYCLE):
        ahead = _MONTHS_OF_LAST_CYCLE if cycle == months.OPEN_CYCLE - 1 else _MONTHS_KEPT
        tables += [_forecast_rows(cycle, step, made.units[step][cycle][:, :ahead]) for step in STEPS]
    open_cycle = made.units["sales"][months.OPEN_CYCLE][:, :_MONTHS_OF_OPEN_CYCLE]
    tables.append(_forecast_rows(months.OPEN_CYCLE, "sales", open_cycle))
    return pd.concat(tables, ignore_index=True)


def _forecast_rows(cycle: int, step: str, units: np.ndarray) -> pd.DataFrame:
    count, ahead = units.shape
    return pd.DataFrame(
        {
            "cycle": months.text(cycle),
            "month": [months.text(cycle + lag) for lag in range(ahead)] * count,
            "family": np.repeat([family.name for family in FAMILIES], ahead),
            "step": step,
            "units": np.rint(units).astype(int).ravel(),
            "owner": _STEP_OWNERS[step],
        }
    )


def adjustments(made: Forecasts) -> pd.DataFrame:
    """Every change of the last 24 cycles and of the open one, as a fraction of what stood before."""
    first = months.OPEN_CYCLE - _CYCLES_KEPT
    rows = [
        {
            "cycle": months.text(change.cycle),
            "month": months.text(change.month),
            "family": FAMILIES[change.family].name,
            "type": "percentage",
            "value": round(change.percent / 100.0, 4),
            "reason": change.reason,
            "owner": change.owner,
        }
        for change in made.adjustments
        if change.cycle >= first
    ]
    return pd.DataFrame(rows)


def events(skus: list[Sku], demand: Demand) -> pd.DataFrame:
    """What was or is expected to move demand, written down beforehand; launches by SKU with their monthly volume."""
    rows = [_event(influence) for influence in INFLUENCES if influence.kind != "unrecorded"]
    for index, sku in enumerate(skus):
        if sku.launch is not None and sku.launch >= months.START and not sku.renamed:
            year = slice(sku.launch, sku.launch + 12)
            volume = (demand.share[index] * demand.mean_without_surprises[FAMILIES.index(sku.family)])[year].mean()
            text = f"Launch of {sku.name}" + (f", follows {sku.predecessor}" if sku.predecessor else "")
            rows.append(
                {
                    "start_month": months.text(sku.launch),
                    "end_month": months.text(sku.launch + 3),
                    "sku": sku.code,
                    "kind": "launch",
                    "description": text,
                    "expected_units": round(volume / 50.0) * 50,
                    "owner": "Product Management",
                }
            )
    columns = [
        "start_month",
        "end_month",
        "family",
        "sku",
        "kind",
        "description",
        "expected_units",
        "expected_ratio",
        "owner",
        "customer",
    ]
    table = pd.DataFrame(rows, columns=columns).astype({"expected_units": "Int64"})
    return table.replace("", None).sort_values(["start_month", "kind", "description"], ignore_index=True)


def _event(influence: Influence) -> dict[str, object]:
    """Something lasting is an event while it is new; afterwards the history holds it."""
    start, end = months.number(influence.start), months.number(influence.end)
    return {
        "start_month": influence.start,
        "end_month": months.text(min(end, start + 7)),
        "family": influence.family,
        "kind": influence.kind,
        "description": influence.description,
        "expected_ratio": influence.expected_ratio,
        "owner": influence.owner,
        "customer": influence.customer,
    }


def market(demand: Demand) -> pd.DataFrame:
    """Value of each category's market in USD, history only, from a panel that is a little uncertain."""
    rng = stream("market")
    prices = np.array([family.net_price for family in FAMILIES])[:, None] * by_date(PRICE_INDEX)
    revenue = demand.mean * prices
    rows = []
    for category, (share, gain) in _MARKET_SHARES.items():
        own = revenue[[family.category == category for family in FAMILIES]].sum(axis=0)
        for month in range(months.START, months.OPEN_CYCLE):
            held = share + gain * (month - months.OPEN_CYCLE) / 12.0
            rows.append((months.text(month), category, round(own[month] / held * rng.uniform(0.985, 1.015), -3)))
    return pd.DataFrame(rows, columns=["month", "category", "market_value"]).sort_values(["month", "category"])
