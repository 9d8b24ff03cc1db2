"""What changed since last month: the figures of the review that have a month before, and which way is good."""

from sop_dash.core.performance.effects import Direction, Effect, effect
from sop_dash.core.performance.review import Review

HEADLINES = ("revenue-attainment", "otif", "wape", "days-of-supply")
"""One figure of money, service, demand and stock each."""


def since_last_month(review: Review) -> tuple[Effect, ...]:
    """Each headline beside the month before; the change is None where either month is unknown."""
    kpis = {kpi.definition.id: kpi for kpi in review.kpis}
    found = []
    for name in HEADLINES:
        kpi = kpis[name]
        if kpi.informative:
            found.append(effect(kpi, kpi._replace(value=kpi.reference)))
        else:
            found.append(Effect(kpi=kpi, change=None, direction=Direction.UNKNOWN))
    return tuple(found)
