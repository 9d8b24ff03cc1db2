"""The pages, in the order of the cycle; the menu, the routing and the tests read this list."""

from sop_dash.components.page import Page

PAGES: tuple[Page, ...] = ()
