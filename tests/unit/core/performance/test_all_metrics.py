"""Every metric of the catalogue once, and stock by family."""

import numpy as np
import pytest

from sop_dash.core.model.kpi import Status
from sop_dash.core.model.kpi_catalogue import CATALOGUE
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.all_metrics import all_metrics
from sop_dash.core.performance.review import review
from sop_dash.core.performance.stock_by_family import stock_by_family
from tests.array_worlds import company_inputs, grain, money, sales, stock

SETTINGS = PlanningSettings()


def world():
    """Two families, each selling 100 a month; kettles worth 10 each with 200 in stock, irons without a figure."""
    g = grain(history=24)
    closing = np.array([[200.0], [np.nan]])
    return company_inputs(
        g,
        sales=sales(g, units=100.0, net_revenue_value=2000.0),
        stock=stock(g, closing_units=closing, closing_value=closing * 10.0, blocked_units=5.0),
        money=money(g, unit_cost=10.0),
    )


def test_every_definition_has_one_row_and_those_without_a_figure_say_why():
    inputs = world()
    forecast = np.full((2, 24), 110.0)
    found = all_metrics(review(inputs=inputs, settings=SETTINGS, forecasts_at_lag1=forecast), (), SETTINGS)
    assert [kpi.definition.id for kpi in found] == list(CATALOGUE)
    assert all(kpi.reason for kpi in found if kpi.value is None)
    by_id = {kpi.definition.id: kpi for kpi in found}
    assert by_id["wape"].value == pytest.approx(0.1)  # 10 of 100
    assert by_id["forecast-accuracy"].value == pytest.approx(0.9)
    assert by_id["mape"].value == pytest.approx(0.1)
    assert by_id["engagement"].status is Status.NO_DATA


def test_a_company_without_a_closed_month_still_has_its_definitions():
    assert len(all_metrics(None, (), SETTINGS)) == len(CATALOGUE)


def test_stock_of_a_family_is_told_in_money_and_days():
    kettles, irons = stock_by_family(world(), SETTINGS, np.full((2, 12), 100.0))
    assert (kettles.family, kettles.closing_value, kettles.blocked_units) == ("Kettles", 2000.0, 5.0)
    assert kettles.cover_days == pytest.approx(61.0)  # 200 last through November and December
    # The band ends at 60 days: 30 of November and 30 of the 31 of December.
    assert kettles.beyond_value == pytest.approx(10.0 * 100.0 / 31.0)
    assert kettles.status is Status.WATCH
    assert irons.status is Status.NO_DATA
    assert np.isnan(irons.closing_value)
