"""A plan as plain data: the document of the command `plan`, one record per family, channel or resource and month.

Units stand in the column names; unknown figures are None; nothing is rounded.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from sop_dash.core.finance.balance import balance
from sop_dash.core.model.arrays import Array, known_sum
from sop_dash.core.model.cover import beyond_horizon, days_of_supply
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.levers import to_plain
from sop_dash.core.model.periods import calendar_days, following
from sop_dash.core.model.result import OtherCost, PlanResult
from sop_dash.core.plan.prepared import Prepared

Record = dict[str, Any]


def plan_document(result: PlanResult, prepared: Prepared) -> dict[str, Any]:
    """The whole plan as JSON-ready data.

    Returns:
        `inputs_version`, `levers`, `horizon`, `demand` (family × channel × month), `supply` with `families` and
        `resources`, `inventory` (family × month), `financials` with `families` (family × channel × month),
        `premiums` (family × month) and `company` (month), `kpis`, `findings`, `identities`, `solver`, `assumptions`.
        `waiting_units` are orders that wait at month end, 0 where unserved demand is lost. Premiums are costs of the
        month beside standard cost: overtime, outsourcing, space and spot transport beyond the limits, hiring and
        letting go, contract minimums not used. The margin has them deducted; one without a price is None, and left out.
    """
    return {
        "inputs_version": result.inputs_version,
        "levers": to_plain(result.levers),
        "horizon": list(result.grain.horizon),
        "demand": _demand(result),
        "supply": {"families": _supply_families(result), "resources": _supply_resources(result)},
        "inventory": _inventory(result),
        "financials": {
            "families": _financials(result),
            "premiums": _premiums(result),
            "company": _company(result),
        },
        "kpis": [_kpi(kpi) for kpi in result.kpis],
        "findings": [_finding(finding) for finding in result.findings],
        "identities": [
            {"name": i.name, "holds": i.holds, "difference": i.difference, "tolerance": i.tolerance}
            for i in result.identities
        ],
        "solver": {name: _plain(value) for name, value in vars(result.solver).items()},
        "assumptions": list(prepared.assumptions),
    }


def _demand(result: PlanResult) -> list[Record]:
    demand, supply = result.demand, result.supply
    return list(
        _by_channel(
            result,
            {
                "statistical_units": demand.statistical,
                "consensus_units": demand.consensus,
                "committed_units": demand.committed,
                "shipped_units": supply.shipped,
                "lost_units": supply.lost,
                "waiting_units": supply.waiting,
            },
        )
    )


def _supply_families(result: PlanResult) -> list[Record]:
    supply = result.supply
    return list(
        _by_family(
            result,
            {
                "make_units": supply.make,
                "overtime_units": supply.overtime_units,
                "outsource_units": supply.outsource,
                "receipts_units": supply.receipts,
                "shipped_units": supply.shipped.sum(axis=1),
                "lost_units": supply.lost.sum(axis=1),
                "waiting_units": supply.waiting.sum(axis=1),
            },
        )
    )


def _supply_resources(result: PlanResult) -> list[Record]:
    supply = result.supply
    used = np.full_like(supply.hours_used, np.nan)
    np.divide(supply.hours_used, supply.available_hours, out=used, where=supply.available_hours > 0.0)
    columns = {
        "available_hours": supply.available_hours,
        "used_hours": supply.hours_used,
        "overtime_hours": supply.overtime_hours,
        "overtime_limit_hours": supply.overtime_limit_hours,
        "utilisation_ratio": used,
    }
    return [
        {"resource": name, "month": month, **_cells(columns, r, t)}
        for r, name in enumerate(result.grain.resources)
        for t, month in enumerate(result.grain.horizon)
    ]


def _inventory(result: PlanResult) -> list[Record]:
    supply = result.supply
    demand = beyond_horizon(result.demand.committed.sum(axis=1))
    days = calendar_days(following(result.grain.cycle, demand.shape[1]))
    lasts = [days_of_supply(stock, row, days) for stock, row in zip(supply.closing, demand, strict=True)]
    columns = {
        "closing_units": supply.closing,
        "low_units": supply.stock_low,
        "target_units": supply.target,
        "high_units": supply.stock_high,
        "cover_days": np.stack(lasts),
        "closing_value": result.money.inventory,
    }
    return list(_by_family(result, columns))


def _financials(result: PlanResult) -> list[Record]:
    money = result.money
    return list(
        _by_channel(
            result,
            {
                "price_value": money.price,
                "revenue_value": money.revenue,
                "cogs_value": money.cogs,
                "margin_value": money.margin,
                "lost_margin_value": money.lost_margin,
            },
        )
    )


_OTHER_COSTS = {
    "space_premium_value": OtherCost.SPACE,
    "transport_premium_value": OtherCost.TRANSPORT,
    "people_change_value": OtherCost.PEOPLE,
    "unused_minimum_value": OtherCost.UNUSED_MINIMUM,
}


def _premiums(result: PlanResult) -> list[Record]:
    money = result.money
    columns = {
        "overtime_premium_value": money.overtime_premium,
        "outsource_premium_value": money.outsource_premium,
        **{name: money.other(kind) for name, kind in _OTHER_COSTS.items()},
    }
    return list(_by_family(result, columns))


def _company(result: PlanResult) -> list[Record]:
    """Company totals by month of the families whose money is known; null where it is of none.

    The other costs are paid by the company as a whole: without a price their total is unknown.
    """
    money, books = result.money, balance(result.supply, result.money)
    columns = {
        "revenue_value": known_sum(money.revenue, (0, 1)),
        "cogs_value": known_sum(money.cogs, (0, 1)),
        "overtime_premium_value": known_sum(money.overtime_premium, 0),
        "outsource_premium_value": known_sum(money.outsource_premium, 0),
        **{name: money.other(kind).sum(axis=0) for name, kind in _OTHER_COSTS.items()},
        "margin_value": known_sum(money.margin, (0, 1)),
        "inventory_value": books.closing_stock,
        "fixed_cost_value": money.fixed_cost,
        "receivables_value": books.receivables,
        "payables_value": books.payables,
        "cash_value": money.cash,
    }
    return [{"month": month, **_cells(columns, t)} for t, month in enumerate(result.grain.horizon)]


def _by_channel(result: PlanResult, columns: Mapping[str, Array]) -> Iterator[Record]:
    grain = result.grain
    for f, family in enumerate(grain.families):
        for c, channel in enumerate(grain.channels):
            for t, month in enumerate(grain.horizon):
                yield {"family": family, "channel": channel, "month": month, **_cells(columns, f, c, t)}


def _by_family(result: PlanResult, columns: Mapping[str, Array]) -> Iterator[Record]:
    for f, family in enumerate(result.grain.families):
        for t, month in enumerate(result.grain.horizon):
            yield {"family": family, "month": month, **_cells(columns, f, t)}


def _cells(columns: Mapping[str, Array], *position: int) -> Record:
    return {name: _plain(values[position]) for name, values in columns.items()}


def _kpi(kpi: Kpi) -> Record:
    goal = kpi.goal
    return {
        "id": kpi.definition.id,
        "name": kpi.definition.name,
        "value": _plain(kpi.value),
        "unit": kpi.definition.unit.value,
        "period": kpi.period,
        "target": None if goal is None else {"low": goal.low, "high": goal.high, "aim": goal.aim},
        "status": kpi.status.value,
        "reason": kpi.reason,
    }


def _finding(finding: Finding) -> Record:
    return {
        "code": finding.kind.code,
        "severity": finding.kind.severity.value,
        "table": finding.table,
        "rows": list(finding.rows),
        "place": finding.place,
        "detail": finding.detail,
        "remedy": finding.kind.remedy,
        "value": _plain(finding.value),
    }


def _plain(value: Any) -> Any:
    """A number of plain Python; None for what is unknown or without end; anything else as it is."""
    if isinstance(value, np.floating | float):
        return float(value) if math.isfinite(value) else None
    return value
