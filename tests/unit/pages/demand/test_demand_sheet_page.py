"""The demand table through its wire: written, shown before and after, kept with a reason, undone, taken over."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.notices import saved
from sop_dash.components.page import REVISION_STORE, SELECTION_STORE
from sop_dash.pages.demand.fill_form import CANCEL, FIELDS, FORM, REFUSED, SAVE, field_id, filled_cells, written
from sop_dash.pages.demand.layout import REJECT_BUTTON, STACK, STACK_ALL, STACK_TITLE
from sop_dash.pages.demand.sheet import (
    ADD,
    AS_WRITTEN,
    BAR,
    BAR_WORDS,
    CLOSE,
    HISTORY_ASK,
    KEEP,
    KEEP_MINE,
    LEAVE_OUT,
    LEVEL,
    LINES,
    OWNER,
    PENDING,
    REASON,
    RECORD_AS,
    REVIEW,
    REVIEW_BODY,
    REVIEW_OPEN,
    REVIEW_REFUSED,
    TABLE,
    TABLE_TITLE,
    TAKE_SALES,
    TAKE_THEIRS,
)
from sop_dash.services.bundle import Services
from tests.desk import desk
from tests.page_client import PageClient
from tests.sheet import adjust, cells
from tests.worlds import sales_only

JULY = "2026-07"
FORM_VALUES = {
    "row": "family|Kettles",
    "channel": EVERYTHING,
    "line": "consensus",
    "type": "percentage",
    "value": "10",
    "first_month": JULY,
    "last_month": "2026-08",
}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


@pytest.fixture
def client(services: Services) -> PageClient:
    return PageClient(services)


def pending(written_cells: list[dict[str, Any]], *, is_open: bool = False) -> dict[str, Any]:
    keyed = [{**cell, "key": f"{cell.get('name')}|{cell.get('month')}"} for cell in written_cells]
    return {f"{PENDING}.data": {"cells": keyed, "open": is_open}}


def shown(client: PageClient, *, level: str = "family", lines: str = "consensus", **values: Any) -> dict[str, Any]:
    asked = {f"{SELECTION_STORE}.data": values.pop("selection", {}), f"{LEVEL}.value": level, f"{LINES}.value": lines}
    return client.ask(f"{TABLE}.rowData", asked | values)


def settle(client: PageClient, by: str, written_cells: list[dict[str, Any]], **said: Any) -> dict[str, Any]:
    given = {f"{REASON}.value": "A new shop", f"{OWNER}.value": "Ada", f"{RECORD_AS}.value": AS_WRITTEN}
    given |= {f"{name}.value": value for name, value in said.items()}
    return client.ask(f"{REASON}.value", pending(written_cells) | given, by=f"{by}.n_clicks")


def left(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return next(part["data"]["cells"] for name, part in answer.items() if name.startswith(PENDING))


def test_months_in_progress_are_locked_restricted_ones_marked_and_quarters_not_written(client: PageClient):
    asked = {f"{LEVEL}.value": "family", f"{LINES}.value": "consensus"}
    answer = client.ask(f"{TABLE}.columnDefs", asked)
    columns = {column["field"]: column for column in answer[TABLE]["columnDefs"]}
    assert "editable" not in {k for k, v in columns["2026-04"].items() if v}
    assert "sop-cell-locked" in columns["2026-04"]["cellClass"]
    assert "sop-cell-restricted" in columns["2026-05"]["cellClass"]
    assert columns[JULY]["editable"] == {"function": "params.data.editable"}
    assert columns["Q3 FY26"]["editable"] is False
    again = client.ask(f"{TABLE_TITLE}.children", asked | {f"{TABLE}.columnDefs": answer[TABLE]["columnDefs"]})
    assert TABLE not in again  # the same columns are not sent again


def test_rows_are_families_categories_or_items(client: PageClient):
    families = shown(client)[TABLE]["rowData"]
    assert [row["name"] for row in families] == ["Kettles", "Lamps"]
    both = shown(client, lines="all")[TABLE]["rowData"]
    assert [row["line"] for row in both if row["first"]] == ["Statistical", "Statistical"]
    items = shown(client, level="item")[TABLE]["rowData"]
    assert [row["name"] for row in items] == ["K1", "L1"]
    assert shown(client, level="category")[TABLE]["rowData"][0]["decimals"] == 1


def test_with_sales_alone_families_are_written_in_units_and_categories_ask_for_prices(tmp_path: Path):
    client = PageClient(desk(tmp_path, sales_only({"Lamps": [10.0] * 24, "Irons": [5.0] * 24})))
    assert [row["editable"] for row in shown(client)[TABLE]["rowData"]] == [True, True]
    (row,) = shown(client, level="category")[TABLE]["rowData"]
    assert (row["editable"], list(row.values()).count(None) > 12) == (False, True)
    told = client.ask(f"{TABLE_TITLE}.children", {f"{LEVEL}.value": "category", f"{LINES}.value": "all"})
    assert "bring prices" in told[TABLE_TITLE]["children"]


def test_a_block_that_changes_nothing_leaves_nothing_to_review(client: PageClient):
    # Kettles stand at 150 in July
    same = shown(client, **pending(cells("Kettles", JULY, "150")))
    assert same[BAR_WORDS]["children"] == "Nothing to keep: what was written stands there already."
    assert (same[BAR]["hidden"], same[REVIEW_OPEN]["disabled"]) == (False, True)
    for written_cell in (cells("Kettles", JULY, "151"), cells("Kettles", JULY, "abc")):
        assert shown(client, **pending(written_cell))[REVIEW_OPEN]["disabled"] is False


def test_what_the_browser_never_offers_shows_families(client: PageClient):
    assert [row["name"] for row in shown(client, level="planet", lines="none")[TABLE]["rowData"]] == [
        "Kettles",
        "Lamps",
    ]


def test_what_is_written_waits_in_the_bar_and_in_its_cell(client: PageClient):
    answer = shown(client, **pending(cells("Kettles", JULY, "180")))
    assert (answer[BAR]["hidden"], answer[TABLE]["rowData"][0][JULY]) == (False, 180.0)
    assert "1\u00a0cell written" in answer[BAR_WORDS]["children"]
    assert shown(client)[BAR]["hidden"] is True


def test_the_review_shows_before_and_after_and_lets_it_be_kept(client: PageClient):
    answer = client.ask(f"{REVIEW}.is_open", pending(cells("Kettles", JULY, "180"), is_open=True))
    assert answer[REVIEW]["is_open"] is True
    assert answer[KEEP]["disabled"] is False
    for word in ("Kettles, Jul 26", "150", "180", "+20.0"):
        assert word in str(answer[REVIEW_BODY])
    assert (answer[LEAVE_OUT]["hidden"], answer[TAKE_THEIRS]["hidden"], answer[KEEP_MINE]["hidden"]) == (True,) * 3


def test_typing_alone_does_not_open_the_review_and_closing_keeps_what_waits(client: PageClient):
    one = pending(cells("Kettles", JULY, "180"))
    assert client.ask(f"{REVIEW}.is_open", one)[REVIEW]["is_open"] is False
    assert client.ask(f"{REVIEW}.is_open", one, by=f"{REVIEW_OPEN}.n_clicks")[REVIEW]["is_open"] is True
    assert client.ask(f"{REVIEW}.is_open", one, by=f"{CLOSE}.n_clicks")[REVIEW]["is_open"] is False


def test_a_block_is_kept_whole_and_moves_table_and_stack(services: Services, client: PageClient):
    block = [*cells("Kettles", JULY, "180"), *cells("Lamps", JULY, "+5")]
    answer = settle(client, KEEP, block)
    assert left(answer) == []
    assert "adjustments of Kettles, Lamps, Jul 26" in str(answer)
    assert [row[JULY] for row in shown(client)[TABLE]["rowData"]] == pytest.approx([180.0, 45.0])
    stack = str(client.ask(f"{STACK}.children", {}))
    for word in ("A new shop", "Ada", "150 → 180", "+5 a month", "Reject"):
        assert word in stack
    assert "UTC" in stack
    assert {a.owner for a in services.adjustments.all()} == {"Ada"}


@pytest.mark.parametrize(
    "bad, words",
    [
        (cells("Kettles", JULY, "abc"), "“abc” is not a number"),
        (cells("Kettles", JULY, "NaN"), "is not a number"),
        (cells("Kettles", JULY, "1e308"), "is more than"),
        (cells("Rockets", JULY, "5"), "There is no family called “Rockets”"),
        (cells("Kettles", "2026-04", "5"), "Apr 26 is in progress and locked"),
        (cells("Kettles", "2035-01", "5"), "outside the months planned"),
        (cells("Kettles", "2026-05", "500"), "is restricted"),
        (cells("Kettles", JULY, "5", line="budget"), "cannot be written over"),
    ],
)
def test_a_bad_cell_is_shown_with_its_reason_and_nothing_is_kept(
    services: Services, client: PageClient, bad: list[dict[str, Any]], words: str
):
    block = [*bad, *cells("Lamps", JULY, "45")]
    review = client.ask(f"{REVIEW}.is_open", pending(block, is_open=True))
    assert words in str(review[REVIEW_BODY])
    assert (review[KEEP]["disabled"], review[LEAVE_OUT]["hidden"]) == (True, False)
    answer = settle(client, KEEP, block)
    assert "Nothing was kept" in str(answer)
    assert services.adjustments.all() == ()
    assert [cell["name"] for cell in left(settle(client, LEAVE_OUT, block))] == ["Lamps"]


def test_without_a_reason_what_was_written_stays(services: Services, client: PageClient):
    answer = settle(client, KEEP, cells("Kettles", JULY, "180"), **{REASON: " "})
    assert "The reason is missing" in str(answer)
    assert not any(name.startswith(PENDING) for name in answer)
    assert services.adjustments.all() == ()


def test_theirs_may_be_taken_or_mine_kept_on_top(services: Services, client: PageClient):
    adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=180.0, owner="Ben")
    block = [*cells("Kettles", JULY, "120"), *cells("Lamps", JULY, "45")]
    review = client.ask(f"{REVIEW}.is_open", pending(block, is_open=True))
    assert (review[KEEP]["disabled"], review[TAKE_THEIRS]["hidden"], review[KEEP_MINE]["hidden"]) == (
        True,
        False,
        False,
    )
    for word in ("180", "120", "Ben"):
        assert word in str(review[REVIEW_BODY])
    assert "take theirs, or keep yours" in str(review[REVIEW_REFUSED])
    assert [cell["name"] for cell in left(settle(client, TAKE_THEIRS, block))] == ["Lamps"]
    mine = left(settle(client, KEEP_MINE, block))
    settle(client, KEEP, mine)
    assert [a.owner for a in services.adjustments.all()] == ["Ben", "Ada", "Ada"]


def test_a_colleague_who_is_faster_is_marked_at_once_also_in_the_open_review(services: Services, client: PageClient):
    block = pending(cells("Kettles", JULY, "120"))
    again = client.answering(REVISION_STORE, writes=f"{REVIEW_BODY}.children")
    assert client.ask(again, block) == {}  # a closed review stays closed
    adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=180.0, owner="Ben")
    answer = shown(client, **block)
    assert "Kettles, Jul 26: yours 120, now 180 (set to 180 a month, Ben, " in answer[BAR_WORDS]["children"]
    assert answer[TABLE]["rowData"][0]["clashes"] == {JULY: True}
    review = client.ask(again, {**block, f"{REVIEW}.is_open": True})
    assert REVIEW not in review  # what a colleague keeps never opens or closes it
    assert review[KEEP]["disabled"]
    assert "changed after you looked" in str(review[REVIEW_BODY])


def test_what_is_kept_moves_the_page_to_the_number_of_that_write(services: Services, client: PageClient):
    adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=180.0)
    slot, pattern = f'{{"page":"{STACK}","type":"saved"}}.data', '{"page":["ALL"],"type":"saved"}.data'
    told = {pattern: [({"type": "saved", "page": STACK}, saved("Kept."))]}
    answer = client.ask(f"{REVISION_STORE}.data", told, by=slot)
    assert answer[REVISION_STORE]["data"] == services.plans.revision


def test_undo_and_redo_tell_what_they_moved(services: Services, client: PageClient):
    adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=180.0)

    def step(move: str) -> str:
        return str(client.ask(client.answering(HISTORY_ASK), {f"{HISTORY_ASK}.data": {"move": move}}))

    assert "Undone: Kettles, Jul 26, set to 180 a month" in step("undo")
    assert services.adjustments.all() == ()
    assert "Done again: Kettles" in step("redo")
    assert len(services.adjustments.all()) == 1


def test_a_layer_is_rejected_and_restored_from_the_stack(services: Services, client: PageClient):
    (made,) = adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=180.0)

    def press(do: str, version: int) -> str:
        pattern = f'{{"do":["ALL"],"index":["ALL"],"type":"{REJECT_BUTTON}","version":["ALL"]}}.n_clicks'
        button = {"do": do, "index": made.id, "type": REJECT_BUTTON, "version": version}
        name = f'{{"do":"{do}","index":"{made.id}","type":"{REJECT_BUTTON}","version":{version}}}.n_clicks'
        return str(client.ask(f'{{"page":"{STACK}","type":"saved"}}.data', {pattern: [(button, 1)]}, by=name))

    assert "rejected; it can be restored" in press("reject", 1)
    assert "Restore" in str(client.ask(f"{STACK}.children", {}))
    assert "restored at its place" in press("restore", 2)
    assert shown(client)[TABLE]["rowData"][0][JULY] == pytest.approx(180.0)


def test_a_click_on_a_changed_cell_shows_its_layers_alone(services: Services, client: PageClient):
    adjust(services, family="Kettles", first_month=JULY, kind="percentage", value=0.1, reason="A shop")
    adjust(services, family="Kettles", first_month="2026-08", kind="percentage", value=0.2, reason="A fair")

    def click(month: str, *, shows_all: bool, by: str = f"{TABLE}.cellClicked") -> dict[str, Any]:
        cell = {"rowId": "family|Kettles||consensus", "colId": month}
        asked = {f"{TABLE}.cellClicked": cell, f"{STACK_ALL}.hidden": shows_all}
        return client.ask(f"{STACK}.children", asked, by=by)

    answer = click(JULY, shows_all=True)
    assert ("A shop" in str(answer), "A fair" in str(answer)) == (True, False)
    assert answer[STACK_TITLE]["children"].startswith("of the cell in Jul 26")
    assert answer[STACK_ALL]["hidden"] is False
    assert click(JULY, shows_all=False, by=f"{REVISION_STORE}.data") == answer  # stays when somebody has saved
    assert click("2026-09", shows_all=True) == {}  # nobody changed it, and all are shown already
    assert "A fair" in str(click("2026-09", shows_all=False))


def test_sales_input_is_taken_over_as_a_block_to_review(services: Services, client: PageClient):
    adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=170.0, line="sales", owner="Sales")
    answer = client.ask(client.answering(TAKE_SALES), {}, by=f"{TAKE_SALES}.n_clicks")
    (cell,) = left(answer)
    assert (cell["name"], cell["month"], cell["text"], cell["line"]) == ("Kettles", JULY, "170", "consensus")
    rows = {row["line"]: row for row in shown(client, lines="all")[TABLE]["rowData"] if row["name"] == "Kettles"}
    assert (rows["Sales input"][JULY], rows["Consensus"][JULY]) == pytest.approx((170.0, 150.0))


def form(client: PageClient, by: str, **changes: Any) -> dict[str, Any]:
    values = {f"{field_id(name)}.value": value for name, value in (FORM_VALUES | changes).items()}
    return client.ask(f"{FORM}.is_open", values, by=f"{by}.n_clicks")


def test_months_are_filled_at_once_and_shown_before_they_are_kept(client: PageClient):
    assert form(client, ADD)[FORM]["is_open"] is True
    answer = form(client, SAVE)
    assert answer[FORM]["is_open"] is False
    assert [(cell["month"], cell["text"], cell["seen"]) for cell in left(answer)] == [
        (JULY, "10%", 0),
        ("2026-08", "10%", 0),
    ]
    assert form(client, CANCEL)[FORM]["is_open"] is False
    assert "before the first" in str(form(client, SAVE, last_month="2026-05")[REFUSED])


@pytest.mark.parametrize(
    "kind, value, text",
    [
        ("percentage", "10", "10%"),
        ("percentage", "-5 %", "-5%"),
        ("additive", "50", "+50"),
        ("additive", "−50", "−50"),
        ("absolute", "1200", "1200"),
        ("absolute", None, ""),
    ],
)
def test_the_form_writes_what_a_person_would_write_into_the_cell(kind: str, value: str | None, text: str):
    assert written({"type": kind, "value": value}) == text


def test_a_category_and_one_channel_may_be_filled():
    given = FORM_VALUES | {"row": "category|Home", "channel": "web", "line": "sales"}
    first = filled_cells(given, [JULY, "2026-08", "2026-09"])[0]
    assert (first["name"], first["whole"], first["channel"], first["line"]) == ("Home", True, "web", "sales")
    assert set(FIELDS) == set(FORM_VALUES)
