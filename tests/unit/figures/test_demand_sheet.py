"""The demand sheet as rows; kettles at 20 sell 100 in the shop and 50 on the web, lamps at 50 sell 40 in the shop.

The open cycle is April 2026; sales gave 170 kettles for May, last cycle agreed 100 for April.
"""

import math
from pathlib import Path

import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.figures.demand_block import block_rows, block_words
from sop_dash.figures.demand_items import item_months, item_rows
from sop_dash.figures.demand_sheet import Level, Lines, layers_of, row_key, sheet_rows
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.sheet import adjust, cells
from tests.worlds import two_products_one_press

KEPT = (("2026-03", "2026-04", "Kettles", "consensus", 100), ("2026-04", "2026-05", "Kettles", "sales", 170))
JULY, FAMILIES = "2026-07", ("Kettles", "Lamps")


@pytest.fixture
def services(tmp_path: Path) -> Services:
    world = two_products_one_press(3)
    columns = ("cycle", "month", "family", "step", "units")
    world["forecasts"] = [dict(zip(columns, row, strict=True)) for row in KEPT]
    for product in world["products"]:
        product["category"] = "Home"
    return desk(tmp_path, world)


def view(services: Services, levers: Levers | None = None, **selection) -> PlanView:
    return services.plans.view(Selection(**selection), levers or Levers())


def by_line(rows) -> dict:
    return {row["line"]: row for row in rows}


def test_families_stand_side_by_side_with_their_quarters_and_changes(services: Services):
    kettles, lamps = sheet_rows(view(services), Level.FAMILY, Lines.CONSENSUS)
    assert (kettles["name"], kettles[JULY], kettles["Q3 FY26"]) == ("Kettles", pytest.approx(150), pytest.approx(450))
    assert lamps[JULY] == pytest.approx(40.0)
    assert "v-year" in kettles
    assert kettles["cell"] == {"name": "Kettles", "whole": False, "channel": "", "line": "consensus"}


def test_every_line_of_a_family_is_shown_and_two_of_them_may_be_written(services: Services):
    rows = by_line(sheet_rows(view(services, family="Kettles"), Level.FAMILY, Lines.ALL))
    assert list(rows) == [
        "Statistical", "Sales input", "Consensus", "Committed", "Last cycle", "Last year", "Budget",
    ]  # fmt: skip
    assert [line for line, row in rows.items() if row["editable"]] == ["Sales input", "Consensus"]
    assert rows["Sales input"]["2026-05"] == pytest.approx(170.0)
    assert math.isnan(rows["Sales input"]["2026-06"])
    assert (rows["Last cycle"]["2026-04"], rows["Budget"]["2026-05"]) == (100.0, 110.0)


def test_levers_move_the_committed_line_and_not_the_consensus(services: Services):
    moved = view(services, Levers(demand=(Change(ratio=0.5),)), family="Kettles")
    rows = by_line(sheet_rows(moved, Level.FAMILY, Lines.ALL))
    assert (rows["Consensus"][JULY], rows["Committed"][JULY]) == pytest.approx((150.0, 225.0))


def test_channels_stand_under_each_other_and_their_sum_below(services: Services):
    rows = by_line(sheet_rows(view(services, family="Kettles"), Level.FAMILY, Lines.CHANNELS))
    assert {line: row[JULY] for line, row in rows.items()} == pytest.approx(
        {"shop": 100.0, "web": 50.0, "All channels": 150.0}
    )
    assert [row["cell"]["channel"] for row in rows.values()] == ["shop", "web", ""]
    (alone,) = sheet_rows(view(services, family="Kettles", channel="web"), Level.FAMILY, Lines.CHANNELS)
    assert alone[JULY] == pytest.approx(50.0)


def test_a_category_counts_thousands_of_money(services: Services):
    (home,) = sheet_rows(view(services), Level.CATEGORY, Lines.CONSENSUS)
    assert (home["name"], home["decimals"], home[JULY]) == ("Home", 1, pytest.approx(5.0))  # 150 × 20 + 40 × 50
    assert home["cell"]["whole"] is True


