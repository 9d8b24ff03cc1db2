"""What axe, the accessibility checker, holds against a page as it stands in the browser."""

from collections.abc import Collection

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

HEAVY = {"serious", "critical"}


def serious_findings(page: Page, *, allowed: Collection[str] = ()) -> list[str]:
    """List serious and critical findings as `rule: elements`; none is an empty list.

    Args:
        page: The page, complete and in the state to be checked.
        allowed: Rules that are not counted, each with a reason at the caller.
    """
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'])}"
        for one in found
        if one["impact"] in HEAVY and one["id"] not in allowed
    ]
