"""Items that follow others: the curve of a forerunner, what it took, and that a new name is no launch."""

import pytest

from sop_dash.core.model.periods import following
from sop_dash.core.plan.transitions import transitions
from tests.worlds import inputs


def company():
    months = following("2024-01", 24)
    rows = []
    for h, month in enumerate(months):
        sold = {
            "OLD-1": 100.0 if h < 12 else 40.0,
            "NEW-1": 0.0 if h < 12 else 60.0 + 10.0 * (h - 12),
            "OLD-2": 200.0,
            "NAME-1": 50.0 if h < 10 else 0.0,
            "NAME-2": 0.0 if h < 10 else 50.0,
        }
        rows += [{"month": month, "sku": sku, "units": units} for sku, units in sold.items() if units]

    def product(sku, launch=None, before=None):
        return {"sku": sku, "family": "Kettles", "launch_month": launch, "predecessor_sku": before}

    products = [
        product("OLD-1"),
        product("NEW-1", "2025-01", "OLD-1"),
        product("OLD-2"),
        product("NEW-2", "2026-03", "OLD-2"),
        product("NAME-1"),
        product("NAME-2", "2024-11", "NAME-1"),
    ]
    return inputs({"sales": rows, "products": products})


def test_a_launch_to_come_takes_the_curve_of_the_forerunner():
    coming, past = transitions(company())
    assert past.sku == "NEW-1"
    assert past.curve_units == pytest.approx((60.0, 70.0, 80.0, 90.0, 100.0, 110.0))
    # The old item fell from 100 to 40 a month.
    assert past.taken_ratio == pytest.approx(0.6)
    assert (coming.sku, coming.predecessor, coming.analogue) == ("NEW-2", "OLD-2", "NEW-1")
    # 200 a month × (60, 70, …) ÷ 100.
    assert coming.curve_units == pytest.approx((120.0, 140.0, 160.0, 180.0, 200.0, 220.0))
    assert coming.taken_ratio == pytest.approx(0.6)


def test_an_item_under_a_new_name_is_no_launch():
    assert "NAME-2" not in {row.sku for row in transitions(company())}
    assert transitions(inputs({"sales": [{"month": "2025-01", "family": "Kettles", "units": 5}]})) == ()
