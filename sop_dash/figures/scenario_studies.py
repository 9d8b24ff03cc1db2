"""What scenario studies found, written and drawn: recommendation, stress test, frontier, and who gets shorted."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.planning_settings import ShortageRule
from sop_dash.core.studies.frontier import Frontier, Place
from sop_dash.core.studies.recommendation import FUTURES, PLAN, Recommendation
from sop_dash.core.studies.shorted import RuleEffect
from sop_dash.core.studies.stress_test import Bar
from sop_dash.figures.axes import nice_range, value_axis
from sop_dash.figures.charts import chart
from sop_dash.figures.formats import (
    MISSING,
    known,
    listed,
    money,
    number,
    percent,
    signed,
    signed_percent,
)
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars

STRESS_HEADS = ("Driver", "Low", "Margin", "Served", "High", "Margin", "Served")
FRONTIER_HEADS = ("Cover", "Overtime", "Cost", "Demand served")
REGRET_HEADS = ("If demand turns out", *(f"{signed_percent(at, 0)}" if at else "as planned" for at in FUTURES))


def recommendation_told(found: Recommendation | None, currency: str) -> list[Told]:
    """The choice, its break-even, and what would change it."""
    if found is None:
        sentence = "Keep a scenario that moves a lever of supply or price, and it is weighed against the plan here."
        return [Told(asked="Nothing to choose from yet", sentence=sentence)]
    best = found.best
    name = "The plan" if best.name == PLAN else f"“{best.name}”"
    parts = [f"It serves {percent(best.service)} of demand"]
    if known(best.margin):
        parts.append(f"and earns {money(best.margin, currency)}")
    told = [Told(asked=f"{name} is recommended", sentence=" ".join(parts) + ".")]
    if best.name != PLAN and found.margin_ahead is not None:
        if found.margin_ahead > 0.0:
            pays = f"It pays as long as bringing it about costs less than {money(found.margin_ahead, currency)}"
        else:
            pays = f"It serves more and earns {money(-found.margin_ahead, currency)} less than the plan"
        told.append(Told(asked="Break-even", sentence=f"{pays} over twelve months."))
    if found.second is not None:
        told.append(Told(asked="What would change it", sentence=_flip_words(found)))
    if found.left_out:
        named = listed([f"“{name}”" for name in found.left_out])
        told.append(Told(asked="Not ranked", sentence=f"{named}: demand is a future, not a choice."))
    return told


def _flip_words(found: Recommendation) -> str:
    second = found.second.name if found.second else ""
    named = second if second == PLAN else f"“{second}”"
    if found.flips_at is None:
        return f"Nothing within ±20 % of demand: {named} stays second."
    way = "higher" if found.flips_at > 0.0 else "lower"
    first = f"{named[0].upper()}{named[1:]}"
    return f"{first} comes first once demand is {percent(abs(found.flips_at))} {way}."


def regret_rows(found: Recommendation, currency: str) -> list[tuple[str, ...]]:
    """What each choice earns less than the best one in each future; the best reads "best"."""
    return [(name, *(_regret(value, currency) for value in row)) for name, row in found.regret]


def _regret(value: float | None, currency: str) -> str:
    if value is None:
        return MISSING
    return "best" if value < 1.0 else f"{money(value, currency)} less"


def stress_rows(found: Sequence[Bar], currency: str) -> list[tuple[str, ...]]:
    """Each driver with both sides."""
    return [
        (
            bar.driver,
            bar.low,
            signed(bar.low_margin, Unit.MONEY, currency),
            signed(bar.low_service, Unit.RATIO),
            bar.high,
            signed(bar.high_margin, Unit.MONEY, currency),
            signed(bar.high_service, Unit.RATIO),
        )
        for bar in found
    ]


def stress_words(found: Sequence[Bar], currency: str) -> str:
    """The driver that matters most, in a sentence."""
    sides = [
        (side, f"{bar.driver.lower()} {words}")
        for bar in found
        for side, words in ((bar.low_margin, bar.low), (bar.high_margin, bar.high))
        if side is not None
    ]
    if not sides:
        return "Margin is not known, so only the share of demand served is compared."
    worst, words = min(sides)
    return f"Of these, {words} hurts most: {signed(worst, Unit.MONEY, currency)} margin. One driver moves at a time."


def stress_chart(found: Sequence[Bar], currency: str) -> Figure:
    """The tornado: margin change of both sides, the widest on top."""
    widest_last = list(reversed(found))
    names = [bar.driver for bar in widest_last]
    lows, highs = ([bar.low_margin for bar in widest_last], [bar.high_margin for bar in widest_last])
    drawn = chart(
        [bars("Low", lows, Colour.DEMAND), bars("High", highs, Colour.OVERTIME)],
        labels=names,
        x_title="",
        y_title="Change of margin, next twelve months",
        unit=Unit.MONEY,
        currency=currency,
        view="stress",
    )
    for trace, words in zip(drawn["data"], ("low", "high"), strict=True):
        trace |= {"orientation": "h", "x": trace["y"], "y": names}
        trace["customdata"] = [getattr(bar, words) for bar in widest_last]
        trace["hovertemplate"] = "%{y}, %{customdata}: %{x:,.3s}<extra></extra>"
    layout = drawn["layout"]
    ends = nice_range(lows, highs)
    layout["barmode"] = "overlay"
    layout["hovermode"] = "closest"
    layout["xaxis"] = value_axis("Change of margin, next twelve months", Unit.MONEY, currency, ends)
    layout["yaxis"] = {"type": "category", "automargin": True, "dtick": 1}
    return drawn


def frontier_words(found: Frontier, currency: str) -> str:
    """Where the plan stands against the frontier."""
    now = f"The plan serves {percent(found.now.service_ratio)} for {money(found.now.cost_value, currency)}"
    if found.saving_value is None or found.cheaper is None or found.saving_value < 1.0:
        return f"{now}: no place of the sweep serves as much for less."
    return (
        f"{now}. The same service could cost {money(found.saving_value, currency)} less, with "
        f"{_place_words(found.cheaper)}. Cover also guards against higher demand, which is not seen here."
    )


def _place_words(place: Place) -> str:
    return f"{number(place.cover_days)} days of cover and overtime up to {percent(place.overtime_ratio, 0)}"


def frontier_rows(found: Frontier, currency: str) -> list[tuple[str, ...]]:
    """The places that no other one beats, the cheapest first."""
    best = sorted((p for p in found.places if p.efficient), key=lambda p: p.cost_value or 0.0)
    return [
        (
            f"{number(p.cover_days)} days",
            percent(p.overtime_ratio, 0),
            money(p.cost_value, currency),
            percent(p.service_ratio, 2),
        )
        for p in best
    ]


def frontier_chart(found: Frontier, currency: str) -> Figure:
    """Cost against service: all places, the frontier, and the plan as it stands."""
    best = sorted((p for p in found.places if p.efficient), key=lambda p: p.cost_value or 0.0)
    drawn = chart(
        [
            _dots("Cover and overtime swept", found.places, Colour.NEUTRAL, size=8),
            {**_dots("Frontier", best, Colour.ON_PLAN, size=10), "mode": "lines+markers"},
            _dots("As the levers stand", [found.now], Colour.ACT, size=14),
        ],
        labels=[],
        x_title="",
        y_title="Demand served",
        unit=Unit.RATIO,
        view="frontier",
    )
    for trace, places in zip(drawn["data"], (found.places, best, [found.now]), strict=True):
        trace["x"] = [float(f"{p.cost_value or 0.0:.9g}") for p in places]
    costs = [p.cost_value or 0.0 for p in found.places]
    served = [p.service_ratio for p in (*found.places, found.now)]
    air = 0.1 * max(max(served) - min(served), 1e-4)
    spread = 0.06 * max(max(costs) - min(costs), 1.0)
    drawn["layout"]["xaxis"] = value_axis(
        "Overtime, outsourcing and holding, next twelve months",
        Unit.MONEY,
        currency,
        [min(costs) - spread, max(costs) + spread],
    )
    drawn["layout"]["yaxis"] |= {"range": [min(served) - air, max(served) + air], "tickformat": ".1%"}
    drawn["layout"]["hovermode"] = "closest"
    return drawn


def _dots(name: str, places: Sequence[Place], colour: str, *, size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "y": [round(p.service_ratio, 6) for p in places],
        "marker": {"size": size, "color": colour},
        "line": {"color": colour, "width": 2},
        "customdata": [_place_words(p) for p in places],
        "hovertemplate": "%{customdata}<br>%{x:,.3s}, %{y:.2%}<extra></extra>",
    }


def rule_words(found: RuleEffect) -> str:
    """The name of a rule as shown."""
    if found.rule is ShortageRule.NAMED_FIRST:
        return f"{found.first_channel} first"
    return {"proportional": "in proportion to demand", "contribution": "least contribution first"}[found.rule.value]


def shorted_rows(found: Sequence[RuleEffect], currency: str) -> list[tuple[str, ...]]:
    """Each rule with what each channel loses, and the margin lost together."""
    return [
        (
            rule_words(rule),
            *(_money_or_units(rule, rule.revenue_value[:, c], rule.lost_units[:, c], currency) for c in _columns(rule)),
            money(_sum(rule.margin_value), currency),
        )
        for rule in found
    ]


def shorted_by_family(rule: RuleEffect, families: Sequence[str], currency: str) -> list[tuple[str, ...]]:
    """One rule: each short family with what every channel loses, units and revenue."""
    short = np.flatnonzero(rule.lost_units.sum(axis=1) >= 0.5)
    order = short[np.argsort(-np.nan_to_num(rule.revenue_value[short]).sum(axis=1), kind="stable")]
    return [(families[f], *(_cell(rule, int(f), c, currency) for c in _columns(rule))) for f in order.tolist()]


def shorted_words(found: Sequence[RuleEffect], channels: Sequence[str], currency: str) -> str:
    """What the rule in force does, and which rule would lose the least margin."""
    now = next((rule for rule in found if rule.in_force), found[0])
    lost = [_sum(now.revenue_value[:, c]) for c in range(len(channels))]
    if not now.lost_units.sum() >= 0.5:
        return "Nothing is short in these months, so no rule is needed."
    known_losses = [(value, name) for value, name in zip(lost, channels, strict=True) if known(value)]
    first = f"The rule in force is {rule_words(now)}"
    if known_losses:
        value, name = max(known_losses)
        first += f": {name} loses most, {money(value, currency)}"
    margins = [(_sum(rule.margin_value), rule_words(rule)) for rule in found if known(_sum(rule.margin_value))]
    if not margins:
        return f"{first}."
    least, words = min(margins)
    saved = _sum(now.margin_value) - least
    if saved < 1.0:
        return f"{first}. No other rule loses less margin."
    return f"{first}. {words[0].upper()}{words[1:]} would lose {money(saved, currency)} less margin."


def _columns(rule: RuleEffect) -> range:
    return range(rule.lost_units.shape[1])


def _cell(rule: RuleEffect, family: int, channel: int, currency: str) -> str:
    units, value = float(rule.lost_units[family, channel]), float(rule.revenue_value[family, channel])
    if units < 0.5:
        return "none"
    return f"{number(units)} · {money(value, currency)}" if known(value) else number(units)


def _money_or_units(rule: RuleEffect, revenue: Array, units: Array, currency: str) -> str:
    if units.sum() < 0.5:
        return "none"
    return money(_sum(revenue), currency) if known(_sum(revenue)) else f"{number(float(units.sum()))} units"


def _sum(values: Array) -> float:
    return float(np.nansum(values)) if np.isfinite(values).any() else float("nan")
