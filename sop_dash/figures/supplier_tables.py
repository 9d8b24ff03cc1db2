"""The supplier scorecard and logistics on the Supply page: rows, charts and sentences."""

import math
from collections.abc import Sequence

import numpy as np

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.plan.supplier_effects import LeadTimeEffect, MaterialLine
from sop_dash.core.supply.logistics import LogisticsLine, LogisticsLoad
from sop_dash.core.supply.suppliers import Alert, Scorecard
from sop_dash.figures.charts import chart, on_two_floors
from sop_dash.figures.formats import known, listed, money, number, percent
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.supply_tables import Row
from sop_dash.figures.theme import SEQUENCE, Colour, Figure
from sop_dash.figures.traces import bars, line, on_second_axis

_TOLD = 3
WEIGHT_HEADS = ("Supplier", "Score", "As tried", "Grade", "As tried", "Place")
_STANDING = (Alert.ONLY_SOURCE,)


def supplier_rows(card: Scorecard, effect: LeadTimeEffect) -> list[Row]:
    """One row per supplier, the lowest score first; suppliers without a score last."""
    recent, before, found = card.recent, card.before, card.suppliers
    order = sorted(range(len(found.codes)), key=lambda u: (math.isnan(card.score[u]), card.score[u], found.codes[u]))
    return [
        {
            "code": found.codes[u],
            "name": found.names[u],
            "place": int(card.rank[u]) or None,
            "grade": card.grade[u],
            "own": found.ratings[u],
            "score": float(card.score[u]),
            "change": float(card.score[u] - card.score_before[u]),
            "on_time": float(recent.on_time[u]),
            "on_time_before": float(before.on_time[u]),
            "in_full": float(recent.in_full[u]),
            "quality": float(recent.quality[u]),
            "lead": float(recent.lead_days[u]),
            "spread": float(recent.lead_spread_days[u]),
            "spread_before": float(before.lead_spread_days[u]),
            "price": float(card.price_change[u]),
            "spend": float(card.spend_share[u]),
            "only": int(card.only_source_items[u]),
            "capacity": float(card.capacity_use[u]),
            "stock": float(effect.value[u]),
            "alerts": ", ".join(card.alerts[u]) or found.risk_notes[u],
        }
        for u in order
    ]


def weight_rows(kept: Scorecard, tried: Scorecard) -> list[tuple[str, ...]]:
    """Scores with the weights kept and as tried, the best as tried first, under `WEIGHT_HEADS`."""
    found = tried.suppliers
    order = sorted(range(len(found.codes)), key=lambda u: (tried.rank[u] == 0, tried.rank[u], found.names[u]))
    return [
        (
            found.names[u],
            number(float(kept.score[u])),
            number(float(tried.score[u])),
            kept.grade[u],
            tried.grade[u],
            f"{kept.rank[u]} → {tried.rank[u]}" if kept.rank[u] != tried.rank[u] else f"{tried.rank[u]}",
        )
        for u in order
    ]


def supplier_answers(
    card: Scorecard, effect: LeadTimeEffect, materials: Sequence[MaterialLine], months: Sequence[str], currency: str
) -> list[Told]:
    """The suppliers to speak with, the lowest score first, and materials that the plan asks too much of."""
    changed = [u for u, alerts in enumerate(card.alerts) if set(alerts) - set(_STANDING)]
    changed.sort(key=lambda u: (math.isnan(card.score[u]), card.score[u]))
    told = [Told(asked=card.suppliers.names[u], sentence=_changes(card, effect, u, currency)) for u in changed[:_TOLD]]
    for material in materials:
        short = material.short_units[: len(months)]
        if short.any():
            first = short_name(months[int(np.argmax(short > 0.0))])
            told.append(
                Told(
                    asked=material.name,
                    sentence=f"The plan asks for {number(float(short.sum()))} units more than "
                    f"{material.supplier or 'its supplier'} can deliver, first in {first}.",
                )
            )
    return told or [Told(asked="Whom to speak with?", sentence="No supplier has changed for the worse.")]


