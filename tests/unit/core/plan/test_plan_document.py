"""The document of a plan: plain data with units in its column names."""

import json

import numpy as np
import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.planning_settings import UnservedDemand
from sop_dash.core.plan import plan
from sop_dash.core.plan.export import plan_document
from tests.unit.core.plan.plan_worlds import prepared, press_company


@pytest.fixture(scope="module")
def document():
    company = press_company(
        families=("Kettles", "Irons"),
        channels=("shop", "web"),
        months=2,
        hours=150.0,
        price=np.array([[[100.0], [100.0]], [[np.nan], [np.nan]]]),
    )
    company.sales.net_revenue_value[1] = np.nan
    ready = prepared(company, [[100, 120], [60, 60]])
    return plan_document(plan(ready, Levers(demand=(Change(ratio=0.1),))), ready)


def test_it_is_strict_json_with_the_keys_promised(document):
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    promised = "inputs_version levers horizon demand supply inventory financials kpis findings identities solver"
    assert set(promised.split()) <= set(document)
    assert document["horizon"] == ["2026-11", "2026-12"]
    assert document["levers"] == {"demand": [{"ratio": 0.1}]}


def test_its_records_are_complete_and_add_up(document):
    assert len(document["demand"]) == 2 * 2 * 2
    assert sum(row["committed_units"] for row in document["demand"]) == pytest.approx(374)  # 340 × 1.1
    hours = sum(row["used_hours"] for row in document["supply"]["resources"])
    assert hours == pytest.approx(sum(row["make_units"] for row in document["supply"]["families"]))
    assert all(row["holds"] for row in document["identities"])


def test_orders_that_wait_are_in_it_and_none_wait_where_sales_are_lost(document):
    assert all(row["waiting_units"] == 0.0 for row in document["demand"] + document["supply"]["families"])
    ready = prepared(
        press_company(months=2, hours=110.0, overtime_max_ratio=0.0),
        [[150.0, 50.0]],
        unserved_demand=UnservedDemand.BACKLOG,
    )
    waits = plan_document(plan(ready), ready)
    # 110 hours for 150 units leave 40 waiting for the second month
    assert [row["waiting_units"] for row in waits["demand"]] == pytest.approx([40.0, 0.0])
    assert [row["waiting_units"] for row in waits["supply"]["families"]] == pytest.approx([40.0, 0.0])


def test_premiums_of_the_families_add_up_to_those_of_the_company(document):
    columns = [name for name in document["financials"]["premiums"][0] if name.endswith("_premium_value")]
    assert len(columns) == 4
    for month in document["financials"]["company"]:
        rows = [row for row in document["financials"]["premiums"] if row["month"] == month["month"]]
        assert [sum(row[name] for row in rows) for name in columns] == pytest.approx([month[name] for name in columns])


def test_what_is_unknown_is_null_never_zero(document):
    irons = [row for row in document["financials"]["families"] if row["family"] == "Irons"]
    assert [row["revenue_value"] for row in irons] == [None] * 4
    assert document["financials"]["company"][0]["cash_value"] is None


def test_a_company_without_prices_and_costs_has_no_totals_instead_of_zeros():
    ready = prepared(press_company(months=2, hours=150.0, price=np.nan, cost=np.nan), [[100, 120]])
    month = plan_document(plan(ready), ready)["financials"]["company"][0]
    unknown = {name for name, value in month.items() if value is None}
    assert {f"{name}_value" for name in ("revenue", "cogs", "margin", "receivables", "payables")} <= unknown


def test_every_number_names_its_unit(document):
    endings = ("_units", "_hours", "_value", "_ratio", "_days")
    for rows in (
        document["demand"],
        document["inventory"],
        *document["supply"].values(),
        *document["financials"].values(),
    ):
        named = {name for row in rows for name in row} - {"family", "channel", "month", "resource"}
        assert all(name.endswith(endings) for name in named)
