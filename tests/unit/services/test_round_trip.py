"""The forecast out as a workbook and back in: nothing lost, nothing taken unseen, nothing of one's own destroyed."""

import io
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference

from sop_dash.adapters.forecast_lines import ADJUSTMENTS, FORECAST, KEYS
from sop_dash.core.model.errors import BadValue, SopError
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.forecast_sheet import NotOurSheet
from sop_dash.services.round_trip import Comparison
from tests.desk import desk, files_of
from tests.sheet import adjust
from tests.worlds import two_products_one_press

MONTH = "2026-08"
"""The first months after 2026-03 are locked or restricted; this one is open."""


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(book: openpyxl.Workbook, family: str, line: str, month: str):
    page = book[FORECAST]
    column = next(c.column for c in page[3] if c.value == month)
    row = next(r[0].row for r in page.iter_rows(min_row=5) if (r[1].value, r[3].value) == (family, line))
    return page.cell(row=row, column=column)


def with_value(services: Services, value, *, family="Kettles", line="Consensus", month=MONTH, reason="") -> bytes:
    book = opened(services.round_trip.export())
    place = cell(book, family, line, month)
    place.value = value
    page = book[FORECAST]
    page.cell(row=place.row, column=page.max_column, value=reason or None)
    return saved(book)


def accepted(found: Comparison) -> list[dict]:
    return [
        {"family": c.family, "channel": c.channel, "line": c.line, "month": c.month, "wanted": c.wanted}
        | {"seen": c.seen, "reason": c.reason}
        for c in found.cells
    ]


def consensus(services: Services, family: str = "Kettles", month: str = MONTH) -> float:
    prepared = services.plans.prepared()
    grain = prepared.inputs.grain
    return float(prepared.consensus.units[grain.families.index(family), :, grain.horizon.index(month)].sum())


def test_a_workbook_that_nobody_changed_changes_nothing(tmp_path: Path):
    services = desk(tmp_path)
    for content in (services.round_trip.export(), saved(opened(services.round_trip.export()))):
        found = services.round_trip.compare(content)
        # 2 families × (sales input + consensus) × 18 months
        assert (found.cells, found.unchanged, found.missing) == ((), 72, 0)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    change=st.dictionaries(
        st.tuples(
            st.sampled_from(["Kettles", "Lamps"]), st.sampled_from(["Consensus", "Sales input"]), st.integers(4, 17)
        ),
        st.floats(0.0, 1e6).map(lambda value: round(value, 3)),
        max_size=5,
    )
)
def test_exactly_the_cells_written_over_come_back(tmp_path_factory, change):
    services = desk(tmp_path_factory.mktemp("home"))
    book = opened(services.round_trip.export())
    months = services.plans.prepared().inputs.grain.horizon
    written = {}
    for (family, line, month), value in change.items():
        place = cell(book, family, line, months[month])
        if place.value is None or abs(place.value - value) > 1e-6 * max(value, 1.0):
            written[family, line.split()[0].lower(), months[month]] = value
        place.value = value
    found = services.round_trip.compare(saved(book))
    assert {(c.family, c.line, c.month): c.wanted for c in found.cells} == pytest.approx(written)


def test_an_accepted_cell_is_an_adjustment_with_its_reason_and_the_plan_has_it(tmp_path: Path):
    services = desk(tmp_path)
    found = services.round_trip.compare(with_value(services, 222, reason="new customer"))
    (one,) = found.cells
    # 100 kettles in the shop and 50 on the web every month
    assert (one.exported, one.now, one.wanted, one.clash) == (pytest.approx(150), pytest.approx(150), 222.0, "")
    (kept,) = services.round_trip.keep(accepted(found), "", LOCAL_USER)
    assert (kept.reason, kept.family, kept.first_month, kept.value) == ("new customer", "Kettles", MONTH, 222.0)
    assert consensus(services) == pytest.approx(222.0)


def test_a_change_without_a_reason_is_not_kept(tmp_path: Path):
    services = desk(tmp_path)
    found = services.round_trip.compare(with_value(services, 222))
    with pytest.raises(BadValue, match="no reason"):
        services.round_trip.keep(accepted(found), "  ", LOCAL_USER)
    services.round_trip.keep(accepted(found), "said on the phone", LOCAL_USER)
    assert services.adjustments.all()[0].reason == "said on the phone"


def test_a_workbook_with_several_reasons_is_kept_and_undone_in_one_step(tmp_path: Path):
    services = desk(tmp_path)
    before = services.plans.prepared().consensus.units
    shown = accepted(services.round_trip.compare(with_value(services, 222, reason="new customer")))
    shown += accepted(services.round_trip.compare(with_value(services, 60, family="Lamps", reason="a fair")))
    kept = services.round_trip.keep(shown, "", LOCAL_USER)
    assert len({one.block for one in kept}) == 1
    assert [(one.family, one.reason) for one in kept] == [("Kettles", "new customer"), ("Lamps", "a fair")]
    assert (consensus(services), consensus(services, "Lamps")) == (222.0, 60.0)
    assert len(services.adjustments.undo(LOCAL_USER)) == 2
    assert np.array_equal(services.plans.prepared().consensus.units, before)


