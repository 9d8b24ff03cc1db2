"""The demand sheet with several editors: kept whole or not at all, never over a colleague, undone and done again.

Kettles are forecast at 100 in the shop and 50 on the web, lamps at 40; April 2026 is locked.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_dash.core.model.errors import BadValue, Conflict, SopError
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import AdjustmentStatus, AdjustmentType
from sop_dash.services.access import NotAllowed, Role, User
from sop_dash.services.adjustments import BlockRefused
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk, opened
from tests.sheet import adjust, cells

JULY = "2026-07"
ADA = User(name="Ada", roles=frozenset({Role.PLANNER}))
BEN = User(name="Ben", roles=frozenset({Role.PLANNER}))


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return desk(tmp_path)


def keep(services: Services, *blocks: list[dict[str, Any]], user: User = ADA, **said: Any):
    written = [cell for block in blocks for cell in block]
    return services.adjustments.keep({"cells": written, "reason": "known", **said}, user)


def units(services: Services, family: int = 0, month: int = 3) -> float:
    return float(services.plans.prepared().consensus.units[family, :, month].sum())


def test_a_block_is_kept_with_one_reason_and_owner_and_found_after_a_restart(services: Services, tmp_path: Path):
    block = [*cells("Kettles", JULY, "180", last_month="2026-08"), *cells("Lamps", JULY, "+5")]
    keep(services, block, owner="Eve", reason="A new shop")
    again = opened(tmp_path).adjustments.all()
    assert [(a.family, a.last_month, a.type, a.value) for a in again] == [
        ("Kettles", "2026-08", AdjustmentType.ABSOLUTE, 180.0),
        ("Lamps", JULY, AdjustmentType.ADDITIVE, 5.0),
    ]
    assert {(a.reason, a.owner, a.entered_by, a.block) for a in again} == {("A new shop", "Eve", "Ada", "2026-04 1")}
    assert units(opened(tmp_path)) == pytest.approx(180.0)


def test_an_adjustment_has_a_number_of_its_own_a_state_and_its_time_in_utc(services: Services):
    keep(services, cells("Kettles", JULY, "180"), cells("Lamps", JULY, "+5"))
    first, second = services.adjustments.all()
    assert first.id != second.id
    assert {layer.status for layer in (first, second)} == {AdjustmentStatus.ACCEPTED}
    kept_at = datetime.fromisoformat(first.created_at)
    assert kept_at.utcoffset() == timedelta(0)
    services.adjustments.reject(second.id, second.version, ADA)
    turned_down = services.adjustments.all()[1]
    assert (turned_down.status, turned_down.changed_by) == (AdjustmentStatus.REJECTED, "Ada")


def test_layers_stack_in_the_order_they_were_kept(services: Services):
    adjust(services, family="Kettles", first_month=JULY, kind="percentage", value=0.1)
    adjust(services, family="Kettles", first_month=JULY, kind="additive", value=-15.0)
    adjust(services, family="Kettles", first_month=JULY, kind="percentage", value=0.1)
    assert [(a.order, a.type) for a in services.adjustments.all()] == [
        (1, AdjustmentType.PERCENTAGE),
        (2, AdjustmentType.ADDITIVE),
        (3, AdjustmentType.PERCENTAGE),
    ]
    assert units(services) == pytest.approx(165.0)  # (150 × 1.1 − 15) × 1.1


@pytest.mark.parametrize(
    "bad",
    [
        cells("Kettles", JULY, "abc"),
        cells("Kettles", JULY, float("nan")),
        cells("Kettles", JULY, float("inf")),
        cells("Kettles", JULY, "1e308"),
        cells("Kettles", JULY, ""),
        cells("Rockets", JULY, "5"),
        cells("Kettles", JULY, "5", channel="moon"),
        cells("Kettles", "2026-04", "5"),
        cells("Kettles", "2035-01", "5"),
        cells("Kettles", JULY, "5", line="budget"),
        cells("Kettles", "2026-05", "500"),
        [{**cells("Kettles", JULY, "5")[0], "month": "beyond", "outside": True}],
        [{}],
        ["nonsense"],
    ],
)
def test_one_bad_cell_refuses_the_whole_block_and_names_it(services: Services, bad: list[dict[str, Any]]):
    with pytest.raises(BlockRefused) as refused:
        keep(services, cells("Lamps", JULY, "45"), bad)
    assert [cell.posted.name for cell in refused.value.preview.refused] == [
        bad[0].get("name", "") if isinstance(bad[0], dict) else ""
    ]
    assert services.adjustments.all() == ()
    assert units(services, family=1) == pytest.approx(40.0)


@pytest.mark.parametrize("no_block", [None, "cells", {"a": 1}, 5, [{}] * 5_001])
def test_what_is_no_block_of_cells_is_refused(services: Services, no_block: Any):
    with pytest.raises(BadValue):
        services.adjustments.keep({"cells": no_block, "reason": "known"}, ADA)


def test_a_block_needs_a_reason_and_a_difference(services: Services):
    with pytest.raises(BadValue, match="reason is missing"):
        keep(services, cells("Kettles", JULY, "180"), reason="  ")
    with pytest.raises(BadValue, match="Nothing differs"):
        keep(services, cells("Kettles", JULY, "150"))
    with pytest.raises(BadValue, match="type must be one of"):
        keep(services, cells("Kettles", JULY, "180"), record_as="double")


def test_the_second_editor_of_a_cell_is_told_and_overwrites_nothing(services: Services):
    keep(services, cells("Kettles", JULY, "180"), user=ADA)
    late = [*cells("Kettles", JULY, "120"), *cells("Lamps", JULY, "45")]  # looked before Ada kept hers
    with pytest.raises(BlockRefused, match="after you looked") as refused:
        keep(services, late, user=BEN)
    (collision,) = refused.value.preview.conflicts
    assert (collision.change.before, collision.change.after) == pytest.approx((180.0, 120.0))
    assert (collision.latest.owner, collision.latest.value) == ("Ada", 180.0)
    assert (units(services), units(services, family=1)) == pytest.approx((180.0, 40.0))


def test_mine_is_kept_on_top_of_theirs_once_theirs_was_seen(services: Services):
    keep(services, cells("Kettles", JULY, "180"), user=ADA)
    keep(services, cells("Kettles", JULY, "120", seen=1), user=BEN)
    assert [(a.owner, a.value) for a in services.adjustments.all()] == [("Ada", 180.0), ("Ben", 120.0)]
    assert units(services) == pytest.approx(120.0)


@pytest.mark.parametrize("theirs", ["reject", "undo"])
def test_a_layer_rejected_or_undone_after_i_looked_is_a_conflict_too(services: Services, theirs: str):
    (layer,) = keep(services, cells("Kettles", JULY, "180"), user=ADA)
    if theirs == "reject":
        services.adjustments.reject(layer.id, layer.version, BEN)
    else:
        services.adjustments.undo(ADA)
    with pytest.raises(BlockRefused, match="after you looked"):
        keep(services, cells("Kettles", JULY, "200", seen=1), user=BEN)


def test_other_cells_channels_and_lines_do_not_collide(services: Services):
    keep(services, cells("Kettles", JULY, "+10", channel="shop"), user=ADA)
    keep(services, cells("Kettles", JULY, "+10", channel="web"), user=BEN)
    keep(services, cells("Kettles", "2026-08", "160"), user=BEN)
    keep(services, cells("Kettles", JULY, "170", line="sales"), user=BEN)
    assert units(services) == pytest.approx(170.0)
    with pytest.raises(BlockRefused, match="after you looked"):
        keep(services, cells("Kettles", JULY, "160"), user=BEN)  # all channels hold Ada's


def test_a_layer_is_rejected_and_restored_at_its_place(services: Services):
    (first,) = keep(services, cells("Kettles", JULY, "+10%"))
    keep(services, cells("Kettles", JULY, "-15", seen=1))
    services.adjustments.reject(first.id, first.version, BEN)
    assert units(services) == pytest.approx(135.0)
    rejected = services.adjustments.all()[0]
    assert (rejected.status, rejected.changed_by, rejected.owner) == (AdjustmentStatus.REJECTED, "Ben", "Ada")
    with pytest.raises(Conflict):
        services.adjustments.restore(first.id, first.version, ADA)  # looked before it was rejected
    services.adjustments.restore(first.id, rejected.version, ADA)
    assert units(services) == pytest.approx(150.0)
    assert services.adjustments.all()[0].created_at == first.created_at


def test_undo_and_redo_move_whole_blocks_of_the_one_who_asks(services: Services):
    keep(services, [*cells("Kettles", JULY, "180"), *cells("Lamps", JULY, "45")], user=ADA)
    keep(services, cells("Lamps", "2026-08", "50"), user=BEN)
    services.adjustments.undo(ADA)
    assert (units(services), units(services, 1), units(services, 1, 4)) == pytest.approx((150.0, 40.0, 50.0))
    with pytest.raises(SopError, match="Nothing of yours"):
        services.adjustments.undo(ADA)
    services.adjustments.redo(ADA)
    assert (units(services), units(services, 1), units(services, 1, 4)) == pytest.approx((180.0, 45.0, 50.0))
    with pytest.raises(SopError, match="Nothing was undone"):
        services.adjustments.redo(ADA)


def test_a_layer_rejected_before_the_undo_is_still_rejected_when_its_block_is_done_again(services: Services):
    kettles, lamps = keep(services, [*cells("Kettles", JULY, "180"), *cells("Lamps", JULY, "45")])
    services.adjustments.reject(lamps.id, lamps.version, BEN)
    before = [(a.id, a.status, a.order, a.block) for a in services.adjustments.all()]
    services.adjustments.undo(ADA)
    assert services.adjustments.all() == ()
    services.adjustments.redo(ADA)
    assert [(a.id, a.status, a.order, a.block) for a in services.adjustments.all()] == before
    assert [a[:2] for a in before] == [
        (kettles.id, AdjustmentStatus.ACCEPTED),
        (lamps.id, AdjustmentStatus.REJECTED),
    ]
    assert (units(services), units(services, 1)) == pytest.approx((180.0, 40.0))
    assert services.adjustments.all()[1].before_undo is AdjustmentStatus.ACCEPTED  # once done again, nothing is left


def test_a_new_block_ends_what_could_be_done_again(services: Services):
    keep(services, cells("Kettles", JULY, "180"))
    services.adjustments.undo(ADA)
    keep(services, cells("Lamps", JULY, "45"))
    with pytest.raises(SopError, match="Nothing was undone"):
        services.adjustments.redo(ADA)


def test_the_block_undone_last_is_the_one_done_again(services: Services):
    keep(services, cells("Kettles", JULY, "180"))
    services.adjustments.undo(ADA)
    keep(services, cells("Lamps", JULY, "45"))
    services.adjustments.undo(ADA)
    (again,) = services.adjustments.redo(ADA)
    assert again.family == "Lamps"
    with pytest.raises(SopError, match="Nothing was undone"):
        services.adjustments.redo(ADA)


def test_sales_input_is_taken_over_as_cells_of_the_consensus(services: Services):
    keep(services, cells("Kettles", JULY, "170", line="sales", last_month="2026-08"), owner="Sales")
    taken = services.adjustments.sales_cells(services.plans.view(Selection(), Levers()))
    assert [(cell["name"], cell["month"], cell["text"]) for cell in taken] == [
        ("Kettles", JULY, "170"),
        ("Kettles", "2026-08", "170"),
    ]
    assert units(services) == pytest.approx(150.0)
    keep(services, list(taken))
    assert units(services) == pytest.approx(170.0)
    assert services.adjustments.sales_cells(services.plans.view(Selection(), Levers())) == ()


def test_only_planners_change_the_sheet(services: Services):
    executive = User(name="Eve", roles=frozenset({Role.EXECUTIVE}))
    keep(services, cells("Kettles", JULY, "180"))
    layer = services.adjustments.all()[0]
    for asked in (
        lambda: keep(services, cells("Lamps", JULY, "45"), user=executive),
        lambda: services.adjustments.reject(layer.id, layer.version, executive),
        lambda: services.adjustments.undo(User(name="Ada", roles=executive.roles)),
    ):
        with pytest.raises(NotAllowed):
            asked()


def test_of_many_writing_to_one_cell_at_once_nobody_is_lost(tmp_path: Path):
    desk(tmp_path)
    editors = [opened(tmp_path) for _ in range(3)]

    def add_five_times(editor: Services) -> int:
        kept = 0
        while kept < 5:
            (told,) = editor.adjustments.preview(cells("Kettles", JULY, "+1")).cells
            try:
                keep(editor, cells("Kettles", JULY, "+1", seen=told.version))
                kept += 1
            except (BlockRefused, Conflict):
                continue  # somebody was faster: look again
        return kept

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(add_five_times, editors)) == 15
    assert units(opened(tmp_path)) == pytest.approx(150.0 + 15.0)
    assert sorted(a.order for a in opened(tmp_path).adjustments.all()) == list(range(1, 16))


@settings(max_examples=6)
@given(
    blocks=st.lists(
        st.tuples(
            st.sampled_from(["Kettles", "Lamps"]),
            st.sampled_from([JULY, "2026-08"]),
            st.sampled_from(["+10%", "-5%", "+7", "60", "-3", "90"]),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda block: block[:2],
    )
)
def test_undo_after_an_edit_is_as_before_and_redo_as_after(tmp_path_factory: pytest.TempPathFactory, blocks):
    services = desk(tmp_path_factory.mktemp("law"))
    seen = [services.plans.prepared().consensus.units.copy()]
    for family, month, text in blocks:
        (told,) = services.adjustments.preview(cells(family, month, text)).cells
        keep(services, cells(family, month, text, seen=told.version))
        seen.append(services.plans.prepared().consensus.units.copy())
    for before in reversed(seen[:-1]):
        services.adjustments.undo(ADA)
        np.testing.assert_array_equal(services.plans.prepared().consensus.units, before)
    for after in seen[1:]:
        services.adjustments.redo(ADA)
        np.testing.assert_array_equal(services.plans.prepared().consensus.units, after)
