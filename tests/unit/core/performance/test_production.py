"""Production of the closed months, weighted by standard cost and by hours."""

import numpy as np
import pytest

from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.monthly import monthly_metrics
from sop_dash.core.performance.production import adherence, booked_utilisation, production_kpis
from sop_dash.core.performance.sheet import sheet
from tests import array_worlds as worlds

G = worlds.grain(families=("Kettles", "Irons"), resources=("Press", "Paint"), history=2)


def figures(inputs) -> dict[str, Kpi]:
    found = production_kpis(inputs, sheet(PlanningSettings()), monthly_metrics(inputs))
    return {kpi.definition.id: kpi for kpi in found}


def test_a_dear_family_late_weighs_more():
    supply = worlds.supply(G, planned_units=100.0, on_time_units=[[50.0] * 2, [100.0] * 2])
    cost = np.array([[30.0], [10.0]])
    inputs = worlds.company_inputs(G, supply=supply, money=worlds.money(G, unit_cost=cost))
    assert adherence(inputs) == pytest.approx([0.625] * 2)  # (1,500 + 1,000) of 4,000


def test_hours_booked_above_regular_hours_are_more_than_full():
    supply = worlds.supply(G, used_hours=[[110.0] * 2, [90.0] * 2], available_hours=[[100.0] * 14, [np.nan] * 14])
    assert booked_utilisation(worlds.company_inputs(G, supply=supply)) == pytest.approx([1.1] * 2)


def test_changeover_time_is_weighted_by_hours():
    supply = worlds.supply(G, available_hours=[[300.0] * 14, [100.0] * 14], changeover_ratio=[0.10, 0.02])
    found = figures(worlds.company_inputs(G, supply=supply))["changeover-share"]
    assert found.value == pytest.approx(0.08)  # 32 of 400


def test_the_right_quantity_of_the_wrong_family_is_seen_in_the_mix():
    supply = worlds.supply(G, planned_units=100.0, actual_units=[[130.0] * 2, [70.0] * 2])
    assert figures(worlds.company_inputs(G, supply=supply))["mix-attainment"].value == pytest.approx(0.85)


def test_what_is_missing_is_said_with_its_table():
    for kpi in figures(worlds.company_inputs(G)).values():
        assert kpi.value is None
        assert "load" in kpi.reason
