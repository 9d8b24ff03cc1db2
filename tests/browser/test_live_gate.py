"""The gate of the live answer, in a real browser without a server: the test is the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import complaining

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture
def gate(browser: Browser) -> Iterator[Page]:
    """A blank page with the gate and a server that only writes down what it is asked; time is the test's own."""
    window = browser.new_context()
    with complaining(window, "about:blank"):
        page = window.new_page()
        page.clock.install()
        lay_out(page)
        yield page
    window.close()


def lay_out(page: Page) -> None:
    page.set_content(
        '<p id="value">old</p><table id="map"><tbody><tr><th>Press</th><td data-band="under">70</td></tr></table>'
    )
    page.evaluate(
        """() => {
            window.asked = [];
            window.answers = [];
            window.fetch = (path, sent) => {
                asked.push(JSON.parse(sent.body));
                return new Promise(told => answers.push(given => told({ok: true, json: () => given})));
            };
        }"""
    )
    page.add_script_tag(path=ASSETS / "live.js")


def ask(page: Page, position: int) -> None:
    page.evaluate("position => live.ask({levers: {cover_days: position}})", position)
    page.clock.run_for(20)


def asked(page: Page) -> list[int]:
    return page.evaluate("asked.map(request => request.levers.cover_days)")


def answer(page: Page, text: str, number: int) -> None:
    page.evaluate("([number, given]) => answers[number - 1](given)", [number, {"text": {"value": text}}])
    page.clock.run_for(50)


def test_one_question_is_on_its_way_and_the_newest_position_is_asked_next(gate: Page):
    for position in (1, 2, 3, 4):
        ask(gate, position)
    assert asked(gate) == [1]
    answer(gate, "one", 1)
    assert asked(gate) == [1, 4]
    assert gate.inner_text("#value") == "one"


def test_the_last_position_is_always_shown(gate: Page):
    ask(gate, 1)
    ask(gate, 2)
    answer(gate, "one", 1)
    answer(gate, "two", 2)
    assert gate.inner_text("#value") == "two"
    assert gate.evaluate("live.stats.lastPainted") == 2


def test_a_lost_answer_frees_the_gate_after_three_seconds(gate: Page):
    ask(gate, 1)
    ask(gate, 2)
    gate.clock.run_for(2500)
    assert asked(gate) == [1]
    gate.clock.run_for(1000)
    assert asked(gate) == [1, 2]
    answer(gate, "two", 2)
    answer(gate, "one, late", 1)
    assert gate.inner_text("#value") == "two"


def test_an_answer_from_before_a_reset_is_not_shown(gate: Page):
    ask(gate, 1)
    gate.evaluate("live.forget()")
    answer(gate, "one", 1)
    assert gate.inner_text("#value") == "old"


def test_a_heat_map_follows_by_its_values_and_bands(gate: Page):
    ask(gate, 1)
    gate.evaluate("answers[0]({heat: {map: {text: [['104']], band: [['over']]}}})")
    gate.clock.run_for(50)
    assert gate.inner_text("#map td") == "104"
    assert gate.get_attribute("#map td", "data-band") == "over"
