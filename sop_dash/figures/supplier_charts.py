"""Suppliers as charts: the trend of one beside all of them, and where each stands among its peers."""

from collections.abc import Mapping

import numpy as np

from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.kpi import Unit
from sop_dash.core.supply.suppliers import GRADES, Scorecard
from sop_dash.figures.charts import chart, target_line, with_shapes
from sop_dash.figures.formats import number
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars, line

_MONTHS_BACK = 24
TRENDS: Mapping[str, str] = {
    "on_time": "On time",
    "in_full": "In full",
    "quality": "Quality",
    "lead": "Lead time",
    "price": "Price",
}


def place_of(card: Scorecard, code: str) -> int:
    """The supplier with this code; the one with the lowest score when there is none."""
    codes = card.suppliers.codes
    return codes.index(code) if code in codes else int(np.argmin(np.nan_to_num(card.score, nan=np.inf)))


def supplier_trend(card: Scorecard, code: str, what: str) -> Figure:
    """One line of `TRENDS` by month: the supplier with this code and all together; the worst one without a code."""
    found, u = card.suppliers, place_of(card, code)
    months = found.grain.history[-_MONTHS_BACK:]
    own, every = (values[-_MONTHS_BACK:] for values in _lines(card, u, what))
    days, price = what == "lead", what == "price"
    return chart(
        [
            line(found.names[u], own, Colour.DEMAND, marks=True),
            line("All suppliers", every, Colour.NEUTRAL, dash="dot"),
        ],
        months=months,
        y_title="Days from order to stock" if days else "Price of a unit, first year = 100 %" if price else "Share",
        unit=Unit.DAYS if days else Unit.RATIO,
        every=3,
        view=f"{found.codes[u]} {what}",
    )


def _lines(card: Scorecard, u: int, what: str) -> tuple[Array, Array]:
    """[H] each: the supplier, and all of them by their weight."""
    given = card.suppliers.deliveries
    if what == "lead":
        weight = np.where(np.isnan(given.average_lead_time_days), 0.0, np.nan_to_num(given.lines))
        every = ratio_or_nan((np.nan_to_num(given.average_lead_time_days) * weight).sum(axis=0), weight.sum(axis=0))
        return given.average_lead_time_days[u], every
    if what == "price":
        index = np.stack([_index(v, q) for v, q in zip(given.value, given.ordered_units, strict=True)])
        known = ~np.isnan(index)
        return index[u], ratio_or_nan(np.where(known, index, 0.0).sum(axis=0), known.sum(axis=0))
    part, whole = {
        "on_time": (given.on_time_lines, given.lines),
        "in_full": (given.in_full_lines, given.lines),
        "quality": (given.received_units - given.rejected_units, given.received_units),
    }[what if what in TRENDS else "on_time"]
    return ratio_or_nan(part[u], whole[u]), ratio_or_nan(np.nansum(part, axis=0), np.nansum(whole, axis=0))


def _index(value: Array, units: Array) -> Array:
    """[H] value a unit over its mean in the first year known; 1 is that year."""
    price = ratio_or_nan(value, units)
    first = price[~np.isnan(price)][:12]
    return price / first.mean() if first.size else price


def peers_chart(card: Scorecard, code: str) -> Figure:
    """Scores of all suppliers, best first, the one chosen in its own colour; lines where the grades begin."""
    found, chosen = card.suppliers, place_of(card, code)
    order = sorted(range(len(found.codes)), key=lambda u: (-np.nan_to_num(card.score[u], nan=-1.0), found.codes[u]))
    own = [float(card.score[u]) if u == chosen else None for u in order]
    others = [None if u == chosen else float(card.score[u]) for u in order]
    drawn = chart(
        [bars(found.names[chosen], own, Colour.DEMAND), bars("Others", others, Colour.SUPPLY)],
        labels=[found.codes[u] for u in order],
        x_title="Supplier, best first",
        y_title="Score, points of 100",
        unit=Unit.COUNT,
        stacked=True,
        y_range=[0.0, 100.0],
        view=found.codes[chosen],
    )
    lines = [target_line(least, f"{letter} from {number(least)}") for letter, least in GRADES if least > 0.0]
    return with_shapes(drawn, *lines)
