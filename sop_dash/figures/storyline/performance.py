"""What the Performance page says: how many figures are on plan, which are not, and the dearest exception."""

from sop_dash.core.model.kpi import Kpi, Status
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.review import Review
from sop_dash.figures.formats import listed, money, plural, written


def performance_story(review: Review | None, currency: str) -> tuple[str, str]:
    """The last closed month in one sentence, and what to ask about first in another."""
    if review is None:
        return "No month is closed yet.", "The review begins with the first closed month."
    return _figures(review, currency), _exception(review, currency)


def _figures(review: Review, currency: str) -> str:
    kpis = [tile.kpi for tile in review.tiles]
    judged = [kpi for kpi in kpis if kpi.status in {Status.ON_PLAN, Status.WATCH, Status.ACT}]
    month = short_name(review.month)
    if not judged:
        return f"{month}: no figure can be judged with the data at hand."
    off = [kpi for status in (Status.ACT, Status.WATCH) for kpi in judged if kpi.status is status]
    good = len(judged) - len(off)
    first = f"{month}: {good} of {plural(len(judged), 'figure')} on plan"
    return f"{first}; off plan: {listed([_said(kpi, currency) for kpi in off])}." if off else f"{first}."


def _said(kpi: Kpi, currency: str) -> str:
    name = kpi.definition.name
    plain = name if name[1:2].isupper() else name[0].lower() + name[1:]
    return f"{plain} {written(kpi.value, kpi.definition.unit, currency)}"


def _exception(review: Review, currency: str) -> str:
    if not review.exceptions:
        return "Nothing is out of the ordinary."
    first = review.exceptions[0]
    worth = f" ({money(first.value, currency)})" if first.value is not None else ""
    count = plural(len(review.exceptions), "exception")
    return f"{count}; the dearest: {first.place}{worth}, {first.kind.title[0].lower()}{first.kind.title[1:]}."
