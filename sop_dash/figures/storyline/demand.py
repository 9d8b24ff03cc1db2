"""What the Demand page says: the size of the consensus, what moved it, and the family most at issue."""

import math

from sop_dash.core.plan.demand_issues import demand_issues
from sop_dash.core.plan.demand_lines import DemandLines
from sop_dash.figures.demand_charts import lines_of
from sop_dash.figures.demand_tables import issue_words
from sop_dash.figures.formats import compact, money, months_in_words, percent, plural
from sop_dash.services.plans import PlanView


def demand_story(view: PlanView) -> tuple[str, str]:
    """The consensus of the months on screen in one sentence, and what to look at first in another."""
    return _size(view, lines_of(view)), _first_question(view)


def _size(view: PlanView, lines: DemandLines) -> str:
    months = len(view.months)
    total, when = lines.consensus_total(months), months_in_words(view.months)
    if not math.isfinite(total):
        return "Prices are not known: choose one family to see its forecast in units."
    currency = view.prepared.inputs.company.currency
    size = money(total, currency) if lines.in_money else f"{compact(total)} units"
    closed = lines.demand.size
    year = _against(lines.change_ratio(lines.last_year[closed:], months), "last year")
    adjusted = _against(lines.change_ratio(lines.statistical, months), "the statistical forecast")
    told = " and ".join(part for part in (year, adjusted) if part)
    return f"Consensus for {when} is {size}" + (f", {told}." if told else ".")


def _against(ratio: float, what: str) -> str:
    """How far above or below; nothing is said of what is unknown or alike."""
    if not math.isfinite(ratio) or abs(ratio) < 0.0005:
        return ""
    return f"{percent(abs(ratio))} {'above' if ratio > 0 else 'below'} {what}"


def _first_question(view: PlanView) -> str:
    names = {name for name, chosen in zip(view.plan.grain.families, view.families, strict=True) if chosen}
    issues = [i for i in demand_issues(view.prepared, len(view.months)) if i.family in names]
    asked = [issue for issue in issues if issue.question is not None]
    if not asked:
        return "Nothing is out of line." if len(names) > 1 else f"{issues[0].family} is in line."
    first, currency = asked[0], view.prepared.inputs.company.currency
    worth = f" ({money(first.value, currency)})" if math.isfinite(first.value) else ""
    if len(names) == 1:
        return f"{first.family} is at issue{worth}: {issue_words(first)}."
    return f"{plural(len(asked), 'family', 'families')} at issue, first {first.family}{worth}: {issue_words(first)}."
