"""What the Data page says: whose data, how current, and what is at stake in its issues."""

from sop_dash.core.model.findings import Severity
from sop_dash.core.model.periods import short_name
from sop_dash.figures.formats import money, plural
from sop_dash.services.plans import PlanView


def data_story(view: PlanView) -> tuple[str, str]:
    """Whose data and how current, then the largest issue that wants attention."""
    company, summary = view.prepared.inputs.company, view.load.summary
    size = f"{plural(summary['families'], 'family', 'families')} and {plural(summary['skus'], 'SKU')}"
    first = f"{company.name}: {size}, sales through {short_name(company.data_through_month)}."
    open_issues = [f for f in view.plan.findings if f.kind.severity is not Severity.INFORMS]
    if not open_issues:
        return first, "No issue wants attention."
    largest = max(open_issues, key=lambda finding: finding.value or 0.0)
    stake = f" ({money(largest.value, company.currency)} at stake)" if largest.value else ""
    where = f", {largest.place}" if largest.place else ""
    verb = "wants" if len(open_issues) == 1 else "want"
    count = plural(len(open_issues), "issue")
    return first, f"{count} {verb} attention; the largest: {largest.kind.title.lower()}{where}{stake}."
