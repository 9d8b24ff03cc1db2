"""The pages, in the order of the cycle; the menu, the routing and the tests read this list."""

from sop_dash.components.page import Page
from sop_dash.pages import data, demand, supply

PAGES: tuple[Page, ...] = (supply.PAGE, data.PAGE, demand.PAGE)
