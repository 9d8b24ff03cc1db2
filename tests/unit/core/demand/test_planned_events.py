"""Promotions to come: what past ones did is added once more, in the channels that ran them."""

import numpy as np
import pytest

from sop_dash.core.demand.baseline import baseline
from sop_dash.core.demand.cleansing import cleanse
from sop_dash.core.demand.planned_events import planned_effects, with_planned_events
from sop_dash.core.model.periods import following
from tests.worlds import inputs


def company(planned, past=("2024-06",), expected=0.5):
    rows = []
    for month in following("2023-01", 36):
        for channel in ("shop", "web"):
            promoted = month in past and channel == "shop"
            rows.append(
                {
                    "month": month,
                    "family": "Kettles",
                    "channel": channel,
                    "units": 160.0 if promoted else 100.0,
                    "promo_units": 160.0 if promoted else 0.0,
                }
            )
    events = [
        {
            "start_month": month,
            "end_month": month,
            "family": "Kettles",
            "kind": "promotion",
            "description": "Two for one",
            "expected_ratio": expected,
        }
        for month in (*past, *planned)
    ]
    return inputs({"sales": rows, "events": events})


def test_a_planned_promotion_does_what_the_past_one_did_where_it_ran():
    given = company(["2026-03"])
    history = cleanse(given)
    (effect,) = planned_effects(given, history.drivers)
    assert effect.past == 1
    assert effect.ratio == pytest.approx(0.30, abs=0.01)
    base = baseline(history.demand, given.grain, recorded=history.recorded)
    lifted = with_planned_events(base, [effect], given)
    change = lifted.units - base.units
    assert change[0, 0, 2] == pytest.approx(base.units[0, :, 2].sum() * effect.ratio)
    change[0, 0, 2] = 0.0
    np.testing.assert_array_equal(change, 0.0)
    assert lifted.family_bands.hi80[0, 2] > base.family_bands.hi80[0, 2]
    assert lifted.methods[0][0].endswith("planned: Two for one")


def test_a_first_promotion_is_expected_to_do_what_its_owner_says():
    given = company(["2026-03"], past=())
    (effect,) = planned_effects(given, cleanse(given).drivers)
    assert (effect.past, effect.ratio) == (0, 0.5)


def test_without_planned_promotions_the_baseline_stays():
    given = company([])
    history = cleanse(given)
    base = baseline(history.demand, given.grain, recorded=history.recorded)
    assert with_planned_events(base, planned_effects(given, history.drivers), given) is base
