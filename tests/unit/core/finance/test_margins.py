"""Margin by family and channel, and what an hour of the bottleneck earns."""

import numpy as np
import pytest

from sop_dash.core.finance.margins import channel_margins, contribution_per_hour
from tests import array_worlds as worlds
from tests.array_plans import plan_of

G = worlds.grain(families=("Kettles", "Irons"), channels=("shop", "web"), horizon=12)


def test_loss_makers_are_marked_and_the_parts_add_up_to_the_company():
    plan = plan_of(G, demand=10.0, make=20.0, price=[[[100.0], [50.0]], [[100.0], [90.0]]])
    rows = channel_margins(G, plan.money)
    assert [(row.family, row.channel) for row in rows if row.loses] == [("Kettles", "web")]
    assert sum(row.margin_value for row in rows) == pytest.approx(plan.money.margin.sum())
    assert rows[1].margin_ratio == pytest.approx(-0.2)  # (50 − 60) / 50


def test_a_channel_that_sells_nothing_has_no_row():
    plan = plan_of(G, demand=[[[10.0], [0.0]], [[10.0], [10.0]]], make=20.0)
    assert [(row.family, row.channel) for row in channel_margins(G, plan.money)] == [
        ("Kettles", "shop"),
        ("Irons", "shop"),
        ("Irons", "web"),
    ]


def test_only_the_months_asked_for_are_added():
    plan = plan_of(G, demand=10.0, make=20.0)
    assert channel_margins(G, plan.money, first=2, months=3)[0].revenue_value == pytest.approx(3 * 1_000)


def test_goldratts_p_earns_more_per_bottleneck_hour_although_q_has_the_larger_margin():
    # Goldratt's P/Q case: P sells at 90 with 45 of material and 15 minutes on B, Q at 100 with 40 and 30 minutes.
    found = contribution_per_hour(np.array([90.0, 100.0]), np.array([45.0, 40.0]), np.array([0.25, 0.5]))
    assert found == pytest.approx([180.0, 120.0])  # margin 45 against 60 a unit


def test_a_family_that_needs_no_hour_of_it_has_no_rate():
    assert np.isnan(contribution_per_hour(np.array([90.0]), np.array([45.0]), np.array([0.0])))[0]
