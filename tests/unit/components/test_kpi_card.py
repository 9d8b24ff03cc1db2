"""Tiles: value, status, change and bar of a figure, at rest and while a slider moves."""

import pytest

from sop_dash.components.kpi_card import change_text, kpi_card, live_tiles, tile_row
from sop_dash.components.why_panel import kpi_account, target_in_words
from sop_dash.core.model.kpi import Better, Kpi, KpiDefinition, Target, Unit, Why

FILL_RATE = KpiDefinition(
    id="fill-rate",
    name="Served",
    unit=Unit.RATIO,
    better=Better.HIGHER,
    formula="Units shipped ÷ units asked for.",
    target=Target(low=0.98, aim=0.98, watch_margin=0.02),
)
SERVED = Kpi(definition=FILL_RATE, value=0.97, period="Nov–Apr", reference=0.96, reference_name="last month")


def found(component, element_id):
    """The part of a component tree with this id."""
    return next(part for part in component._traverse() if getattr(part, "id", None) == element_id)


def words(text):
    return text.replace("\u00a0", " ")


def test_a_tile_says_value_status_and_change():
    tile = kpi_card(SERVED, "USD")
    assert words(found(tile, "tile-fill-rate-value").children) == "97.0 %"
    assert found(tile, "tile-fill-rate-status").children == "◆ watch"
    assert words(found(tile, "tile-fill-rate-change").children) == "+1.0 pts v last month"
    assert tile.to_plotly_json()["props"]["data-status"] == "watch"


def test_a_figure_held_up_by_its_other_months_names_the_one_that_misses_the_target():
    whole = SERVED._replace(value=0.99, worst=("Dec 26", 0.88))
    assert words(found(kpi_card(whole, "USD"), "tile-fill-rate-status").children) == "◆ watch: Dec 26 88.0 %"
    assert words(live_tiles([whole], "USD").text["tile-fill-rate-status"]) == "◆ watch: Dec 26 88.0 %"
    good = SERVED._replace(value=0.99, worst=("Dec 26", 0.985))
    assert found(kpi_card(good, "USD"), "tile-fill-rate-status").children == "▲ on plan"


def test_a_missing_figure_is_a_dash_with_its_reason_and_no_verdict():
    tile = kpi_card(SERVED._replace(value=None, reason="No sales of October."), "USD")
    assert found(tile, "tile-fill-rate-value").children == "–"
    assert found(tile, "tile-fill-rate-status").children == "no data"
    assert found(tile, "tile-fill-rate-change").children == "No sales of October."


def test_a_figure_that_cannot_move_is_never_good_or_bad():
    tile = kpi_card(SERVED._replace(value=1.0, informative=False, reason="Dates are always met."), "USD")
    assert found(tile, "tile-fill-rate-status").children == "not informative"


def test_while_levers_are_moved_the_change_is_told_against_the_plan():
    assert words(change_text(SERVED, "USD", plan=SERVED._replace(value=0.95))) == "+2.0 pts v plan"
    assert words(change_text(SERVED, "USD", plan=SERVED)) == "+1.0 pts v last month"


def test_without_a_reference_there_is_no_change():
    assert change_text(SERVED._replace(reference=None), "USD") == ""


def test_the_live_answer_says_what_the_tile_would_say():
    tile, live = kpi_card(SERVED, "USD"), live_tiles([SERVED], "USD")
    for element_id, text in live.text.items():
        assert found(tile, element_id).children == text
    assert live.state == {"tile-fill-rate": "watch"}
    assert f"{live.width['tile-fill-rate-bar']}%" == found(tile, "tile-fill-rate-bar").style["width"]


def test_a_row_has_as_many_columns_as_tiles():
    assert tile_row([SERVED, SERVED], "USD").style == {"--tiles": "2"}


@pytest.mark.parametrize(
    "target,text",
    [
        (None, ""),
        (Target(low=30, high=60), "30 to 60 days"),
        (Target(low=30), "at least 30 days"),
        (Target(high=60), "at most 60 days"),
        (Target(aim=45), "45 days"),
    ],
)
def test_a_target_reads_as_words(target, text):
    assert words(target_in_words(target, Unit.DAYS, "USD")) == text


def test_the_account_of_a_figure_gives_its_operands_in_full():
    why = Why(parts=(("Revenue", 1234567.0, Unit.MONEY),), population="12 families")
    account = kpi_account(SERVED._replace(why=why), "USD")
    assert [(name, words(value)) for name, value in account.operands] == [("Revenue", "$ 1,234,567")]
    assert (account.formula, account.population) == (FILL_RATE.formula, "12 families")
