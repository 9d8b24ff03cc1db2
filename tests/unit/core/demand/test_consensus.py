"""Adjustments stack on the running value, in order (requirements D-19 to D-23)."""

import numpy as np
import pytest

from sop_dash.core.demand.consensus import consensus
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, AdjustmentType
from tests import array_worlds

GRAIN = array_worlds.grain(families=("Electronics", "Appliances"), channels=("shop", "web"), horizon=3)
STATISTICAL = np.array([[[6000.0, 6000, 6000], [4000, 4000, 4000]], [[5000, 5000, 5000], [0, 0, 0]]])


def _adjustment(kind: AdjustmentType, value: float, *, order: int = 1, **changed) -> Adjustment:
    values = {
        "id": f"ADJ-{order}",
        "cycle": "2026-11",
        "family": "Electronics",
        "channel": None,
        "first_month": "2026-11",
        "last_month": "2026-11",
        "type": kind,
        "value": value,
        "reason": "Launch",
        "owner": "Sales",
        "order": order,
    }
    return Adjustment(**(values | changed))


def test_without_adjustments_the_consensus_is_the_statistical_forecast():
    result = consensus(STATISTICAL, (), GRAIN)
    assert np.array_equal(result.units, STATISTICAL)
    assert result.effects == ()
    assert result.findings == ()


def test_rows_without_an_adjustment_keep_their_forecast():
    result = consensus(STATISTICAL, (_adjustment(AdjustmentType.PERCENTAGE, 0.1),), GRAIN)
    assert result.units.sum(axis=1).tolist() == [[11_000, 10_000, 10_000], [5_000, 5_000, 5_000]]


def test_the_sample_of_four_cells_and_two_changes_adds_up_to_30_800():
    sample = np.array([[[10_000.0, 10_200.0]], [[5_000.0, 5_100.0]]])  # 30,300 in all (D-19)
    grain = array_worlds.grain(families=("Electronics", "Appliances"), horizon=2)
    changes = (
        _adjustment(AdjustmentType.PERCENTAGE, 0.1, order=1),
        _adjustment(AdjustmentType.ADDITIVE, -500.0, order=2, family="Appliances"),
    )
    result = consensus(sample, changes, grain)
    assert result.units[:, 0].tolist() == [[pytest.approx(11_000), 10_200], [pytest.approx(4_500), 5_100]]
    assert result.units.sum() == pytest.approx(30_800)


def test_two_changes_of_ten_percent_add_up_in_units_and_not_to_twenty():
    first = _adjustment(AdjustmentType.PERCENTAGE, 0.1, order=1)
    second = _adjustment(AdjustmentType.PERCENTAGE, 0.1, order=2, family="Appliances")
    effects = consensus(STATISTICAL, (first, second), GRAIN).effects
    # 10 % of 10,000 and 10 % of 5,000 (D-25)
    assert [effect.units.sum() for effect in effects] == pytest.approx([1_000, 500])
    assert sum(effect.units.sum() for effect in effects) == pytest.approx(1_500)


def test_ten_percent_up_then_five_hundred_down_on_ten_thousand_is_ten_thousand_five_hundred():
    up = _adjustment(AdjustmentType.PERCENTAGE, 0.1, order=1)
    down = _adjustment(AdjustmentType.ADDITIVE, -500.0, order=2)
    result = consensus(STATISTICAL, (down, up), GRAIN)  # the order counts, not the place in the list
    assert result.units[0, :, 0].sum() == pytest.approx(10_500)
    assert [effect.units.sum() for effect in result.effects] == pytest.approx([1_000, -500])
    assert result.units - STATISTICAL == pytest.approx(
        np.stack([sum(effect.units for effect in result.effects), np.zeros((2, 3))])
    )


def test_an_absolute_value_pins_the_family_and_spreads_by_the_forecast_of_its_channels():
    result = consensus(STATISTICAL, (_adjustment(AdjustmentType.ABSOLUTE, 8_000.0),), GRAIN)
    assert result.units[0, :, 0] == pytest.approx([4_800, 3_200])  # 60 and 40 %
    assert result.effects[0].before[:, 0].sum() == pytest.approx(10_000)


def test_channels_without_any_forecast_take_equal_shares():
    nothing = np.zeros_like(STATISTICAL)
    result = consensus(nothing, (_adjustment(AdjustmentType.ADDITIVE, 100.0),), GRAIN)
    assert result.units[0, :, 0] == pytest.approx([50, 50])


def test_one_channel_is_changed_alone_in_every_month_of_the_range():
    wide = _adjustment(AdjustmentType.ADDITIVE, 50.0, channel="web", last_month="2026-12")
    result = consensus(STATISTICAL, (wide,), GRAIN)
    assert result.units[0, 1] == pytest.approx([4_050, 4_050, 4_000])
    assert result.units[0, 0] == pytest.approx([6_000, 6_000, 6_000])


@pytest.mark.parametrize(
    "changed,known",
    [
        ({"family": "Toys"}, "Electronics, Appliances"),
        ({"channel": "fax"}, "shop, web"),
        ({"first_month": "2030-01", "last_month": "2030-02"}, "2026-11 to 2027-01"),
    ],
)
def test_an_unknown_key_is_named_with_the_valid_ones_and_changes_nothing(changed, known):
    result = consensus(STATISTICAL, (_adjustment(AdjustmentType.PERCENTAGE, 0.1, **changed),), GRAIN)
    assert np.array_equal(result.units, STATISTICAL)
    assert [f.kind.code for f in result.findings] == ["adjustment-unknown-key"]
    assert known in result.findings[0].detail


def test_demand_stops_at_zero_and_says_so():
    result = consensus(STATISTICAL, (_adjustment(AdjustmentType.ADDITIVE, -12_000.0),), GRAIN)
    assert result.units[0, :, 0] == pytest.approx([0, 0])
    assert [f.kind.code for f in result.findings] == ["adjustment-below-zero"]
    assert "2,000 units" in result.findings[0].detail


@pytest.mark.parametrize("status", [s for s in AdjustmentStatus if s != AdjustmentStatus.ACCEPTED])
def test_only_accepted_adjustments_count(status):
    result = consensus(STATISTICAL, (_adjustment(AdjustmentType.PERCENTAGE, 0.1, status=status),), GRAIN)
    assert np.array_equal(result.units, STATISTICAL)
