"""6 Decisions: the agenda, one case at a time, what is pending, the log the plan is made of, and the plan approved."""

from dash import Dash

from sop_dash.components.page import Page
from sop_dash.pages.decisions import approval, callbacks, recording, versions
from sop_dash.pages.decisions.layout import layout
from sop_dash.services.bundle import Services


def _register(app: Dash, services: Services) -> None:
    callbacks.register(app, services)
    recording.register(app, services)
    approval.register(app, services)
    versions.register(app, services)


PAGE = Page(
    id="decisions",
    path="/decisions",
    title="Decisions",
    order=6,
    icon="clipboard-check",
    step="6",
    layout=layout,
    register=_register,
)
