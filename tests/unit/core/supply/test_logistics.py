"""Warehouses and lanes under a plan, checked by hand."""

import numpy as np
import pytest

from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import following
from sop_dash.core.model.supply_base import LogisticsInputs
from sop_dash.core.supply.logistics import logistics_load

GRAIN = Grain(
    families=("Kettles", "Lamps"),
    categories=("Home", "Home"),
    channels=("all",),
    resources=(),
    history=(),
    horizon=following("2026-01", 2),
    made=(False, False),
)
CLOSING = np.array([[100.0, 200.0], [10.0, 20.0]])
SHIPPED = np.array([[60.0, 60.0], [5.0, 5.0]])


def limits(*lines: tuple[str, str, float], storage: tuple[float, float] = (0.5, 2.0)) -> LogisticsInputs:
    """Lines of kind, name and capacity; a space costs 3, beyond the limit 8."""
    shape = (len(lines), 2)
    return LogisticsInputs(
        version="v",
        grain=GRAIN,
        names=tuple(name for _, name, _ in lines),
        kinds=tuple(kind for kind, _, _ in lines),
        capacity=np.array([[size, size] for _, _, size in lines]).reshape(shape),
        cost_per_unit=np.full(shape, 3.0),
        overflow_cost_per_unit=np.full(shape, 8.0),
        storage_per_unit=np.array(storage),
        transport_per_unit=np.array([1.0, 1.0]),
    )


def test_stock_fills_the_warehouse_and_what_does_not_fit_costs_more() -> None:
    line = logistics_load(limits(("warehouse", "Hall", 100.0)), CLOSING, SHIPPED).lines[0]
    assert line.load.tolist() == [70, 140]  # 100·0.5 + 10·2, 200·0.5 + 20·2
    assert line.use_ratio.tolist() == pytest.approx([0.7, 1.4])
    assert line.overflow.tolist() == [0, 40]
    assert line.cost_value.tolist() == [210, 300]
    assert line.overflow_cost_value.tolist() == [0, 320]


def test_what_is_shipped_loads_the_lane() -> None:
    line = logistics_load(limits(("transport", "Lane", 50.0)), CLOSING, SHIPPED).lines[0]
    assert line.load.tolist() == [65, 65]
    assert line.overflow.tolist() == [15, 15]


def test_several_warehouses_share_the_stock_by_their_size() -> None:
    found = logistics_load(limits(("warehouse", "Big", 150.0), ("warehouse", "Small", 50.0)), CLOSING, SHIPPED)
    assert [line.load.tolist() for line in found.lines] == [[52.5, 105.0], [17.5, 35.0]]
    assert all(line.shared for line in found.lines)
    assert sum(line.load[0] for line in found.lines) == 70.0


def test_a_family_whose_space_is_unknown_is_named_and_left_out() -> None:
    found = logistics_load(limits(("warehouse", "Hall", 100.0), storage=(0.5, np.nan)), CLOSING, SHIPPED)
    assert found.lines[0].load.tolist() == [50, 100]
    assert found.not_counted.tolist() == [False, True]


def test_nothing_known_of_space_or_of_a_limit_is_unknown_and_never_an_overflow() -> None:
    found = logistics_load(limits(("warehouse", "Hall", 100.0), storage=(np.nan, np.nan)), CLOSING, SHIPPED)
    assert np.isnan(found.lines[0].load).all()
    assert np.isnan(found.lines[0].overflow_cost_value).all()
    no_limit = logistics_load(limits(("warehouse", "Hall", np.nan)), CLOSING, SHIPPED).lines[0]
    assert no_limit.overflow.tolist() == [0, 0]
    assert np.isnan(no_limit.use_ratio).all()


def test_a_kind_that_nothing_loads_is_listed_without_a_load() -> None:
    found = logistics_load(limits(("dock", "Gate 3", 10.0)), CLOSING, SHIPPED)
    assert np.isnan(found.lines[0].load).all()
    assert not found.not_counted.any()
    assert logistics_load(limits(), CLOSING, SHIPPED).lines == ()
