"""The policy of an item in words."""

from dataclasses import replace

import numpy as np

from sop_dash.core.inventory.policy import item_policy
from sop_dash.core.model.periods import DAYS_PER_MONTH
from sop_dash.figures.item_tables import class_rows, class_words
from sop_dash.figures.policy_tables import demand_until_order, item_words
from tests.unit.core.inventory.test_policy import SETTINGS, demand_of, items_of


def test_an_item_says_which_demand_its_reorder_point_rests_on_and_why():
    # 300 in January and February, 60 in each other month: 450 in a month and a half, three times the average of 100.
    peak = replace(demand_of(1, error=0.0), ahead=np.array([[300.0] * 2 + [60.0] * 10]))
    found = item_policy(items_of(1, lead_time_days=np.full(1, 1.5 * DAYS_PER_MONTH)), peak, SETTINGS, 0.2)
    assert demand_until_order(found, 0) == "450 in Jan 26–Feb 26, 3.00 × average"
    told = {each.asked: each.sentence for each in item_words(found, 0)}
    assert told["Which demand does the reorder point rest on?"] == (
        "On what is expected in the 46 days until an order placed now is in (450 in Jan 26–Feb 26, 3.00 × average of "
        "the year), because stock must last for these, not for an average month; + safety stock 0 = 450."
    )


def test_an_item_without_demand_rests_on_none():
    found = item_policy(items_of(1), demand_of(1, ahead=0.0), SETTINGS, 0.2)
    assert demand_until_order(found, 0) == ""
    told = {each.asked: each.sentence for each in item_words(found, 0)}
    assert told["Which demand does the reorder point rest on?"] == "No demand is expected until an order would be in."


def test_what_is_not_known_of_an_item_is_said_in_words_and_never_as_a_number():
    found = item_policy(items_of(1, lead_time_days=np.full(1, np.nan)), demand_of(1), SETTINGS, 0.2)
    told = {each.asked: each.sentence for each in item_words(found, 0)}
    said = told["What does the safety stock rest on?"]
    assert said.endswith("How long it must last is unknown: give a lead time under Data, Start with little.")
    assert not any("–" in sentence for sentence in told.values())


def test_classes_say_what_they_count_where_it_is_not_the_cost_of_all_items():
    shown, nothing = np.ones(2, dtype=np.bool_), np.full(2, np.nan)
    costed = item_policy(items_of(2), demand_of(2), SETTINGS, 0.2)
    assert class_words(costed, shown) == ""
    half = item_policy(items_of(2, unit_cost=np.array([10.0, np.nan])), demand_of(2), SETTINGS, 0.2)
    assert class_words(half, shown) == "Without standard cost, so without a class: 1\u00a0item."
    assert [row[0] for row in class_rows(half, shown, "USD")] == ["A", "B", "C", "None, as C"]
    units = item_policy(items_of(2, unit_cost=nothing), demand_of(2), SETTINGS, 0.2)
    assert class_words(units, shown).startswith("By units, as neither cost nor revenue is known.")
    assert [row[0] for row in class_rows(units, shown, "USD")] == ["A", "B", "C"]
