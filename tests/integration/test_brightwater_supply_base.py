"""Items, suppliers and logistics of the shipped company: what a planner must find is found, by figures alone."""

from pathlib import Path

import numpy as np
import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.plan.supply_tables import logistics_table, reorder_table, supplier_table
from sop_dash.core.supply.suppliers import Alert
from sop_dash.factory import create_services
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from sop_dash.settings import read_settings


@pytest.fixture(scope="module")
def services(shipped_home: Path) -> Services:
    return create_services(read_settings(shipped_home))


def test_the_supplier_that_slipped_for_six_months_is_found_and_two_families_pay_for_it(services: Services) -> None:
    card, effect = services.supply_base.suppliers(), services.supply_base.lead_time_effect()
    worst = int(np.nanargmin(card.score))
    assert card.rank[worst] == len(card.suppliers.codes)
    assert {Alert.LESS_ON_TIME, Alert.LESS_STEADY, Alert.LONGER} <= set(card.alerts[worst])
    assert card.recent.lead_spread_days[worst] > 1.8 * card.before.lead_spread_days[worst]
    assert card.recent.on_time[worst] < card.before.on_time[worst] - 0.1
    unsteady = [u for u, alerts in enumerate(card.alerts) if Alert.LESS_STEADY in alerts]
    assert unsteady == [worst]
    assert int(np.nanargmax(effect.value)) == worst
    assert effect.value[worst] > 0.0
    assert len(effect.families[worst]) == 2


def test_all_nine_classes_of_value_and_steadiness_are_filled(services: Services) -> None:
    policy = services.supply_base.policy().items
    filled = set(zip(policy.abc.tolist(), policy.xyz.tolist(), strict=True))
    assert {(abc, xyz) for abc in "ABC" for xyz in "XYZ"} <= filled


def test_demand_of_items_is_the_consensus_of_their_families(services: Services) -> None:
    found, prepared = services.supply_base.policy(), services.plans.prepared()
    consensus = prepared.consensus.units.sum(axis=1)
    totals = np.zeros(consensus.shape)
    np.add.at(totals, found.items.items.family, found.demand.ahead)
    assert totals == pytest.approx(consensus)


def test_stock_of_items_is_the_stock_of_the_plan(services: Services) -> None:
    items, stock = services.supply_base.policy().items.items, services.plans.prepared().inputs.stock
    saleable = np.zeros(len(items.grain.families))
    np.add.at(saleable, items.family, np.nan_to_num(items.saleable_units))
    assert saleable == pytest.approx(stock.saleable_units)


def test_policies_do_not_change_from_one_question_to_the_next(services: Services) -> None:
    assert services.supply_base.policy() is services.supply_base.policy()
    assert services.supply_base.suppliers() is services.supply_base.suppliers()


def test_the_warehouse_is_nearly_full_before_the_peak_and_its_overflow_is_priced(services: Services) -> None:
    view = services.plans.view(Selection(), Levers())
    lines = {line.kind: line for line in services.supply_base.logistics(view).lines}
    assert 0.7 < np.nanmean(lines["warehouse"].use_ratio) < 1.0
    assert np.nanmax(lines["warehouse"].use_ratio) > 0.9
    over = lines["warehouse"].overflow
    assert lines["warehouse"].overflow_cost_value == pytest.approx(15.0 * over)


def test_the_service_of_cover_days_rises_with_the_days(services: Services) -> None:
    few, many = services.supply_base.cover_service(10.0), services.supply_base.cover_service(40.0)
    assert (few.cycle_ratio <= many.cycle_ratio).all()
    assert (few.fill_ratio < 1.0).any()


def test_the_tables_have_a_row_for_everything(services: Services) -> None:
    base, view = services.supply_base, services.plans.view(Selection(), Levers())
    items, suppliers = reorder_table(base.policy().items), supplier_table(base.suppliers(), base.lead_time_effect())
    assert len(items) == items["sku"].nunique() > 150
    assert suppliers["rank"].is_monotonic_increasing
    assert len(logistics_table(base.logistics(view), view.plan.grain.horizon)) == 2 * 18
    assert (items.loc[items["order_now_units"] > 0, "position_units"] <= items["reorder_point_units"].max()).all()
