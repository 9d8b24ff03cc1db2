"""Stock by family against its band, and output of the closed months against the production plan."""

import math
from collections.abc import Sequence

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Status, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.monthly import cost_weights
from sop_dash.core.performance.output_lines import FamilyOutput, family_output, output_lines
from sop_dash.core.performance.stock_position import StockPosition, stock_positions
from sop_dash.figures.charts import chart, on_two_floors
from sop_dash.figures.supply_tables import Row
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import Trace, band, bars, line, on_second_axis
from sop_dash.services.plans import PlanView

_MONTHS_BACK = 18
OUTPUT_MONTHS = 3


def positions(view: PlanView) -> tuple[StockPosition, ...]:
    """The stock of the families selected, months on screen."""
    prepared = view.prepared
    return stock_positions(
        prepared.inputs, view.plan, view.families, locked=prepared.locked_months, months=len(view.months)
    )


def stock_by_family(view: PlanView, rows: Sequence[StockPosition]) -> Figure:
    """Cover in days: now, at its lowest, and the band and target it should keep."""
    return chart(
        [
            bars("Cover now", [row.cover_days for row in rows], Colour.STOCK),
            _marks("Lowest ahead", [row.lowest_days for row in rows], Colour.SHORTAGE, "diamond"),
            _marks("Least", [row.low_days for row in rows], Colour.NEUTRAL, "line-ew"),
            _marks("Target", [row.target_days for row in rows], Colour.DEMAND, "line-ew"),
            _marks("Most", [row.high_days for row in rows], Colour.NEUTRAL, "line-ew"),
        ],
        labels=[row.family for row in rows],
        x_title="Family",
        y_title="Days of demand that follows",
        unit=Unit.DAYS,
        view=f"{view.selection}",
    )


def stock_in_band(view: PlanView) -> Figure:
    """Stock at month end of the families selected in its band: units of one family, several at standard cost."""
    inputs, supply, one = view.prepared.inputs, view.plan.supply, view.families.sum() == 1
    rate = np.ones(view.families.shape) if one else view.plan.money.unit_cost[:, 0]
    counted = view.families & ~np.isnan(rate)
    months = len(view.months)

    def total(units: Array) -> Array:
        return np.asarray(rate[counted] @ units[counted, :months]) if counted.any() else np.full(months, np.nan)

    return chart(
        [
            *band("Least to most", total(supply.stock_low), total(supply.stock_high), Colour.NEUTRAL),
            line("Target", total(supply.target), Colour.DEMAND, dash="dash"),
            line("Stock", total(supply.closing), Colour.STOCK, marks=True),
        ],
        months=view.months,
        y_title="Stock at month end, units" if one else "Stock at month end, at standard cost",
        unit=Unit.UNITS if one else Unit.MONEY,
        currency=inputs.company.currency,
        locked=view.prepared.locked_months,
        every=3,
        view=f"{view.selection}",
        unknown="No cost is known: load products (unit_cost), or choose one family to see its units.",
    )


def _marks(name: str, values: Sequence[float], colour: str, symbol: str) -> Trace:
    wide = symbol == "line-ew"
    marker = {"symbol": symbol, "size": 40 if wide else 10, "color": colour, "line": {"width": 2.5, "color": colour}}
    return {**line(name, values, colour), "mode": "markers", "marker": marker if wide else {**marker, "line": {}}}


def stock_rows(rows: Sequence[StockPosition]) -> list[Row]:
    """Rows of the stock table."""
    return [
        {
            "family": row.family,
            "saleable": row.saleable_units,
            "value": row.saleable_value,
            "cover": row.cover_days if math.isfinite(row.cover_days) else None,
            "target": row.target_days,
            "lowest": row.lowest_days if math.isfinite(row.lowest_days) else None,
            "month": short_name(row.lowest_month) if row.lowest_month else "",
            "missing": row.below_target_units,
            "discontinued": row.discontinued_units,
            "blocked": row.blocked_units,
            "status": row.status.value,
        }
        for row in rows
    ]


def has_output(view: PlanView) -> bool:
    """True when the company brought production of closed months."""
    supply = view.prepared.inputs.supply
    return not (np.isnan(supply.actual_units).all() and np.isnan(supply.planned_units).all())


def output_by_month(view: PlanView) -> Figure:
    """Output against the production plan, and how much of the plan was made."""
    inputs = view.prepared.inputs
    one = view.families.sum() == 1
    rate = np.ones(view.families.shape) if one else cost_weights(inputs)
    lines = output_lines(inputs, rate, view.families)
    recent = slice(-_MONTHS_BACK, None)
    drawn = chart(
        [
            bars("Made or received", lines.actual[recent], Colour.ACTUAL),
            line("Production plan", lines.planned[recent], Colour.DEMAND, marks=True),
            on_second_axis(line("Attainment", lines.volume[recent], Colour.OVERTIME)),
            on_second_axis(line("Attainment of the mix", lines.mix[recent], Colour.OUTSOURCE, dash="dot")),
        ],
        months=inputs.grain.history[recent],
        y_title="Units a month" if one else "Standard cost a month",
        unit=Unit.UNITS if one else Unit.MONEY,
        currency=inputs.company.currency,
        second_title="Attainment",
        second_unit=Unit.RATIO,
        second_range=_attained_range(lines.volume[recent], lines.mix[recent]),
        view=f"{view.selection}",
    )
    return on_two_floors(drawn)


def _attained_range(*ratios: Array) -> list[float]:
    """Tenths around what was attained, 90 to 110 % at least."""
    known = np.concatenate(ratios)
    known = known[~np.isnan(known)]
    low, high = (float(known.min()), float(known.max())) if known.size else (1.0, 1.0)
    return [min(0.9, math.floor(low * 10.0) / 10.0), max(1.1, math.ceil(high * 10.0) / 10.0)]


def output_rows(view: PlanView) -> list[Row]:
    """Rows of the output table, last closed months."""
    settings = view.prepared.settings
    low, high = settings.attainment_low, settings.attainment_high
    return [
        {
            "family": row.family,
            "planned": row.planned,
            "actual": row.actual,
            "difference": row.actual - row.planned,
            "attainment": row.attainment_ratio,
            "status": _attained(row, low, high).value,
        }
        for row in family_output(view.prepared.inputs, view.families, OUTPUT_MONTHS)
    ]


def _attained(row: FamilyOutput, low: float, high: float) -> Status:
    if math.isnan(row.attainment_ratio):
        return Status.NO_DATA
    if row.attainment_ratio < low:
        return Status.ACT
    return Status.WATCH if row.attainment_ratio > high else Status.ON_PLAN
