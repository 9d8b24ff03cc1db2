"""Laws of every plan, whatever the company and the levers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_dash.core.model.levers import Change, ExtraHours, Levers
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared, plan
from tests.unit.core.plan.plan_worlds import prepared, press_company

_UNITS = st.floats(0.0, 400.0).map(lambda units: round(units, 1))


@st.composite
def _levers(draw: st.DrawFn) -> Levers:
    hours = ExtraHours(resources=("Press",), hours_per_month=draw(st.floats(0.0, 200.0)))
    return Levers(
        demand=(Change(ratio=draw(st.floats(-0.5, 1.0))), Change(ratio=draw(st.floats(-0.5, 1.0)), channel="web")),
        price=(Change(ratio=draw(st.floats(-0.3, 0.3))),),
        overtime_max_ratio=draw(st.none() | st.floats(0.0, 0.5)),
        outsource_max_ratio=draw(st.none() | st.floats(0.0, 1.0)),
        cover_days=draw(st.none() | st.floats(0.0, 120.0)),
        extra_hours=draw(st.sampled_from(((), (hours,)))),
        lead_time_extra_months=draw(st.integers(0, 3)),
    )


@st.composite
def _worlds(draw: st.DrawFn) -> Prepared:
    months, made = draw(st.integers(1, 6)), draw(st.tuples(st.booleans(), st.booleans()))
    demand = draw(st.lists(st.lists(_UNITS, min_size=months, max_size=months), min_size=2, max_size=2))
    company = press_company(
        families=("Kettles", "Irons"),
        channels=("shop", "web"),
        months=months,
        opening=draw(st.tuples(_UNITS, _UNITS)),
        hours=draw(st.sampled_from((np.nan, 0.0, 150.0, 600.0))),
        hours_per_unit=np.array([[1.0, 0.5]]) * np.array(made),
        made=made,
        price=np.array([[[100.0], [90.0]], [[50.0], [draw(st.sampled_from((40.0, np.nan)))]]]),
        cost=np.array([[60.0], [draw(st.sampled_from((30.0, np.nan)))]]),
        outsource_max_units=draw(st.sampled_from((np.nan, 50.0))),
        receipts_units=draw(st.sampled_from((0.0, 20.0))),
    )
    return prepared(company, demand, locked_months=1, cover_days=30.0, ramp_last_month=7)


def _arrays(result: PlanResult) -> dict[str, np.ndarray]:
    parts = (vars(result.demand), vars(result.supply), vars(result.money), result.money.other_costs)
    return {name: values for part in parts for name, values in part.items() if isinstance(values, np.ndarray)}


@given(_worlds(), _levers())
@settings(max_examples=60, deadline=None)
def test_figures_tie_under_any_levers(ready, levers):
    result = plan(ready, levers)
    assert [i for i in result.identities if not i.holds] == []
    assert not result.solver.fallback
    assert (result.supply.closing >= 0).all()
    assert (result.supply.lost >= -1e-9).all()


@given(_worlds(), _levers(), _levers())
@settings(max_examples=25, deadline=None)
def test_the_same_levers_give_the_same_plan_after_any_path(ready, levers, detour):
    first = plan(ready, levers)
    plan(ready, detour)
    again = plan(ready, levers)
    for name, values in _arrays(first).items():
        assert np.array_equal(values, _arrays(again)[name], equal_nan=True), name


@given(_worlds(), _levers())
@settings(max_examples=40, deadline=None)
def test_the_locked_month_moves_with_no_lever(ready, levers):
    base, moved = _arrays(plan(ready)), _arrays(plan(ready, levers))
    for name in set(base) - {"capacity_worth", "statistical", "consensus", "cash", "receivables", "payables"}:
        assert moved[name][..., 0] == pytest.approx(base[name][..., 0], abs=1e-6, nan_ok=True), name


def test_families_in_any_order_give_the_same_plan():
    def result(order: tuple[int, ...]) -> tuple[PlanResult, list[int]]:
        names, opening, usage = ("A", "B", "C"), (20.0, 90.0, 0.0), (1.0, 0.5, 0.7)
        demand = [[100, 140, 80], [60, 90, 120], [70, 50, 40]]
        company = press_company(
            families=tuple(names[i] for i in order),
            opening=tuple(opening[i] for i in order),
            hours=180.0,
            hours_per_unit=np.array([[usage[i] for i in order]]),
            price=np.array([(100.0, 40.0, 70.0)[i] for i in order])[:, None, None],
            cost=np.array([(60.0, 20.0, 50.0)[i] for i in order])[:, None],
        )
        return plan(prepared(company, [demand[i] for i in order], cover_days=10.0)), [order.index(i) for i in range(3)]

    straight, back = result((0, 1, 2))
    for order in ((2, 1, 0), (1, 2, 0)):
        other, back = result(order)
        assert other.money.margin.sum() == pytest.approx(straight.money.margin.sum())
        assert other.supply.lost[back] == pytest.approx(straight.supply.lost, abs=1e-6)


def test_money_in_another_unit_scales_the_money_and_leaves_the_units():
    def result(scale: float) -> PlanResult:
        company = press_company(opening=10.0, hours=100.0, price=100.0 * scale, cost=60.0 * scale)
        return plan(prepared(company, [[90, 130, 120]], cover_days=10.0))

    cents, dollars = result(100.0), result(1.0)
    assert cents.supply.make == pytest.approx(dollars.supply.make)
    assert cents.money.margin == pytest.approx(100.0 * dollars.money.margin)


def test_a_wrong_figure_is_found_by_the_identities():
    from sop_dash.core.plan.identities import plan_identities

    ready = prepared(press_company(opening=10.0, hours=100.0), [[90, 130, 120]])
    result = plan(ready)
    wrong = replace(result.supply, closing=result.supply.closing + 1.0)
    solution = ready.programme.solve(ready.problem)
    broken = plan_identities(ready, ready.problem, solution, result.demand, wrong, result.money)
    assert {i.name for i in broken if not i.holds} == {
        "Opening stock + supply − shipped = closing stock, by family",
        "Closing stock × standard cost = stock value",
        "Opening value + supply at cost − cost of goods = stock value",
    }
