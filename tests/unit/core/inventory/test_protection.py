"""The spread that safety stock covers comes from forecast errors over the protection interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.inventory.protection import MAD_TO_SIGMA, error_spread

FAMILY = ("Lamps",)


def errors_of(*origins: tuple[float, ...]) -> np.ndarray:
    """[O, 1, L] errors of one item, one row an origin."""
    return np.array(origins, dtype=np.float64)[:, None, :]


def spread(errors: np.ndarray, months: float, demand: float = 100.0) -> tuple[float, float]:
    found = error_spread(errors, np.array([months]), np.array([demand]), FAMILY)
    return float(found.month_units[0]), float(found.protection_units[0])


def test_errors_of_several_months_are_summed_before_they_are_squared() -> None:
    # six origins, each +3 then +4: σ of one month 3, of two months 7 (not 5, as independent months would have it)
    assert spread(errors_of(*[(3.0, 4.0)] * 6), 2.0) == pytest.approx((3.0, 7.0))
    # and errors that cancel leave nothing
    assert spread(errors_of(*[(3.0, -3.0)] * 6), 2.0)[1] == pytest.approx(0.0)


def test_parts_of_a_month_lie_between_on_the_scale_of_variance() -> None:
    errors = errors_of(*[(3.0, 4.0)] * 6)
    assert spread(errors, 0.25)[1] == pytest.approx(1.5)  # √(0.25·9)
    assert spread(errors, 1.5)[1] == pytest.approx(np.sqrt((9.0 + 49.0) / 2.0))


def test_beyond_the_months_tested_the_spread_grows_by_the_exponent_fitted() -> None:
    # four months whose sums are 3, 3√2, 3√3, 6: independent, so β = 0.5 and σ of nine months is 3·√9
    steps = np.diff(np.concatenate(([0.0], 3.0 * np.sqrt(np.arange(1.0, 5.0)))))
    found = error_spread(errors_of(*[tuple(steps)] * 6), np.array([9.0]), np.array([100.0]), FAMILY)
    assert found.growth == pytest.approx(0.5)
    assert found.protection_units[0] == pytest.approx(9.0)


def test_errors_that_repeat_grow_faster_but_never_beyond_the_limit() -> None:
    # always 3 too much: n months sum to 3n, an exponent of 1, taken as 0.7 at most
    found = error_spread(errors_of(*[(3.0,) * 4] * 6), np.array([5.0]), np.array([100.0]), FAMILY)
    assert found.growth == pytest.approx(0.7)
    assert found.protection_units[0] == pytest.approx(3.0 * 5.0**0.7)


def test_an_item_with_fewer_than_three_errors_borrows_the_relative_spread_of_its_family() -> None:
    errors = np.full((6, 3, 1), np.nan)
    errors[:, 0, 0], errors[:, 1, 0], errors[:2, 2, 0] = 10.0, 90.0, 1.0
    found = error_spread(errors, np.ones(3), np.array([100.0, 100.0, 40.0]), ("Lamps", "Irons", "Lamps"))
    assert found.protection_units.tolist() == pytest.approx([10.0, 90.0, 4.0])  # 10 % of 40
    assert found.borrowed.tolist() == [False, False, True]
    assert found.thin.tolist() == [False, False, True]


def test_without_any_error_or_lead_time_the_spread_is_unknown() -> None:
    nothing = np.full((6, 1, 2), np.nan)
    assert np.isnan(spread(nothing, 1.0)).all()
    assert np.isnan(spread(errors_of(*[(3.0, 4.0)] * 6), np.nan)[1])


def test_a_mean_absolute_error_becomes_a_deviation_by_the_constant_of_the_normal_curve() -> None:
    assert pytest.approx(np.sqrt(np.pi / 2.0), abs=1e-4) == MAD_TO_SIGMA


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=6, max_size=12), st.floats(0.1, 20.0))
def test_counting_in_other_units_changes_the_spread_in_proportion(
    errors: list[tuple[float, float]], scale: float
) -> None:
    for months in (0.5, 1.0, 1.7, 2.0):
        one = spread(errors_of(*errors), months)
        other = spread(scale * errors_of(*errors), months, demand=100.0 * scale)
        assert other == pytest.approx(tuple(scale * value for value in one), rel=1e-9, abs=1e-9)
