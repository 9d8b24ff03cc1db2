"""What planned transitions do: a launch adds, takes from others, and an item that ends is gone."""

from dataclasses import replace

import pytest

from sop_dash.core.model.outlook import Succession
from sop_dash.core.plan.prepare import prepare
from sop_dash.core.plan.transition_effects import transition_effects, with_transitions
from tests.worlds import inputs


def company(*planned: Succession):
    """Item K-1 sells 60 and K-2 sells 40 a month for three years to 2028-12; six months are planned."""
    months = [f"{year}-{month:02d}" for year in (2026, 2027, 2028) for month in range(1, 13)]
    rows = [
        {"month": month, "family": "Kettles", "sku": sku, "units": units}
        for month in months
        for sku, units in (("K-1", 60.0), ("K-2", 40.0))
    ]
    products = [{"sku": sku, "family": "Kettles"} for sku in ("K-1", "K-2")]
    return replace(inputs({"sales": rows, "products": products}), successions=planned)


def plan(**fields) -> Succession:
    return Succession(**{"sku": "K-9", "family": "Kettles", **fields})


def test_a_follower_takes_the_volume_and_a_share_of_the_item_before():
    (effect,) = transition_effects(company(plan(launch_month="2029-02", predecessor="K-1", taken_ratio=0.5)))
    # 60 a month from February; the old item loses half of its 60.
    assert effect.new_units.tolist() == pytest.approx([0.0, 60.0, 60.0, 60.0, 60.0, 60.0])
    assert effect.lost_units.tolist() == pytest.approx([0.0, 30.0, 30.0, 30.0, 30.0, 30.0])


def test_once_the_old_item_ends_all_of_it_is_lost():
    (effect,) = transition_effects(
        company(plan(launch_month="2029-02", predecessor="K-1", end_month="2029-04", volume_units=80.0))
    )
    assert effect.gains["Kettles"].tolist() == pytest.approx([0.0, 80.0, 80.0, 20.0, 20.0, 20.0])


def test_the_family_of_the_item_followed_loses_what_a_new_item_of_another_family_takes():
    rows = [
        {"month": f"{year}-{month:02d}", "family": family, "sku": sku, "units": units}
        for year in (2026, 2027, 2028)
        for month in range(1, 13)
        for family, sku, units in (("Kettles", "K-1", 100.0), ("Irons", "I-1", 60.0), ("Irons", "I-2", 20.0))
    ]
    products = [
        {"sku": sku, "family": family} for sku, family in (("K-1", "Kettles"), ("I-1", "Irons"), ("I-2", "Irons"))
    ]
    given = plan(launch_month="2029-02", predecessor="I-1", taken_ratio=0.5, end_month="2029-05", volume_units=40.0)
    prepared = prepare(replace(inputs({"sales": rows, "products": products}), successions=(given,)))
    planned = dict(zip(prepared.inputs.grain.families, prepared.baseline.family_units.tolist(), strict=True))
    # 40 more kettles from February; irons lose half of 60, and all 60 once I-1 has ended.
    assert planned["Kettles"] == pytest.approx([100.0, 140.0, 140.0, 140.0, 140.0, 140.0])
    assert planned["Irons"] == pytest.approx([80.0, 50.0, 50.0, 50.0, 20.0, 20.0])


def test_an_item_that_only_goes_takes_its_units_away_from_the_family():
    given = company(plan(sku="", predecessor="K-2", end_month="2029-03"))
    prepared = prepare(given)
    assert prepared.baseline.family_units[0].tolist() == pytest.approx([100.0, 100.0, 60.0, 60.0, 60.0, 60.0])
    assert "planned: end of K-2" in prepared.baseline.methods[0][0]


def test_a_launch_or_an_end_that_is_history_already_counts_no_more():
    given = company(plan(launch_month="2028-06", predecessor="K-1", end_month="2028-11", volume_units=10.0))
    (effect,) = transition_effects(given)
    assert not effect.gains["Kettles"].any()
    assert effect.months == 0
    base = prepare(company()).baseline
    assert with_transitions(base, (), company()) is base
