"""The tab “Inventory policy”: the policy of every item, and the rules, limits and classes behind it."""

from dash import Dash
from dash.development.base_component import Component

from sop_dash.components.tabs import mount_when_opened, tabs
from sop_dash.pages.supply import policy_items, policy_rules
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView

_TABS = "supply-policy-tabs"


def pane(view: PlanView) -> list[Component]:
    """What stands in the tab: tabs of its own."""
    currency = view.prepared.inputs.company.currency
    return [
        tabs(
            _TABS,
            [
                ("Items", policy_items.pane(currency)),
                ("Rules and classes", policy_rules.pane(view.prepared.settings)),
            ],
            lazy=True,
        )
    ]


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of this tab to `app`."""
    mount_when_opened(app, _TABS, panes=2)
    policy_items.register(app, services)
    policy_rules.register(app, services)
