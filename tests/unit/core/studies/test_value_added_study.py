"""Where people add value: steps on the same frozen forecasts, what bias costs, where the forecast is taken as it is."""

import numpy as np
import pytest

from sop_dash.core.model.inputs import ForecastSnapshots
from sop_dash.core.model.periods import shift
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.studies.value_added_study import ValueAdded, decision_lags, value_added
from tests.array_worlds import company_inputs, grain, money, sales, supply

G = grain(families=("Kettles",), history=24)


def account(*kept: tuple[str, float], months: int = 12, lag: int = 1, **parts) -> ValueAdded:
    """Two years of 100 sold a month at 5 each; every step kept for the last months at its own figure."""
    rows = [(shift(month, -lag), month, 0, step, units) for month in G.history[-months:] for step, units in kept]
    cycles, named, families, steps, units = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    snapshots = ForecastSnapshots(cycles=cycles, months=named, families=families, steps=steps, units=np.array(units))
    inputs = company_inputs(
        G, sales=sales(G, units=100.0, demand_units=100.0, net_revenue_value=500.0), snapshots=snapshots, **parts
    )
    return value_added(inputs, PlanningSettings(), lags=[lag])


def test_a_step_is_worth_what_it_takes_off_the_error_of_the_step_before():
    found = account(("naive", 120.0), ("statistical", 110.0), ("sales", 130.0), ("consensus", 115.0))
    assert [step.name for step in found.stairs] == ["naive", "statistical", "sales", "consensus"]
    assert [step.wape_ratio for step in found.stairs] == pytest.approx([0.2, 0.1, 0.3, 0.15])
    assert [step.verdict for step in found.stairs[1:]] == ["better", "worse", "better"]
    assert {step.pairs for step in found.stairs} == {12}


def test_where_people_make_it_worse_over_twelve_months_the_forecast_is_taken_as_it_is():
    assert account(("statistical", 110.0), ("consensus", 115.0)).families[0].auto_approve
    assert not account(("statistical", 110.0), ("consensus", 105.0)).families[0].auto_approve
    eleven = account(("statistical", 110.0), ("consensus", 115.0), months=11)
    assert not eleven.families[0].auto_approve
    assert eleven.stairs[1].verdict is None


def test_bias_costs_idle_stock_when_too_high_and_margin_at_risk_when_too_low():
    cost = money(G, unit_cost=3.0)
    (high,) = account(("statistical", 110.0), ("consensus", 120.0), money=cost).families
    # 20 units too many lie in stock at 3 each; nothing is short.
    assert (high.idle_stock_value, high.margin_at_risk_per_year) == (pytest.approx(60.0), 0.0)
    (low,) = account(("statistical", 110.0), ("consensus", 90.0), money=cost).families
    # 10 units too few a month, a margin of 5 − 3 each, over twelve months.
    assert (low.idle_stock_value, low.margin_at_risk_per_year) == (0.0, pytest.approx(240.0))


def test_forecasts_are_judged_at_the_lag_they_were_frozen_for():
    found = account(("statistical", 110.0), ("consensus", 105.0), lag=3)
    assert found.stairs[-1].pairs == 12
    assert not found.replayed
    at_one = value_added(company_inputs(G, sales=sales(G, units=100.0)), PlanningSettings(), lags=[1])
    assert at_one.replayed


def test_the_decision_lag_is_the_fences_or_the_lead_time_if_that_is_longer():
    inputs = company_inputs(G, supply=supply(G, lead_time_months=7.0))
    assert decision_lags(inputs, PlanningSettings(locked_months=1, restricted_months=2)) == (7,)
    quick = company_inputs(G, supply=supply(G, lead_time_months=1.0))
    assert decision_lags(quick, PlanningSettings(locked_months=1, restricted_months=2)) == (3,)
