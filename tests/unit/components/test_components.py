"""Grids, heat maps, filters, states and the header: made from what they are given, whole."""

import json
import math
from dataclasses import replace

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from sop_dash.components.data_grid import GridColumn, column_definition, data_grid, plain_row
from sop_dash.components.filter_bar import filter_bar, filter_id
from sop_dash.components.form_dialog import form_dialog
from sop_dash.components.graph import CONFIG, graph
from sop_dash.components.header import header_left, header_right
from sop_dash.components.heat_map import heat_map, load_band, load_cells
from sop_dash.components.live_answer import LiveAnswer, live_heat
from sop_dash.components.page import Filter
from sop_dash.components.section_card import card, row
from sop_dash.components.states import partial
from sop_dash.components.tabs import tabs
from sop_dash.core.model.kpi import Unit
from sop_dash.services.frame_facts import Choices, HeaderFacts
from sop_dash.services.selection import Selection
from sop_dash.shell.frame import frame


def parts(component, kind=None):
    return [p for p in component._traverse() if hasattr(p, "to_plotly_json") and (kind is None or isinstance(p, kind))]


def texts(components):
    return json.dumps(components, cls=PlotlyJSONEncoder, ensure_ascii=False)


def test_no_chart_can_be_sent_elsewhere():
    assert graph("g").config["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False


def test_a_shortage_column_writes_brackets_and_keeps_numbers():
    made = column_definition(GridColumn(field="gap", title="Gap", unit=Unit.UNITS, bracketed=True), "USD")
    assert made["valueFormatter"] == {"function": "sopNumber(params.value, 0, false, '', 'bracketed')"}
    assert made["cellClassRules"] == {"sop-cell-short": "params.value < 0"}


def test_money_and_ratio_columns_carry_symbol_and_percent():
    money = column_definition(GridColumn(field="m", title="Money", unit=Unit.MONEY), "EUR")
    ratio = column_definition(GridColumn(field="r", title="Change", unit=Unit.RATIO, signed=True), "EUR")
    assert "'€', 'plain'" in money["valueFormatter"]["function"]
    assert "1, true, '', 'signed'" in ratio["valueFormatter"]["function"]


def test_unknown_cells_reach_the_browser_as_nothing():
    assert plain_row({"a": math.nan, "b": 1.0, "c": "x"}) == {"a": None, "b": 1.0, "c": "x"}


def test_a_grid_names_its_rows_and_uses_no_paid_parts():
    box = data_grid("g", [GridColumn(field="f", title="Family")], [{"f": "a"}], row_key="f", file_name="gaps")
    grid = next(p for p in parts(box) if getattr(p, "id", None) == "g")
    assert grid.getRowId == "params.data.f"
    assert getattr(grid, "enableEnterpriseModules", None) is None


@pytest.mark.parametrize(
    "ratio,band",
    [
        (0.0, "under"),
        (0.8, "under"),
        (0.81, "normal"),
        (0.9, "normal"),
        (1.0, "high"),
        (1.01, "over"),
        (math.nan, "unknown"),
    ],
)
def test_loads_fall_into_bands(ratio, band):
    assert load_band(ratio) == band


def test_a_heat_map_and_its_live_answer_say_the_same():
    written, bands = load_cells([[0.704, math.nan]])
    assert (written, bands) == ([["70", "–"]], [["under", "unknown"]])
    table = heat_map("h", rows=["Press"], columns=["2026-11", "2026-12"], texts=written, bands=bands, corner="Resource")
    cells = [p.children for p in parts(table) if type(p).__name__ == "Td"]
    assert cells == live_heat("h", written, bands).heat["h"]["text"][0]


def test_live_parts_join_into_one_answer_without_empty_parts():
    answer = LiveAnswer.of(LiveAnswer(text={"a": "1"}), LiveAnswer(text={"b": "2"}))
    assert answer.to_store() == {"text": {"a": "1", "b": "2"}}


def test_filters_stand_where_the_selection_says():
    choices = Choices(families={"Kitchen": ("Blenders",)}, channels=("retail",))
    bar = filter_bar((Filter.FAMILY, Filter.HORIZON), choices, Selection(family="Blenders", horizon=6))
    values = {p.id: p.value for p in parts(bar) if getattr(p, "id", None)}
    assert values == {filter_id(Filter.FAMILY): "Blenders", filter_id(Filter.HORIZON): "6"}


def test_tabs_show_one_pane_and_keep_the_others():
    box = tabs("t", [("One", "first"), ("Two", "second")], active=1)
    assert [p.hidden for p in parts(box) if getattr(p, "role", None) == "tabpanel"] == [True, False]


def test_a_whole_figure_needs_no_note():
    assert partial([]) is None
    assert "October is missing." in texts([partial(["October is missing."])])


def test_columns_are_widths_in_twelfths():
    assert row(card("A", "a"), card("B", "b"), columns=(7, 5)).style["gridTemplateColumns"] == (
        "minmax(0, 7fr) minmax(0, 5fr)"
    )


def test_the_header_names_company_cycle_state_and_what_is_modified():
    said = texts(header_left(HeaderFacts(company="Brightwater", example=True, cycle="2026-11", changes=2)))
    for words in ("Brightwater", "example", "Nov 26", "Draft", "modified"):
        assert words in said


def test_the_header_says_who_approved_the_plan_and_what_was_changed_since():
    proposed = HeaderFacts(company="B", cycle="2026-11", proposed_by="Ada")
    assert "Proposed by Ada" in texts(header_left(proposed))
    approved = HeaderFacts(company="B", cycle="2026-11", approved_by="Eve", approved_at="2026-11-14T09:00:00+00:00")
    assert "Approved 14\u00a0Nov 26 by Eve" in texts(header_left(approved))
    changed = replace(approved, changed_since=("decision DEC-3 put into the plan", "2 adjustments new"))
    said = header_left(changed)
    assert "Changed since approval: decision DEC-3 put into the plan and 1 more" in texts(said)
    (state,) = [part for part in said if "sop-plan-state" in getattr(part, "className", "")]
    assert "2 adjustments new" in state.title


def test_the_header_says_how_sound_the_figures_are():
    said = texts(header_right(HeaderFacts(company="B", tied=13, balances=14, issues=12, data_through="2026-10")))
    assert "figures tie 13/14" in said
    assert "12\u00a0issues" in said
    assert any(isinstance(p, dcc.Link) for p in header_right(HeaderFacts(company="B", issues=1)))


def test_no_dialog_waits_for_the_end_of_an_animation_to_close():
    # Behind another tab no frame is drawn, the fading has no end, and what was kept would stay asked for.
    page = html.Div([form_dialog("ask", [], []), *frame((), 0).children])
    dialogs = parts(page, dbc.Modal)
    assert len(dialogs) == 2
    assert [dialog.fade for dialog in dialogs] == [False, False]
