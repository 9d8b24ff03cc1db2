"""Stress test: what each driver does to the margin when it turns out low or high, every bar a whole plan of its own.

One driver at a time; drivers that move together are not shown. Margin of the next twelve months, plan currency.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.model.levers import RANGES, Change, Levers
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared, plan
from sop_dash.core.supply.problem import SupplyProblem

_Plan = Callable[[], PlanResult]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One driver.

    Args:
        driver: Its name.
        low, high: What each side is, in words.
        low_margin, high_margin: Change of the margin on each side; None where it is unknown.
        low_service, high_service: Change of the share of demand served.
    """

    driver: str
    low: str
    high: str
    low_margin: float | None
    high_margin: float | None
    low_service: float
    high_service: float

    @property
    def swing(self) -> float:
        """Largest distance between the plan and the two sides."""
        sides = [0.0, *(side for side in (self.low_margin, self.high_margin) if side is not None)]
        return max(sides) - min(sides)


def stress_test(prepared: Prepared, result: PlanResult, *, cover_days: float, overtime_ratio: float) -> tuple[Bar, ...]:
    """All drivers, the widest swing first.

    Args:
        prepared: What the plan was made from.
        result: The plan as the levers stand.
        cover_days: Where cover stands.
        overtime_ratio: Where overtime stands.
    """
    study = _Study(prepared, result)
    less, more = max(cover_days - 10.0, 0.0), min(cover_days + 10.0, RANGES["cover_days"].high)
    twice = min(2.0 * overtime_ratio, RANGES["overtime_max_ratio"].high)
    bars = [
        study.bar("Demand", "10 % less", "10 % more", study.demand(-0.10), study.demand(0.10)),
        study.bar("Price", "5 % lower", "5 % higher", study.price(-0.05), study.price(0.05)),
        study.bar("Unit cost", "5 % lower", "5 % higher", study.cost(0.95), study.cost(1.05)),
        study.bar("Stock cover", f"{less:.0f} days", f"{more:.0f} days", study.cover(less), study.cover(more)),
        study.bar("Lead time of orders", "as planned", "a month longer", lambda: result, study.later()),
    ]
    if (~np.isnan(prepared.problem.available_hours)).any():
        hours = study.bar("Hours available", "10 % fewer", "10 % more", study.hours(0.9), study.hours(1.1))
        overtime = study.bar(
            "Overtime", "none", f"up to {100.0 * twice:.0f} %", study.overtime(0.0), study.overtime(twice)
        )
        bars += [hours, overtime]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


class _Study:
    """Plans around one plan."""

    def __init__(self, prepared: Prepared, result: PlanResult) -> None:
        self._prepared, self._result = prepared, result

    def bar(self, driver: str, low: str, high: str, low_plan: _Plan, high_plan: _Plan) -> Bar:
        margins, services = zip(*(self._change(side()) for side in (low_plan, high_plan)), strict=True)
        return Bar(
            driver=driver,
            low=low,
            high=high,
            low_margin=margins[0],
            high_margin=margins[1],
            low_service=services[0],
            high_service=services[1],
        )

    def demand(self, ratio: float) -> _Plan:
        return self._moved(Levers(demand=(Change(ratio=ratio),)))

    def price(self, ratio: float) -> _Plan:
        return self._moved(Levers(price=(Change(ratio=ratio),)))

    def cover(self, days: float) -> _Plan:
        return self._moved(Levers(cover_days=days))

    def overtime(self, ratio: float) -> _Plan:
        return self._moved(Levers(overtime_max_ratio=ratio))

    def later(self) -> _Plan:
        return self._moved(Levers(lead_time_extra_months=1))

    def hours(self, factor: float) -> _Plan:
        def changed(problem: SupplyProblem) -> SupplyProblem:
            hours = problem.available_hours.copy()
            hours[:, problem.locked_months :] *= factor
            return replace(problem, available_hours=hours)

        return self._of_problem(self._prepared, changed)

    def cost(self, factor: float) -> _Plan:
        money = replace(self._prepared.money, unit_cost=factor * self._prepared.money.unit_cost)

        def changed(problem: SupplyProblem) -> SupplyProblem:
            dearer = {name: factor * getattr(problem, name) for name in ("unit_cost", "outsource_unit_cost")}
            return replace(problem, **dearer)

        return self._of_problem(replace(self._prepared, money=money), changed)

    def _moved(self, levers: Levers) -> _Plan:
        return lambda: plan(self._prepared, levers.on_top_of(self._result.levers))

    def _of_problem(self, prepared: Prepared, changed: Callable[[SupplyProblem], SupplyProblem]) -> _Plan:
        solve = prepared.programme.solve
        return lambda: plan(prepared, self._result.levers, rule=lambda problem: solve(changed(problem)))

    def _change(self, side: PlanResult) -> tuple[float | None, float]:
        margin, before = (p.kpi("margin-ahead").value for p in (side, self._result))
        service, served = (p.kpi("service").value or 0.0 for p in (side, self._result))
        return (None if margin is None or before is None else margin - before), service - served
