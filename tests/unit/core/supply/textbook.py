"""A second opinion: the supply plan written as a textbook would, one named variable at a time, solved by scipy.

Stock is a variable of its own with its own balance row; nothing is substituted, scaled or shared with the programme.
"""

from collections import defaultdict
from typing import Any

import numpy as np
from scipy.optimize import linprog

from sop_dash.core.supply.problem import SupplyProblem

Terms = list[tuple[Any, float]]


class _Model:
    def __init__(self) -> None:
        self.cost: dict[Any, float] = defaultdict(float)
        self.bound: dict[Any, tuple[float, float | None]] = {}
        self.equal: list[tuple[Terms, float]] = []
        self.at_most: list[tuple[Terms, float]] = []

    def variable(self, name: Any, cost: float = 0.0, low: float = 0.0, high: float = np.inf) -> Any:
        self.cost[name] += cost
        self.bound[name] = (low, None if np.isinf(high) else high)
        return name

    def solved(self) -> tuple[float, dict[Any, float]]:
        """The least cost, and the value of every variable."""
        names = list(self.bound)
        place = {name: i for i, name in enumerate(names)}

        def dense(rows: list[tuple[Terms, float]]) -> tuple[Any, Any]:
            matrix = np.zeros((len(rows), len(names)))
            for i, (terms, _) in enumerate(rows):
                for name, factor in terms:
                    matrix[i, place[name]] += factor
            return (matrix, [right for _, right in rows]) if rows else (None, None)

        a_eq, b_eq = dense(self.equal)
        a_ub, b_ub = dense(self.at_most)
        found = linprog(
            [self.cost[name] for name in names], A_ub=a_ub, b_ub=b_ub, A_eq=a_eq, b_eq=b_eq,
            bounds=[self.bound[name] for name in names], method="highs",
        )  # fmt: skip
        assert found.status == 0, found.message
        return float(found.fun), dict(zip(names, found.x.tolist(), strict=True))


def least_cost(p: SupplyProblem) -> float:
    """The smallest total cost of any plan for this problem, planning weights included."""
    return _solved(p)[0]


def lost_units(p: SupplyProblem) -> float:
    """What the plan of least cost leaves unserved, all families and months."""
    return sum(value for name, value in _solved(p)[1].items() if name[0] == "L")


def _solved(p: SupplyProblem) -> tuple[float, dict[Any, float]]:
    model = _Model()
    for f in range(p.families):
        for t in range(p.months):
            _family_month(model, p, f, t)
    for r in range(p.resources):
        for t in range(p.months):
            _resource_month(model, p, r, t)
    _ramp(model, p)
    _shared(model, p)
    return model.solved()


def _family_month(model: _Model, p: SupplyProblem, f: int, t: int) -> None:
    lead = int(p.lead_time_months[f])
    low, high = (0.0, np.inf) if p.made[f] or t >= lead else (0.0, 0.0)
    if t < p.locked_months:
        low = high = float(p.locked_make_units[f, t])
    model.variable(("X", f, t), p.unit_cost[f, t], low, high)
    most = float(p.outsource_max_units[f, t]) if t >= p.outsource_lead_time_months[f] else 0.0
    model.variable(("Q", f, t), p.outsource_unit_cost[f, t], min(float(p.outsource_min_units[f, t]), most), most)
    model.variable(("L", f, t), p.lost_weight[f, t], 0.0, float(p.demand_units[f, t]))
    most = np.inf if p.ceiling is None else float(p.ceiling.max_units[f, t])
    model.variable(("I", f, t), p.holding_cost[f], 0.0, most)
    supply: Terms = [(("Q", f, t), 1.0), (("L", f, t), 1.0), (("I", f, t), -1.0)]
    made_at = t - lead if p.made[f] else t
    if made_at >= 0:
        supply.append((("X", f, made_at), 1.0))
    known = float(p.demand_units[f, t] - p.receipts_units[f, t])
    if t:
        supply.append((("I", f, t - 1), 1.0))
    else:
        known -= float(p.opening_units[f])
    if p.backlog is not None:
        most = float(p.backlog.closing_max_units[f]) if t == p.months - 1 else np.inf
        supply.append((model.variable(("B", f, t), p.backlog.cost[f], 0.0, most), 1.0))
        if t:
            supply.append((("B", f, t - 1), -1.0))
        else:
            known += float(p.backlog.opening_units[f])
    model.equal.append((supply, known))
    _stock(model, p, f, t)
    _band(model, p, f, t)