def test_a_changed_cell_carries_its_version_and_who_changed_it(services: Services):
    adjust(services, family="Kettles", first_month=JULY, kind="percentage", value=0.1, owner="Ada", reason="A shop")
    adjust(services, family="Kettles", first_month=JULY, kind="additive", value=5.0, owner="Ben", channel="web")
    kettles, lamps = sheet_rows(view(services), Level.FAMILY, Lines.CONSENSUS)
    assert kettles["versions"] == {JULY: 2}
    first, second = kettles["notes"][JULY].split("; ")
    assert first.startswith("+10.0\u00a0%, Ada, ")
    assert first.endswith(": A shop")
    assert second.startswith("web: +5 a month, Ben, ")
    assert lamps["versions"] == lamps["notes"] == {}
    (home,) = sheet_rows(view(services), Level.CATEGORY, Lines.CONSENSUS)
    assert home["versions"] == {JULY: 2}


def test_the_layers_of_a_cell_are_found_by_its_row_and_month(services: Services):
    (shop,) = adjust(services, family="Kettles", first_month=JULY, kind="additive", value=5.0, channel="shop")
    (lamp,) = adjust(services, family="Lamps", first_month=JULY, kind="additive", value=5.0)
    shown = view(services)
    assert layers_of(shown, row_key("Kettles", whole=False, channel=None, line="consensus"), JULY) == (shop.id,)
    assert layers_of(shown, row_key("Kettles", whole=False, channel="web", line="consensus"), JULY) == ()
    assert layers_of(shown, row_key("Home", whole=True, channel=None, line="consensus"), JULY) == (shop.id, lamp.id)
    assert layers_of(shown, row_key("Kettles", whole=False, channel=None, line="budget"), JULY) == ()
    assert layers_of(shown, "nonsense", JULY) == ()


def test_an_undone_layer_still_counts_for_the_version_and_is_not_told(services: Services):
    adjust(services, family="Kettles", first_month=JULY, kind="percentage", value=0.1)
    services.adjustments.undo(LOCAL_USER)
    kettles, _ = sheet_rows(view(services), Level.FAMILY, Lines.CONSENSUS)
    assert (kettles["versions"], kettles["notes"]) == ({JULY: 2}, {})


def test_what_is_written_and_not_kept_is_shown_in_its_cell_and_quarter(services: Services):
    preview = services.adjustments.preview([*cells("Kettles", JULY, "+10%"), *cells("Lamps", JULY, "abc")])
    kettles, lamps = sheet_rows(view(services), Level.FAMILY, Lines.CONSENSUS, preview)
    assert (kettles[JULY], kettles["Q3 FY26"]) == pytest.approx((165.0, 465.0))
    assert kettles["written"] == {JULY: "was 150; not kept yet"}
    assert (lamps[JULY], lamps["Q3 FY26"]) == ("abc", pytest.approx(120.0))
    assert "“abc” is not a number" in lamps["refused"][JULY]


def test_a_cell_of_a_row_that_is_not_on_screen_changes_no_row(services: Services):
    preview = services.adjustments.preview(cells("Kettles", JULY, "+10%", line="sales"))
    kettles, lamps = sheet_rows(view(services), Level.FAMILY, Lines.CONSENSUS, preview)
    assert (kettles[JULY], kettles["written"], lamps["written"]) == (pytest.approx(150.0), {}, {})


def test_rows_are_named_alike_here_and_in_the_browser():
    assert row_key("Kettles", whole=False, channel=None, line="consensus") == "family|Kettles||consensus"
    assert row_key("Home", whole=True, channel="web", line="sales") == "category|Home|web|sales"


