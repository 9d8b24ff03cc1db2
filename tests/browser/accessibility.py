"""What axe, the accessibility checker, holds against a page as it stands in the browser."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

HEAVY = {"serious", "critical"}
PANE = ".sop-tab-pane:not([hidden])"
_RUN = "part => axe.run(part || document, {resultTypes: ['violations']})"


def serious_findings(page: Page, *, within: str = "") -> list[str]:
    """List serious and critical findings as `rule: elements`; none is an empty list.

    Args:
        page: The page, in the state to be checked; it is waited for until it is complete.
        within: Selector of what is new since the whole page was checked; empty for the whole page.
    """
    complete(page)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return [
        f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'])}"
        for one in page.evaluate(_RUN, within)["violations"]
        if one["impact"] in HEAVY
    ]


def complete(page: Page) -> None:
    """Wait until no part of the page waits for its answer and every table that is seen has its headings."""
    expect(page.locator("[data-dash-is-loading]")).to_have_count(0)
    expect(page.locator(".ag-header-viewport:visible .ag-header-row:not(:has([role=columnheader]))")).to_have_count(0)
