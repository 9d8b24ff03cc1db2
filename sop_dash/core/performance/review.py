"""The review of the last closed month: eight tiles in four groups, six trends with bands, accuracy by family.

Computed once per data load; no lever moves it.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi, KpiDefinition, Part, Target, Unit
from sop_dash.core.model.kpi_catalogue import CATALOGUE
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.exceptions import exceptions
from sop_dash.core.performance.family_accuracy import FamilyAccuracy, accuracy_by_family
from sop_dash.core.performance.monthly import MonthlyMetrics, demand_weights, family_demand, monthly_metrics
from sop_dash.core.performance.production import production_kpis
from sop_dash.core.performance.service import service_kpis
from sop_dash.core.performance.sheet import Sheet, at_least, sheet
from sop_dash.core.performance.stock_health import stock_health_kpis

_NO_FORECASTS = "No forecast of a past cycle is known: load the table forecasts."
_NO_PRODUCTION = "No production plan and output: load the table production."
_NO_STOCK = "No stock at standard cost: load the tables inventory and products (unit_cost)."
_NO_BUDGET = "No budget for this month: load the table budget."
_NO_MARGIN = "No revenue or standard cost: load net_revenue in sales and unit_cost in products."
_PLAN_IS_OUTPUT = "Constant by construction: output equals the plan in every month of the data."


@dataclass(frozen=True, kw_only=True)
class ReviewTile:
    """A tile of the review; its KPI is compared with last month.

    Args:
        group: Demand, supply, stock or money.
        kpi: The figure.
        last_year: The same month a year earlier; None when unknown.
    """

    group: str
    kpi: Kpi
    last_year: float | None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One trend chart.

    Args:
        definition: What is drawn.
        months: Closed months, oldest first.
        values: One per month; NaN for unknown.
        target: Band and target line in force.
        second: What is drawn beside it; None when nothing is.
        second_values: One per month; empty when nothing is.
    """

    definition: KpiDefinition
    months: tuple[str, ...]
    values: tuple[float, ...]
    target: Target | None
    second: KpiDefinition | None = None
    second_values: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Review:
    """How the last closed month went.

    Args:
        month: The last closed month (`YYYY-MM`).
        tiles: Eight, in the order demand, supply, stock, money.
        trends: Six (S-285): MAPE with WAPE, bias, plan attainment with mix, turns, days of supply, revenue.
        accuracy: One row per family, largest value first.
        service: On time, in full, OTIF, perfect, cancelled, satisfaction, fill rate, lost sales.
        production: Mix attainment, schedule adherence, utilisation booked, changeover time.
        stock: Stock-out rate, excess stock, inventory accuracy.
        metrics: The monthly series behind tiles and trends.
        exceptions: What is out of the ordinary, by money.
    """

    month: str
    tiles: tuple[ReviewTile, ...]
    trends: tuple[Trend, ...]
    accuracy: tuple[FamilyAccuracy, ...]
    service: tuple[Kpi, ...]
    production: tuple[Kpi, ...]
    stock: tuple[Kpi, ...]
    metrics: MonthlyMetrics
    exceptions: tuple[Finding, ...]

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """Every figure of the review once, for the list of all metrics."""
        found = {kpi.definition.id: kpi for kpi in self.stock + self.service + self.production}
        return tuple((found | {tile.kpi.definition.id: tile.kpi for tile in self.tiles}).values())


def review(
    *,
    inputs: PlanInputs,
    settings: PlanningSettings,
    forecasts_at_lag1: Array | None = None,
    demand_ahead: Array | None = None,
) -> Review:
    """Review the last closed month.

    Args:
        inputs: The data load.
        settings: Targets and bands.
        forecasts_at_lag1: [F, H] units forecast one month ahead, NaN where none was kept; None when none are known.
        demand_ahead: [F, T] demand planned, for days of supply and excess; None takes the last year's.
    """
    page = sheet(settings)
    metrics = monthly_metrics(inputs, forecasts_at_lag1, demand_ahead)
    actual = family_demand(inputs)
    forecasts = np.full(actual.shape, np.nan) if forecasts_at_lag1 is None else forecasts_at_lag1
    accuracy = accuracy_by_family(inputs.grain.families, actual, forecasts, demand_weights(inputs))
    service = service_kpis(inputs, page)
    return Review(
        month=inputs.grain.history[-1],
        tiles=_tiles(inputs, page, metrics, service),
        trends=_trends(inputs, page, metrics),
        accuracy=accuracy,
        service=service,
        production=production_kpis(inputs, page, metrics),
        stock=stock_health_kpis(inputs, settings, page, demand_ahead),
        metrics=metrics,
        exceptions=exceptions(inputs, settings, accuracy, metrics, demand_ahead),
    )


