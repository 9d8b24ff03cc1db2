"""Assumptions against what happened: a promotion that did a third of what was assumed is a trip-wire."""

import numpy as np
import pytest

from sop_dash.core.demand.cleansing import cleanse
from sop_dash.core.model.periods import following
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, AdjustmentType
from sop_dash.core.plan.assumption_checks import State, assumption_findings, checked_assumptions
from tests.worlds import inputs


def company(*assumptions, lift=1.05, kind="promotion"):
    season = 1.0 + 0.1 * np.sin(2 * np.pi * np.arange(36) / 12)
    units = 1000.0 * season
    units[29] *= lift
    months = following("2023-01", 36)
    return inputs(
        {
            "sales": [
                {"month": m, "family": "Kettles", "units": u} for m, u in zip(months, units.tolist(), strict=True)
            ],
            "events": [
                {
                    "start_month": "2025-06",
                    "end_month": "2025-06",
                    "family": "Kettles",
                    "kind": kind,
                    "description": "Two for one",
                },
                {
                    "start_month": "2026-06",
                    "end_month": "2026-06",
                    "family": "Kettles",
                    "kind": "promotion",
                    "description": "Two for one again",
                },
            ],
            "assumptions": list(assumptions),
        }
    )


def stated(number="A-1", **changed):
    row = {
        "id": number,
        "text": "The promotion lifts kettles",
        "category": "promotion",
        "impact": "high",
        "family": "Kettles",
        "month": "2025-06",
        "value": 0.15,
        "unit": "ratio",
        "owner": "Ann",
        "valid_until": "2026-12-31",
    }
    return row | changed


def state_of(given):
    (row,) = checked_assumptions(given, cleanse(given))
    return row


def test_fifteen_percent_assumed_and_five_seen_is_contradicted_and_told_with_its_owner():
    given = company(stated())
    row = state_of(given)
    assert row.state is State.CONTRADICTED
    assert row.seen == pytest.approx(0.05, abs=0.01)
    assert row.rests == ("Two for one again",)
    (issue,) = assumption_findings(given, cleanse(given))
    assert (issue.kind.code, issue.place) == ("assumption-contradicted", "A-1, Kettles, Ann")
    assert "assumed +15.0 %, seen +5.0 % (nine cases in ten: " in issue.detail
    assert issue.detail.endswith("; from 1 month).")


def test_what_was_assumed_and_seen_holds():
    given = company(stated(value=0.05))
    assert state_of(given).state is State.HOLDS
    assert assumption_findings(given, cleanse(given)) == ()


def test_a_month_to_come_is_not_judged():
    assert state_of(company(stated(month="2026-06"))).state is State.OPEN


def test_an_assumption_that_ran_out_says_so():
    assert state_of(company(stated(value=0.05, valid_until="2025-12-31"))).state is State.EXPIRED


def test_without_a_family_a_value_or_an_event_it_cannot_be_tested():
    assert state_of(company(stated(family=None))).state is State.UNTESTED
    assert state_of(company(stated(value=None))).state is State.UNTESTED
    assert state_of(company(stated(), kind="price")).state is State.UNTESTED


def test_growth_is_held_against_the_same_month_of_last_year():
    row = state_of(company(stated(category="market", value=0.05)))
    # No event of the market: June is 5 % above June a year before.
    assert (row.state, row.seen) == (State.HOLDS, pytest.approx(0.05))


def test_a_figure_in_units_is_held_against_the_demand_of_its_month():
    # June 2025 sold 1,000 × 1.05 at a season of 1.05: about 1,102 units; a tenth is the least difference.
    given = company(
        stated(number="A-1", value=1100.0, unit="units", category="market"),
        stated(number="A-2", value=1400.0, unit="units", category="market"),
        stated(number="A-3", value=900.0, unit="units", category="market", month="2026-09"),
    )
    found = {row.assumption.id: row for row in checked_assumptions(given, cleanse(given))}
    assert found["A-1"].state in (State.HOLDS, State.EXPIRED)
    assert found["A-2"].state is State.CONTRADICTED
    assert found["A-2"].seen == pytest.approx(found["A-1"].seen)
    assert found["A-3"].state is State.OPEN
    (told,) = assumption_findings(given, cleanse(given))
    assert "assumed 1,400 units" in told.detail


def test_accepted_adjustments_of_the_family_rest_on_its_assumptions():
    given = company(stated())
    made = [
        Adjustment(
            id=f"ADJ-{number}",
            cycle="2026-01",
            family="Kettles",
            channel=None,
            first_month="2026-02",
            last_month="2026-02",
            type=AdjustmentType.PERCENTAGE,
            value=0.1,
            reason="offer",
            owner="Bea",
            order=number,
            status=status,
        )
        for number, status in enumerate((AdjustmentStatus.ACCEPTED, AdjustmentStatus.REJECTED))
    ]
    (row,) = checked_assumptions(given, cleanse(given), made)
    assert row.rests == ("Two for one again", "ADJ-0 offer")
