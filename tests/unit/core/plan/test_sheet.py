"""Cells of the demand sheet; kettles at 20 are forecast at 100 in the shop and 50 on the web, lamps at 50 at 40.

The open cycle is April 2026, which is locked; May and June are restricted; all months have the same forecast.
"""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.demand.consensus import consensus
from sop_dash.core.demand.entries import read_entry
from sop_dash.core.model.records import Adjustment, AdjustmentType, Stream
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.plan.sheet import SheetCell, added_value, restricted_limits, sheet_changes
from sop_dash.core.plan.sheet_records import Draft, drafts
from tests.desk import desk
from tests.worlds import two_products_one_press

JULY = "2026-07"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return desk(tmp_path_factory.mktemp("press")).plans.prepared()


def cell(text: str, name: str = "Kettles", month: str = JULY, channel: str | None = None, **more) -> SheetCell:
    stream = more.pop("stream", Stream.CONSENSUS)
    return SheetCell(name=name, channel=channel, month=month, stream=stream, entry=read_entry(text), **more)


def refusal(prepared: Prepared, written: SheetCell) -> str:
    found = sheet_changes(prepared, [written])
    assert not found.changes
    return found.refused[0]


def stacked(prepared: Prepared, made: tuple[Draft, ...]) -> np.ndarray:
    """[F, C, T] consensus with the drafts kept on top."""
    adjustments = [
        Adjustment(
            id=f"{order}",
            cycle="2026-04",
            reason="r",
            owner="o",
            order=order,
            **{name: getattr(draft, name) for name in Draft.__dataclass_fields__},
        )
        for order, draft in enumerate(made)
    ]
    return consensus(prepared.consensus.units, adjustments, prepared.inputs.grain).units


@pytest.mark.parametrize("text, after", [("180", 180.0), ("+30", 180.0), ("-30", 120.0), ("+20%", 180.0)])
def test_a_cell_tells_before_and_after(prepared: Prepared, text: str, after: float):
    change = sheet_changes(prepared, [cell(text)]).changes[0]
    assert (change.before, change.after) == pytest.approx((150.0, after))


def test_cells_apply_in_the_order_written_each_on_what_the_ones_before_it_left(prepared: Prepared):
    changes = sheet_changes(prepared, [cell("+10%"), cell("-15")]).changes
    assert (changes[1].before, changes[1].after) == pytest.approx((165.0, 150.0))


def test_writing_back_what_was_shown_changes_nothing(prepared: Prepared):
    found = sheet_changes(prepared, [cell("150")])
    assert found.changes[0].families == ()
    assert drafts(found.changes.values(), prepared.inputs.grain) == ()


def test_a_category_counts_thousands_of_money_and_goes_down_by_forecast_proportions(tmp_path: Path):
    world = two_products_one_press(3)
    for product in world["products"]:
        product["category"] = "Home"
    prepared = desk(tmp_path, world).plans.prepared()
    change = sheet_changes(prepared, [cell("6", name="Home", whole_category=True)]).changes[0]
    assert (change.before, change.after) == pytest.approx((5.0, 6.0))  # 150 × 20 + 40 × 50 = 5,000
    assert [part.after_units for part in change.families] == pytest.approx([180.0, 48.0])  # both × 6/5
    assert added_value(prepared, [change]) == pytest.approx(1000.0)
    assert stacked(prepared, drafts([change], prepared.inputs.grain))[:, :, 3].sum(axis=1) == pytest.approx([180, 48])


@pytest.mark.parametrize(
    "written, words",
    [
        (cell("5", name="Irons"), "no family called “Irons”"),
        (cell("5", name="Garden", whole_category=True), "no category called “Garden”"),
        (cell("5", channel="moon"), "no channel called “moon”"),
        (cell("5", month="2026-04"), "Apr 26 is in progress and locked"),
        (cell("5", month="2035-01"), "“2035-01” is outside the months planned. They are Apr 26 to"),
        (cell("5", month="2026-03"), "outside the months planned"),
        (cell("-151"), "150 would fall below zero"),
    ],
)
def test_a_cell_that_cannot_be_kept_is_refused_with_its_reason(prepared: Prepared, written: SheetCell, words: str):
    assert words in refusal(prepared, written)


def test_one_refused_cell_does_not_hide_the_others(prepared: Prepared):
    found = sheet_changes(prepared, [cell("160"), cell("5", name="Irons"), cell("50", name="Lamps")])
    assert (sorted(found.changes), sorted(found.refused)) == ([0, 2], [1])


def test_a_restricted_month_moves_fifteen_percent_from_the_reference_and_no_further(prepared: Prepared):
    months, low, high = restricted_limits(prepared)
    assert (months, low[0, 0], high[0, 0]) == (slice(1, 3), pytest.approx(127.5), pytest.approx(172.5))  # 150 ± 15 %
    assert sheet_changes(prepared, [cell("172", month="2026-05")]).refused == {}
    assert "May 26 is restricted to ±15%" in refusal(prepared, cell("173", month="2026-05"))
    assert "between 128 and 172 units" in refusal(prepared, cell("100", month="2026-06"))


