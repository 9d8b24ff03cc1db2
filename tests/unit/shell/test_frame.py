"""The frame through its wire: routing, live answers, header and keeping, with fakes for the use cases."""

import json
from dataclasses import replace

import pytest
from dash import Dash, html

from sop_dash.components.live_answer import LiveAnswer
from sop_dash.components.page import REVISION_STORE, Filter, Page
from sop_dash.core.model.errors import BadValue
from sop_dash.services.frame_facts import Choices, HeaderFacts
from sop_dash.services.opened_view import opened_view
from sop_dash.services.plans import NoDataLoad
from sop_dash.services.selection import Selection
from sop_dash.shell.live_route import LIVE_PATH
from sop_dash.shell.revision_route import REVISION_PATH
from sop_dash.shell.routing import levers_of, page_at, selection_of
from sop_dash.shell.wiring import register_frame


class FakeFrameServices:
    """A home with one family; scenarios need a name."""

    def revision(self):
        return 41

    def choices(self):
        return Choices(families={"Kitchen": ("Blenders",)})

    def opened(self, selection, levers):
        known = replace(selection, family=selection.family if selection.family == "Blenders" else None)
        return opened_view(selection, known, levers, lambda _levers: None)

    def header(self, selection, levers):
        return HeaderFacts(company="Brightwater", cycle="2026-11", changes=levers.count)

    def keep_scenario(self, given, levers):
        if not given["name"]:
            raise BadValue("name", "The name is missing.")
        return f"Scenario “{given['name']}” is kept."


class EmptyHome(FakeFrameServices):
    """Nothing was imported yet."""

    def choices(self):
        raise NoDataLoad("No data has been brought yet.")

    def opened(self, selection, levers):
        raise NoDataLoad("No data has been brought yet.")

    def header(self, selection, levers):
        raise NoDataLoad("No data has been brought yet.")


def layout(services, selection, levers):
    return html.P(f"{services} {selection.family} {levers.key}", id="body")


def live(services, selection, levers):
    if levers.cover_days == 99:
        raise BadValue("cover", "Not that.")
    return LiveAnswer(text={"body": f"{selection.family} {levers.key}"})


SUPPLY = Page(
    id="supply",
    path="/supply",
    title="Supply",
    step="3",
    order=3,
    icon="boxes",
    layout=layout,
    register=lambda app, services: None,
    live=live,
    filters=(Filter.FAMILY,),
)
HOME = replace(SUPPLY, id="executive", path="/", title="Executive", step="", order=0, live=None, filters=())


def made(services=None):
    app = Dash(__name__, use_async=False, suppress_callback_exceptions=True)
    register_frame(app, [SUPPLY, HOME], services or FakeFrameServices(), "services")
    return app


def client(services=None):
    return made(services).server.test_client()


def posted(web, output, inputs, state=(), changed=()):
    """Call one server callback as the browser does; `inputs` and `state` are (id, property, value)."""
    app_outputs = [
        {"id": json.loads(i) if i.startswith("{") else i, "property": p}
        for i, _, p in (part.rpartition(".") for part in output.strip(".").split("..."))
    ]

    def wires(given):
        return [{"id": i, "property": p, "value": v} for i, p, v in given]

    body = {
        "output": output,
        "outputs": app_outputs if output.startswith("..") else app_outputs[0],
        "inputs": wires(inputs),
        "state": wires(state),
        "changedPropIds": list(changed),
    }
    answer = web.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def ask(*asked, **given):
    """What one server callback answers; see `posted`."""
    return posted(*asked, **given)["response"]


def asked_page(web, path, search="", kept_selection=None, kept_levers=None, opened=None):
    return posted(
        web,
        "page.children",
        [("url", "pathname", path), ("url", "search", search), ("open-levers", "data", opened)],
        [("selection-store", "data", kept_selection), ("levers-store", "data", kept_levers)],
        ["open-levers.data"] if opened else ["url.pathname"],
    )


def show(*asked, **given):
    answer = asked_page(*asked, **given)["response"]
    return json.dumps(answer["page"]["children"], ensure_ascii=False)


def test_an_address_opens_its_page_with_the_levers_and_the_selection_it_names():
    page = show(client(), "/supply", '?family=Blenders&levers={"cover_days":45}')
    assert 'services Blenders {\\"cover_days\\":45.0}' in page
    assert "3 Supply" in page
    assert "filter-family" in page


def test_a_menu_link_keeps_what_the_browser_kept():
    page = show(client(), "/supply", "", {"family": "Blenders"}, {"cover_days": 45})
    assert 'services Blenders {\\"cover_days\\":45.0}' in page


def test_a_button_that_opens_levers_wins_over_the_address():
    page = show(client(), "/supply", '?levers={"cover_days":45}', opened={"levers": {"cover_days": 60}})
    assert 'services None {\\"cover_days\\":60.0}' in page


def test_an_unknown_address_says_so():
    assert "There is no page at this address." in show(client(), "/nowhere")


def test_an_empty_home_shows_its_pages_without_filters():
    page = show(client(EmptyHome()), "/supply")
    assert "filter-family" not in page
    assert "3 Supply" in page


@pytest.mark.parametrize("search", ["?levers=", "?family=&horizon=abc"])
def test_an_address_that_names_no_levers_falls_back_to_what_was_kept(search):
    assert levers_of(search, {"cover_days": 45}) == {"cover_days": 45}


