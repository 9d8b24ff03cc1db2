"""One walk through the cycle as a person takes it, then a restart: what was kept is found again.

Every page from the menu, a slider dragged with the mouse, a scenario, an adjustment and a decision.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from sop_dash.pages import PAGES
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import Installation

SCENARIO, DECISION, REASON = "Walk: more demand", "Walk: run a third shift", "Walk: trade fair in spring"


def open_page(page: Page, path: str) -> None:
    """Open a page and wait until its story is told."""
    page.goto(path)
    expect(page.locator(".sop-story-first")).not_to_be_empty()


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)], ids=["large", "small"])
def test_every_page_opens_from_the_menu_without_a_fault(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page, "/")
    for one in sorted(PAGES, key=lambda one: one.order):
        page.locator(f'.sop-menu a[href="{one.path}"]').click()
        expect(page.locator(f".sop-page-{one.id} .sop-story-first")).not_to_be_empty()
        expect(page.locator(".sop-state-failed")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), one.id


@pytest.mark.parametrize("path", ["/cycle", "/data"])  # the other pages have a test of their own
def test_cycle_and_data_keep_nobody_out_in_light_and_dark(page: Page, path: str) -> None:
    open_page(page, path)
    page.wait_for_load_state("networkidle")
    assert not serious_findings(page)
    page.locator("#theme-switch").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert not serious_findings(page)


def test_the_plan_follows_the_slider_under_the_hand_and_back(page: Page) -> None:
    open_page(page, "/supply")
    value = page.locator("#tile-service-value")
    expect(value).not_to_be_empty()
    before = value.inner_text()
    thumb = page.locator("#lever-demand [role=slider]").first
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 8 * step, middle)
    expect(value).not_to_have_text(before)  # still held: the figures move while the slider does
    page.mouse.up()
    expect(page).to_have_url(re.compile("levers="))
    address = page.url
    released = value.inner_text()
    open_page(page, address)  # a copied address opens the same view
    expect(page.locator("#tile-service-value")).to_have_text(released)
    page.locator("#lever-reset-all").click()
    expect(page.locator("#tile-service-value")).to_have_text(before)


def test_what_was_kept_is_found_again_after_a_restart(page: Page, installation: Installation) -> None:
    keep_a_scenario(page)
    adjust_demand(page)
    record_a_decision(page)
    page.goto("about:blank")
    installation.restart()
    open_page(page, "/scenarios")
    expect(page.get_by_text(SCENARIO).first).to_be_visible()
    open_page(page, "/demand")
    expect(page.get_by_text(REASON).first).to_be_visible()
    open_page(page, "/decisions")
    expect(page.get_by_text(DECISION).first).to_be_visible()


def keep_a_scenario(page: Page) -> None:
    """Ten per cent more demand, kept under a name."""
    open_page(page, '/scenarios?levers={"demand":[{"ratio":0.1}]}')
    page.locator("#lever-keep").click()
    page.locator("#lever-keep-name").fill(SCENARIO)
    page.locator("#lever-keep-save").click()
    expect(page.get_by_text(f"Scenario “{SCENARIO}” saved.")).to_be_visible()


def adjust_demand(page: Page) -> None:
    """A hundred blenders more, with the reason."""
    open_page(page, "/demand?family=Blenders")
    page.locator("#demand-add").click()
    page.locator("#demand-form-type").select_option("additive")
    page.locator("#demand-form-value").fill("100")
    page.locator("#demand-form-save").click()
    page.locator("#demand-reason").fill(REASON)
    page.locator("#demand-keep").click()
    expect(page.get_by_text(REASON).first).to_be_visible()


def record_a_decision(page: Page) -> None:
    """A decision with an owner, nothing else."""
    open_page(page, "/decisions")
    page.locator("#decisions-new").click()
    page.locator("#decisions-form-decision-field-text").fill(DECISION)
    page.locator("#decisions-form-decision-field-owner").fill("Grace Okafor")
    page.locator("#decisions-form-decision-save").click()
    expect(page.get_by_text(DECISION).first).to_be_visible()
