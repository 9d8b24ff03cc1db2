"""The baseline of families and channels."""

import numpy as np
import pytest

from sop_dash.core.demand.baseline import baseline, working_day_factors
from sop_dash.core.demand.drivers import Drivers, drivers
from sop_dash.core.model.periods import working_days
from tests import array_worlds


def _history(level_by_family):
    season = 1.0 + 0.3 * np.sin(np.arange(36) * np.pi / 6)
    return np.array([[[share * level * s for s in season] for share in (0.7, 0.3)] for level in level_by_family])


def test_channels_add_up_to_their_family_and_lie_inside_its_bands():
    names = array_worlds.grain(channels=("shop", "web"), history=36, horizon=6)
    result = baseline(_history((1000.0, 200.0)), names)
    assert result.units.shape == (2, 2, 6)
    assert result.family_units == pytest.approx(result.units.sum(axis=1))
    bands = result.family_bands
    assert (bands.lo95 <= bands.lo80).all()
    assert (bands.lo80 <= result.family_units + 1e-9).all()
    assert (result.family_units <= bands.hi80 + 1e-9).all()
    assert (bands.hi80 <= bands.hi95).all()
    assert len(result.methods) == len(result.family_methods) == 2


def test_a_channel_that_never_sold_the_family_is_planned_with_nothing():
    names = array_worlds.grain(channels=("shop", "web"), history=36, horizon=6)
    history = _history((1000.0, 200.0))
    history[0, 1] = np.nan
    result = baseline(history, names)
    assert (result.units[0, 1] == 0).all()
    assert result.findings == ()


def test_a_family_without_any_sales_is_an_issue_and_planned_with_zero():
    names = array_worlds.grain(channels=("shop", "web"), history=36, horizon=6)
    history = _history((1000.0, 200.0))
    history[1] = np.nan
    result = baseline(history, names)
    assert (result.units[1] == 0).all()
    assert [(f.kind.code, f.place) for f in result.findings] == [("no-sales-history", "Irons")]


def test_negative_net_demand_is_never_forecast():
    names = array_worlds.grain(families=("Returns",), history=12, horizon=3)
    assert (baseline(np.full((1, 1, 12), -5.0), names).units == 0).all()


def _by_working_days(names):
    """Four years of 50 units a working day, sold in one channel."""
    return 50.0 * np.asarray(working_days(names.history))


def test_demand_that_follows_working_days_is_forecast_by_those_to_come():
    names = array_worlds.grain(families=("Office Paper",), history=48, horizon=12)
    sold = _by_working_days(names)
    found = drivers(sold, names.history, [])
    assert found.working_day_ratio == pytest.approx(1.0, abs=0.1)
    result = baseline(sold[None, None], names, drivers=[found])
    assert result.units[0, 0] == pytest.approx(50.0 * working_days(names.horizon), rel=0.01)
    assert result.methods[0][0].endswith("; working days")


def test_what_chance_explains_is_not_put_on_working_days():
    names = array_worlds.grain(families=("Office Paper",), history=48, horizon=12)
    by_chance = Drivers(working_day_ratio=0.2, working_day_error=0.2)
    against = Drivers(working_day_ratio=-0.9, working_day_error=0.1)
    for found in (Drivers(), by_chance, against):
        assert (working_day_factors([found], names, 48) == 1.0).all()


def test_a_month_of_usual_length_is_left_as_it_is():
    names = array_worlds.grain(families=("Office Paper",), history=48, horizon=12)
    factors = working_day_factors([Drivers(working_day_ratio=1.0, working_day_error=0.1)], names, 48)[0]
    days = working_days((*names.history, *names.horizon))
    assert factors / factors[0] == pytest.approx(days / days[0])  # in proportion to the days
    assert np.log(factors[:48]).mean() == pytest.approx(0.0)


def test_a_family_forecast_far_from_its_last_twelve_months_is_an_issue_with_the_ratio():
    names = array_worlds.grain(families=("Discs",), history=36, horizon=12)
    sold = np.maximum(200.0 - 5.0 * np.arange(36.0), 10.0)  # 750 units in the last twelve months, 25 in the last
    result = baseline(sold[None, None], names)
    ratio = result.family_units.sum() / sold[-12:].sum()
    assert ratio < 0.6
    (finding,) = result.findings
    assert (finding.kind.code, finding.place) == ("forecast-far-from-last-year", "Discs")
    assert finding.detail == f"The next 12 months are {ratio:.1f} times the same months of last year."


def test_months_that_were_cleansed_are_counted_behind_the_rule():
    names = array_worlds.grain(families=("Kettles",), channels=("shop", "web"), history=36, horizon=3)
    cleansed = _history((1000.0,))
    recorded = cleansed.copy()
    recorded[0, 0, 20] = 0.0  # sold out
    recorded[0, 1, [20, 21]] = 0.0
    result = baseline(cleansed, names, recorded=recorded)
    assert [method.split("; ")[-1] for method in result.methods[0]] == ["1 month cleansed", "2 months cleansed"]
    assert result.family_methods[0].endswith("2 months cleansed")
    assert result.units == pytest.approx(baseline(cleansed, names, recorded=cleansed).units)
