"""Where the review of demand stands on the page: how far it is under the families, an open question over the chart."""

from dash import html
from dash.development.base_component import Component

from sop_dash.components.notices import saved_slot
from sop_dash.components.section_card import card
from sop_dash.components.why_panel import Account

APPROVAL, QUESTION = "demand-approval", "demand-question"
OUTLOOK_SLOT = "demand-outlook"
APPROVAL_SAVED, QUESTION_SAVED = "demand-approval", "demand-question"

_APPROVAL_ACCOUNT = Account(
    title="Demand review",
    formula="A family is through when somebody has looked at its consensus and approved it, or when its statistical "
    "forecast is taken as it is. A later change of the consensus opens it again. Approving the whole review freezes "
    "the statistical forecast, the sales input and the consensus of the cycle; they are what its accuracy is judged "
    "on. After that, changes need it to be opened again.",
    period="The open cycle",
    table="forecasts",
)


def approval_card() -> Component:
    """The state of the review with its buttons; filled by its callback."""
    body = [html.Div(id=APPROVAL, className="sop-approval-body"), saved_slot(APPROVAL_SAVED)]
    return card("Demand review", body, why=_APPROVAL_ACCOUNT, class_name="sop-approval")


def question_slot() -> Component:
    """A question that only people can answer, above the chart; empty without one."""
    return html.Div([html.Div(id=QUESTION), saved_slot(QUESTION_SAVED)], className="sop-question-slot")
