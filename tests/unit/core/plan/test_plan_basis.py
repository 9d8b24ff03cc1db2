"""What a plan rests on: what changed is said part by part, and words that move no figure change nothing."""

from dataclasses import replace

import pytest

from sop_dash.core.model.additions import Additions, Kept
from sop_dash.core.model.levers import from_plain
from sop_dash.core.model.outlook import Event, LevelAnswer, LevelCause
from sop_dash.core.model.planning_settings import PlanningSettings, settings_table
from sop_dash.core.model.records import (
    Adjustment,
    AdjustmentStatus,
    AdjustmentType,
    Decision,
    DecisionCategory,
    Outcome,
    Stream,
)
from sop_dash.core.plan.plan_basis import Basis, basis_hash, changes, plan_basis

SETTINGS = PlanningSettings()
COVER = next(row["meaning"] for row in settings_table() if row["name"] == "cover_days")
CHANGE = Adjustment(
    id="A1",
    cycle="2026-11",
    family="Lamps",
    channel=None,
    first_month="2027-02",
    last_month="2027-02",
    type=AdjustmentType.ADDITIVE,
    value=10.0,
    reason="offer",
    owner="Ada",
    order=1,
)
DEARER = Decision(
    id="DEC-1",
    text="Raise prices",
    category=DecisionCategory.DEMAND,
    owner="Ada",
    outcome=Outcome.APPROVED,
    in_plan=True,
    levers=from_plain({"price": [{"ratio": 0.1}]}),
)
OFFER = Event(family="Lamps", kind="promotion", first_month="2027-02", last_month="2027-03", description="Spring")


def basis(
    *,
    load: str = "load",
    adjustments: tuple[Adjustment, ...] = (),
    decisions: tuple[Decision, ...] = (),
    settings: PlanningSettings = SETTINGS,
    **added: object,
) -> Basis:
    return plan_basis(load, adjustments, decisions, settings, (), Additions(**added))


def event(row: Event | None) -> tuple[Kept[Event], ...]:
    return (Kept(id="EVT-1", version=1, replaces="", row=row),)


def test_the_same_things_have_the_same_mark_and_no_change() -> None:
    before, again = (basis(adjustments=(CHANGE,), decisions=(DEARER,), events=event(OFFER)) for _ in range(2))
    assert changes(before, again) == ()
    assert basis_hash(before) == basis_hash(again)


@pytest.mark.parametrize(
    "later, told",
    [
        (basis(load="other"), "other data"),
        (basis(adjustments=(CHANGE,)), "1 adjustment new"),
        (basis(adjustments=(CHANGE, replace(CHANGE, id="A2"))), "2 adjustments new"),
        (basis(decisions=(DEARER,)), "decision DEC-1 put into the plan"),
        (basis(settings=replace(SETTINGS, cover_days=40.0)), f"“{COVER}” 30 → 40"),
        (basis(events=event(OFFER)), "1 event new"),
        (
            basis(level_answers=(LevelAnswer(id="1", family="Lamps", month="2026-01", cause=LevelCause.LAUNCH),)),
            "1 answer on a new level new",
        ),
    ],
)
def test_each_part_that_changes_is_named_and_taken_back_it_is_as_before(later: Basis, told: str) -> None:
    before = basis()
    assert changes(before, later) == (told,)
    assert basis_hash(before) != basis_hash(later)
    assert len(changes(later, before)) == 1


def test_a_change_of_a_change_is_told_apart_from_a_new_one() -> None:
    before = basis(adjustments=(CHANGE,), decisions=(DEARER,), events=event(OFFER))
    more = basis(
        adjustments=(replace(CHANGE, value=20.0),),
        decisions=(replace(DEARER, levers=from_plain({"price": [{"ratio": 0.2}]})),),
        events=event(replace(OFFER, last_month="2027-04")),
    )
    assert changes(before, more) == ("decision DEC-1 changed", "1 adjustment changed", "1 event changed")
    assert changes(before, basis()) == (
        "decision DEC-1 taken out of the plan",
        "1 adjustment taken back",
        "1 event taken back",
    )


@pytest.mark.parametrize(
    "idle",
    [
        basis(adjustments=(replace(CHANGE, status=AdjustmentStatus.REJECTED),)),
        basis(adjustments=(replace(CHANGE, stream=Stream.SALES),)),
        basis(decisions=(replace(DEARER, outcome=Outcome.PENDING, in_plan=False),)),
        basis(decisions=(replace(DEARER, in_plan=False),)),
        basis(decisions=(replace(DEARER, levers=from_plain({})),)),
    ],
)
def test_what_moves_no_figure_is_not_part_of_it(idle: Basis) -> None:
    assert changes(basis(), idle) == ()


def test_owners_and_reasons_change_nothing() -> None:
    before = basis(adjustments=(CHANGE,), decisions=(DEARER,), events=event(OFFER))
    reworded = basis(
        adjustments=(replace(CHANGE, owner="Ben", reason="said so"),),
        decisions=(replace(DEARER, owner="Ben", rationale="agreed"),),
        events=event(replace(OFFER, owner="Ben")),
    )
    assert changes(before, reworded) == ()


def test_many_decisions_are_counted_after_the_first_two() -> None:
    many = tuple(replace(DEARER, id=f"DEC-{number}") for number in range(1, 6))
    assert changes(basis(), basis(decisions=many)) == (
        "decision DEC-1 put into the plan",
        "decision DEC-2 put into the plan",
        "3 more decisions",
    )