def test_a_channel_is_held_to_the_limits_of_its_family(prepared: Prepared):
    assert sheet_changes(prepared, [cell("70", month="2026-05", channel="web")]).refused == {}  # 100 + 70 of 172.5
    assert "restricted" in refusal(prepared, cell("80", month="2026-05", channel="web"))


def test_the_reference_is_what_last_cycle_agreed_and_a_step_towards_it_is_always_allowed(tmp_path: Path):
    world = two_products_one_press(3)
    kept = ("2026-03", "2026-05", "Kettles", "consensus", 100)
    world["forecasts"] = [dict(zip(("cycle", "month", "family", "step", "units"), kept, strict=True))]
    prepared = desk(tmp_path, world).plans.prepared()
    assert sheet_changes(prepared, [cell("140", month="2026-05")]).refused == {}  # 150 before, 115 at most
    assert "may lie between 85 and 115" in refusal(prepared, cell("151", month="2026-05"))


def test_sales_may_expect_what_it_likes_in_restricted_months(prepared: Prepared):
    found = sheet_changes(prepared, [cell("400", month="2026-05", stream=Stream.SALES)])
    assert found.refused == {}
    assert np.isnan(found.changes[0].before)  # nothing was said before
    assert added_value(prepared, found.changes.values()) == 0.0


def test_a_family_without_a_price_keeps_its_category_from_being_written_in_money(tmp_path: Path):
    world = two_products_one_press(3)
    for product in world["products"]:
        product.update(category="Home", unit_price="")
    world["sales"] = [{k: v for k, v in row.items() if k != "net_revenue"} for row in world["sales"]]
    world.pop("prices", None)
    prepared = desk(tmp_path, world).plans.prepared()
    assert "families without a price" in refusal(prepared, cell("6", name="Home", whole_category=True))


def test_months_that_change_alike_become_one_adjustment(prepared: Prepared):
    grain = prepared.inputs.grain
    written = [cell("+10%", month=month) for month in ("2026-07", "2026-08", "2026-10")]
    made = drafts(sheet_changes(prepared, written).changes.values(), grain)
    assert [(d.first_month, d.last_month, d.value) for d in made] == [
        ("2026-07", "2026-08", pytest.approx(0.1)),
        ("2026-10", "2026-10", pytest.approx(0.1)),
    ]


@pytest.mark.parametrize(
    "kind, value",
    [(AdjustmentType.ABSOLUTE, 180.0), (AdjustmentType.ADDITIVE, 30.0), (AdjustmentType.PERCENTAGE, 0.2)],
)
def test_a_block_may_be_kept_as_any_of_the_three_types(prepared: Prepared, kind: AdjustmentType, value: float):
    (draft,) = drafts(sheet_changes(prepared, [cell("180")]).changes.values(), prepared.inputs.grain, kind)
    assert (draft.type, draft.value) == (kind, pytest.approx(value))


ENTRIES = st.one_of(
    st.integers(1, 5_000).map(str),
    st.integers(-20, 400).map(lambda units: f"{units:+d}"),
    st.integers(-40, 90).map(lambda percent: f"{percent:+d}%"),
)
CELLS = st.lists(
    st.builds(
        cell,
        ENTRIES,
        name=st.sampled_from(["Kettles", "Lamps"]),
        month=st.sampled_from([JULY, "2026-08", "2026-09"]),
        channel=st.sampled_from([None, "shop", "web"]),
    ),
    max_size=8,
)


@given(written=CELLS, kind=st.sampled_from([None, *AdjustmentType]))
def test_what_is_kept_makes_exactly_what_was_shown(prepared: Prepared, written: list[SheetCell], kind):
    found = sheet_changes(prepared, written)
    kept = stacked(prepared, drafts(found.changes.values(), prepared.inputs.grain, kind))
    grain = prepared.inputs.grain
    for place, change in found.changes.items():
        later = [other for n, other in found.changes.items() if n > place and _overlap(change.cell, other.cell)]
        if not later:
            family, month = grain.families.index(change.cell.name), grain.horizon.index(change.cell.month)
            channels = [change.cell.channel in (None, name) for name in grain.channels]
            assert kept[family, channels, month].sum() == pytest.approx(change.after, abs=1e-6)


@given(written=CELLS)
def test_parts_add_up_to_what_was_written_and_nothing_else_moves(prepared: Prepared, written: list[SheetCell]):
    found = sheet_changes(prepared, written)
    moved = stacked(prepared, drafts(found.changes.values(), prepared.inputs.grain)) - prepared.consensus.units
    told = sum(part.after_units - part.before_units for change in found.changes.values() for part in change.families)
    assert moved.sum() == pytest.approx(told, abs=1e-6)


def _overlap(one: SheetCell, other: SheetCell) -> bool:
    return (one.name, one.month) == (other.name, other.month)
