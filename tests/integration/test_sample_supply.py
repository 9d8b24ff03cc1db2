"""The real sample company in the supply plan: what is bought comes as receipts, dead stock serves nobody."""

from pathlib import Path

import numpy as np
import pytest

from sop_dash.adapters.files import folder_files
from sop_dash.core.model.levers import Levers
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from tests.desk import opened
from tests.sample_company.__main__ import main


@pytest.fixture(scope="module")
def services(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Services:
    assert sample_data.is_dir()
    home, tables = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("sample")
    assert main([str(tables)]) == 0
    desk = opened(home)
    preview = desk.imports.preview(folder_files(tables), example=True)
    desk.imports.accept(preview, source="sample", user=LOCAL_USER)
    return desk


@pytest.fixture(scope="module")
def view(services: Services) -> PlanView:
    return services.plans.view(Selection(), Levers())


def test_bought_families_ask_no_hours_and_are_ordered_only_after_the_month_in_progress(view: PlanView):
    bought = ~np.array(view.plan.grain.made)
    assert bought.sum() == 24  # 22 wholly bought, 2 made without a routing
    assert not view.prepared.problem.hours_per_unit[:, bought].any()
    assert not view.plan.supply.make[bought, : view.prepared.locked_months].any()
    assert view.plan.supply.make[bought].sum() > 0.0


def test_an_order_of_a_bought_family_arrives_after_its_lead_time(view: PlanView):
    supply, inputs = view.plan.supply, view.prepared.inputs
    stock = np.concatenate((view.prepared.parts.opening_units[:, None], supply.closing), axis=1)
    came = np.diff(stock, axis=1) + supply.shipped.sum(axis=1)
    for family in np.flatnonzero(~np.array(view.plan.grain.made)).tolist():
        open_orders = np.nan_to_num(inputs.stock.receipts_units[family])
        ordered = supply.make[family] + supply.outsource[family]
        lead = int(inputs.supply.lead_time_months[family])
        first = view.prepared.locked_months
        assert came[family] == pytest.approx(open_orders + ordered, abs=1e-4 * (1.0 + came[family].max()))
        assert ordered[first : max(lead, first)].sum() == pytest.approx(0.0, abs=1e-6)


def test_only_saleable_stock_of_active_items_nets(view: PlanView):
    stock, opening = view.prepared.inputs.stock, view.prepared.parts.opening_units
    dead = np.nan_to_num(stock.discontinued_units)
    assert dead.sum() == 19_636.0
    assert opening.sum() == stock.closing_units[:, -1].sum() - dead.sum() == 45_742.0
    gone = [view.plan.grain.families.index(name) for name in ("Locks", "Pumps", "Bib-Shorts", "Tights", "Wheels")]
    assert (dead[gone] > 0.0).all()
    assert not opening[gone].any()


def test_items_split_their_families_and_dead_ones_get_nothing(services: Services, view: PlanView):
    found = services.supply_base.item_plan(view)
    assert found is not None
    total = np.zeros(view.plan.supply.closing.shape)
    np.add.at(total, found.items.family, found.split.closing_units)
    trapped = np.cumsum(found.split.mix_loss_units, axis=1)
    known = np.isin(np.arange(len(total)), found.items.family)
    assert (total - trapped)[known] == pytest.approx(view.plan.supply.closing[known], abs=1e-3)
    sold = view.plan.demand.committed.sum(axis=(1, 2)) > 0.0
    dead = found.items.ended & sold[found.items.family]
    assert dead.any()
    assert not found.split.supply_units[dead].any()


def test_the_load_profile_that_is_wrong_says_so(services: Services, view: PlanView):
    lines = {line.name: line for line in services.production.lines(view)}
    # Routings times output exceed the hours booked by far: parts are made once for several products.
    assert lines["Subassembly"].bias_ratio > 0.5
    assert abs(lines["Final Assembly"].bias_ratio) < 0.1
