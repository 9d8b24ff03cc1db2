"""In which money a company plans: as its data say, else as the planning settings say, else assumed and marked so."""

from dataclasses import replace

from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings

CURRENCY_ASSUMED = FindingKind(
    code="currency-assumed",
    severity=Severity.INFORMS,
    title="Currency assumed",
    remedy="Set the currency in the planning settings, or give it in the table company.",
)
_ABSENT = ("currency", "No currency: give currency in company, or set it in the planning settings.")


def in_currency(inputs: PlanInputs, settings: PlanningSettings) -> PlanInputs:
    """The inputs in the currency set, where the data name none; no amount changes.

    The issue that a currency is assumed stands among the findings until somebody says which one it is.
    """
    if not inputs.company.currency_assumed:
        return inputs
    if settings.currency:
        return replace(inputs, company=replace(inputs.company, currency=settings.currency, currency_assumed=False))
    detail = f"Neither the data nor the planning settings name it: all money is shown in {inputs.company.currency}."
    found = Finding(kind=CURRENCY_ASSUMED, table="company", place="currency", detail=detail)
    return replace(inputs, findings=(*inputs.findings, found), absent=(*inputs.absent, _ABSENT))
