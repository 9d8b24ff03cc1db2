"""The Demand page through its wire: what is selected is drawn, an edit is kept with its reason, undone and refused."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.page import SELECTION_STORE
from sop_dash.pages.demand.adjustment_form import CANCEL, FIELDS, FORM, FORM_TITLE, REFUSED, SAVE, field_id, given
from sop_dash.pages.demand.layout import (
    ADD,
    FAMILIES,
    FAMILY_BUTTON,
    HISTORY,
    HISTORY_NOTE,
    HISTORY_STATE,
    MIX,
    PAGE_ID,
    STACK,
    TABLE,
    TESTS,
    UNDO_BUTTON,
)
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from tests.desk import desk
from tests.page_client import PageClient
from tests.worlds import sales_only

ENTERED = {
    "family": "Kettles",
    "channel": EVERYTHING,
    "type": "percentage",
    "value": 10,
    "first_month": "2026-05",
    "last_month": "2026-06",
    "reason": "A new shop",
    "owner": "Ada",
}
SAVED = f'{{"page":"{PAGE_ID}","type":"saved"}}.data'


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


@pytest.fixture
def client(services: Services) -> PageClient:
    return PageClient(services)


def selected(**selection: Any) -> dict[str, Any]:
    return {f"{SELECTION_STORE}.data": selection}


def entered(**changes: Any) -> dict[str, Any]:
    return {f"{field_id(name)}.value": value for name, value in (ENTERED | changes).items()}


def keep(client: PageClient, values: dict[str, Any]) -> dict[str, Any]:
    return client.ask(SAVED, values, by=f"{SAVE}.n_clicks")


def test_the_families_are_listed_with_what_is_at_issue(client: PageClient):
    shown = client.ask(f"{FAMILIES}.children", selected())
    names = [part["props"]["id"]["index"] for part in shown[FAMILIES]["children"]]
    assert names == [EVERYTHING, "Kettles", "Lamps"]
    assert "% below budget" in str(shown[FAMILIES])
    assert "Consensus for" in str(shown["demand-story"])


def test_one_family_is_drawn_in_units_and_its_table_shows_its_lines(client: PageClient):
    one = selected(family="Kettles", measure="units")
    figure = client.ask(f"{HISTORY}.figure", one)[HISTORY]["figure"]
    assert "Units" in figure["layout"]["yaxis"]["title"]["text"]
    table = client.ask(f"{TABLE}.rowData", one)[TABLE]
    assert [row["row"] for row in table["rowData"]][:4] == ["statistical", "adjustments", "sales", "consensus"]
    columns = {column["field"]: column for column in table["columnDefs"]}
    assert columns["2026-04"]["editable"] is False  # in progress
    assert columns["2026-05"]["editable"] == {"function": "params.data.editable"}


def test_units_of_unlike_families_are_refused_in_words(client: PageClient):
    shown = client.ask(f"{HISTORY}.figure", selected(measure="units"))
    assert "choose one family" in str(shown[HISTORY_NOTE])
    assert len(client.ask(f"{MIX}.figure", selected())[MIX]["figure"]["data"]) == 2


def test_a_click_on_a_family_shows_it_in_units_and_all_of_them_in_money(client: PageClient):
    pattern = f'{{"index":["ALL"],"type":"{FAMILY_BUTTON}"}}.n_clicks'

    def click(family: str) -> Any:
        button = {"index": family, "type": FAMILY_BUTTON}
        name = f'{{"index":"{family}","type":"{FAMILY_BUTTON}"}}.n_clicks'
        answer = client.ask("filter-family.value", {pattern: [(button, 1)]}, by=name)
        return answer["filter-family"]["value"], answer["filter-measure"]["value"]

    assert click("Lamps") == ("Lamps", "units")
    assert click(EVERYTHING) == (EVERYTHING, "money")


def test_typing_over_a_month_opens_the_form_filled_in_for_that_cell(client: PageClient):
    cell = {"colId": "2026-06", "value": 200, "oldValue": 150.0, "data": {"family": "Kettles"}}
    asked = selected(family="Kettles") | {f"{TABLE}.cellValueChanged": [cell]}
    answer = client.ask(f"{FORM_TITLE}.children", asked, by=f"{TABLE}.cellValueChanged")
    assert answer[FORM]["is_open"] is True
    assert answer[FORM_TITLE]["children"] == "Kettles, Jun 26: 200 units in place of 150"
    values = [answer[field_id(name)]["value"] for name in FIELDS]
    assert values == ["Kettles", EVERYTHING, "absolute", 200, "2026-06", "2026-06", "", ""]


def test_a_cell_left_as_it_was_asks_for_nothing(client: PageClient):
    same = {"colId": "2026-06", "value": 150.0, "oldValue": 150.0, "data": {"family": "Kettles"}}
    asked = selected() | {f"{TABLE}.cellValueChanged": [same]}
    assert client.ask(f"{FORM_TITLE}.children", asked, by=f"{TABLE}.cellValueChanged") == {}


def test_the_button_opens_an_empty_form_for_the_family_selected_and_cancel_closes_it(client: PageClient):
    answer = client.ask(f"{FORM_TITLE}.children", selected(family="Lamps"), by=f"{ADD}.n_clicks")
    assert answer[field_id("family")]["value"] == "Lamps"
    assert answer[field_id("first_month")]["value"] == "2026-05"
    closed = client.ask(f"{FORM_TITLE}.children", selected(), by=f"{CANCEL}.n_clicks")
    assert closed[FORM]["is_open"] is False


def test_an_adjustment_is_kept_and_moves_consensus_and_stack(services: Services, client: PageClient):
    answer = keep(client, entered())
    assert "kept: +10.0" in str(answer)
    (kept,) = services.adjustments.all()
    assert (kept.value, kept.channel, kept.owner) == (0.1, None, "Ada")
    rows = client.ask(f"{TABLE}.rowData", selected(family="Kettles", measure="units"))[TABLE]["rowData"]
    consensus = next(row for row in rows if row["row"] == "consensus")
    assert consensus["2026-05"] == pytest.approx(165.0)
    stack = str(client.ask(f"{STACK}.children", selected()))
    for word in ("A new shop", "Ada", "300 → 330", "May 26–Jun 26"):
        assert word in stack
    assert "No adjustment yet" in str(client.ask(f"{STACK}.children", selected(family="Lamps")))


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"reason": "  "}, "Kettles, May 26–Jun 26: The reason is missing."),
        ({"value": None}, "The value is missing."),
        ({"first_month": "2026-04"}, "cannot be changed"),
        ({"first_month": "2026-06", "last_month": "2026-05"}, "cannot be changed"),
        ({"family": "Irons"}, "Irons"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_cell_and_changes_nothing(
    services: Services, client: PageClient, changes: dict[str, Any], words: str
):
    answer = keep(client, entered(**changes))
    assert words in answer[REFUSED]["children"]
    assert FORM not in answer  # stays open with what was typed
    assert services.adjustments.all() == ()


def test_undo_takes_one_adjustment_out_of_the_stack(services: Services, client: PageClient):
    made = services.adjustments.add(given(ENTERED), LOCAL_USER)
    pattern = f'{{"index":["ALL"],"type":"{UNDO_BUTTON}","version":["ALL"]}}.n_clicks'
    button = {"index": made.id, "type": UNDO_BUTTON, "version": made.version}
    name = f'{{"index":"{made.id}","type":"{UNDO_BUTTON}","version":{made.version}}}.n_clicks'
    answer = client.ask(f'{{"page":"{STACK}","type":"saved"}}.data', {pattern: [(button, 1)]}, by=name)
    assert f"{made.id} undone" in str(answer)
    assert services.adjustments.all() == ()


def test_percent_becomes_a_fraction_and_units_stay_units():
    assert given(ENTERED)["value"] == 0.1
    assert given(ENTERED | {"type": "additive"})["value"] == 10
    assert given(ENTERED | {"channel": "web"})["channel"] == "web"


def test_sales_alone_are_enough_for_units(tmp_path: Path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24, "Irons": [5.0] * 24})))
    nothing = client.ask(f"{HISTORY}.figure", selected())
    assert "without a price" in str(nothing[HISTORY_STATE])
    assert nothing[HISTORY]["figure"]["data"] == []
    one = client.ask(f"{HISTORY}.figure", selected(family="Lamps"))
    assert one[HISTORY_STATE]["children"] is None
    tests = client.ask(f"{TESTS}.rowData", selected())[TESTS]["rowData"]
    assert [row["family"] for row in tests] == ["Irons", "Lamps"]
