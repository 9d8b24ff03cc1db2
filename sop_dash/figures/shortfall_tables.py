"""What a supplier that delivers less does to the plan: sentences and the families it hits."""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.result import PlanResult
from sop_dash.core.performance.effects import effects
from sop_dash.figures.charts import chart
from sop_dash.figures.formats import listed, money, number, percent, signed, spans_in_words
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars

HIT_HEADS = ("Family", "Late or not at all", "Not served", "At net price", "Months")
_OUTCOMES = ("service", "margin-ahead", "stock-value", "overtime-hours")


def hit_rows(plan: PlanResult, less: PlanResult, currency: str) -> list[tuple[str, ...]]:
    """Families that get something later or serve less, the dearest first, under `HIT_HEADS`; at most twelve."""
    fewer = _late_units(plan, less)
    lost = (less.supply.lost - plan.supply.lost).sum(axis=1)
    value = _value(plan, less)
    order = [f for f in np.argsort(-value, kind="stable").tolist() if fewer[f] > 0.5 or lost[f].sum() > 0.5]
    return [
        (
            plan.grain.families[f],
            number(float(fewer[f])),
            number(max(float(lost[f].sum()), 0.0)),
            money(float(value[f]), currency),
            spans_in_words([plan.grain.horizon[t] for t in np.flatnonzero(lost[f] > 0.5).tolist()]),
        )
        for f in order[:12]
    ]


def shortfall_words(plan: PlanResult, less: PlanResult, name: str, ratio: float, currency: str) -> list[Told]:
    """The consequence in money and service, the plan made again as well as it can."""
    value = _value(plan, less)
    hit = [plan.grain.families[f] for f in np.argsort(-value, kind="stable").tolist() if value[f] > 0.5]
    asked = f"If {name} delivers {percent(ratio, 0)} less?"
    lost = (less.supply.lost - plan.supply.lost).sum(axis=(0, 1))
    months = [plan.grain.horizon[t] for t in np.flatnonzero(lost > 0.5).tolist()]
    changes = [
        f"{one.kpi.definition.name} {signed(one.change, one.kpi.definition.unit, currency)}"
        for one in effects(less, plan, _OUTCOMES)
        if one.change is not None
    ]
    sentence = (
        f"{money(float(value.sum()), currency)} more of demand for {listed(hit)} is not served, in "
        f"{spans_in_words(months)}, though the plan is made again as well as it can."
        if hit
        else "No more demand goes unserved: stock and the other months make up for it."
    )
    return [
        Told(asked=asked, sentence=sentence),
        Told(asked="What else changes?", sentence=f"{'; '.join(changes)}."),
    ]


def lost_by_month(plan: PlanResult, less: PlanResult, months: Sequence[str], currency: str) -> Figure:
    """Demand not served by month, in the plan and with less delivered; at net price."""

    def money_of(result: PlanResult) -> Array:
        lost = result.supply.lost
        value = np.where(lost == 0.0, 0.0, lost * result.money.price)
        return np.asarray(np.nansum(value, axis=(0, 1))[: len(months)])

    return chart(
        [
            bars("In the plan", money_of(plan), Colour.SUPPLY),
            bars("With less delivered", money_of(less), Colour.SHORTAGE),
        ],
        months=months,
        y_title="Demand not served, at net price",
        unit=Unit.MONEY,
        currency=currency,
        every=3,
    )


def _late_units(plan: PlanResult, less: PlanResult) -> Array:
    """[F] most units that have not come by a month end, of those the plan had by then."""
    behind = (plan.supply.closing - less.supply.closing) + np.cumsum(
        (plan.supply.shipped - less.supply.shipped).sum(axis=1), axis=1
    )
    return np.asarray(np.maximum(behind.max(axis=1), 0.0))


def _value(plan: PlanResult, less: PlanResult) -> Array:
    """[F] money of the demand that is served no more, over the whole horizon."""
    more = less.supply.lost - plan.supply.lost
    return np.asarray(np.nansum(np.where(more == 0.0, 0.0, more * plan.money.price), axis=(1, 2)))
