"""What events, price and working days did: planted effects are found again; plain regression is the second opinion."""

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS

from sop_dash.core.demand.drivers import Anchor, EventEffect, average_ratio, drivers
from sop_dash.core.demand.mixed_estimation import mixed_estimate
from sop_dash.core.model.outlook import Event
from sop_dash.core.model.periods import following

MONTHS = following("2022-01", 48)


def event(first, last=None, kind="promotion", expected=None):
    return Event(
        family="Kettles",
        kind=kind,
        first_month=first,
        last_month=last or first,
        description=f"{kind} {first}",
        expected_ratio=expected,
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
    ours, theirs = mixed_estimate(design, values, np.zeros(4), np.full(4, 1e6)), OLS(values, design).fit()
    np.testing.assert_allclose(ours.slope, theirs.params, rtol=1e-6)
    np.testing.assert_allclose(ours.covariance, theirs.cov_params(), rtol=1e-5)
    assert ours.explained == pytest.approx(theirs.rsquared)
    assert ours.of(np.array([0.0, 1.0, 1.0, 0.0]))[0] == pytest.approx(theirs.params[1] + theirs.params[2])


def test_a_slope_the_data_say_nothing_of_stays_at_what_is_usual():
    design = np.column_stack([np.ones(30), np.zeros(30)])
    found = mixed_estimate(design, np.full(30, 2.0), np.array([0.0, 0.4]), np.array([100.0, 0.1]))
    assert found.of(np.array([0.0, 1.0])) == pytest.approx((0.4, 0.1))


def every_september(*lifts):
    """Four years in which each September has a promotion and a season of +10 % of its own."""
    demand = seasonal()
    demand[8::12] *= 1.10
    for year, lift in enumerate(lifts):
        demand[8 + 12 * year] *= 1.0 + lift
    return demand, [event(f"{2022 + year}-09") for year in range(4)]


def anchored(events):
    """All of them did +15 % on average, as their owners expected."""
    return Anchor(parts=dict.fromkeys(events, 1.0), log_ratio=float(np.log(1.15)), spread=0.05)


def test_a_promotion_of_every_september_says_that_september_hides_it():
    demand, events = every_september(0.15, 0.15, 0.15, 0.15)
    assert all(effect.every_year for effect in drivers(demand, MONTHS, events).effects)
    assert not any(effect.every_year for effect in drivers(demand, MONTHS, events[:3]).effects)


def test_a_promotion_of_every_september_leans_on_its_anchor():
    demand, events = every_september(0.15, 0.15, 0.15, 0.15)
    alone = drivers(demand, MONTHS, events).effects
    held = drivers(demand, MONTHS, events, anchor=anchored(events)).effects
    assert abs(held[0].ratio - 0.15) < abs(alone[0].ratio - 0.15)
    assert held[0].low < 0.15 < held[0].high


def test_promotions_of_every_september_have_what_was_expected_as_their_average_and_differ_as_the_months_say():
    demand, events = every_september(0.20, 0.20, 0.20, 0.05)
    effects = drivers(demand, MONTHS, events, anchor=anchored(events)).effects
    assert np.mean([np.log1p(effect.ratio) for effect in effects]) == pytest.approx(np.log(1.15))
    # ln 1.15 + 3/4 of ln (1.05 / 1.20) = 0.0396: +4 %, however high the season of September itself is.
    assert effects[-1].ratio == pytest.approx(0.04, abs=0.01)
    assert effects[-1].high < 0.15
    assert [effect.taken_average for effect in effects] == pytest.approx([0.15] * 4)


def test_promotions_of_each_month_of_the_year_have_what_was_expected_of_that_month_as_their_average():
    spring, autumn = ([event(f"{2022 + y}-{m:02}", expected=e) for y in range(4)] for m, e in ((3, 0.05), (9, 0.30)))
    demand = seasonal()
    demand[2::12] *= 1.05
    demand[8::12] *= 1.30
    anchor = Anchor(parts=dict.fromkeys((*spring, *autumn), 1.0), log_ratio=float(np.log(1.175)), spread=0.05)
    effects = drivers(demand, MONTHS, (*spring, *autumn), anchor=anchor).effects
    assert [effect.taken_average for effect in effects] == pytest.approx([0.05] * 4 + [0.30] * 4)


def test_the_range_of_an_anchored_promotion_holds_about_nine_in_ten():
    held = []
    for seed in range(60):
        error = np.random.default_rng(seed).normal(0.0, 0.05, 48)
        demand, events = every_september(0.20, 0.20, 0.20, 0.05)
        (*_, last) = drivers(demand * np.exp(error), MONTHS, events, anchor=anchored(events)).effects
        held.append(last.low <= 0.04 <= last.high)
    assert 0.78 <= np.mean(held) <= 1.0


def test_an_estimate_tells_how_many_months_it_rests_on():
    demand, events = every_september(0.15, 0.15, 0.15, 0.15)
    long = event("2023-02", "2023-06", "customer")
    effects = drivers(demand, MONTHS, [*events, long]).effects
    assert [effect.months for effect in effects] == [4, 4, 4, 4, 5]
    assert np.isnan([effect.taken_average for effect in effects]).all()  # nothing is known beforehand


def test_an_average_weighs_precise_estimates_more():
    def of(ratio, error):
        return EventEffect(event=event("2024-06"), ratio=ratio, low=0.0, high=1.0, log_error=error)

    assert average_ratio([of(0.10, 0.1), of(0.10, 0.5)]) == pytest.approx(0.10)
    # Weights 1/0.1² = 100 and 1/0.2² = 25: ln average = (100·ln 1.2 + 25·ln 1.0)/125 = 0.1459, so +15.7 %.
    assert average_ratio([of(0.20, 0.1), of(0.0, 0.2)]) == pytest.approx(0.157, abs=0.001)
    assert np.isnan(average_ratio([]))
