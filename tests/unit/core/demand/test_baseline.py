"""The baseline of families and channels."""

import numpy as np
import pytest

from sop_dash.core.demand.baseline import baseline
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