def test_one_cell_that_cannot_be_kept_keeps_the_others_of_other_reasons_out(tmp_path: Path):
    services = desk(tmp_path)
    shown = accepted(services.round_trip.compare(with_value(services, 222, reason="new customer")))
    other = accepted(services.round_trip.compare(with_value(services, 60, family="Lamps", reason="a fair")))
    adjust(services, family="Lamps", first_month=MONTH, kind="absolute", value=90)
    with pytest.raises(SopError, match="nothing was kept"):
        services.round_trip.keep([*shown, *other], "", LOCAL_USER)
    assert [one.family for one in services.adjustments.all()] == ["Lamps"]


def test_a_cell_changed_by_both_is_a_clash_with_both_values(tmp_path: Path):
    services = desk(tmp_path)
    content = with_value(services, 222, reason="mine")
    adjust(services, family="Kettles", first_month=MONTH, kind="absolute", value=180, reason="theirs", owner="Ben")
    (one,) = services.round_trip.compare(content).cells
    assert (one.exported, one.now, one.wanted) == (pytest.approx(150), pytest.approx(180), 222.0)
    assert "Ben: theirs" in one.clash
    (other,) = services.round_trip.compare(with_value(services, 60, family="Lamps", reason="x")).cells
    assert other.clash == ""


def test_what_changes_between_looking_and_keeping_is_not_overwritten(tmp_path: Path):
    services = desk(tmp_path)
    shown = accepted(services.round_trip.compare(with_value(services, 222, reason="mine")))
    adjust(services, family="Kettles", first_month=MONTH, kind="absolute", value=180)
    with pytest.raises(SopError, match="changed after you looked"):
        services.round_trip.keep(shown, "", LOCAL_USER)
    assert consensus(services) == pytest.approx(180)


def test_a_change_that_is_in_the_plan_by_now_is_neither_shown_nor_a_clash(tmp_path: Path):
    services = desk(tmp_path)
    content = with_value(services, 180, reason="mine")
    adjust(services, family="Kettles", first_month=MONTH, kind="absolute", value=180, reason="the same")
    found = services.round_trip.compare(content)
    assert not found.cells
    assert found.notes == ("Left out because the plan has the same figure by now: 1.",)


@pytest.mark.parametrize(
    "value, told",
    [("many", "not a number"), (None, "empty"), ("=F5*2", "a formula without a stored result"), (-5, "")],
)
def test_what_cannot_be_kept_is_said_beside_the_cell(tmp_path: Path, value, told):
    services = desk(tmp_path)
    (one,) = services.round_trip.compare(with_value(services, value, reason="x")).cells
    assert one.refused
    assert told in one.refused


def test_a_locked_month_says_so(tmp_path: Path):
    services = desk(tmp_path)
    locked = services.plans.cycle
    (one,) = services.round_trip.compare(with_value(services, 500, month=locked, reason="x")).cells
    assert one.refused


def test_sorted_rows_and_columns_of_ones_own_do_no_harm(tmp_path: Path):
    services = desk(tmp_path)
    book = opened(services.round_trip.export())
    cell(book, "Lamps", "Consensus", MONTH).value = 77
    page = book[FORECAST]
    page.insert_cols(5)
    page.insert_rows(6)
    page["E4"] = "my own"
    (one,) = services.round_trip.compare(saved(book)).cells
    assert (one.family, one.month, one.wanted) == ("Lamps", MONTH, 77.0)


def test_a_copy_brought_up_to_date_keeps_formulas_formats_and_sheets_of_its_owner(tmp_path: Path):
    services = desk(tmp_path)
    book = opened(services.round_trip.export())
    page = book[FORECAST]
    mine = page.max_column + 2
    page.cell(row=5, column=mine, value="=F5*2").number_format = "0.0"
    page.column_dimensions["B"].width = 33
    book.create_sheet("my notes")["A1"] = "ask Ben"
    own_formula = cell(book, "Lamps", "Consensus", MONTH)
    own_formula.value = "=20+20"
    adjust(services, family="Kettles", first_month=MONTH, kind="absolute", value=180)
    again = opened(services.round_trip.renew(saved(book)).content)
    assert cell(again, "Kettles", "Consensus", MONTH).value == pytest.approx(180)
    assert cell(again, "Lamps", "Consensus", MONTH).value == "=20+20"
    page = again[FORECAST]
    assert (page.cell(row=5, column=mine).value, page.cell(row=5, column=mine).number_format) == ("=F5*2", "0.0")
    assert page.column_dimensions["B"].width == 33
    assert again["my notes"]["A1"].value == "ask Ben"
    assert again[KEYS].sheet_state == "hidden"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_chart_and_picture(book: openpyxl.Workbook) -> bytes:
    """The workbook with a chart beside the forecast, a picture, and a formula on a sheet of one's own."""
    chart = BarChart()
    chart.add_data(Reference(book[FORECAST], min_col=5, max_col=10, min_row=8))
    book[FORECAST].add_chart(chart, "B30")
    book.create_sheet("my notes")["A1"] = f"={FORECAST}!F8*2"
    file = io.BytesIO(saved(book))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/media/image1.png", b"a picture")
    return file.getvalue()


