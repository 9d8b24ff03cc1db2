"""What the Demand page must find in the example company by itself: whom to hear, what to cleanse, what is wrong."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sop_dash.adapters.files import read_folder
from sop_dash.core.data import build_inputs, read_tables
from sop_dash.core.demand.cleansing import cleanse
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import CorrectionKind
from sop_dash.core.plan.assumption_checks import State, checked_assumptions
from sop_dash.core.plan.transitions import transitions
from sop_dash.core.studies.value_added_study import value_added

FOLDER = Path(__file__).parents[2] / "data" / "brightwater"


@cache
def company():
    contents = read_folder(FOLDER)
    return build_inputs(read_tables(contents.tables, found=contents.findings), version="shipped", example=True)


@cache
def account():
    return value_added(company(), PlanningSettings())


def corrected(family, month, kind):
    return [c for c in cleanse(company()).corrections if (c.family, c.month, c.kind) == (family, month, kind)]


def test_small_upward_changes_harm_and_large_downward_ones_help():
    sizes = {row.name: row for row in account().sizes}
    assert sizes["small, up"].verdict == "worse"
    assert sizes["large, down"].verdict == "better"
    owners = {row.name: row for row in account().owners}
    assert owners["Sales"].verdict == "worse"
    assert owners["Product Management"].verdict == "better"


def test_the_stairs_go_up_at_sales_and_down_at_the_consensus():
    naive, statistical, sales, consensus = account().stairs
    assert statistical.added_points > 0.0
    assert sales.added_points < 0.0
    assert consensus.added_points > 0.0
    assert len({step.pairs for step in (naive, statistical, sales, consensus)}) == 1


def test_changes_help_some_families_and_the_others_are_proposed_for_automatic_approval():
    approved = {row.family for row in account().families if row.auto_approve}
    assert 2 <= len(approved) <= 9
    assert "Toasters" not in approved


def test_the_stock_out_of_the_peak_and_the_closed_port_are_cleansed():
    for family, month in (("Headphones", "2024-12"), ("Coffee Pods", "2025-04"), ("Filters", "2025-04")):
        found = corrected(family, month, CorrectionKind.STOCK_OUT)
        assert sum(c.after for c in found) > 1.1 * sum(c.before for c in found)
        assert all(c.accepted and c.reversible for c in found)


def test_promotions_are_taken_off_the_channels_that_ran_them():
    found = corrected("Headphones", "2025-08", CorrectionKind.PROMOTION)
    assert {c.channel for c in found} == {"online", "retail"}
    assert all(c.after < c.before for c in found)


def test_both_series_are_kept():
    found = cleanse(company())
    np.testing.assert_array_equal(found.recorded, company().sales.units)


def test_the_promotion_of_fifteen_percent_is_contradicted_and_so_is_the_harmless_price_rise():
    found = {row.assumption.id: row for row in checked_assumptions(company(), cleanse(company()))}
    assert found["A-01"].state is State.CONTRADICTED
    assert 0.0 < found["A-01"].seen < 0.08  # it really did +5 %
    assert found["A-02"].state is State.CONTRADICTED
    assert found["A-05"].state is not State.CONTRADICTED


def test_the_promotion_of_this_september_is_one_estimate_in_history_in_its_event_and_in_its_assumption():
    history = cleanse(company())
    effect = {e.event.first_month: e for e in history.drivers[company().grain.families.index("Blenders")].effects}
    row = next(row for row in checked_assumptions(company(), history) if row.assumption.id == "A-01")
    assert row.effect is effect["2026-09"]
    assert row.seen == row.effect.ratio
    assert (row.effect.months, round(row.effect.taken_average, 9)) == (4, 0.15)
    # The four Septembers have what was expected of them as their average.
    assert np.mean([np.log1p(e.ratio) for e in effect.values()]) == pytest.approx(np.log(1.15))


def test_the_launch_to_come_has_a_forerunner_in_another_family():
    coming = [row for row in transitions(company()) if not row.past]
    assert {row.family for row in coming} == {"Smart Displays"}
    assert all(row.analogue.startswith("SPK") and 0.3 < row.taken_ratio < 1.0 for row in coming)
