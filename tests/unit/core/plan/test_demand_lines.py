"""The demand lines of a selection; kettles at 20 sell 100 in the shop and 50 on the web, lamps at 50 sell 40."""

from pathlib import Path

import numpy as np
import pytest

from sop_dash.core.model.fiscal import FiscalQuarter
from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.plan.demand_lines import DemandLines, demand_lines, quarter_totals
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.sheet import adjust
from tests.worlds import sales_only, two_products_one_press

KEPT = (("2026-03", "2026-04", "Kettles", "consensus", 100), ("2026-04", "2026-05", "Kettles", "sales", 170))


@pytest.fixture
def services(tmp_path: Path) -> Services:
    world = two_products_one_press(3)
    columns = ("cycle", "month", "family", "step", "units")
    world["forecasts"] = [dict(zip(columns, row, strict=True)) for row in KEPT]
    return desk(tmp_path, world)


def lines(view: PlanView, *, in_money: bool) -> DemandLines:
    return demand_lines(view.prepared, view.plan.demand.committed, view.families, view.channels, in_money=in_money)


def test_several_families_are_added_in_money(services: Services):
    found = lines(services.plans.view(Selection(), Levers()), in_money=True)
    assert found.demand.tolist() == [5000.0] * 3  # 150 × 20 + 40 × 50
    assert found.consensus[:2].tolist() == pytest.approx([5000.0, 5000.0])
    assert found.budget[:2].tolist() == [4200.0, 4200.0]  # 110 × 20 + 40 × 50


def test_one_family_counts_its_units_and_one_channel_its_own(services: Services):
    kettles = lines(services.plans.view(Selection(family="Kettles"), Levers()), in_money=False)
    web = lines(services.plans.view(Selection(family="Kettles", channel="web"), Levers()), in_money=False)
    assert kettles.demand.tolist() == [150.0] * 3
    assert kettles.last_cycle[0] == 100.0
    assert kettles.sales_input[1] == 170.0
    assert web.demand.tolist() == [50.0] * 3
    assert np.isnan(web.last_cycle).all()  # kept forecasts know no channels
    assert web.sales_input[1] == pytest.approx(170.0 / 3)  # what sales gave, by forecast proportions: 50 of 150


def test_a_sum_is_unknown_where_one_family_is(services: Services):
    found = lines(services.plans.view(Selection(), Levers()), in_money=True)
    assert np.isnan(found.last_cycle).all()  # lamps were not forecast last cycle


def test_an_adjustment_lies_between_baseline_and_consensus_and_a_lever_after_it(services: Services):
    adjust(services, family="Kettles", first_month="2026-05", kind="percentage", value=0.1)
    levers = Levers(demand=(Change(ratio=0.5),))
    found = lines(services.plans.view(Selection(family="Kettles"), levers), in_money=False)
    assert found.adjustments[:3].tolist() == pytest.approx([0.0, 15.0, 0.0])
    assert found.consensus[1] == pytest.approx(165.0)
    assert found.committed[1] == pytest.approx(247.5)


def test_the_range_of_95_percent_holds_that_of_80_and_both_hold_the_baseline(services: Services):
    for selection, money in ((Selection(), True), (Selection(family="Kettles"), False)):
        found = lines(services.plans.view(selection, Levers()), in_money=money)
        edges = found.bands
        ordered = (edges.lo95, edges.lo80, found.statistical, edges.hi80, edges.hi95)
        assert (np.diff(np.stack(ordered), axis=0) >= -1e-9).all()


def test_ranges_in_money_are_those_in_units_at_the_price(services: Services):
    view = services.plans.view(Selection(family="Lamps"), Levers())
    units, money = lines(view, in_money=False), lines(view, in_money=True)
    assert money.bands.hi80 == pytest.approx(50.0 * units.bands.hi80)


def test_without_a_price_nothing_is_added_in_money(tmp_path: Path):
    world = sales_only({"Kettles": [10.0] * 8, "Stopped": [5.0, 4.0, *[0.0] * 6]})
    view = desk(tmp_path, world).plans.view(Selection(), Levers())
    found = lines(view, in_money=True)
    assert not found.counted.any()
    assert np.isnan(found.consensus).all()
    assert np.isnan(found.demand).all()


def test_last_year_of_a_month_is_the_month_twelve_before_it(services: Services):
    found = lines(services.plans.view(Selection(family="Kettles"), Levers()), in_money=False)
    assert np.isnan(found.last_year[:12]).all()
    assert found.last_year[12] == 150.0  # Jan 27 against Jan 26
    assert np.isnan(found.change_ratio(found.last_year[3:], 12))  # Apr 25 is not known


def test_a_quarter_adds_closed_and_planned_months():
    quarters = [FiscalQuarter(name="Q1", covered=slice(1, 4), actual_months=1)]
    assert quarter_totals(quarters, np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0])) == [9.0]  # 2 + 3 + 4
    assert np.isnan(quarter_totals(quarters, np.array([1.0, np.nan]), np.array([3.0, 4.0]))).all()
