"""Explanations of a plan, written: the worth of hours by month, what binds, what it would take, a goal on one lever."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import IntArray
from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.studies.goal_seek import GoalSeek, SoughtLever
from sop_dash.core.studies.hours_worth import Companion, HoursWorth, Peak
from sop_dash.core.studies.what_it_takes import Needed, WhatItTakes
from sop_dash.figures.charts import chart, target_line, with_shapes
from sop_dash.figures.formats import (
    MISSING,
    SPACE,
    compact,
    listed,
    money,
    months_in_words,
    number,
    percent,
    plural,
    written,
)
from sop_dash.figures.storyline.supply import Told
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import line

NEEDED_HEADS = ("What", "Month", "How much", "")
WORTH_LEGEND = (
    ("worth-minus", "costs more than it earns"),
    ("worth-0", "nothing"),
    ("worth-1", "up to a tenth of the most"),
    ("worth-2", "up to a half"),
    ("worth-3", "more"),
)
LEVER_WORDS = {
    SoughtLever.OVERTIME: ("overtime limit", "Overtime allowed, % of hours", 100.0),
    SoughtLever.COVER: ("stock cover", "Stock cover, days", 1.0),
    SoughtLever.OUTSOURCE: ("outsourcing limit", "Outsourcing allowed, % of demand", 100.0),
    SoughtLever.DEMAND: ("change of demand", "Change of demand, %", 100.0),
    SoughtLever.HOURS: ("extra hours on the bottleneck", "Extra hours a month", 1.0),
}
_MOST_NEEDED, _MOST_DECIMALS = 12, 6
_USED_UP = "Regular hours and allowed overtime are used up."


def worth_rows(found: HoursWorth) -> IntArray:
    """Positions of the resources with a month in which hours are worth something, the dearest first."""
    shown = found.value if found.has_money else found.served_units
    best = np.fmax.reduce(shown, axis=1, initial=0.0)
    order = np.argsort(-best, kind="stable")
    told = np.fmax.reduce(np.abs(shown), axis=1, initial=0.0) >= 0.5
    return np.asarray(order[told[order]], dtype=np.int64)


def worth_cells(found: HoursWorth, rows: IntArray, months: int) -> tuple[list[list[str]], list[list[str]]]:
    """Texts and bands of the heat map; money where it is known, else units served."""
    shown = (found.value if found.has_money else found.served_units)[rows, :months]
    most = max(float(np.nanmax(shown, initial=0.0)), 1.0) if shown.size else 1.0
    texts = [[_worth_text(value) for value in row] for row in shown.tolist()]
    return texts, [[_worth_band(value, most) for value in row] for row in shown.tolist()]


def _worth_text(value: float) -> str:
    if np.isnan(value):
        return MISSING
    return compact(value) if abs(value) >= 0.5 else "0"


def _worth_band(value: float, most: float) -> str:
    if np.isnan(value):
        return "unknown"
    if abs(value) < 0.5:
        return "worth-0"
    limits = ((0.0, "worth-minus"), (0.1, "worth-1"), (0.5, "worth-2"))
    return next((band for share, band in limits if value <= share * most), "worth-3")


def minus_words(found: HoursWorth, currency: str) -> str:
    """Why hours may cost more than they earn, where they do in some month; empty elsewhere."""
    if not found.has_money or not (found.value <= -0.5).any():
        return ""
    worst = money(float(np.nanmin(found.value)), currency)
    return (
        f"Hatched, down to {worst}: with more hours the plan serves demand and fills stock first, as the planning "
        "settings ask, before it looks at money; there that costs more than it earns."
    )


def binding_told(found: HoursWorth, currency: str) -> list[Told]:
    """What binds, how many hours lift it, what comes next, and which resource goes with it."""
    if not found.peaks:
        sentence = "No resource is out of hours in a month that can still be changed."
        return [Told(asked="What binds?", sentence=sentence)]
    return [_peak_told(peak, currency) for peak in found.peaks]


def _peak_told(peak: Peak, currency: str) -> Told:
    pair = peak.companion is not None and peak.companion.useless_alone
    parts = [_USED_UP if pair else _relief_words(peak, currency)]
    if peak.next_resources and not pair:
        beyond = "is" if len(peak.next_resources) == 1 else "are"
        parts.append(f"With them {listed(peak.next_resources)} {beyond} beyond regular hours as well.")
    if peak.companion is not None:
        parts.append(_companion_words(peak, peak.companion, currency))
    return Told(asked=f"{peak.resource}, {months_in_words(peak.months)}", sentence=" ".join(parts))


def _relief_words(peak: Peak, currency: str) -> str:
    if peak.relief_hours <= 0.0:
        return f"{_USED_UP} More of them alone bring little."
    until = "lift it: more bring little" if peak.lifted else "still do not lift it"
    gain = _gain_words(peak.relief_value, peak.relief_served, currency)
    return f"{_USED_UP} About {number(peak.relief_hours)} more hours a month bring {gain} and {until}."


def _gain_words(value: float | None, served: float, currency: str) -> str:
    if value is not None and value <= -0.5:
        spent = money(-value, currency)
        nothing = f"no more units served, at a cost of {spent}"
        return f"{_served(served)} at a loss of {spent}" if served >= 0.5 else nothing
    units = _served(served) if served >= 0.5 else "no more sales, but less overtime and holding"
    return units if value is None else f"{money(value, currency)} ({units})"


def _served(units: float) -> str:
    return f"{number(units)} more units served"


def _companion_words(peak: Peak, other: Companion, currency: str) -> str:
    if not other.bind_together:
        return f"It binds alone: hours on {other.resource} beside it bring no more than by themselves."
    both, first, second = (
        _gain_words(value, served, currency)
        for value, served in (
            (other.together, other.served_together),
            (other.bottleneck_alone, other.served_alone),
            (other.companion_alone, other.served_by_companion),
        )
    )
    verdict = "one alone brings next to nothing" if other.useless_alone else "both bring more than the two apart"
    return (
        f"{peak.resource} and {other.resource} bind together: {number(other.hours_per_month)} hours a month on both "
        f"bring {both}; on {peak.resource} alone {first}; on {other.resource} alone {second}: {verdict}."
    )


def needed_rows(found: WhatItTakes) -> list[tuple[str, str, str, str]]:
    """The list of additions, the largest first."""
    ordered = sorted(found.needed, key=lambda one: -one.amount)
    rows = [_needed_row(one) for one in ordered[:_MOST_NEEDED]]
    if len(ordered) > _MOST_NEEDED:
        rest = ordered[_MOST_NEEDED:]
        rows.append((f"and {len(rest)} more", "", f"{number(sum(o.amount for o in rest if o.is_hours))} h", ""))
    return rows


def _needed_row(one: Needed) -> tuple[str, str, str, str]:
    unit = "h beyond all overtime" if one.is_hours else "units from outside"
    late = "special shifts only" if one.is_hours and not one.in_time else ""
    return one.place, short_name(one.month), f"{number(one.amount)} {unit}", late


def needed_told(found: WhatItTakes) -> Told:
    """The answer in a sentence."""
    asked = f"What would it take to serve {share_words(found.target_ratio)}?"
    weighed = "by price" if found.by_price else "by units: prices missing"
    now = f"{share_words(found.now_ratio)} of the demand of {months_in_words(found.months)}, {weighed}"
    then = share_words(found.then_ratio)
    if found.reached and not found.needed:
        return Told(asked=asked, sentence=f"Nothing: the plan serves {now}.")
    total = f"{number(found.hours)} hours" if found.hours >= 0.5 else plural(len(found.needed), "receipt")
    if found.reached:
        return Told(
            asked=asked,
            sentence=f"{total} in {plural(len(found.needed), 'place')}: the least that lifts the plan from {now}.",
        )
    left = [f"{number(u.units)} units of {u.family} in {short_name(u.month)}" for u in found.uncured]
    rest = f" {listed(left)} can no longer be served." if left else ""
    best = f"The most that can be reached is {then}"
    how = f", with {total}" if found.needed else ", whatever is added"
    return Told(asked=asked, sentence=f"{best}{how}; the plan serves {now}.{rest}")


def share_words(ratio: float) -> str:
    """A share of demand with the digits it needs: what is less than all is never written as all of it."""
    decimals = 2
    while decimals < _MOST_DECIMALS and ratio < 1.0 and round(100.0 * ratio, decimals) >= 100.0:
        decimals += 1
    words = number(100.0 * ratio, decimals)
    whole = words.rstrip("0").rstrip(".") if "." in words else words
    return f"{whole}{SPACE}%"


def share_refused(share: Any) -> str:
    """Why a share of demand in percent cannot be asked for; empty where it can."""
    if not isinstance(share, int | float):
        return "Type the share of demand to serve: more than 0, at most 100 %."
    if not 0.0 < share <= 100.0:
        given = number(share, 0 if share == int(share) else 2)
        return f"{given}{SPACE}% is no share of demand: type more than 0, at most 100 %."
    return ""


def goal_told(found: GoalSeek, kpi: Kpi, currency: str) -> Told:
    """The answer of a goal seek in a sentence."""
    lever, unit = LEVER_WORDS[found.lever][0], kpi.definition.unit
    name = kpi.definition.name
    asked = f"Which {lever} gives {name} of {written(found.target, unit, currency)}?"
    if found.found is None or found.start.value is None:
        return Told(asked=asked, sentence=f"{name} is not known, so nothing can be sought.")
    now = f"{lever_words(found.lever, found.start.lever)} gives {written(found.start.value, unit, currency)}"
    counted = f"Counted over {counted_words(kpi)}."
    if found.already:
        return Told(asked=asked, sentence=f"The plan reaches it as it stands: {now}. {counted}")
    there = lever_words(found.lever, found.found.lever)
    value = written(found.found.value, unit, currency)
    if found.reached:
        return Told(
            asked=asked,
            sentence=f"{there[0].upper()}{there[1:]}: {name} becomes {value}. As it stands, {now}. {counted}",
        )
    best = f"Out of reach by this lever alone: {there} gives the best, {value}; {now}."
    return Told(asked=asked, sentence=f"{best} {counted}")


def counted_words(kpi: Kpi) -> str:
    """The months and the population of a figure."""
    return ", ".join(part for part in (kpi.period.split(",")[0], kpi.why.population) if part)


def lever_words(lever: SoughtLever, at: float) -> str:
    """Where a lever stands."""
    words = {
        SoughtLever.OVERTIME: f"overtime up to {percent(at)}",
        SoughtLever.COVER: f"{number(at, 1)} days of cover",
        SoughtLever.OUTSOURCE: f"outsourcing up to {percent(at)} of demand",
        SoughtLever.DEMAND: f"{'+' if at > 0 else ''}{percent(at)} demand",
        SoughtLever.HOURS: f"{number(at)} extra hours a month",
    }
    return words[lever]


def goal_chart(found: GoalSeek, kpi: Kpi, currency: str) -> Figure:
    """The figure by the place of the lever, with its target."""
    _, title, factor = LEVER_WORDS[found.lever]
    drawn = chart(
        [line(kpi.definition.name, [point.value for point in found.points], Colour.DEMAND, marks=True)],
        labels=[number(factor * point.lever, 1) for point in found.points],
        x_title=title,
        y_title=kpi.definition.name,
        unit=kpi.definition.unit,
        currency=currency,
        y_range=_around([*(point.value for point in found.points), found.target]),
        view=f"{found.lever}{found.goal}{found.target}",
    )
    drawn["layout"]["xaxis"] |= {"type": "linear"}
    if kpi.definition.unit is Unit.RATIO:
        drawn["layout"]["yaxis"]["tickformat"] = ".1%"
    for trace in drawn["data"]:
        trace["x"] = [round(factor * point.lever, 3) for point in found.points]
    name = f"target {written(found.target, kpi.definition.unit, currency)}"
    return with_shapes(drawn, target_line(found.target, name, curve=[point.value for point in found.points]))


def _around(values: Sequence[float | None]) -> list[float]:
    """Ends with a little air on both sides."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    air = 0.08 * max(high - low, 1e-6, 1e-3 * abs(high))
    return [low - air, high + air]


def goal_unit(kpi: Kpi, currency: str) -> tuple[str, float]:
    """How a target of this figure is typed: its unit in words, and what one of it counts."""
    if kpi.definition.unit is Unit.RATIO:
        return "%", 0.01
    return f"{currency} thousand", 1e3
