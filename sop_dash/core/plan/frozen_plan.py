"""A plan as it was approved: figures by family and month that no later change touches, and how a plan now differs.

Units; plan currency where a key ends with `_value`. NaN is unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array, known_sum
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.result import PlanResult

_SAME_RATIO, _SAME_AMOUNT = 1e-6, 1e-3


@dataclass(frozen=True, kw_only=True)
class FigureKind:
    """One figure that is frozen.

    Args:
        key: Its name in files and records.
        title: What it is called on screen.
        unit: Units or money; only money is added up over families.
        read: Takes it out of a plan, [F, T].
        flows: Whether months may be added up; stock is no flow.
    """

    key: str
    title: str
    unit: Unit
    read: Callable[[PlanResult], Array]
    flows: bool = True


def _units(key: str, title: str, read: Callable[[PlanResult], Array], *, flows: bool = True) -> FigureKind:
    return FigureKind(key=key, title=title, unit=Unit.UNITS, read=read, flows=flows)


def _money(key: str, title: str, read: Callable[[PlanResult], Array], *, flows: bool = True) -> FigureKind:
    return FigureKind(key=key, title=title, unit=Unit.MONEY, read=read, flows=flows)


FIGURES = (
    _units("make_units", "Production", lambda plan: plan.supply.make),
    _units("outsource_units", "Outsourced", lambda plan: plan.supply.outsource),
    _units("receipts_units", "Receipts on order", lambda plan: plan.supply.receipts),
    _units("demand_units", "Demand", lambda plan: plan.demand.committed.sum(axis=1)),
    _units("shipped_units", "Shipped", lambda plan: plan.supply.shipped.sum(axis=1)),
    _units("lost_units", "Not served", lambda plan: plan.supply.lost.sum(axis=1)),
    _units("closing_units", "Stock at month end", lambda plan: plan.supply.closing, flows=False),
    _money("revenue_value", "Revenue", lambda plan: known_sum(plan.money.revenue, 1)),
    _money("margin_value", "Margin", lambda plan: known_sum(plan.money.margin, 1)),
    _money("inventory_value", "Stock value", lambda plan: plan.money.inventory, flows=False),
)
"""What is frozen of every family and month, in the order of files and lists."""


@dataclass(frozen=True, kw_only=True)
class FrozenKpi:
    """A figure of the plan as a whole; `value` is None where it could not be calculated."""

    id: str
    name: str
    value: float | None
    unit: Unit
    period: str
    status: str


@dataclass(frozen=True, kw_only=True, eq=False)
class FrozenPlan:
    """What is kept of a plan.

    Args:
        months: Months planned.
        families: Families planned.
        figures: [F, T] by the keys of `FIGURES`.
        cash: [T] closing cash of the company.
        kpis: Figures of the plan as a whole.
    """

    months: tuple[str, ...]
    families: tuple[str, ...]
    figures: Mapping[str, Array]
    cash: Array
    kpis: tuple[FrozenKpi, ...]

    def total(self, key: str) -> float:
        """The sum of a figure over the families and months that are known; NaN where none is. Money only."""
        return float(known_sum(self.figures[key], (0, 1)))


def freeze(plan: PlanResult) -> FrozenPlan:
    """Take out of a plan what an approval keeps."""
    return FrozenPlan(
        months=plan.grain.horizon,
        families=plan.grain.families,
        figures={kind.key: np.array(kind.read(plan)) for kind in FIGURES},
        cash=np.array(plan.money.cash),
        kpis=tuple(
            FrozenKpi(
                id=kpi.definition.id,
                name=kpi.definition.name,
                value=kpi.value,
                unit=kpi.definition.unit,
                period=kpi.period,
                status=kpi.status.value,
            )
            for kpi in plan.kpis
        ),
    )


def plain_of(frozen: FrozenPlan) -> dict[str, Any]:
    """The frozen plan as plain values, every digit kept; unknown is None."""
    return {
        "months": list(frozen.months),
        "families": list(frozen.families),
        "figures": {key: [_plain(row) for row in values] for key, values in frozen.figures.items()},
        "cash": _plain(frozen.cash),
        "kpis": [[k.id, k.name, k.value, k.unit.value, k.period, k.status] for k in frozen.kpis],
    }


def frozen_of(plain: Mapping[str, Any]) -> FrozenPlan:
    """A frozen plan from what `plain_of` made; a figure that was not frozen then is unknown."""
    families, months = tuple(plain["families"]), tuple(plain["months"])
    unknown = np.full((len(families), len(months)), np.nan)
    return FrozenPlan(
        months=months,
        families=families,
        figures={
            kind.key: _array(plain["figures"][kind.key]).reshape(unknown.shape)
            if kind.key in plain["figures"]
            else unknown
            for kind in FIGURES
        },
        cash=_array(plain["cash"]),
        kpis=tuple(
            FrozenKpi(id=id_, name=name, value=value, unit=Unit(unit), period=period, status=status)
            for id_, name, value, unit, period, status in plain["kpis"]
        ),
    )


def _plain(values: Array) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _array(values: Any) -> Array:
    return np.array(values, dtype=np.float64)


@dataclass(frozen=True, kw_only=True, eq=False)
class SideBySide:
    """One figure of two plans.

    Args:
        families: Of either plan.
        months: Of the first plan.
        before, now: [F, months]; NaN where a plan does not reach.
    """

    families: tuple[str, ...]
    months: tuple[str, ...]
    before: Array
    now: Array

    @property
    def change(self) -> Array:
        """[F, months] now less before; NaN where either is unknown."""
        return self.now - self.before


def side_by_side(before: FrozenPlan, now: FrozenPlan, key: str) -> SideBySide:
    """One figure of two plans, family by family, over the months of the first."""
    families = tuple(dict.fromkeys((*before.families, *now.families)))
    return SideBySide(
        families=families,
        months=before.months,
        before=_laid_out(before, key, families, before.months),
        now=_laid_out(now, key, families, before.months),
    )


def _laid_out(plan: FrozenPlan, key: str, families: Sequence[str], months: Sequence[str]) -> Array:
    laid = np.full((len(families), len(months)), np.nan)
    rows = {name: f for f, name in enumerate(plan.families)}
    columns = {month: t for t, month in enumerate(plan.months)}
    for f, family in enumerate(families):
        for t, month in enumerate(months):
            if family in rows and month in columns:
                laid[f, t] = plan.figures[key][rows[family], columns[month]]
    return laid


def same_figures(before: FrozenPlan, now: FrozenPlan) -> bool:
    """Whether two plans say the same of every family and month, but for what rounding may leave."""
    if (before.months, before.families) != (now.months, now.families):
        return False
    return all(_same(before.figures[kind.key], now.figures[kind.key]) for kind in FIGURES)


def _same(before: Array, now: Array) -> bool:
    return bool(np.allclose(now, before, rtol=_SAME_RATIO, atol=_SAME_AMOUNT, equal_nan=True))
