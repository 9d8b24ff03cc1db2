"""Finished plans as arrays, from demand, supply and opening stock: what can be shipped is shipped, the rest is lost."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sop_dash.core.finance.profit import money_plan
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.result import DemandPlan, MoneyPlan, PlanResult, SupplyPlan
from sop_dash.core.model.solver_report import SolverReport


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """The three parts of a plan."""

    demand: DemandPlan
    supply: SupplyPlan
    money: MoneyPlan

    @property
    def parts(self) -> dict[str, Any]:
        """As keyword arguments."""
        return {"demand": self.demand, "supply": self.supply, "money": self.money}


def plan_of(
    g: Grain,
    *,
    demand: Any,
    make: Any,
    opening: Any = 0.0,
    overtime: Any = 0.0,
    outsource: Any = 0.0,
    target: Any = 0.0,
    hours_used: Any = 0.0,
    available_hours: Any = 100.0,
    price: Any = 100.0,
    unit_cost: Any = 60.0,
    opening_cash: float | None = None,
) -> Plan:
    """A plan whose families each ship what they have, channels by their share of demand.

    `demand` and `price` are spread over [F, C, T]; `make` (overtime included), `overtime`, `outsource`, `target` and
    `unit_cost` over [F, T]; hours over [R, T]; `opening` over [F].
    """
    f, c, r, t = len(g.families), len(g.channels), len(g.resources), len(g.horizon)
    wanted, made, bought = _spread(demand, (f, c, t)), _spread(make, (f, t)), _spread(outsource, (f, t))
    stock, shipped, closing = _spread(opening, (f,)), np.zeros((f, c, t)), np.zeros((f, t))
    for month in range(t):
        stock += made[:, month] + bought[:, month]
        total = wanted[:, :, month].sum(axis=1)
        share = np.divide(np.minimum(stock, total), total, out=np.zeros(f), where=total > 0)
        shipped[:, :, month] = wanted[:, :, month] * share[:, None]
        stock = stock - shipped[:, :, month].sum(axis=1)
        closing[:, month] = stock
    nothing, hours = np.zeros((f, t)), _spread(available_hours, (r, t))
    used, aim = _spread(hours_used, (r, t)), _spread(target, (f, t))
    supply = SupplyPlan(
        make=made,
        overtime_units=_spread(overtime, (f, t)),
        outsource=bought,
        receipts=nothing,
        overtime_hours=np.maximum(used - hours, 0.0),
        hours_used=used,
        available_hours=hours,
        overtime_limit_hours=0.15 * hours,
        shipped=shipped,
        lost=wanted - shipped,
        waiting=np.zeros_like(shipped),
        closing=closing,
        target=aim,
        stock_low=0.8 * aim,
        stock_high=1.2 * aim,
        capacity_worth=np.zeros((r, t)),
    )
    money = money_plan(
        grain=g,
        price=_spread(price, (f, c, t)),
        unit_cost=_spread(unit_cost, (f, t)),
        shipped=shipped,
        lost=supply.lost,
        make=made,
        outsource=bought,
        receipts=nothing,
        closing=closing,
        overtime_premium=nothing,
        outsource_premium=nothing,
        other_costs={},
        history_revenue=np.zeros(len(g.history)),
        history_purchases=np.zeros(len(g.history)),
        receivable_days=0.0,
        payable_days=0.0,
        material_share=0.6,
        opening_cash=opening_cash,
        fixed_cost_per_month=None,
        tax_ratio=None,
    )
    demand_lines = DemandPlan(statistical=wanted, consensus=wanted, unconstrained=wanted, committed=wanted)
    return Plan(demand=demand_lines, supply=supply, money=money)


def _spread(value: Any, shape: tuple[int, ...]) -> Array:
    return np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), shape))


def result_of(g: Grain, plan: Plan, kpis: tuple[Kpi, ...] = ()) -> PlanResult:
    """The parts as a whole plan, without findings and balances."""
    return PlanResult(
        inputs_version="small world",
        levers=Levers(),
        grain=g,
        **plan.parts,
        kpis=kpis,
        findings=(),
        balances=tuple,
        solver=SolverReport(method="by hand", status="done", objective=0.0, residual=0.0, duality_gap=0.0),
    )
