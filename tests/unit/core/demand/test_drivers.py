"""What events, price and working days did: planted effects are found again; plain regression is the second opinion."""

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS

from sop_dash.core.demand.drivers import EventEffect, average_ratio, drivers, ridge
from sop_dash.core.model.outlook import Event
from sop_dash.core.model.periods import following

MONTHS = following("2022-01", 48)


def event(first, last=None, kind="promotion"):
    return Event(
        family="Kettles", kind=kind, first_month=first, last_month=last or first, description=f"{kind} {first}"
    )


def seasonal(noise=0.0, seed=1):
    time = np.arange(48)
    error = np.random.default_rng(seed).normal(0.0, noise, 48)
    return 1000.0 * np.exp(0.004 * time + 0.2 * np.sin(2 * np.pi * time / 12) + error)


def test_a_promotion_of_fifteen_percent_is_found():
    demand = seasonal()
    demand[29] *= 1.15
    (effect,) = drivers(demand, MONTHS, [event("2024-06")]).effects
    assert effect.ratio == pytest.approx(0.15, abs=0.005)
    assert effect.low < effect.ratio < effect.high
    assert effect.beyond_chance


def test_a_promotion_that_did_nothing_is_within_chance():
    (effect,) = drivers(seasonal(noise=0.04), MONTHS, [event("2024-06")]).effects
    assert not effect.beyond_chance


def test_a_lost_customer_is_found_over_its_months():
    demand = seasonal(noise=0.02)
    demand[20:29] *= 0.8
    (effect,) = drivers(demand, MONTHS, [event("2023-09", "2024-05", "customer")]).effects
    assert effect.ratio == pytest.approx(-0.2, abs=0.05)


def test_the_ninety_percent_range_holds_about_nine_in_ten():
    held = []
    for seed in range(60):
        demand = seasonal(noise=0.05, seed=seed)
        demand[29] *= 1.12
        (effect,) = drivers(demand, MONTHS, [event("2024-06")]).effects
        held.append(effect.low <= 0.12 <= effect.high)
    assert 0.78 <= np.mean(held) <= 1.0


def test_volume_that_follows_price_shows_as_elasticity():
    price = np.where(np.arange(48) % 16 < 8, 10.0, 13.0)
    demand = seasonal() * (price / 10.0) ** -1.2
    assert drivers(demand, MONTHS, [], price).price_ratio == pytest.approx(-1.2, abs=0.15)


def test_under_two_years_nothing_is_told():
    found = drivers(seasonal()[:23], MONTHS[:23], [event("2023-06")])
    assert found.effects == ()
    assert np.isnan(found.explained_ratio)


def test_launches_and_events_outside_history_have_no_effect_of_the_family():
    events = [event("2024-06", kind="launch"), event("2027-06")]
    assert drivers(seasonal(), MONTHS, events).effects == ()


def test_two_events_in_the_same_months_are_told_once():
    assert len(drivers(seasonal(), MONTHS, [event("2024-06"), event("2024-06", kind="customer")]).effects) == 1


def test_with_free_slopes_it_is_ordinary_least_squares():
    rng = np.random.default_rng(3)
    design = np.column_stack([np.ones(40), rng.normal(size=(40, 3))])
    values = design @ np.array([1.0, 0.5, -0.2, 0.0]) + rng.normal(0.0, 0.1, 40)
    ours, theirs = ridge(design, values, np.full(4, 1e6)), OLS(values, design).fit()
    np.testing.assert_allclose(ours.slope, theirs.params, rtol=1e-6)
    np.testing.assert_allclose(ours.error, theirs.bse, rtol=1e-6)
    assert ours.explained == pytest.approx(theirs.rsquared)


def test_an_average_weighs_precise_estimates_more():
    def of(ratio, error):
        return EventEffect(event=event("2024-06"), ratio=ratio, low=0.0, high=1.0, log_error=error)

    assert average_ratio([of(0.10, 0.1), of(0.10, 0.5)]) == pytest.approx(0.10)
    # Weights 1/0.1² = 100 and 1/0.2² = 25: ln average = (100·ln 1.2 + 25·ln 1.0)/125 = 0.1459, so +15.7 %.
    assert average_ratio([of(0.20, 0.1), of(0.0, 0.2)]) == pytest.approx(0.157, abs=0.001)
    assert np.isnan(average_ratio([]))
