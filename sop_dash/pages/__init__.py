"""The pages, in the order of the cycle; the menu, the routing and the tests read this list."""

from sop_dash.components.page import Page
from sop_dash.pages import cycle, data, demand, financials, scenarios, supply

PAGES: tuple[Page, ...] = (supply.PAGE, scenarios.PAGE, data.PAGE, demand.PAGE, cycle.PAGE, financials.PAGE)