def _stock(model: _Model, p: SupplyProblem, f: int, t: int) -> None:
    """Below target, and between target and path, each as 'at least what is missing'."""
    end = p.end_value[f] if t == p.months - 1 else 0.0
    below = model.variable(("U", f, t), p.target_penalty[f] - p.glide_penalty[f] + end)
    to_path = model.variable(("G", f, t), p.glide_penalty[f])
    model.at_most.append(([(below, -1.0), (("I", f, t), -1.0)], -float(p.target_units[f, t])))
    model.at_most.append(([(to_path, -1.0), (("I", f, t), -1.0)], -float(p.glide_units[f, t])))
    if p.stock_limit is not None and np.isfinite(p.stock_limit.max_units[f, t]):
        most = max(float(p.stock_limit.max_units[f, t]), float(p.glide_units[f, t]))
        over = model.variable(("over", f, t), p.stock_limit.penalty[f])
        model.at_most.append(([(("I", f, t), 1.0), (over, -1.0)], most))


def _band(model: _Model, p: SupplyProblem, f: int, t: int) -> None:
    if p.restricted is None or not p.made[f]:
        return
    column = t - p.restricted.first_month
    if not 0 <= column < p.restricted.reference_units.shape[1]:
        return
    reference = float(p.restricted.reference_units[f, column])
    if np.isnan(reference):
        return
    outside = model.variable(("outside", f, t), p.restricted.penalty[f])
    band = p.restricted.band_ratio * reference
    model.at_most.append(([(("X", f, t), 1.0), (outside, -1.0)], reference + band))
    model.at_most.append(([(("X", f, t), -1.0), (outside, -1.0)], band - reference))


def _hours(p: SupplyProblem, r: int, t: int) -> Terms:
    return [(("X", f, t), float(p.hours_per_unit[r, f])) for f in range(p.families) if p.made[f]]


def _resource_month(model: _Model, p: SupplyProblem, r: int, t: int) -> None:
    hours = float(p.available_hours[r, t])
    if np.isnan(hours):
        return
    most = float(p.overtime_max_ratio[r, t]) * hours
    if t < p.locked_months:
        locked = sum(float(p.hours_per_unit[r, f] * p.locked_make_units[f, t]) for f in range(p.families) if p.made[f])
        most = max(most, locked - hours)
    overtime = model.variable(("V", r, t), p.overtime_premium_per_hour[r], 0.0, most)
    model.at_most.append(([*_hours(p, r, t), (overtime, -1.0)], hours))


def _ramp(model: _Model, p: SupplyProblem) -> None:
    if p.ramp is None:
        return
    for s, r in enumerate(p.ramp.resources):
        for t in range(p.ramp.first_month, p.ramp.last_month + 1):
            beyond = model.variable(("ramp", r, t), p.ramp.penalty_per_hour[s])
            days = float(p.calendar_days[t])
            ratio = days / float(p.calendar_days[t - 1])
            step = _hours(p, r, t) + [(name, -ratio * factor) for name, factor in _hours(p, r, t - 1)]
            most = float(p.ramp.max_step_hours_per_day[s]) * days
            model.at_most.append(([*step, (beyond, -1.0)], most))
            model.at_most.append(([*((name, -factor) for name, factor in step), (beyond, -1.0)], most))


def _shared(model: _Model, p: SupplyProblem) -> None:
    for t in range(p.months):
        if p.warehouse is not None:
            space: Terms = [(("I", f, t), float(p.warehouse.space_per_unit[f])) for f in range(p.families)]
            space.append((model.variable(("space", t), float(p.warehouse.overflow_cost[t])), -1.0))
            model.at_most.append((space, float(p.warehouse.capacity[t])))
        if p.transport is not None:
            _transport_month(model, p, t)
        if p.materials is not None:
            _materials_month(model, p, t)


def _transport_month(model: _Model, p: SupplyProblem, t: int) -> None:
    assert p.transport is not None
    limit = float(p.transport.capacity[t])
    load: Terms = [(model.variable(("spot", t), float(p.transport.spot_cost[t])), -1.0)]
    for f in range(p.families):
        weight = float(p.transport.load_per_unit[f])
        limit -= weight * float(p.demand_units[f, t])
        load.append((("L", f, t), -weight))
        if p.backlog is not None:
            load.append((("B", f, t), -weight))
            if t:
                load.append((("B", f, t - 1), weight))
            else:
                limit -= weight * float(p.backlog.opening_units[f])
    model.at_most.append((load, limit))


def _materials_month(model: _Model, p: SupplyProblem, t: int) -> None:
    assert p.materials is not None
    for m, received in enumerate(p.materials.receipts_units[:, t]):
        known = float(received) + (float(p.materials.opening_units[m]) if t == 0 else 0.0)
        terms: Terms = [(model.variable(("J", m, t)), 1.0)]
        terms.append((model.variable(("short", m, t), p.materials.penalty[m]), -1.0))
        terms += [(("X", f, t), float(p.materials.units_per_unit[m, f])) for f in range(p.families)]
        if t:
            terms.append((("J", m, t - 1), -1.0))
        model.equal.append((terms, known))
