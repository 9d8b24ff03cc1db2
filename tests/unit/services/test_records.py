"""Scenarios, decisions and actions: kept over a restart, checked at the door, never overwritten."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sop_dash.core.model.errors import BadLever, BadValue, Conflict, SopError, UnknownKey
from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.model.records import Execution, Outcome
from sop_dash.services.access import LOCAL_USER, NotAllowed, Role, User
from sop_dash.services.selection import Measure, Selection
from tests.desk import desk, files_of, opened
from tests.sheet import cells
from tests.worlds import two_products_one_press

MORE_OVERTIME = Levers(overtime_max_ratio=0.3)
DECISION: dict[str, Any] = {"text": "Run overtime", "category": "supply", "owner": "Ann", "due_date": "2026-05-01"}


def test_a_scenario_is_there_after_a_restart(tmp_path: Path) -> None:
    desk(tmp_path).scenarios.keep({"name": "More overtime", "question": "Enough?"}, MORE_OVERTIME, LOCAL_USER)
    (kept,) = opened(tmp_path).scenarios.all()
    assert (kept.name, kept.question, kept.levers) == ("More overtime", "Enough?", MORE_OVERTIME)


def test_a_scenario_needs_a_name_of_its_own_and_a_change(tmp_path: Path) -> None:
    scenarios = desk(tmp_path).scenarios
    scenarios.keep({"name": "Peak"}, MORE_OVERTIME, LOCAL_USER)
    with pytest.raises(SopError, match="already"):
        scenarios.keep({"name": "peak"}, MORE_OVERTIME, LOCAL_USER)
    with pytest.raises(SopError, match="Nothing differs"):
        scenarios.keep({"name": "Nothing"}, Levers(), LOCAL_USER)
    with pytest.raises(BadValue, match="name is missing"):
        scenarios.keep({"name": "  "}, MORE_OVERTIME, LOCAL_USER)
    with pytest.raises(UnknownKey, match="Rockets"):
        scenarios.keep({"name": "x"}, Levers(demand=(Change(ratio=0.1, family="Rockets"),)), LOCAL_USER)
    assert len(scenarios.all()) == 1


def test_a_removed_scenario_is_gone_and_cannot_be_removed_from_an_old_screen(tmp_path: Path) -> None:
    scenarios = desk(tmp_path).scenarios
    kept = scenarios.keep({"name": "Peak"}, MORE_OVERTIME, LOCAL_USER)
    with pytest.raises(Conflict):
        scenarios.remove(kept.id, kept.version + 1, LOCAL_USER)
    scenarios.remove(kept.id, kept.version, LOCAL_USER)
    assert scenarios.all() == ()


def test_an_approved_decision_in_the_plan_changes_the_plan_and_can_be_switched_off(tmp_path: Path) -> None:
    services = desk(tmp_path)
    before = services.plans.view(Selection(), Levers()).plan
    levers = {"demand": [{"ratio": 0.1}]}
    approved = {**DECISION, "outcome": "approved", "in_plan": True, "levers": levers}
    kept = services.decisions.record(approved, LOCAL_USER)
    with_it = services.plans.view(Selection(), Levers()).plan
    # all open months carry 10 % more, the locked first month none
    np.testing.assert_allclose(with_it.demand.committed[..., 1:], before.demand.committed[..., 1:] * 1.1)
    np.testing.assert_allclose(with_it.demand.committed[..., 0], before.demand.committed[..., 0])
    services.decisions.switch(kept.id, kept.version, False, LOCAL_USER)
    without = services.plans.view(Selection(), Levers()).plan
    np.testing.assert_allclose(without.demand.committed, before.demand.committed)


def test_a_decision_keeps_all_its_fields_over_a_restart(tmp_path: Path) -> None:
    given = {
        **DECISION,
        "outcome": "deferred",
        "execution": "in progress",
        "rationale": "Wait for May",
        "one_off_value": -3500.0,
        "recurring_value_per_month": 150.0,
        "from_month": "2026-06",
        "decided_on": "2026-04-20",
    }
    desk(tmp_path).decisions.record(given, LOCAL_USER)
    (kept,) = opened(tmp_path).decisions.decisions()
    assert {name: getattr(kept, name) for name in given} == given
    assert (kept.id, kept.cycle, kept.outcome, kept.execution) == (
        "DEC-001",
        "2026-04",
        Outcome.DEFERRED,
        Execution.IN_PROGRESS,
    )


@pytest.mark.parametrize(
    "change, named",
    [
        ({"text": ""}, "text"),
        ({"owner": None}, "owner"),
        ({"category": "lunch"}, "category"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"due_date": "01/05/2026"}, "due_date"),
        ({"one_off_value": float("nan")}, "one_off_value"),
        ({"one_off_value": 1e308}, "one_off_value"),
        ({"one_off_value": "12"}, "one_off_value"),
        ({"text": "x" * 3000}, "text"),
    ],
)
def test_a_decision_with_an_unusable_field_is_refused_by_name(
    tmp_path: Path, change: dict[str, Any], named: str
) -> None:
    decisions = desk(tmp_path).decisions
    with pytest.raises(BadValue) as refused:
        decisions.record({**DECISION, **change}, LOCAL_USER)
    assert refused.value.field == named
    assert decisions.decisions() == ()


def test_only_an_approved_decision_can_be_in_the_plan(tmp_path: Path) -> None:
    with pytest.raises(SopError, match="Only an approved decision"):
        desk(tmp_path).decisions.record({**DECISION, "in_plan": True}, LOCAL_USER)


def test_a_decision_with_a_lever_out_of_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLever, match="overtime_max_ratio"):
        desk(tmp_path).decisions.record({**DECISION, "levers": {"overtime_max_ratio": 2}}, LOCAL_USER)


def test_the_second_editor_of_a_decision_sees_a_conflict(tmp_path: Path) -> None:
    decisions = desk(tmp_path).decisions
    kept = decisions.record(DECISION, LOCAL_USER)
    decisions.record({**DECISION, "owner": "Ben"}, LOCAL_USER, seen=(kept.id, kept.version))
    with pytest.raises(Conflict):
        decisions.record({**DECISION, "owner": "Cleo"}, LOCAL_USER, seen=(kept.id, kept.version))
    assert decisions.decisions()[0].owner == "Ben"


def test_an_action_belongs_to_a_known_decision_and_needs_a_date(tmp_path: Path) -> None:
    decisions = desk(tmp_path).decisions
    kept = decisions.record(DECISION, LOCAL_USER)
    action = {"text": "Agency contract", "owner": "Ann", "due_date": "2026-05-02", "priority": "high"}
    saved = decisions.record_action({**action, "decision_id": kept.id}, LOCAL_USER)
    assert (saved.id, saved.decision_id, saved.status) == ("ACT-001", "DEC-001", "open")
    with pytest.raises(SopError, match="DEC-404"):
        decisions.record_action({**action, "decision_id": "DEC-404"}, LOCAL_USER)
    with pytest.raises(BadValue, match="due date is missing"):
        decisions.record_action({**action, "due_date": ""}, LOCAL_USER)


def test_rights_are_asked_by_the_use_case_itself(tmp_path: Path) -> None:
    services = desk(tmp_path)
    executive = User(name="Eve", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed, match="change the plan"):
        services.adjustments.keep({"cells": cells("Kettles", "2026-07", "+40"), "reason": "known"}, executive)
    with pytest.raises(NotAllowed, match="change the plan"):
        services.scenarios.keep({"name": "x"}, MORE_OVERTIME, executive)
    assert services.decisions.record(DECISION, executive).owner == "Ann"


def test_money_beyond_the_role_is_left_to_the_meeting_that_may_decide_it(tmp_path: Path) -> None:
    decisions = desk(tmp_path).decisions
    eve, bea, fay = (User(name=role, roles=frozenset({role})) for role in Role)
    large = {**DECISION, "outcome": "approved", "one_off_value": -400_000.0}
    for person in (bea, fay):
        with pytest.raises(NotAllowed, match="for the Executive S&OP"):
            decisions.record(large, person)
    assert decisions.record({**large, "one_off_value": -25_000.0}, bea).outcome == "approved"
    waiting = decisions.record({**large, "outcome": "pending"}, fay)
    assert decisions.rights()(waiting) == "Executive S&OP"
    approved = decisions.record(large, eve, seen=(waiting.id, waiting.version))
    # who follows it up need not be an executive, but its money stays what executives approved
    under_way = decisions.record({**large, "execution": "in progress"}, fay, seen=(approved.id, approved.version))
    with pytest.raises(NotAllowed):
        decisions.record({**large, "one_off_value": -500_000.0}, fay, seen=(approved.id, under_way.version))


def test_the_limits_of_the_rights_are_planning_settings(tmp_path: Path) -> None:
    services = desk(tmp_path)
    kept = services.decisions.record({**DECISION, "one_off_value": 30_000.0}, LOCAL_USER)
    assert services.decisions.rights()(kept) == "pre-S&OP reconciliation"
    services.settings.change({"planner_decides_value": 30_000.0}, LOCAL_USER)
    assert services.decisions.rights()(kept) == "planner"
    with pytest.raises(BadValue, match="must not exceed"):
        services.settings.change({"planner_decides_value": 300_000.0}, LOCAL_USER)


def test_a_selection_from_the_browser_is_never_trusted() -> None:
    assert Selection.from_store({"horizon": 7, "family": 5, "measure": "units", "x": 1}) == Selection(
        measure=Measure.UNITS
    )
    assert Selection.from_store("nonsense") == Selection()
    chosen = Selection(family="Kettles", horizon=18)
    assert Selection.from_store(chosen.to_store()) == chosen


def test_a_view_forgets_names_the_data_does_not_have(tmp_path: Path) -> None:
    view = desk(tmp_path).plans.view(Selection(family="Rockets", channel="shop"), Levers())
    assert (view.selection.family, view.selection.channel) == (None, "shop")
    assert view.channels.tolist() == [True, False]
    assert view.families.tolist() == [True, True]


def test_a_refused_import_changes_nothing(tmp_path: Path) -> None:
    services = desk(tmp_path)
    load = services.plans.data_load_id
    preview = services.imports.preview({"sales.csv": b"month,units\nyesterday,5\n"})
    with pytest.raises(SopError, match="Nothing was imported"):
        services.imports.accept(preview, source="bad", user=LOCAL_USER)
    assert services.plans.data_load_id == load


def test_a_refused_import_names_the_table_the_row_and_the_column(tmp_path: Path) -> None:
    services, world = desk(tmp_path), two_products_one_press(3)
    world["inventory"][-1]["closing_units"] = None
    with pytest.raises(SopError, match=r"\(inventory, row 7, closing_units\)"):
        services.imports.accept(services.imports.preview(files_of(world)), source="bad", user=LOCAL_USER)


def test_any_kept_load_can_be_made_current_again(tmp_path: Path) -> None:
    services = desk(tmp_path)
    first = services.plans.data_load_id
    preview = services.imports.preview({"sales.csv": b"month,family,units\n2026-01,Lamps,5\n2026-02,Lamps,6\n"})
    services.imports.accept(preview, source="second", user=LOCAL_USER)
    assert services.plans.prepared().inputs.grain.families == ("Lamps",)
    services.imports.make_current(first, LOCAL_USER)
    assert services.plans.prepared().inputs.grain.families == ("Kettles", "Lamps")
