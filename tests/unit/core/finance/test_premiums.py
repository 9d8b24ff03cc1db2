"""What is paid beside standard cost, by kind: the kinds add up to what the profit deducts."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.finance.premiums import ALL, KINDS, OVERTIME, premiums_by_kind
from sop_dash.core.model.company_money import planned_money
from sop_dash.core.model.result import OtherCost
from tests import array_worlds as worlds
from tests.array_plans import plan_of

G = worlds.grain(families=("Kettles", "Irons"), history=2, horizon=2)


def test_kinds_add_up_to_the_premiums_of_the_profit():
    plan = plan_of(G, demand=10.0, make=10.0)
    overtime = np.array([[30.0, 0.0], [20.0, 5.0]])
    hired = np.array([[0.0, 7.0], [0.0, 3.0]])
    money = replace(
        plan.money,
        overtime_premium=overtime,
        other_costs={OtherCost.PEOPLE: hired},
        margin=plan.money.margin - (overtime + hired)[:, None],
    )
    paid = premiums_by_kind(money)
    assert paid[OVERTIME].tolist() == [50.0, 5.0]
    assert paid["hiring and letting go"].tolist() == [0.0, 10.0]
    assert paid["spot transport"].tolist() == [0.0, 0.0]
    assert paid[ALL].tolist() == [50.0, 15.0]
    assert sum(paid[kind] for kind in KINDS) == pytest.approx(paid[ALL])
    assert planned_money(money).premiums == pytest.approx(paid[ALL])


def test_a_kind_without_a_price_is_unknown_and_left_out_of_the_sum():
    money = replace(
        plan_of(G, demand=10.0, make=10.0).money, other_costs={OtherCost.SPACE: np.array([[np.nan, 1.0]] * 2)}
    )
    paid = premiums_by_kind(money)
    assert np.isnan(paid["overflow space"]).tolist() == [True, False]
    assert paid[ALL].tolist() == [0.0, 2.0]


def test_a_family_without_a_margin_is_left_out_and_nothing_known_is_unknown():
    money = plan_of(G, demand=10.0, make=10.0, unit_cost=[[60.0], [np.nan]]).money
    paid = premiums_by_kind(replace(money, overtime_premium=np.array([[1.0, 1.0], [9.0, 9.0]])))
    assert paid[ALL].tolist() == [1.0, 1.0]
    nothing = premiums_by_kind(plan_of(G, demand=10.0, make=10.0, price=np.nan).money)
    assert np.isnan(nothing[ALL]).all()
