"""Panes that are put in when somebody looks at them."""

from dash import dcc, html

from sop_dash.components.tabs import tabs


def test_a_lazy_pane_is_kept_aside_until_it_is_opened():
    box = tabs("box", [("One", [html.P("first", id="one")]), ("Two", [html.P("second", id="two")])], lazy=True)
    there = {getattr(part, "id", None) for part in box._traverse()}
    assert "one" in there
    assert "two" not in there
    (kept,) = [part for part in box._traverse() if isinstance(part, dcc.Store)]
    assert kept.data == [
        {"props": {"children": "second", "id": "two"}, "type": "P", "namespace": "dash_html_components"}
    ]