def test_a_block_is_told_before_it_is_kept(services: Services):
    preview = services.adjustments.preview(
        [*cells("Kettles", JULY, "+10%"), *cells("Lamps", JULY, "38", channel="shop")]
    )
    up, down = block_rows(preview, FAMILIES)
    assert (up["place"], up["before"], up["after"], up["change"]) == ("Kettles, Jul 26", "150", "165", "+10.0\u00a0%")
    assert (down["place"], down["change"]) == ("Lamps, shop, Jul 26", "−5.0\u00a0%")
    # 15 × 20 − 2 × 50
    assert block_words(preview, view(services)) == "2\u00a0cells written, not kept yet: +€\u00a0200 in all."


def test_a_category_tells_what_it_does_to_each_family(services: Services):
    preview = services.adjustments.preview([{**cells("Home", JULY, "6")[0], "whole": True}])
    (row,) = block_rows(preview, FAMILIES)
    assert (row["place"], row["before"], row["after"]) == ("Home, Jul 26", "5.0", "6.0")
    assert row["parts"] == "Kettles 150 → 180 and Lamps 40 → 48"


def test_a_block_with_bad_cells_names_them_with_the_reason(services: Services):
    preview = services.adjustments.preview([*cells("Kettles", "2035-01", "5"), *cells("Lamps", JULY, "38")])
    words = block_words(preview, view(services))
    assert words.startswith(
        "1 of 2\u00a0cells cannot be kept. Kettles, Jan 35: “2035-01” is outside the months planned."
    )


def test_a_colleague_who_was_faster_is_named_with_both_values(services: Services):
    adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=180.0, owner="Ada", reason="A shop")
    preview = services.adjustments.preview(cells("Kettles", JULY, "120"))
    (row,) = block_rows(preview, FAMILIES)
    assert (row["before"], row["after"], row["conflict"]) == ("180", "120", True)
    assert row["latest"].startswith("set to 180 a month, Ada, ")
    assert block_words(preview, view(services)).startswith(
        "Changed by somebody else after you looked: Kettles, Jul 26: yours 120, now 180 (set to 180 a month, Ada, "
    )
    (kettles, _) = sheet_rows(view(services), Level.FAMILY, Lines.CONSENSUS, preview)
    assert (kettles[JULY], kettles["clashes"]) == (pytest.approx(120.0), {JULY: True})
    assert kettles["written"][JULY].startswith("yours 120, now 180 (set to 180 a month, Ada, ")
    assert kettles["written"][JULY].endswith("UTC: A shop); not kept yet")


def test_of_many_cells_that_collide_two_are_told_and_the_others_counted(services: Services):
    adjust(services, family="Kettles", first_month=JULY, last_month="2026-10", kind="absolute", value=180.0)
    preview = services.adjustments.preview(cells("Kettles", JULY, "120", last_month="2026-10"))
    words = block_words(preview, view(services))
    assert words.count("yours 120, now 180") == 2
    assert words.endswith("; and 2\u00a0more cells.")


def test_a_rejection_is_told_by_who_rejected(services: Services):
    (layer,) = adjust(services, family="Kettles", first_month=JULY, kind="absolute", value=180.0, owner="Ada")
    services.adjustments.reject(layer.id, layer.version, LOCAL_USER)
    (row,) = block_rows(services.adjustments.preview(cells("Kettles", JULY, "120")), FAMILIES)
    assert "rejected by local user" in row["latest"]


def test_items_share_their_family_in_the_near_months_and_nothing_beyond(services: Services):
    shown = view(services)
    assert item_months(shown) == ("2026-04", "2026-05", "2026-06")
    rows = item_rows(shown, services.studies.items(shown))
    assert [(row["name"], row["family"], row["share"]) for row in rows] == [
        ("K1", "Kettles", 1.0),
        ("L1", "Lamps", 1.0),
    ]
    assert rows[0]["2026-05"] == pytest.approx(150.0)
    assert JULY not in rows[0]
    web = view(services, channel="web", family="Kettles")
    assert item_rows(web, services.studies.items(web))[0]["2026-05"] == pytest.approx(50.0)
