"""Upside and downside as levers: under them the plan's demand is the case, in every month a lever can move."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.outlook import Risk
from sop_dash.core.plan import Prepared, plan, prepare
from sop_dash.core.plan.case_levers import case_levers
from sop_dash.core.plan.demand_cases import CaseWay, DemandCases, demand_cases
from sop_dash.core.plan.demand_lines import DemandLines, demand_lines
from tests.worlds import inputs, sales_only

RISKS = (
    Risk(id="S", text="Strike", opportunity=False, value=-200.0, month="2029-03"),
    Risk(id="O", text="Chain", opportunity=True, value=300.0, month="2029-03"),
    Risk(id="L", text="Fair", opportunity=True, value=250.0, month="2029-04", family="L"),
)
BOTH, KETTLES = np.array([True, True]), np.array([True, False])
CHANNELS = np.array([True])
ALL = Change(ratio=0.0)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    """Kettles and lamps sell around 100 and 50 a month at 10 each, a tenth up and down; January 2029 is locked."""
    rng = np.random.default_rng(3)
    units = {name: (level * (1.0 + rng.normal(0.0, 0.1, 36))).tolist() for name, level in (("K", 100.0), ("L", 50.0))}
    return prepare(replace(inputs(sales_only(units, price=10.0), horizon_months=6), risks=RISKS))


def lines(prepared: Prepared, committed: np.ndarray, families: np.ndarray = BOTH) -> DemandLines:
    return demand_lines(prepared, committed, families, CHANNELS, in_money=True)


def found(prepared: Prepared, way: CaseWay, families: np.ndarray = BOTH) -> DemandCases:
    return demand_cases(prepared, lines(prepared, prepared.consensus.units, families), families, way)


def under(prepared: Prepared, levers: Levers, families: np.ndarray = BOTH) -> np.ndarray:
    """Demand of the families under the levers, in money a month."""
    return lines(prepared, plan(prepared, levers).demand.committed, families).committed


@pytest.mark.parametrize("way", list(CaseWay))
@pytest.mark.parametrize("up", [True, False])
def test_demand_under_the_levers_is_the_case_and_locked_months_stay(prepared: Prepared, way: CaseWay, up: bool):
    cases, locked = found(prepared, way), prepared.locked_months
    levers = case_levers(prepared, cases, BOTH, CHANNELS, ALL, up=up)
    wanted = cases.upside if up else cases.downside
    np.testing.assert_allclose(under(prepared, levers)[locked:], wanted[locked:], rtol=1e-4)
    np.testing.assert_array_equal(under(prepared, levers)[:locked], cases.base[:locked])


def test_the_flat_case_is_one_change(prepared: Prepared):
    levers = case_levers(prepared, found(prepared, CaseWay.FLAT), BOTH, CHANNELS, ALL, up=False)
    assert levers == Levers(demand=(Change(ratio=-0.15),))


def test_a_driver_of_one_family_moves_that_family_and_one_of_the_company_moves_all(prepared: Prepared):
    cases = found(prepared, CaseWay.DRIVERS)
    levers = case_levers(prepared, cases, BOTH, CHANNELS, ALL, up=True)
    now, then = (plan(prepared, one).demand.committed.sum(axis=1) for one in (Levers(), levers))
    march, april = (prepared.inputs.grain.horizon.index(month) for month in ("2029-03", "2029-04"))
    share = 1.0 + 300.0 / cases.base[march]  # 300 over all that is sold in March
    np.testing.assert_allclose(then[:, march] / now[:, march], [share, share], rtol=1e-4)
    assert then[0, april] == pytest.approx(now[0, april], rel=1e-4)
    assert then[1, april] - now[1, april] == pytest.approx(25.0, rel=1e-2)  # 250 in money at 10 each


def test_the_case_of_one_family_names_it(prepared: Prepared):
    scope = replace(ALL, family="K")
    levers = case_levers(prepared, found(prepared, CaseWay.ERRORS, KETTLES), KETTLES, CHANNELS, scope, up=True)
    assert {change.family for change in levers.demand} == {"K"}
    lamps = np.array([False, True])
    np.testing.assert_array_equal(under(prepared, levers, lamps), under(prepared, Levers(), lamps))


def test_a_case_that_is_the_plan_is_no_lever(prepared: Prepared):
    cases = found(prepared, CaseWay.DRIVERS, KETTLES)  # only the company's and the lamps' drivers are known
    assert not case_levers(prepared, cases, KETTLES, CHANNELS, replace(ALL, family="K"), up=True).moved


def test_a_month_beyond_what_a_lever_may_move_is_refused_by_name(prepared: Prepared):
    base = np.full(6, 100.0)
    far = DemandCases(base=base, upside=np.array([100.0, 100.0, 350.0, 100.0, 100.0, 100.0]), downside=base)
    with pytest.raises(SopError, match=r"\+250% in Mar 29"):
        case_levers(prepared, far, BOTH, CHANNELS, ALL, up=True)