def _changes(card: Scorecard, effect: LeadTimeEffect, u: int, currency: str) -> str:
    recent, before, alerts = card.recent, card.before, card.alerts[u]
    parts: list[str] = []
    if Alert.LESS_ON_TIME in alerts:
        parts.append(f"on time {percent(float(recent.on_time[u]))} after {percent(float(before.on_time[u]))}")
    if Alert.LONGER in alerts:
        parts.append(f"lead time {number(float(recent.lead_days[u]))} days after {number(float(before.lead_days[u]))}")
    if Alert.LESS_STEADY in alerts:
        now, then = float(recent.lead_spread_days[u]), float(before.lead_spread_days[u])
        parts.append(f"its spread {number(now, 1)} days after {number(then, 1)}")
    if Alert.POOR_QUALITY in alerts:
        parts.append(f"{percent(float(1.0 - recent.quality[u]))} of the units rejected")
    if Alert.DEARER in alerts:
        parts.append(f"price {percent(float(card.price_change[u]))} up on a year, more than others")
    if Alert.NEARLY_FULL in alerts:
        parts.append(f"its largest month took {percent(float(card.capacity_use[u]), 0)} of its capacity")
    sentence = f"{'; '.join(parts)}.".capitalize() if parts else ""
    more = float(effect.value[u])
    if known(more) and more > 0.0 and Alert.LONGER in alerts:
        sentence += f" That asks for {money(more, currency)} more safety stock in {listed(effect.families[u])}."
    return sentence


def logistics_rows(found: LogisticsLoad, months: Sequence[str]) -> list[Row]:
    """One row per warehouse and lane over the months on screen."""
    return [_logistics_row(line_, months) for line_ in found.lines]


def _logistics_row(found: LogisticsLine, months: Sequence[str]) -> Row:
    use, over = found.use_ratio[: len(months)], found.overflow[: len(months)]
    fullest = int(np.nanargmax(use)) if not np.isnan(use).all() else None
    return {
        "key": found.name,
        "name": found.name,
        "kind": found.kind,
        "use": float(use[fullest]) if fullest is not None else None,
        "month": short_name(months[fullest]) if fullest is not None else "",
        "over": int((np.nan_to_num(over) > 0.0).sum()),
        "overflow": float(np.nanmax(over)) if not np.isnan(over).all() else None,
        "cost": _total(found.cost_value[: len(months)]),
        "extra": _total(found.overflow_cost_value[: len(months)]),
    }


def logistics_chart(found: LogisticsLoad, months: Sequence[str], *, currency: str, locked: int, view: str) -> Figure:
    """How full every warehouse and lane is, and what goes beyond the limits costs."""
    count = len(months)
    uses = [
        line(each.name, each.use_ratio[:count], SEQUENCE[place % len(SEQUENCE)], marks=True)
        for place, each in enumerate(found.lines)
    ]
    extra = np.sum([np.nan_to_num(each.overflow_cost_value[:count]) for each in found.lines], axis=0)
    drawn = chart(
        [
            *uses,
            line("Limit", np.ones(count), Colour.CAPACITY, dash="dash"),
            on_second_axis(bars("Cost of overflow", extra, Colour.SHORTAGE, opacity=0.6)),
        ],
        months=months,
        y_title="Load of capacity",
        unit=Unit.RATIO,
        currency=currency,
        second_title="Overflow cost",
        second_unit=Unit.MONEY,
        locked=locked,
        view=view,
    )
    return on_two_floors(drawn)


def logistics_months(found: LogisticsLoad, months: Sequence[str]) -> list[Row]:
    """One row per warehouse or lane and month."""
    return [
        {
            "key": f"{each.name} {month}",
            "name": each.name,
            "kind": each.kind,
            "month": short_name(month),
            "load": float(each.load[place]),
            "capacity": float(each.capacity[place]),
            "use": float(each.use_ratio[place]),
            "overflow": float(each.overflow[place]),
            "cost": float(each.cost_value[place]),
            "extra": float(each.overflow_cost_value[place]),
        }
        for each in found.lines
        for place, month in enumerate(months)
    ]


def _total(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float | None:
    return None if np.isnan(values).all() else float(np.nansum(values))
