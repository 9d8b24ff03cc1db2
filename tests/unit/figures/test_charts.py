"""Charts: traces on axes whose ends are round, and a live answer cut from the same figure."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.model.kpi import Unit
from sop_dash.figures.axes import nice_range
from sop_dash.figures.bridge import bridge
from sop_dash.figures.charts import chart, live_chart, target_band, target_line, with_shapes
from sop_dash.figures.sparkline import sparkline_address
from sop_dash.figures.theme import Colour
from sop_dash.figures.traces import area, band, bars, line, on_second_axis

MONTHS = ("2026-11", "2026-12", "2027-01")


def test_unknown_values_are_gaps():
    assert line("Demand", [1.0, math.nan, None], Colour.DEMAND)["y"] == [1.0, None, None]


def test_a_chart_names_months_and_puts_the_year_under_the_first_and_each_january():
    figure = chart([line("Demand", [1, 2, 3], Colour.DEMAND)], months=MONTHS, y_title="Units a month")
    assert figure["data"][0]["x"] == ["Nov 26", "Dec 26", "Jan 27"]
    assert figure["layout"]["xaxis"]["ticktext"] == ["Nov<br>2026", "Dec", "Jan<br>2027"]
    assert figure["layout"]["yaxis"]["title"]["text"] == "Units a month"


def test_a_narrow_chart_names_each_third_month():
    figure = chart([line("D", [1] * 6, Colour.DEMAND)], months=("2026-11",) * 6, y_title="Units", every=3)
    assert len(figure["layout"]["xaxis"]["tickvals"]) == 2


def test_stacked_bars_fit_under_the_end_of_the_axis():
    figure = chart(
        [bars("Made", [60, 10], Colour.SUPPLY), bars("Overtime", [50, 0], Colour.OVERTIME)],
        labels=["a", "b"],
        y_title="Units",
        stacked=True,
    )
    # 60 + 50 = 110, with 5 % of room 115.5, rounded up to 125
    assert figure["layout"]["yaxis"]["range"] == [0.0, 125.0]


def test_ratios_are_read_in_percent_and_money_with_its_symbol():
    ratios = chart([line("Load", [0.5], Colour.SUPPLY)], labels=["a"], y_title="Load", unit=Unit.RATIO)
    amounts = chart([line("Sum", [5], Colour.CASH)], labels=["a"], y_title="€", unit=Unit.MONEY, currency="EUR")
    assert ratios["layout"]["yaxis"]["tickformat"] == ".0%"
    assert amounts["layout"]["yaxis"]["tickprefix"] == "€\u00a0"


def test_a_locked_month_is_shaded():
    figure = chart([line("D", [1, 2, 3], Colour.DEMAND)], months=MONTHS, y_title="Units", locked=1)
    assert [(s["x0"], s["x1"]) for s in figure["layout"]["shapes"]] == [(-0.5, 0.5)]


def test_targets_are_added_without_touching_the_figure_given():
    figure = chart([line("D", [1, 2, 3], Colour.DEMAND)], months=MONTHS, y_title="Units", locked=1)
    assert len(with_shapes(figure, target_line(2.0, "target"), target_band(1.0, 2.0))["layout"]["shapes"]) == 3
    assert len(figure["layout"]["shapes"]) == 1


def test_a_live_answer_moves_every_trace_and_both_axes_of_the_same_figure():
    figure = chart(
        [*band("80 %", [1, 2], [3, 4], Colour.DEMAND), on_second_axis(line("Load", [0.5, 0.6], Colour.CAPACITY))],
        labels=["a", "b"],
        y_title="Units",
        second_title="Load",
    )
    moved = live_chart(figure)
    assert moved["y"] == [trace["y"] for trace in figure["data"]]
    assert moved["range"] == figure["layout"]["yaxis"]["range"]
    assert moved["range2"] == figure["layout"]["yaxis2"]["range"]


def test_figures_are_plain_values_for_the_browser():
    figure = chart([area("A", [1.0, math.nan], Colour.STOCK)], labels=["a", "b"], y_title="Units")
    assert "NaN" not in json.dumps(figure)


def test_a_bridge_ends_at_the_sum_of_its_steps():
    figure = bridge(
        [("Price", 2.0), ("Volume", -5.0)],
        ["100", "+2", "−5", "97"],
        start=("Budget", 100.0),
        end_name="Plan",
        y_title="$",
    )
    # 100 + 2 - 5
    assert figure["data"][0]["y"] == [100.0, 2.0, -5.0, 97.0]
    assert figure["data"][0]["measure"] == ["absolute", "relative", "relative", "total"]


def test_the_axis_of_a_bridge_far_from_zero_closes_in_on_its_steps():
    low, high = nice_range([100.0, 102.0, 97.0], floor=None)
    # span 5, a tenth of room on either side: 96.5 to 102.5, outwards to steps of 1.25
    assert (low, high) == (96.25, 102.5)


def test_nothing_known_still_has_an_axis():
    assert nice_range([None, math.nan]) == [0.0, 1.0]


@given(st.lists(st.floats(min_value=-1e9, max_value=1e9), min_size=1, max_size=8))
def test_an_axis_holds_all_values_and_zero(values):
    low, high = nice_range(values)
    assert low <= min(0.0, *values) + 1e-6
    assert high >= max(0.0, *values) - 1e-6


@given(st.floats(min_value=1.0, max_value=1e9), st.floats(min_value=1.0, max_value=1.04))
def test_a_small_move_changes_the_end_of_an_axis_by_one_step_at_most(value, factor):
    (_, before), (_, after) = nice_range([value]), nice_range([value * factor])
    assert before <= after <= before * 1.26


@pytest.mark.parametrize("values", [(), (1.0,), (math.nan, math.nan, 3.0)])
def test_fewer_than_two_known_values_draw_no_sparkline(values):
    assert sparkline_address(values) == ""


def test_a_gap_breaks_the_line_of_a_sparkline():
    address = sparkline_address((1.0, 2.0, math.nan, 3.0, 4.0))
    assert address.startswith("data:image/svg+xml,")
    assert address.count("M") == 2


def test_a_chart_of_which_nothing_is_known_says_what_brings_it_in_the_place_of_axes():
    def drawn(values: list[float]) -> dict[str, object]:
        return chart([line("Stock", values, Colour.STOCK)], labels=["a", "b"], y_title="Units", unknown="Load stock.")[
            "layout"
        ]

    unknown = drawn([math.nan, math.nan])
    assert [note["text"] for note in unknown["annotations"]] == ["Load stock."]
    assert not unknown["yaxis"]["visible"]
    assert "annotations" not in drawn([math.nan, 0.0])  # a zero is known
