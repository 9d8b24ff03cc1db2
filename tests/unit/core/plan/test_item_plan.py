"""The plan by item meets the plan by family."""

from pathlib import Path

import numpy as np
import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.worlds import sales_only, two_products_one_press


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("press"), two_products_one_press(24, first="2024-04"))


def test_an_item_alone_in_its_family_is_its_family(services: Services):
    view = services.plans.view(Selection(), Levers(demand=(Change(ratio=0.5),)))
    found = services.supply_base.item_plan(view)
    assert found is not None
    supply = view.plan.supply
    order = found.items.family
    assert found.split.demand_units == pytest.approx(view.plan.demand.committed.sum(axis=1)[order])
    assert found.split.closing_units == pytest.approx(supply.closing[order], abs=1e-6)
    assert found.split.served_units == pytest.approx(supply.shipped.sum(axis=1)[order], abs=1e-6)
    assert found.mix_loss_value == pytest.approx(np.zeros(found.mix_loss_value.shape), abs=1e-3)


def test_a_family_short_is_short_in_its_item(services: Services):
    view = services.plans.view(Selection(), Levers(demand=(Change(ratio=0.5),)))
    found = services.supply_base.item_plan(view)
    assert found is not None
    assert found.short_units.sum() == pytest.approx(view.plan.supply.lost.sum(), rel=1e-6)


def test_a_company_without_items_has_no_plan_by_item(tmp_path: Path):
    services = desk(tmp_path, sales_only({"Lamps": [10.0] * 24}))
    assert services.supply_base.item_plan(services.plans.view(Selection(), Levers())) is None
