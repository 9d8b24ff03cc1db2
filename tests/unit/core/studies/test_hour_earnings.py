"""What an hour of the press earns: two products, half an hour each."""

import math

import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.plan import plan, prepare
from sop_dash.core.studies.hour_earnings import HourEarnings, hour_earnings
from tests.worlds import World, inputs, sales_only, two_products_one_press


def earned(world: World, months: int = 4) -> HourEarnings | None:
    prepared = prepare(inputs(world, horizon_months=6))
    return hour_earnings(prepared, plan(prepared, Levers()), months)


def test_lamps_earn_more_in_an_hour_of_the_press_than_kettles():
    found = earned(two_products_one_press())
    assert found is not None
    assert found.resource == "Press"
    # 85 % of cost falls away: (50 − 25.5) / 0.5 and (20 − 10.2) / 0.5
    assert [(row.family, row.channel) for row in found.rows] == [
        ("Lamps", "shop"),
        ("Kettles", "shop"),
        ("Kettles", "web"),
    ]
    assert [row.value_per_hour for row in found.rows] == pytest.approx([49.0, 19.6, 19.6])


def test_hours_and_contribution_are_those_of_what_is_shipped():
    found = earned(two_products_one_press())
    assert found is not None
    shop = next(row for row in found.rows if (row.family, row.channel) == ("Kettles", "shop"))
    assert shop.hours == pytest.approx(4 * 100 * 0.5)  # four months, a hundred a month
    assert shop.contribution_value == pytest.approx(shop.hours * shop.value_per_hour)


def test_a_family_without_a_cost_stands_last_and_is_unknown():
    world = two_products_one_press()
    for row in world["products"]:
        if row["family"] == "Lamps":
            row["unit_cost"] = None
    found = earned(world)
    assert found is not None
    assert found.rows[-1].family == "Lamps"
    assert math.isnan(found.rows[-1].value_per_hour)


def test_without_resources_no_hour_earns_anything():
    assert earned(sales_only({"Lamps": [10.0] * 24})) is None
