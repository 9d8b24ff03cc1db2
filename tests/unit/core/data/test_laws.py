"""Laws of the data floor: the order of rows and columns does not matter, and totals are kept."""

from contextlib import suppress
from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop_dash.core.data import build_inputs, content_version
from sop_dash.core.model.errors import NoSales
from tests.worlds import checked, inputs, two_products_one_press

_AMOUNT = st.floats(min_value=0.0, max_value=1e6, allow_nan=False)
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "month": st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-04"]),
            "sku": st.sampled_from(["A", "B", "C", "00D"]),
            "channel": st.sampled_from(["shop", "web", ""]),
            "region": st.sampled_from(["north", "south"]),
            "units": _AMOUNT,
            "net_revenue": _AMOUNT,
        }
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda row: (row["month"], row["sku"], row["channel"], row["region"]),
)
_COMPANY = [{"name": "Any", "data_through_month": "2026-04"}]


def same(left, right):
    """Compare two inputs field by field; arrays must be equal to the last bit, row numbers may differ."""
    if is_dataclass(left):
        return all(
            same(getattr(left, f.name), getattr(right, f.name))
            for f in fields(left)
            if f.name not in {"rows", "findings"}
        )
    if isinstance(left, np.ndarray):
        return np.array_equal(left, right, equal_nan=left.dtype.kind == "f")
    return left == right


@given(rows=_ROWS, data=st.data())
def test_the_order_of_rows_does_not_matter(rows, data):
    shuffled = data.draw(st.permutations(rows))
    world, other = {"company": _COMPANY, "sales": rows}, {"company": _COMPANY, "sales": shuffled}
    assert content_version(checked(world)) == content_version(checked(other))
    assert same(inputs(world), inputs(other))


@given(rows=_ROWS)
def test_units_and_revenue_are_kept(rows):
    plan = inputs({"company": _COMPANY, "sales": rows})
    assert np.nansum(plan.sales.units) == pytest.approx(sum(row["units"] for row in rows), rel=1e-9, abs=1e-6)
    assert np.nansum(plan.sales.net_revenue_value) == pytest.approx(
        sum(row["net_revenue"] for row in rows), rel=1e-9, abs=1e-6
    )


@given(rows=_ROWS)
def test_past_price_times_units_is_revenue(rows):
    plan = inputs({"company": _COMPANY, "sales": rows})
    sold = plan.sales.units > 1e-3
    revenue = (plan.money.price[:, :, : len(plan.grain.history)] * plan.sales.units)[sold]
    assert revenue == pytest.approx(plan.sales.net_revenue_value[sold], rel=1e-9, abs=1e-9)


_ODD = [
    "",
    " ",
    "0",
    "-1",
    "1e15",
    "1e-12",
    "x",
    "Total",
    "2026-02",
    "2019-12",
    "2033-01",
    "9999-12",
    "1,5",
    "K1",
    "lamps",
]


@given(data=st.data())
def test_any_odd_cells_are_refused_or_planned_but_never_an_error(data):
    world = two_products_one_press()
    for _ in range(data.draw(st.integers(1, 4))):
        rows = world[data.draw(st.sampled_from(sorted(world)))]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.sampled_from(sorted(row)))] = data.draw(st.sampled_from(_ODD))
    for name in data.draw(st.lists(st.sampled_from(sorted(set(world) - {"sales"})), max_size=4, unique=True)):
        del world[name]
    tables = checked(world)
    if tables.accepted:
        with suppress(NoSales):
            build_inputs(tables, version="v", horizon_months=6)


def test_the_order_of_columns_does_not_matter():
    world = two_products_one_press()
    turned = {name: [dict(reversed(row.items())) for row in rows] for name, rows in world.items()}
    assert content_version(checked(world)) == content_version(checked(turned))


def test_the_way_a_number_is_written_does_not_matter_but_its_value_does():
    world, written, changed = (two_products_one_press() for _ in range(3))
    written["sales"][0]["units"] = "100.00"
    changed["sales"][0]["units"] = 101
    assert content_version(checked(world)) == content_version(checked(written))
    assert content_version(checked(world)) != content_version(checked(changed))


def test_an_item_code_is_never_a_number():
    codes = ["00123", "1E5", "NA", "TRUE"]
    rows = [{"month": "2026-01", "sku": code, "units": 1} for code in codes]
    assert set(inputs({"sales": rows}).grain.families) == set(codes)
