"""Sales input is a line of its own; kettles are forecast at 100 in the shop and 50 on the web."""

import numpy as np
import pytest

from sop_dash.core.demand.consensus import consensus
from sop_dash.core.demand.sales_input import sales_input
from sop_dash.core.model.records import Adjustment, AdjustmentType, Stream
from tests import array_worlds

GRAIN = array_worlds.grain(families=("Kettles",), channels=("shop", "web"), horizon=3)
STATISTICAL = np.array([[[100.0, 100, 100], [50, 50, 50]]])
SILENT = np.full((1, 3), np.nan)


def said(value: float, *, month: int = 1, channel: str | None = None) -> Adjustment:
    return Adjustment(
        id="ADJ-1",
        cycle=GRAIN.cycle,
        family="Kettles",
        channel=channel,
        first_month=GRAIN.horizon[month],
        last_month=GRAIN.horizon[month],
        type=AdjustmentType.ABSOLUTE,
        value=value,
        reason="order book",
        owner="Sales",
        order=1,
        stream=Stream.SALES,
    )


def test_where_sales_said_nothing_the_line_is_unknown():
    assert np.isnan(sales_input(STATISTICAL, SILENT, (), GRAIN).units).all()


def test_input_kept_for_the_cycle_goes_to_the_channels_by_forecast_proportions():
    line = sales_input(STATISTICAL, np.array([[180.0, np.nan, np.nan]]), (), GRAIN)
    assert line.units[0, :, 0] == pytest.approx([120, 60])  # 180 × 100/150 and × 50/150
    assert np.isnan(line.units[0, :, 1:]).all()


def test_an_entry_of_sales_makes_its_month_known_and_the_other_channels_follow_the_forecast():
    line = sales_input(STATISTICAL, SILENT, (said(90.0, channel="web"),), GRAIN)
    assert line.units[0, :, 1] == pytest.approx([100, 90])
    assert np.isnan(line.units[0, :, [0, 2]]).all()


def test_sales_input_moves_nothing_of_the_consensus():
    assert np.array_equal(consensus(STATISTICAL, (said(500.0),), GRAIN).units, STATISTICAL)
