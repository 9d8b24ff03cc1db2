"""A supplier that delivers less: the part it brings becomes a limit of the plan."""

from pathlib import Path

import numpy as np
import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.plan.supplier_shortfall import Shortfall
from sop_dash.services.bundle import Services
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.unit.pages.supply.test_supply_tabs import bought_kettles


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return desk(tmp_path_factory.mktemp("bought"), bought_kettles())


def lost(services: Services, ratio: float, months: int = 12) -> np.ndarray:
    view = services.plans.view(Selection(), Levers())
    short = Shortfall(supplier=0, ratio=ratio, first_month=1, months=months)
    plan = services.supply_base.shortfall(view, short)
    return (plan.supply.lost - view.plan.supply.lost).sum(axis=(1, 2))


def test_nothing_less_changes_nothing(services: Services):
    assert lost(services, 0.0) == pytest.approx(np.zeros(2), abs=1e-6)


def test_only_the_families_of_the_supplier_are_hit_and_more_by_more(services: Services):
    little, much = lost(services, 0.3), lost(services, 0.9)
    kettles, lamps = (services.plans.prepared().inputs.grain.families.index(name) for name in ("Kettles", "Lamps"))
    assert much[kettles] > little[kettles] >= 0.0
    assert much[lamps] == pytest.approx(0.0, abs=1e-6)


def test_an_item_of_two_suppliers_gets_half_from_each(tmp_path: Path, services: Services):
    world = bought_kettles()
    world["supplier_items"].append({"supplier": "S2", "sku": "K1"})
    shared = lost(desk(tmp_path, world), 0.8)
    assert shared.sum() < lost(services, 0.8).sum()


def test_what_does_not_come_is_never_ordered(services: Services):
    view = services.plans.view(Selection(), Levers())
    short = Shortfall(supplier=0, ratio=0.5, first_month=1, months=6)
    plan = services.supply_base.shortfall(view, short)
    kettles = view.plan.grain.families.index("Kettles")
    whole, half = (result.supply.make[kettles, 1:7] for result in (view.plan, plan))
    assert (half <= 0.5 * whole + 1e-6).all()
