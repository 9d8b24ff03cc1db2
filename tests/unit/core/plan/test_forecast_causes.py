"""Why the consensus moved since last cycle: the causes add up to the change, each stands for one thing."""

import numpy as np
import pytest

from sop_dash.core.model.records import Adjustment, AdjustmentType
from sop_dash.core.plan import prepare
from sop_dash.core.plan.forecast_causes import ADJUSTMENTS, CAUSES, CORRECTIONS, DATA, EVENTS, METHOD, forecast_causes
from tests.worlds import inputs, sales_only

MONTHS = ("2029-01", "2029-02", "2029-03")


def plan_of(units: list[float], kept: dict[str, float] | None = None, adjustments: tuple[Adjustment, ...] = ()):
    """Kettles sell these units to 2028-12; last cycle kept one figure a month for each step."""
    rows = [
        {"cycle": "2028-12", "month": month, "family": "Kettles", "step": step, "units": value}
        for step, value in (kept or {}).items()
        for month in MONTHS
    ]
    world = sales_only({"Kettles": units}, price=10.0)
    return prepare(inputs({**world, "forecasts": rows} if rows else world, horizon_months=3), adjustments)


def first_month(found) -> dict[str, float]:
    return {name: float(units[0, 0]) for name, units in found.causes.items()}


def test_without_any_news_only_the_method_of_last_cycle_differs():
    found = forecast_causes(plan_of([100.0] * 36, {"statistical": 90.0, "consensus": 95.0}))
    # Last cycle: 90 by statistics and 5 added. Today's method says 100 on its data and on today's; nothing is added.
    assert first_month(found) == pytest.approx(
        {METHOD: 10.0, DATA: 0.0, CORRECTIONS: 0.0, EVENTS: 0.0, ADJUSTMENTS: -5.0}
    )
    assert (found.before[0, 0], found.now[0, 0]) == (95.0, pytest.approx(100.0))
    assert not found.replayed


def test_the_causes_add_up_whatever_happened():
    rng = np.random.default_rng(5)
    units = (100.0 + rng.normal(0.0, 15.0, 40)).tolist()
    added = Adjustment(
        id="ADJ-001",
        cycle="2029-05",
        family="Kettles",
        channel=None,
        first_month="2029-06",
        last_month="2029-07",
        type=AdjustmentType.PERCENTAGE,
        value=0.1,
        reason="r",
        owner="o",
        order=1,
    )
    found = forecast_causes(plan_of(units, adjustments=(added,)))
    total = sum(found.causes[name] for name in CAUSES)
    np.testing.assert_allclose(total, found.now - found.before, atol=1e-9)
    assert found.causes[ADJUSTMENTS][0, 1] > 0.0


def test_a_company_without_kept_forecasts_gets_last_cycle_replayed():
    found = forecast_causes(plan_of([100.0] * 36))
    assert (found.replayed, found.cycle) == (True, "2028-12")
    assert found.known.all()
    assert not any(units.any() for units in found.causes.values())


def test_months_last_cycle_did_not_reach_are_left_out():
    found = forecast_causes(plan_of([100.0] * 40, {"consensus": 95.0}))
    assert not found.known.any()
    assert not found.now.any()