@pytest.mark.parametrize(
    "search, told, levers",
    [
        ("?family=Radios", "There is no family “Radios” to select here.", {}),
        ('?levers={"fax":1,"cover_days":45}', "“fax” is not a lever.", {"cover_days": 45.0}),
        ('?levers={"cover_days":45', "The levers cannot be read.", {}),
        ("?levers=" + "[" * 9_999, "The levers cannot be read.", {}),
        ('?levers={"cover_days":500}', "“cover_days” is 500; it must lie between 0 and 180.", {}),
    ],
)
def test_what_of_an_address_cannot_be_shown_is_left_out_and_named(search, told, levers):
    answer = asked_page(client(), "/supply", search)
    assert told in json.dumps(answer["sideUpdate"]["notices"], ensure_ascii=False)
    assert answer["sideUpdate"]["levers-store"]["data"] == levers
    assert answer["sideUpdate"]["selection-store"]["data"] == {}
    key = json.dumps(levers, separators=(",", ":"))
    assert f"services None {key}" in json.dumps(answer["response"], ensure_ascii=False).replace("\\", "")


def test_levers_and_selection_are_read_from_the_address():
    assert levers_of('?levers={"demand":[{"ratio":0.05}]}', None) == {"demand": [{"ratio": 0.05}]}
    assert selection_of("?channel=retail&horizon=18", {"family": "Blenders"}) == Selection(channel="retail", horizon=18)
    assert selection_of("", {"family": "Blenders"}) == Selection(family="Blenders")


def test_a_slash_at_the_end_of_an_address_does_not_matter():
    assert page_at("/supply/", [SUPPLY, HOME]) is SUPPLY
    assert page_at("", [SUPPLY, HOME]) is HOME


def live_answer(position):
    answer = client().post(LIVE_PATH, json=position)
    return answer.status_code, answer.get_json(silent=True)


def test_a_live_position_is_answered_by_the_page_it_names():
    position = {"path": "/supply", "levers": {"cover_days": 45}, "selection": {"family": "Blenders"}}
    assert live_answer(position) == (200, {"text": {"body": 'Blenders {"cover_days":45.0}'}})


@pytest.mark.parametrize(
    "path,levers",
    [("/", {}), ("/nowhere", {}), ("/supply", {"cover_days": 99}), ("/supply", {"cover_days": "many"})],
)
def test_a_position_without_an_answer_paints_nothing(path, levers):
    assert live_answer({"path": path, "levers": levers}) == (200, {})


def test_what_is_no_position_is_refused():
    assert live_answer(["/supply"])[0] == 400


def test_a_page_that_follows_colleagues_asks_for_a_number_and_gets_little_more():
    answer = client().get(REVISION_PATH)
    assert (answer.status_code, answer.get_json()) == (200, {"revision": 41})
    assert len(answer.get_data()) < 100


def test_a_page_starts_at_the_number_of_the_newest_write():
    stores = [part for tree in made().layout() for part in tree._traverse() if type(part).__name__ == "Store"]
    assert {store.id: store.data for store in stores if store.id == REVISION_STORE} == {REVISION_STORE: 41}


def header(services):
    answer = ask(
        client(services),
        "..header-left.children...header-right.children..",
        [
            ("selection-store", "data", None),
            ("levers-store", "data", {"cover_days": 45}),
            ("revision-store", "data", None),
        ],
        changed=["levers-store.data"],
    )
    return json.dumps(answer, ensure_ascii=False)


def test_the_header_says_that_levers_are_moved():
    assert "modified" in header(FakeFrameServices())


def test_the_header_of_an_empty_home_says_that_there_is_no_data():
    assert "No data has been brought yet." in header(EmptyHome())


def test_the_menu_follows_the_order_of_the_cycle():
    app = Dash(__name__, use_async=False, suppress_callback_exceptions=True)
    register_frame(app, [SUPPLY, HOME], FakeFrameServices(), None)
    links = [part for tree in app.layout() for part in tree._traverse() if type(part).__name__ == "NavLink"]
    assert [link.href for link in links] == ["/", "/supply"]


def keep(name):
    app = made()
    output = next(key for key in app.callback_map if "lever-keep-refused" in key)
    return ask(
        app.server.test_client(),
        output,
        [("lever-keep-save", "n_clicks", 1)],
        [
            ("lever-keep-name", "value", name),
            ("lever-keep-question", "value", ""),
            ("levers-store", "data", {"cover_days": 45}),
        ],
        ["lever-keep-save.n_clicks"],
    )


def test_a_kept_scenario_closes_the_dialog_and_tells_so():
    answer = keep("More hours")
    assert "Scenario “More hours” is kept." in json.dumps(answer, ensure_ascii=False)
    assert answer["lever-keep-refused"]["children"] == ""


def test_a_refused_scenario_keeps_the_dialog_open_with_one_sentence():
    assert keep("") == {"lever-keep-refused": {"children": "The name is missing."}}


def test_nothing_in_the_page_is_an_inline_script():
    """Every clientside callback names a function of the assets, so no script stands in the page."""
    app = made()
    given = [callback["clientside_function"] for callback in app._callback_list if callback.get("clientside_function")]
    assert {function["namespace"] for function in given} == {"sopLevers", "sopAddress", "sopWhy", "sopColleagues"}
