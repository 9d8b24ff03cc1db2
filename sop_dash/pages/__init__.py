"""The pages, in the order of the cycle; the menu, the routing and the tests read this list."""

from sop_dash.components.page import Page
from sop_dash.pages import cycle, data, decisions, demand, executive, financials, performance, scenarios, supply

PAGES: tuple[Page, ...] = (
    executive.PAGE,
    supply.PAGE,
    scenarios.PAGE,
    data.PAGE,
    performance.PAGE,
    demand.PAGE,
    cycle.PAGE,
    financials.PAGE,
    decisions.PAGE,
)
