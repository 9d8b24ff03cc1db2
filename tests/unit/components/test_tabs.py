"""Panes that wait until somebody looks at them."""

import pytest
from dash import Dash, Input, Output, dcc, html
from dash.exceptions import PreventUpdate

from sop_dash.components.tabs import opened_callback, opened_mark, tabs


def wired():
    """A callback behind a mark, and what Dash would call."""
    app = Dash("wired")
    seen: list[object] = []

    @opened_callback(app, "slow-opened", Output("out", "children"), Input("in", "value"))
    def answer(value: object) -> object:
        seen.append(value)
        return value

    (made,) = app.callback_map.values() or [None]
    return app, seen, answer, made


def test_the_mark_is_the_first_input_and_the_function_itself_stays_callable():
    app, seen, answer, made = wired()
    assert [part["id"] for part in made["inputs"]] == ["slow-opened", "in"]
    assert answer(3) == 3
    assert seen == [3]
    assert app is not None


def test_nothing_is_worked_out_before_the_pane_was_opened():
    _app, seen, _answer, made = wired()
    raw = made["callback"].__wrapped__
    with pytest.raises(PreventUpdate):
        raw(None, 3)
    assert seen == []
    assert raw(1, 3) == 3


def test_a_mark_is_never_seen():
    assert opened_mark("slow-opened").hidden is True
    assert "slow-opened" in str(tabs("box", [("One", [opened_mark("slow-opened")])]))


def test_a_lazy_pane_is_kept_aside_until_it_is_opened():
    box = tabs("box", [("One", [html.P("first", id="one")]), ("Two", [html.P("second", id="two")])], lazy=True)
    there = {getattr(part, "id", None) for part in box._traverse()}
    assert "one" in there
    assert "two" not in there
    (kept,) = [part for part in box._traverse() if isinstance(part, dcc.Store)]
    assert kept.data == [
        {"props": {"children": "second", "id": "two"}, "type": "P", "namespace": "dash_html_components"}
    ]
