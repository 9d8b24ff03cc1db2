"""Where money is lost: margin ratios by family and channel, losses and thin margins told apart."""

import numpy as np
import pytest

from sop_dash.core.finance.margin_map import Earning, margin_map
from tests import array_worlds as worlds
from tests.array_plans import plan_of

G = worlds.grain(families=("Kettles", "Irons"), channels=("shop", "web"), history=1, horizon=3)


def test_the_ratio_of_a_cell_is_its_margin_over_its_revenue():
    # 10 a month in every cell; shop at 100, web at 80, cost 60: (100 − 60) / 100 and (80 − 60) / 80
    found = margin_map(plan_of(G, demand=10.0, make=20.0, price=[[[100.0], [80.0]]]).money, 2)
    assert found.ratio == pytest.approx(np.array([[0.4, 0.25], [0.4, 0.25]]))
    assert found.value == pytest.approx(np.array([[800.0, 400.0], [800.0, 400.0]]))  # two months
    assert found.family_ratio == pytest.approx([1_200 / 3_600] * 2)
    assert found.company_ratio == pytest.approx(1 / 3)


def test_a_cell_below_zero_is_a_loss_and_below_half_of_the_company_thin():
    found = margin_map(plan_of(G, demand=10.0, make=20.0).money, 3)
    assert found.company_ratio == pytest.approx(0.4)
    told = [found.earning(ratio) for ratio in (-0.001, 0.0, 0.199, 0.2, float("nan"))]
    assert told == [Earning.LOSS, Earning.THIN, Earning.THIN, Earning.FAIR, Earning.UNKNOWN]


def test_what_is_not_sold_or_has_no_cost_has_no_margin_and_stands_last():
    cost = np.array([[60.0] * 3, [np.nan] * 3])
    demand = [[[10.0], [0.0]], [[10.0], [10.0]]]
    found = margin_map(plan_of(G, demand=demand, make=20.0, unit_cost=cost).money, 3)
    assert np.isnan(found.ratio).tolist() == [[False, True], [True, True]]
    assert found.weakest_first == [0, 1]
    assert np.isnan(found.family_value[1])


def test_the_largest_loss_comes_before_the_worst_ratio():
    # Kettles lose 10 × 10 in the shop (−20 %), Irons 1 × 30 (−100 %)
    demand, price = [[[10.0], [10.0]], [[1.0], [10.0]]], [[[50.0], [90.0]], [[30.0], [90.0]]]
    found = margin_map(plan_of(G, demand=demand, make=20.0, price=price).money, 1)
    assert found.ratio[:, 0] == pytest.approx([-0.2, -1.0])
    assert found.weakest_first == [0, 1]


def test_the_weakest_channel_puts_its_family_first():
    found = margin_map(plan_of(G, demand=10.0, make=20.0, price=[[[90.0], [90.0]], [[200.0], [50.0]]]).money, 1)
    assert found.weakest_first == [1, 0]
    assert found.earning(float(found.ratio[1, 1])) is Earning.LOSS  # (50 − 60) / 50
