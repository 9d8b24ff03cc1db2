"""Supply problems for tests: a plain one to change by name, and random ones with everything in them."""

from dataclasses import replace
from typing import Any

import numpy as np

from sop_dash.core.supply.groups import Materials, Ramp, Restricted, StockLimit, Transport, Warehouse
from sop_dash.core.supply.problem import SupplyProblem

_BY_FAMILY_MONTH = [
    "target_units",
    "glide_units",
    "receipts_units",
    "lost_weight",
    "unit_cost",
    "outsource_unit_cost",
    "outsource_min_units",
    "outsource_max_units",
]
_BY_FAMILY = ["opening_units", "holding_cost", "target_penalty", "glide_penalty", "end_value", "lead_time_months"]


def plain_problem(demand: Any, **changes: Any) -> SupplyProblem:
    """One resource, one hour a unit, plenty of hours, no stock targets; numbers given are spread over the shape."""
    demand = np.atleast_2d(np.asarray(demand, dtype=float))
    families, months = demand.shape
    given = {name: changes.pop(name) for name in list(changes)}
    hours_per_unit = np.atleast_2d(np.asarray(given.pop("hours_per_unit", np.ones((1, families))), dtype=float))
    resources = hours_per_unit.shape[0]
    values: dict[str, Any] = {"demand_units": demand, "hours_per_unit": hours_per_unit}
    defaults = dict.fromkeys(_BY_FAMILY_MONTH + _BY_FAMILY, 0.0)
    defaults |= {"lost_weight": 1000.0, "unit_cost": 10.0, "outsource_unit_cost": 12.0, "holding_cost": 0.2}
    defaults |= {"target_penalty": 0.5, "glide_penalty": 0.3, "end_value": 10.0, "available_hours": 1e6}
    defaults |= {"overtime_max_ratio": 0.0, "overtime_premium_per_hour": 1.0, "calendar_days": 30.0}
    defaults |= {"outsource_lead_time_months": 0.0, "made": True, "locked_make_units": np.zeros((families, 0))}
    defaults["glide_units"] = given.get("target_units", 0.0)
    shapes = dict.fromkeys(_BY_FAMILY_MONTH, (families, months)) | dict.fromkeys(_BY_FAMILY, (families,))
    shapes |= {"available_hours": (resources, months), "overtime_max_ratio": (resources, months)}
    shapes |= {"overtime_premium_per_hour": (resources,), "calendar_days": (months,)}
    shapes |= {"outsource_lead_time_months": (families,), "made": (families,)}
    for name, default in defaults.items():
        value = given.pop(name, default)
        values[name] = np.array(np.broadcast_to(value, shapes[name])) if name in shapes else value
    return SupplyProblem(**values, **given)


def random_problem(seed: int, families: int = 4, months: int = 8, resources: int = 3, **changes: Any) -> SupplyProblem:
    """A company in trouble: short hours, bands, ramp, outsourcing, lead times, one bought family, one month locked."""
    rng = np.random.default_rng(seed)
    base = rng.uniform(50.0, 500.0, families)
    demand = base[:, None] * rng.uniform(0.5, 1.6, (families, months))
    cost = rng.uniform(5.0, 60.0, families)
    holding = 0.2 / 12 * cost
    hours_per_unit = np.where(
        rng.random((resources, families)) < 0.6, rng.uniform(0.1, 2.0, (resources, families)), 0.0
    )
    made = np.arange(families) > 0 if families > 2 else np.ones(families, dtype=bool)
    load = np.where(made, hours_per_unit, 0.0) @ demand
    target = rng.uniform(0.3, 1.2, (families, 1)) * demand
    locked = demand[:, :1] * rng.uniform(0.7, 1.1, (families, 1)) * made[:, None]
    given: dict[str, Any] = {
        "target_units": target,
        "glide_units": target * rng.choice([1.0, 1.4], (families, 1)),
        "opening_units": base * rng.uniform(0.0, 2.0, families),
        "receipts_units": base[:, None] * rng.choice([0.0, 0.3], (families, months), p=[0.8, 0.2]),
        "lost_weight": 20.0 * cost[:, None] + 0.1 * cost[:, None] * (months - np.arange(months)),
        "unit_cost": np.repeat(cost[:, None], months, axis=1),
        "outsource_unit_cost": np.repeat(1.2 * cost[:, None], months, axis=1),
        "holding_cost": holding,
        "target_penalty": 3.0 * holding,
        "glide_penalty": 1.5 * holding,
        "end_value": cost,
        "hours_per_unit": hours_per_unit,
        "available_hours": load * rng.uniform(0.6, 1.2, (resources, months)),
        "overtime_max_ratio": 0.15,
        "overtime_premium_per_hour": 0.1 * cost.mean() * rng.uniform(0.5, 2.0, resources),
        "outsource_max_units": demand * rng.choice([0.0, 0.2], (families, 1)),
        "calendar_days": rng.choice([28.0, 30.0, 31.0], months),
        "lead_time_months": rng.integers(0, 3, families).astype(float),
        "outsource_lead_time_months": rng.integers(0, 3, families).astype(float),
        "made": made,
        "locked_make_units": locked,
    }
    return plain_problem(demand, **(given | changes))


def random_groups(seed: int, problem: SupplyProblem) -> dict[str, Any]:
    """Every optional group but the backlog, at limits that bite."""
    rng = np.random.default_rng(seed + 1)
    volume = problem.demand_units.mean(axis=1)
    families, resources = problem.families, problem.resources
    return {
        "restricted": Restricted(
            first_month=problem.locked_months,
            reference_units=np.where(
                (rng.random((families, 2)) < 0.8) & problem.made[:, None],
                problem.demand_units[:, 1:3] * rng.uniform(0.5, 1.3),
                np.nan,
            ),
            band_ratio=0.15,
            penalty=0.5 * problem.unit_cost[:, 0],
        ),
        "ramp": Ramp(
            resources=tuple(range(0, resources, 2)),
            first_month=1,
            last_month=min(6, problem.months - 1),
            max_step_hours_per_day=0.1 * np.nanmean(problem.available_hours, axis=1)[::2] / 30.0,
            penalty_per_hour=2.0 * problem.overtime_premium_per_hour[::2],
        ),
        "stock_limit": StockLimit(
            max_units=problem.glide_units * rng.uniform(0.9, 1.5, (families, 1)),
            penalty=0.4 * problem.unit_cost[:, 0],
        ),
        "warehouse": Warehouse(
            space_per_unit=rng.uniform(0.5, 2.0, families),
            capacity=np.full(problem.months, volume.sum()),
            overflow_cost=np.full(problem.months, 0.1 * problem.unit_cost.mean()),
        ),
        "transport": Transport(
            load_per_unit=rng.uniform(0.5, 2.0, families),
            capacity=np.full(problem.months, 1.2 * volume.sum()),
            spot_cost=np.full(problem.months, 0.2 * problem.unit_cost.mean()),
        ),
        "materials": Materials(
            units_per_unit=rng.uniform(0.0, 1.0, (2, families)),
            opening_units=np.full(2, volume.sum()),
            receipts_units=np.full((2, problem.months), 0.4 * volume.sum()),
            penalty=np.full(2, 2.0 * problem.unit_cost.mean()),
        ),
    }


def moved(problem: SupplyProblem, ratio: float, overtime: float) -> SupplyProblem:
    """The problem with other demand and overtime."""
    return replace(
        problem,
        demand_units=problem.demand_units * (1.0 + ratio),
        overtime_max_ratio=np.full_like(problem.overtime_max_ratio, overtime),
    )
