"""The demand plan held against others: last cycle by cause, quarters against all yardsticks, base, upside and downside.

One family is counted in units, or in money when asked; several in money at this cycle's net price.
"""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.outlook import Risk
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.demand_table import QuarterTotal, demand_table
from sop_dash.core.plan.demand_cases import CaseWay, DemandCases
from sop_dash.core.plan.demand_lines import DemandLines
from sop_dash.core.plan.forecast_causes import CAUSES, ForecastCauses
from sop_dash.figures.bridge import bridge
from sop_dash.figures.charts import chart
from sop_dash.figures.demand_charts import in_money
from sop_dash.figures.demand_tables import Row
from sop_dash.figures.formats import compact, money, months_in_words, plural, signed, signed_percent
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import band, line
from sop_dash.services.plans import PlanView

_LONGEST_PLACE = 30
"""A scenario's name has a longest; what it rests on stands at its end."""


def causes_chart(view: PlanView, found: ForecastCauses) -> Figure | None:
    """Last cycle over its causes to this cycle; None where no family and month can be compared."""
    before, steps, now = _totals(view, found)
    if before is None:
        return None
    unit, currency = Unit.MONEY if in_money(view) else Unit.UNITS, view.prepared.inputs.company.currency
    texts = [_size(view, before), *(signed(value, unit, currency) for value in steps), _size(view, now)]
    last = short_name(found.cycle)
    return bridge(
        [(name.replace("Events and ", "Events and<br>"), value) for name, value in zip(CAUSES, steps, strict=True)],
        texts,
        start=(f"{'Replayed' if found.replayed else 'Cycle'}<br>{last}", before),
        end_name=f"Cycle<br>{short_name(view.plan.grain.cycle)}",
        y_title=f"Consensus, {'money at net price' if in_money(view) else 'units'}",
        currency=currency,
        unit=unit,
    )


def causes_words(view: PlanView, found: ForecastCauses) -> str:
    """The months compared, the change, and whether last cycle was replayed."""
    before, _, now = _totals(view, found)
    months = _months(view, found)
    if before is None or not months:
        return "nothing to compare with"
    change = signed_percent(now / before - 1.0) if before else ""
    replayed = "; last cycle is replayed" if found.replayed else ""
    return f"{months_in_words(months)}, {change}{replayed}"


def _months(view: PlanView, found: ForecastCauses) -> list[str]:
    shared = np.asarray(found.known[view.families].any(axis=0)).tolist()
    return [month for month, known_month in zip(view.months, shared, strict=False) if known_month]


def _totals(view: PlanView, found: ForecastCauses) -> tuple[float | None, list[float], float]:
    """Last cycle, every cause and this cycle over the families and months on screen; None without any."""
    rate = view.prepared.consensus_price if in_money(view) else np.ones(found.known.shape)
    on_screen = np.arange(found.known.shape[1]) < len(view.months)
    cells = np.asarray(found.known & view.families[:, None] & on_screen & ~np.isnan(rate))
    if not cells.any():
        return None, [], 0.0

    def total(units: Array) -> float:
        return float(worth(np.where(cells, units, 0.0), rate).sum())

    return total(found.before), [total(found.causes[name]) for name in CAUSES], total(found.now)


def _size(view: PlanView, value: float) -> str:
    return money(value, view.prepared.inputs.company.currency) if in_money(view) else compact(value)


def quarter_rows(view: PlanView) -> list[Row]:
    """The families selected by quarter: units, and the change against last cycle, last year and budget."""
    inputs = view.prepared.inputs
    whole = view.channels.all()
    demand = view.prepared.consensus.units[:, view.channels].sum(axis=1)
    previous = view.prepared.last_cycle_units if whole else None
    rows = demand_table(inputs, demand, previous, None if whole else view.channels)
    return [
        {
            "key": f"{row.family} {quarter.name}",
            "family": row.family,
            "quarter": _quarter_words(view, quarter),
            "units": quarter.units,
            "cycle": quarter.vs_last_month_ratio,
            "year": quarter.vs_last_year_ratio,
            "budget": quarter.vs_budget_ratio,
        }
        for row, chosen in zip(rows, view.families, strict=True)
        if chosen
        for quarter in row.quarters
    ]


def _quarter_words(view: PlanView, quarter: QuarterTotal) -> str:
    """Its name, and which of its months are closed: "Q4 FY26, Oct closed"."""
    closed = view.plan.grain.history[-quarter.actual_months :] if quarter.actual_months else ()
    named = "–".join(short_name(month)[:3] for month in closed)
    return f"{quarter.name}, {named} closed" if closed else quarter.name


def cases_chart(view: PlanView, cases: DemandCases) -> Figure:
    """Base, upside and downside by month."""
    months = len(view.months)
    base, up, down = (values[:months].tolist() for values in (cases.base, cases.upside, cases.downside))
    return chart(
        [
            *band("Downside to upside", down, up, Colour.DEMAND, opacity=0.15),
            line("Upside", up, Colour.BETTER, dash="dash"),
            line("Base", base, Colour.DEMAND, width=2.5, marks=True),
            line("Downside", down, Colour.WORSE, dash="dash"),
        ],
        months=view.months,
        y_title="Money a month, at net price" if in_money(view) else "Units a month",
        unit=Unit.MONEY if in_money(view) else Unit.UNITS,
        currency=view.prepared.inputs.company.currency,
        locked=view.prepared.locked_months,
        view=f"{view.selection}",
    )


def cases_rows(view: PlanView, cases: DemandCases) -> list[Row]:
    """Base, upside and downside by month (S-135), with how far each lies from the base."""
    return [
        {
            "month": short_name(month),
            "base": float(cases.base[t]),
            "upside": float(cases.upside[t]),
            "up": _share(cases.upside[t], cases.base[t]),
            "downside": float(cases.downside[t]),
            "down": _share(cases.downside[t], cases.base[t]),
        }
        for t, month in enumerate(view.months)
    ]


def cases_words(view: PlanView, lines: DemandLines, cases: DemandCases, way: CaseWay) -> str:
    """What the cases rest on, and how families move together."""
    if way is CaseWay.FLAT:
        return "the same share everywhere; all families move together"
    if way is CaseWay.DRIVERS:
        if not cases.drivers:
            return "no open risk or opportunity names these families"
        return f"{_named(cases.drivers)}, each at full money in its month"
    if np.isnan(lines.bands.hi80).all():
        return "no range is known"
    together = "; the range of the total: families that offset one another count" if lines.counted.sum() > 1 else ""
    return f"one month in ten above, one in ten below, each month on its own{together}"


def case_name(view: PlanView, way: CaseWay, *, up: bool) -> str:
    """What a scenario of the case is called: "Upside of Kettles, web from own errors, Nov 26"."""
    chosen = view.selection
    place = ", ".join(filter(None, (chosen.family or chosen.category or "all families", chosen.channel)))
    side, cycle = "Upside" if up else "Downside", short_name(view.plan.grain.cycle)
    found = "" if way is CaseWay.FLAT else "from "
    return f"{side} of {place[:_LONGEST_PLACE]} {found}{way.value}, {cycle}"


def _named(drivers: Sequence[Risk]) -> str:
    up = sum(risk.opportunity for risk in drivers)
    parts = [plural(up, "opportunity", "opportunities")] if up else []
    if len(drivers) - up:
        parts.append(plural(len(drivers) - up, "risk"))
    return " and ".join(parts)


def _share(value: float, base: float) -> float | None:
    return float(value / base - 1.0) if base > 0.0 else None