def test_charts_and_pictures_of_a_copy_stay_byte_for_byte(tmp_path: Path):
    services = desk(tmp_path)
    mine = with_chart_and_picture(opened(services.round_trip.export()))
    adjust(services, family="Kettles", first_month=MONTH, kind="absolute", value=180)
    made = services.round_trip.renew(mine)
    before, after = parts_of(mine), parts_of(made.content)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    # the workbook (formulas are to be calculated), forecast, adjustments, hidden sheet and own notes (old results)
    assert changed <= {"xl/workbook.xml", *(f"xl/worksheets/sheet{n}.xml" for n in (1, 2, 3, 4))}
    assert b"<drawing " in after["xl/worksheets/sheet1.xml"]
    book = opened(made.content)
    assert len(book[FORECAST]._charts) == 1
    assert cell(book, "Kettles", "Consensus", MONTH).value == pytest.approx(180)
    assert [c.value for c in book[ADJUSTMENTS][2]][1:4] == ["Kettles", "all", MONTH]
    assert book.calculation.fullCalcOnLoad
    assert made.notes == ()
    found = services.round_trip.compare(made.content)
    assert (found.cells, found.missing) == ((), 0)


def test_a_list_of_adjustments_its_owner_worked_on_is_left_alone_and_said(tmp_path: Path):
    services = desk(tmp_path)
    adjust(services, family="Kettles", first_month=MONTH, kind="absolute", value=180)
    book = opened(services.round_trip.export())
    book[ADJUSTMENTS]["M1"] = "What I think"
    mine = saved(book)
    adjust(services, family="Lamps", first_month=MONTH, kind="absolute", value=60)
    made = services.round_trip.renew(mine)
    assert "Adjustments holds things of your own" in made.notes[0]
    again = opened(made.content)
    assert (again[ADJUSTMENTS]["M1"].value, again[ADJUSTMENTS].max_row) == ("What I think", 2)


def test_a_copy_of_other_families_gets_each_figure_in_the_row_of_its_family(tmp_path: Path):
    services = desk(tmp_path)
    mine = services.round_trip.export()
    world = two_products_one_press(3)
    for table in world.values():
        for row in table:
            if row.get("family") == "Kettles":
                row["family"] = "Mixers"
    preview = services.imports.preview(files_of(world))
    services.imports.accept(preview, source="other families", user=LOCAL_USER)
    adjust(services, family="Lamps", first_month=MONTH, kind="absolute", value=61)
    made = services.round_trip.renew(mine)
    assert made.notes == (
        "No longer planned, so left as they were: Kettles.",
        "Not in your copy, for they are new: Mixers.",
    )
    book = opened(made.content)
    assert cell(book, "Lamps", "Consensus", MONTH).value == 61
    assert cell(book, "Kettles", "Consensus", MONTH).value == pytest.approx(150)
    found = services.round_trip.compare(made.content)
    assert (found.cells, found.unchanged) == ((), 36)  # sales input and consensus of lamps × 18 months


def test_a_signed_copy_is_not_written_into(tmp_path: Path):
    services = desk(tmp_path)
    file = io.BytesIO(services.round_trip.export())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", b"<x/>")
    with pytest.raises(NotOurSheet, match="signed"):
        services.round_trip.renew(file.getvalue())


def test_names_that_look_like_formulas_stay_text(tmp_path: Path):
    world = two_products_one_press(3)
    for table in world.values():
        for row in table:
            if row.get("family") == "Kettles":
                row["family"] = '=HYPERLINK("http://x","y")'
    services = desk(tmp_path, world)
    book = opened(services.round_trip.export())
    kinds = {c.data_type for page in book for row in page.iter_rows() for c in row if str(c.value).startswith("=HYP")}
    assert kinds == {"s"}
    assert services.round_trip.compare(services.round_trip.export()).cells == ()


def test_other_files_are_refused_with_a_way_out(tmp_path: Path):
    services = desk(tmp_path)
    for content in (b"", b"month,family\n", saved(openpyxl.Workbook())):
        with pytest.raises(NotOurSheet):
            services.round_trip.compare(content)
