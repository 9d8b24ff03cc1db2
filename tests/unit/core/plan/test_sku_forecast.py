"""The plan by item adds up to the plan by family, whichever stream is asked for."""

import numpy as np
import pytest

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.plan import prepare
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.plan.sku_forecast import sku_forecast
from tests.worlds import inputs, two_products_one_press


@pytest.fixture
def prepared() -> Prepared:
    """Two years of the tiny company; a second kettle sells 50 in the shop and the web where the first sells 150."""
    world = two_products_one_press(24, first="2024-04")
    world["products"].append({**world["products"][0], "sku": "K2", "name": "", "end_month": "2026-06"})
    world["sales"] += [{**row, "sku": "K2", "units": 50} for row in world["sales"] if row["channel"] == "web"]
    return prepare(inputs(world), settings=PlanningSettings())


def test_items_add_up_to_their_family_in_every_month(prepared: Prepared) -> None:
    found = sku_forecast(prepared)
    for of_items, of_families in (
        (found.statistical_units, prepared.baseline.family_units),
        (found.consensus_units, prepared.consensus.units.sum(axis=1)),
    ):
        totals = np.zeros(of_families.shape)
        np.add.at(totals, np.array(found.families), of_items)
        assert totals == pytest.approx(of_families)


def test_items_take_the_part_that_their_own_forecast_says(prepared: Prepared) -> None:
    found = sku_forecast(prepared)
    first, second, lamp = found.statistical_units
    assert found.skus == ("K1", "K2", "L1")
    assert second[:3] == pytest.approx(50.0)  # of 200; its last month of sale is June
    assert first[3:] == pytest.approx(200.0)
    assert lamp == pytest.approx(40.0)


def test_any_other_stream_is_split_by_the_same_shares(prepared: Prepared) -> None:
    months = len(prepared.inputs.grain.horizon)
    doubled = sku_forecast(prepared).shares.of(np.full((2, months), 400.0))
    assert doubled[0, :3] == pytest.approx(300.0)  # 150 of 200


def test_an_item_without_a_name_is_called_by_its_code(prepared: Prepared) -> None:
    assert sku_forecast(prepared).names[1] == "K2"
