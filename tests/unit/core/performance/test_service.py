"""Service of the closed months is counted on lines due; demand known only as sales says nothing of lost sales."""

import numpy as np
import pytest

from sop_dash.core.model.kpi import Kpi, Status, Unit
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.service import service_kpis
from sop_dash.core.performance.sheet import sheet
from tests import array_worlds as worlds

G = worlds.grain(families=("Kettles", "Irons"), history=2)


def figures(**parts) -> dict[str, Kpi]:
    found = service_kpis(worlds.company_inputs(G, **parts), sheet(PlanningSettings()))
    return {kpi.definition.id: kpi for kpi in found}


def test_requested_and_promised_dates_are_both_shown():
    service = worlds.service(G, lines_due=200.0, on_time_requested=150.0, on_time_promised=190.0, in_full=196.0)
    found = figures(service=service)
    assert found["on-time-requested"].value == pytest.approx(0.75)
    assert found["on-time-promised"].value == pytest.approx(0.95)
    assert found["in-full"].value == pytest.approx(0.98)


def test_cancelled_lines_are_not_due():
    found = figures(service=worlds.service(G, lines_due=190.0, cancelled=10.0))
    assert found["cancelled"].value == pytest.approx(0.05)  # 10 of 200 ordered


def test_a_month_without_lines_has_no_rate():
    assert figures(service=worlds.service(G, lines_due=0.0, in_full=0.0))["in-full"].value is None


def test_fill_rate_and_lost_sales_need_unconstrained_demand():
    sales = worlds.sales(G, units=80.0, demand_units=[[[100.0] * 2], [[80.0] * 2]], net_revenue_value=800.0)
    found = figures(sales=sales)
    assert found["fill-rate"].value == pytest.approx(160 / 180)
    assert found["lost-sales"].value == pytest.approx(200.0)  # 20 units at price 10


@pytest.mark.parametrize("revenue", [np.nan, [[[1_000.0] * 2], [[np.nan] * 2]]])
def test_fill_rate_counts_units_alike_where_a_price_is_missing_and_says_so(revenue):
    # Kettles are served in full, Irons by half: 150 of 200 units
    sales = worlds.sales(G, units=[[[100.0] * 2], [[50.0] * 2]], demand_units=100.0, net_revenue_value=revenue)
    found = figures(sales=sales)
    assert found["fill-rate"].value == pytest.approx(0.75)
    assert [(amount, unit) for _, amount, unit in found["fill-rate"].why.parts] == [
        (150.0, Unit.UNITS),
        (200.0, Unit.UNITS),
    ]
    assert found["fill-rate"].why.population == "all families, by units: prices missing"


def test_lost_sales_name_the_families_without_a_price():
    sales = worlds.sales(G, units=80.0, demand_units=100.0, net_revenue_value=[[[800.0] * 2], [[np.nan] * 2]])
    lost = figures(sales=sales)["lost-sales"]
    assert (lost.value, lost.why.excluded) == (pytest.approx(200.0), "no price: Irons")


def test_demand_known_only_as_sales_is_not_informative():
    found = figures(sales=worlds.sales(G, units=80.0, net_revenue_value=800.0))
    assert found["fill-rate"].value == 1.0
    assert found["fill-rate"].status is Status.NOT_INFORMATIVE
    assert "unconstrained_units" in found["lost-sales"].reason


def test_one_month_of_full_marks_may_still_move():
    service = worlds.service(G, lines_due=10.0, in_full=[np.nan, 10.0])
    assert figures(service=service)["in-full"].status is Status.ON_PLAN


@pytest.mark.parametrize("months, status", [(5, Status.ON_PLAN), (6, Status.NOT_INFORMATIVE)])
def test_half_a_year_of_full_marks_is_no_figure_that_moves(months: int, status: Status):
    g = worlds.grain(families=("Kettles",), history=months)
    service = worlds.service(g, lines_due=10.0, in_full=10.0)
    found = service_kpis(worlds.company_inputs(g, service=service), sheet(PlanningSettings()))
    (in_full,) = (kpi for kpi in found if kpi.definition.id == "in-full")
    assert in_full.status is status
