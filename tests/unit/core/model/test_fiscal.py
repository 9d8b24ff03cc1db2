"""Fiscal years over history and plan."""

import numpy as np

from sop_dash.core.model.fiscal import fiscal_quarters, fiscal_years, quarter_name, same_months_last_year
from tests import array_worlds as worlds


def test_the_outlook_is_actual_to_date_and_plan():
    g = worlds.grain(history=22, horizon=14, cycle="2026-11")  # January 2025 … December 2027
    current, following = fiscal_years(g, 1)
    assert (current.name, current.actual_months, current.planned_months) == ("FY26", 10, 2)
    assert current.outlook(np.full(22, 1.0), np.full(14, 100.0)) == 210.0
    assert current.parts(np.full(22, 1.0), np.full(14, 100.0)) == (10.0, 200.0)
    assert (following.name, following.complete) == ("FY27", True)
    assert following.parts(np.full(22, 1.0), np.full(14, 100.0)) == (0.0, 1200.0)


def test_a_year_the_horizon_only_touches_is_not_complete():
    g = worlds.grain(history=22, horizon=18, cycle="2026-11")
    assert [(year.name, year.complete) for year in fiscal_years(g, 1)] == [
        ("FY26", True),
        ("FY27", True),
        ("FY28", False),
    ]


def test_a_fiscal_year_is_named_by_the_year_it_ends_in():
    g = worlds.grain(history=12, horizon=12, cycle="2026-11")
    current = fiscal_years(g, 7)[0]  # July to June
    assert (current.name, current.actual_months, current.planned_months) == ("FY27", 4, 8)


def test_a_past_that_begins_inside_the_year_covers_it_in_part():
    g = worlds.grain(history=3, horizon=12, cycle="2026-11")
    current = fiscal_years(g, 1)[0]
    assert not current.complete
    assert (current.first, current.actual_months) == (0, 3)


def test_last_year_is_known_only_when_all_its_months_are_closed():
    g = worlds.grain(history=24, horizon=14, cycle="2026-11")
    current, following = fiscal_years(g, 1)
    actual = np.arange(24.0)  # November 2024 is 0, January 2025 is 2
    assert same_months_last_year(current, actual) == sum(range(2, 14))
    assert np.isnan(same_months_last_year(following, actual))


def test_quarters_follow_the_fiscal_year():
    assert quarter_name("2026-11", 1) == "Q4 FY26"
    assert quarter_name("2026-11", 7) == "Q2 FY27"
    first = fiscal_quarters(worlds.grain(history=12, horizon=5, cycle="2026-11"), 1)[0]
    assert (first.name, first.actual_months, first.covered) == ("Q4 FY26", 1, slice(11, 14))