def _tiles(
    inputs: PlanInputs, page: Sheet, metrics: MonthlyMetrics, service: tuple[Kpi, ...]
) -> tuple[ReviewTile, ...]:
    month = short_name(inputs.grain.history[-1])
    made, planned = inputs.supply.actual_units, inputs.supply.planned_units
    constant = np.array_equal(made, planned, equal_nan=True) and not np.isnan(made).all()
    budget = float(metrics.budget_margin_ratio[-1])
    margin_target = None if np.isnan(budget) else at_least(budget)
    mix = ("mix attainment", float(metrics.mix_attainment[-1]), Unit.RATIO)
    otif = next(kpi for kpi in service if kpi.definition.id == "otif")

    def tile(
        group: str,
        kpi_id: str,
        series: Array,
        missing: str,
        table: str,
        *,
        period: str = month,
        constant: str = "",
        beside: tuple[Part, ...] = (),
        target: Target | None = None,
    ) -> ReviewTile:
        base = metrics.bases[kpi_id]
        value, of = float(series[-1]), float(base.values[-1])
        kpi = page.kpi(
            kpi_id,
            value,
            period=period,
            parts=((base.counted, value * of, base.unit), (base.name, of, base.unit), *beside),
            reason=missing if np.isnan(value) else constant,
            informative=not constant,
            target=target,
            reference=(float(series[-2]), "last month") if series.size > 1 else None,
            series=series,
            table=table,
        )
        return ReviewTile(group=group, kpi=kpi, last_year=_year_before(kpi.series))

    return (
        tile("Demand", "wape", metrics.wape, _NO_FORECASTS, "forecasts, sales"),
        tile("Demand", "bias", metrics.bias, _NO_FORECASTS, "forecasts, sales"),
        tile(
            "Supply",
            "plan-attainment",
            metrics.plan_attainment,
            _NO_PRODUCTION,
            "production",
            constant=_PLAN_IS_OUTPUT if constant else "",
            beside=(mix,),
        ),
        ReviewTile(group="Supply", kpi=otif, last_year=_year_before(otif.series)),
        tile(
            "Stock",
            "inventory-turns",
            metrics.inventory_turns,
            _NO_STOCK,
            "inventory, sales",
            period=f"12 months to {month}",
        ),
        tile("Stock", "days-of-supply", metrics.days_of_supply, _NO_STOCK, "inventory", period=f"end of {month}"),
        tile("Money", "revenue-attainment", metrics.revenue_attainment, _NO_BUDGET, "sales, budget"),
        tile("Money", "margin-ratio", metrics.margin_ratio, _NO_MARGIN, "sales, products", target=margin_target),
    )


def _year_before(series: tuple[float, ...]) -> float | None:
    """The value twelve months before the last; None when unknown."""
    return series[-13] if len(series) > 12 and not np.isnan(series[-13]) else None


def _trends(inputs: PlanInputs, page: Sheet, metrics: MonthlyMetrics) -> tuple[Trend, ...]:
    drawn: tuple[tuple[str, Array, str, Array | None], ...] = (
        ("mape", metrics.mape, "wape", metrics.wape),
        ("bias", metrics.bias, "", None),
        ("plan-attainment", metrics.plan_attainment, "mix-attainment", metrics.mix_attainment),
        ("inventory-turns", metrics.inventory_turns, "", None),
        ("days-of-supply", metrics.days_of_supply, "", None),
        ("revenue-attainment", metrics.revenue_attainment, "", None),
    )
    return tuple(
        Trend(
            definition=CATALOGUE[kpi_id],
            months=inputs.grain.history,
            values=tuple(values.tolist()),
            target=page.targets[kpi_id],
            second=None if second is None else CATALOGUE[second_id],
            second_values=() if second is None else tuple(second.tolist()),
        )
        for kpi_id, values, second_id, second in drawn
    )
