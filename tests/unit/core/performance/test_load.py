"""How full resources are, in which order they are shown, and which are folded."""

import numpy as np

from sop_dash.core.performance.load import fullest_by_month, fullest_cell, fullest_first, load, relevant
from tests.array_plans import plan_of
from tests.array_worlds import grain

G = grain(resources=("Lathe", "Press", "Oven", "Robot"), horizon=2)
# Lathe at most 40 %, Press 115 %, Oven unknown, Robot 60 %.
SUPPLY = plan_of(
    G,
    demand=0.0,
    make=0.0,
    hours_used=[[30, 40], [100, 115], [10, 10], [60, 20]],
    available_hours=[[100, 100], [100, 100], [np.nan, np.nan], [100, 100]],
).supply
ALL = np.ones(4, np.bool_)


def test_load_is_a_ratio_and_unknown_hours_have_none():
    assert load(SUPPLY)[1].tolist() == [1.0, 1.15]
    assert np.isnan(load(SUPPLY)[2]).all()


def test_the_fullest_resource_comes_first_and_unknown_hours_last():
    assert [G.resources[r] for r in fullest_first(SUPPLY, ALL)] == ["Press", "Robot", "Lathe", "Oven"]


def test_of_months_full_alike_but_for_the_last_digits_the_first_is_the_fullest():
    assert fullest_cell(np.array([[np.nan, 0.9, 1.15, np.nextafter(1.15, 2.0)]])) == 2
    assert fullest_cell(np.array([[0.9, 1.0], [1.1, np.nan]])) == 2


def test_only_the_resources_asked_for_are_ordered():
    assert fullest_first(SUPPLY, np.array([True, False, False, True])).tolist() == [3, 0]


def test_resources_that_are_never_half_full_are_folded():
    order = np.array([1, 3, 0])
    assert relevant(SUPPLY, order) == 2  # Press and Robot; the Lathe never passes 40 %
    assert relevant(SUPPLY, np.array([0])) == 0


def test_a_resource_of_unknown_hours_is_not_folded():
    assert relevant(SUPPLY, np.array([1, 2])) == 2


def test_each_month_has_its_fullest_resource_where_any_hours_are_known():
    assert fullest_by_month(SUPPLY).tolist() == [1, 1]  # the Press, 100 % and 115 %
    unknown = plan_of(G, demand=0.0, make=0.0, hours_used=10.0, available_hours=np.nan).supply
    assert fullest_by_month(unknown).tolist() == [-1, -1]
