"""Panes that wait until somebody looks at them."""

import pytest
from dash import Dash, Input, Output
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
