"""Exceptions of demand: this cycle against last cycle, never against the month before; new is new, not infinite."""

import numpy as np
import pytest

from sop_dash.core.plan import prepare
from sop_dash.core.plan.demand_exceptions import demand_exceptions, moved_months
from sop_dash.core.plan.forecast_change import forecast_change
from tests.worlds import inputs, sales_only

MONTHS = ("2029-01", "2029-02", "2029-03")


def plan_of(kept: dict[str, list[float]], *, months: int = 36, price: float | None = 10.0):
    """Kettles and Lamps sell 100 a month for `months` months; last cycle kept these figures."""
    world = sales_only({"Kettles": [100.0] * months, "Lamps": [100.0] * months}, price=price)
    rows = [
        {"cycle": "2028-12", "month": month, "family": family, "step": "consensus", "units": units}
        for family, values in kept.items()
        for month, units in zip(MONTHS, values, strict=True)
    ]
    return prepare(inputs({**world, "forecasts": rows} if rows else world, horizon_months=3))


def told(prepared) -> list[tuple[str, str]]:
    return [(one.kind.code, one.place) for one in demand_exceptions(prepared, months=3)]


def test_a_cut_of_every_month_is_one_exception_of_its_family_and_no_change_is_none():
    prepared = plan_of({"Kettles": [200.0, 200.0, 200.0], "Lamps": [100.0, 100.0, 100.0]})
    (found,) = demand_exceptions(prepared, months=3)
    assert (found.kind.code, found.place) == ("forecast-changed", "Kettles")
    assert found.value == pytest.approx(3_000.0)  # three months, 100 units less each, at 10
    said = "Jan 29 to Mar 29: 300 units, last cycle 600 (−50 %); 3 months beyond 20 %, most Jan 29 (−50 %)."
    assert found.detail == said


def test_one_month_far_off_is_told_with_the_change_of_all_months_compared():
    prepared = plan_of({"Kettles": [100.0, 200.0, 100.0], "Lamps": [100.0, 100.0, 100.0]})
    (found,) = demand_exceptions(prepared, months=3)
    said = "Jan 29 to Mar 29: 300 units, last cycle 400 (−25 %); 1 month beyond 20 %, most Feb 29 (−50 %)."
    assert (found.detail, found.count) == (said, 1)
    change = forecast_change(prepared, 3)
    assert change is not None
    assert (found.value, change.ratio[0]) == (pytest.approx(1_000.0), pytest.approx(-0.25))


def test_a_forecast_where_last_cycle_said_nothing_is_new():
    prepared = plan_of({"Kettles": [0.0, 0.0, 0.0], "Lamps": [100.0, 100.0, 100.0]})
    assert told(prepared) == [("forecast-new", "Kettles")]
    assert all(row.new for row in moved_months(prepared, months=3))


def test_under_twelve_months_of_history_a_family_is_new():
    assert told(plan_of({}, months=8)) == [("forecast-short-history", "Kettles"), ("forecast-short-history", "Lamps")]


def test_a_smaller_threshold_tells_more():
    prepared = plan_of({"Kettles": [110.0, 110.0, 110.0], "Lamps": [100.0, 100.0, 100.0]})
    assert told(prepared) == []
    assert [one.place for one in demand_exceptions(prepared, months=3, threshold=0.05)] == ["Kettles"]


def test_without_prices_changes_are_told_without_money():
    prepared = plan_of({"Kettles": [200.0] * 3, "Lamps": [100.0] * 3}, price=None)
    (found,) = demand_exceptions(prepared, months=3)
    assert found.value is None
    assert np.isnan(moved_months(prepared, months=3)[0].value)
