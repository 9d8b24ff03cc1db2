"""The Scenarios page through its wire: compare, choose, remove."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.components.page import LEVERS_STORE, REVISION_STORE
from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.records import Scenario
from sop_dash.pages.scenarios.callbacks import chart_id, live
from sop_dash.pages.scenarios.layout import CHART, CHOSEN, COMPARE, COMPARISON, LIST, OUTCOME, PAGE_ID, REMOVE
from sop_dash.pages.scenarios.views import chosen_of, live_id
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk, files_of
from tests.page_client import PageClient
from tests.worlds import sales_only, two_products_one_press

DEARER = Levers(price=(Change(ratio=0.1),))


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def keep(services: Services, name: str, levers: Levers = DEARER) -> Scenario:
    return services.scenarios.keep({"name": name}, levers, LOCAL_USER)


def box(kept: Scenario) -> dict[str, str]:
    return {"type": COMPARE, "index": kept.id}


def test_the_plan_the_levers_and_the_kept_scenarios_stand_side_by_side(services: Services):
    keep(services, "Dearer")
    shown = str(PageClient(services).ask(f"{COMPARISON}.children", {f"{LEVERS_STORE}.data": {"cover_days": 10}}))
    for word in ("Plan", "As the levers stand", "Dearer", "price +10.0", "cover 10 days", "5.50"):
        assert word in shown


def test_an_outcome_nobody_can_know_is_a_reason_and_no_empty_chart(tmp_path: Path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24}, price=5.0)))
    assert "No standard cost is known" in str(client.ask(f"{CHART}.children", {f"{OUTCOME}.value": "margin-ahead"}))
    known = str(client.ask(f"{CHART}.children", {f"{OUTCOME}.value": "revenue-ahead"}))
    assert chart_id("revenue-ahead") in known


def test_the_newest_four_stand_there_until_somebody_chooses(services: Services):
    names = ["a", "b", "c", "d", "e"]
    kept = {name: keep(services, name, Levers(cover_days=10.0 + place)) for place, name in enumerate(names)}
    compared = services.scenarios.compared(Selection())
    assert [one.scenario.name for one in chosen_of(compared, None)] == ["e", "d", "c", "b"]
    assert [one.scenario.name for one in chosen_of(compared, [kept["a"].id])] == ["a"]
    assert chosen_of(compared, []) == ()


def test_choosing_is_kept_and_drawing_the_boxes_is_no_choice(services: Services):
    first, second = keep(services, "first"), keep(services, "second", Levers(cover_days=10.0))
    pattern = f'{{"index":["ALL"],"type":"{COMPARE}"}}'

    def choose(ticks: list[tuple[Scenario, bool]]) -> Any:
        values = {
            f"{pattern}.value": [(box(kept), tick) for kept, tick in ticks],
            f"{pattern}.id": [(box(kept), box(kept)) for kept, _ in ticks],
        }
        return PageClient(services).ask(f"{CHOSEN}.data", values)

    assert choose([(second, True), (first, True)]) == {}
    assert choose([(second, False), (first, True)]) == {CHOSEN: {"data": [first.id]}}


def test_a_scenario_is_removed_with_the_version_that_was_seen(services: Services):
    kept = keep(services, "Dearer")
    pattern = f'{{"index":["ALL"],"type":"{REMOVE}","version":["ALL"]}}'
    button = {"index": kept.id, "type": REMOVE, "version": kept.version}
    name = f'{{"index":"{kept.id}","type":"{REMOVE}","version":{kept.version}}}.n_clicks'
    saved = f'{{"page":"{PAGE_ID}","type":"saved"}}.data'
    answer = PageClient(services).ask(saved, {f"{pattern}.n_clicks": [(button, 1)]}, by=name)
    assert "“Dearer” removed" in str(answer)
    assert services.scenarios.all() == ()


def test_the_list_says_whose_it_is_and_opens_its_levers(services: Services):
    client = PageClient(services)
    assert "No scenario is kept yet" in str(client.ask(f"{LIST}.children", {}))
    keep(services, "Dearer")
    shown = str(client.ask(f"{LIST}.children", {f"{REVISION_STORE}.data": 1}))
    assert LOCAL_USER.name in shown
    assert '{"price": [{"ratio": 0.1}]}' in shown


def test_a_scenario_that_cannot_act_on_new_data_says_why(services: Services):
    keep(services, "Kettles", Levers(demand=(Change(ratio=0.1, family="Kettles"),)))
    world = two_products_one_press(3)
    for table in world.values():
        for row in table:
            if row.get("family") == "Kettles":
                row["family"] = "Pots"
    services.imports.accept(services.imports.preview(files_of(world)), source="new", user=LOCAL_USER)
    (found,) = services.scenarios.compared(Selection())
    assert found.view is None
    assert "Kettles" in found.refused
    assert found.refused in str(PageClient(services).ask(f"{COMPARISON}.children", {}))


def test_a_dragged_slider_moves_the_column_of_the_levers_and_the_chart_on_screen(services: Services):
    keep(services, "Less", Levers(cover_days=10.0))
    answer = live(services, Selection(), DEARER)
    assert answer.text[f"{live_id('revenue-ahead')}-change"] == "+€\u00a05.50\u00a0k"
    assert answer.state[live_id("revenue-ahead")] == "better"
    values = {f"{LEVERS_STORE}.data": {"price": [{"ratio": 0.1}]}, f"{OUTCOME}.value": "margin-ahead"}
    drawn = PageClient(services).ask(f"{CHART}.children", values)[CHART]["children"]["props"]
    assert drawn["id"] == chart_id("margin-ahead")
    moved = answer.charts[chart_id("margin-ahead")]
    assert moved["y"] == [trace["y"] for trace in drawn["figure"]["data"][:2]]
    assert moved["range"] == drawn["figure"]["layout"]["yaxis"]["range"]
