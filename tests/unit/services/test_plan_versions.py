"""The plan is approved with its open checks answered for, frozen, opened again; a later change shows, and says what."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sop_dash.adapters.database.store import DatabaseStore
from sop_dash.core.model.errors import BadValue, Conflict, SopError
from sop_dash.core.model.identities import Identity
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.periods import day_name
from sop_dash.core.model.reference_plan import last_plan
from sop_dash.core.plan.frozen_plan import FIGURES, frozen_of, plain_of, same_figures, side_by_side
from sop_dash.figures.storyline.supply import restricted_words
from sop_dash.services.access import LOCAL_USER, NotAllowed, Role, User
from sop_dash.services.bundle import Services
from sop_dash.services.kept_versions import PLAN_VERSION, PlanVersion
from sop_dash.services.plan_versions import PlanVersions
from sop_dash.services.ports import Change
from sop_dash.services.selection import Selection
from tests.desk import SECRET, desk, files_of, opened
from tests.sheet import adjust
from tests.worlds import two_products_one_press

EVE = User(name="Eve", roles=frozenset({Role.EXECUTIVE}))
ADA = User(name="Ada", roles=frozenset({Role.PLANNER}))
DEARER = {"price": [{"ratio": 0.1}]}
ANSWER = {"owner": "Grace", "reason": "agreed in the meeting"}


def open_checks(services: Services) -> dict[str, dict[str, str]]:
    return {check.id: ANSWER for check in services.plan_versions.checklist() if not check.holds}


def approve(services: Services, user: User = LOCAL_USER) -> PlanVersion:
    versions = services.plan_versions
    return versions.approve(open_checks(services), versions.seen(), user)


def decide(services: Services, **given: object) -> str:
    fields = {"text": "Raise prices", "category": "demand", "owner": "Grace", "outcome": "approved", "in_plan": True}
    return services.decisions.record({**fields, "levers": DEARER, **given}, LOCAL_USER).id


def test_a_plan_is_a_draft_until_it_is_approved_and_stays_approved_after_a_restart(tmp_path: Path) -> None:
    services = desk(tmp_path)
    assert services.plan_versions.state().approved is False
    kept = approve(services)
    state = opened(tmp_path).plan_versions.state()
    assert (state.approved, state.by, state.changes) == (True, LOCAL_USER.name, ())
    assert state.plan is not None
    assert (state.plan.id, state.plan.hash, state.plan.intact) == ("2026-04-1", kept.hash, True)


def test_what_is_frozen_is_the_plan_to_the_last_digit(tmp_path: Path) -> None:
    services = desk(tmp_path)
    frozen = approve(services).frozen
    plan = services.plans.view(Selection(), Levers()).base
    assert frozen.figures["make_units"].tolist() == plan.supply.make.tolist()
    assert frozen.figures["demand_units"].tolist() == plan.demand.committed.sum(axis=1).tolist()
    assert frozen.total("revenue_value") == pytest.approx(plan.money.revenue.sum())
    assert {kpi.id: kpi.value for kpi in frozen.kpis}["service"] == plan.kpi("service").value
    assert same_figures(frozen, frozen_of(json.loads(json.dumps(plain_of(frozen)))))
    one_more = {**frozen.figures, "make_units": frozen.figures["make_units"] + 1.0}
    assert not same_figures(frozen, replace(frozen, figures=one_more))


def test_every_open_check_needs_a_name_and_a_reason(tmp_path: Path) -> None:
    services = desk(tmp_path)
    versions = services.plan_versions
    answers = open_checks(services)
    assert "demand-review" in answers
    for missing in ({}, {"owner": "Grace", "reason": " "}, {"owner": "", "reason": "agreed"}):
        with pytest.raises(BadValue, match="Demand review: 0 of 2 families approved"):
            versions.approve({**answers, "demand-review": missing}, versions.seen(), LOCAL_USER)
    assert versions.state().approved is False
    (kept,) = [one for one in approve(services).exceptions if one.check == "demand-review"]
    assert (kept.owner, kept.reason) == ("Grace", "agreed in the meeting")
    assert (kept.text, kept.detail) == ("Demand review: 0 of 2 families approved", "Kettles, Lamps")


def test_a_plan_whose_arithmetic_fails_is_never_approved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    services = desk(tmp_path)
    broken = Identity(name="Units made × hours per unit = hours used", difference=5.0, tolerance=0.1)
    plan = services.plans.view(Selection(), Levers()).base
    monkeypatch.setattr(PlanVersions, "_plan", lambda _self: replace(plan, balances=lambda: (*plan.identities, broken)))
    answers = {**open_checks(services), "figures-tie": ANSWER}
    with pytest.raises(SopError, match="A plan whose arithmetic fails is not approved"):
        services.plan_versions.approve(answers, services.plan_versions.seen(), LOCAL_USER)
    assert services.plan_versions.versions() == ()


def test_a_later_decision_setting_or_adjustment_shows_as_changed_and_taken_back_it_is_gone(tmp_path: Path) -> None:
    services = desk(tmp_path)
    approve(services)
    number = decide(services)
    assert services.plan_versions.state().changes == (f"decision {number} put into the plan",)
    services.decisions.switch(number, 1, False, LOCAL_USER)
    assert services.plan_versions.state().changes == ()
    adjust(services, family="Lamps", first_month="2026-08", kind="additive", value=5.0)
    services.settings.change({"cover_days": 40}, LOCAL_USER)
    first, second = services.plan_versions.state().changes
    assert first == "1 adjustment new"
    assert second.endswith("30 → 40")
    services.adjustments.undo(LOCAL_USER)
    services.settings.change({"cover_days": 30}, LOCAL_USER)
    assert services.plan_versions.state().changes == ()


def test_words_that_move_no_figure_do_not_change_an_approved_plan(tmp_path: Path) -> None:
    services = desk(tmp_path)
    number = decide(services)
    approve(services)
    decide_again = {"text": "Raise prices", "category": "demand", "owner": "Omar", "outcome": "approved"}
    more = {"in_plan": True, "levers": DEARER, "rationale": "now with a reason", "execution": "done"}
    services.decisions.record({**decide_again, **more}, LOCAL_USER, seen=(number, 1))
    assert services.plan_versions.state().changes == ()


def test_a_changed_plan_is_approved_again_and_the_first_one_stays_as_it_was(tmp_path: Path) -> None:
    services = desk(tmp_path)
    first = approve(services)
    decide(services)
    second = approve(services)
    assert [one.id for one in services.plan_versions.versions()] == ["2026-04-2", "2026-04-1"]
    moved = side_by_side(first.frozen, second.frozen, "revenue_value")
    # Prices rise by a tenth after the locked month, on the same demand.
    assert moved.change[:, 1:] == pytest.approx(0.1 * moved.before[:, 1:])
    assert side_by_side(first.frozen, second.frozen, "make_units").change == pytest.approx(0.0)


def test_opened_again_the_plan_is_a_draft_and_what_was_approved_stays_readable(tmp_path: Path) -> None:
    services = desk(tmp_path)
    approve(services, EVE)
    with pytest.raises(NotAllowed):
        services.plan_versions.reopen(1, ADA)
    services.plan_versions.reopen(1, EVE)
    state = services.plan_versions.state()
    assert (state.approved, state.by) == (False, "Eve")
    assert services.plan_versions.in_force() is None
    assert len(services.plan_versions.versions()) == 1
    with pytest.raises(SopError, match="not approved"):
        services.plan_versions.reopen(2, EVE)
    assert approve(services).number == 2


def test_a_plan_is_proposed_by_a_planner_and_approved_by_an_executive(tmp_path: Path) -> None:
    services = desk(tmp_path)
    versions = services.plan_versions
    with pytest.raises(NotAllowed):
        versions.propose(versions.seen(), EVE)
    stale = versions.seen()
    versions.propose(versions.seen(), ADA)
    state = opened(tmp_path).plan_versions.state()
    assert (state.approved, state.proposed, state.by) == (False, True, "Ada")
    assert services.desk.header(Selection(), Levers()).proposed_by == "Ada"
    with pytest.raises(Conflict, match="proposed by Ada in the meantime"):
        versions.propose(stale, ADA)
    approve(services, EVE)
    assert (versions.state().proposed, versions.state().approved) == (False, True)
    with pytest.raises(SopError, match="approved already"):
        versions.propose(versions.seen(), ADA)
    versions.reopen(2, EVE)
    versions.propose(versions.seen(), ADA)
    decide(services)
    assert versions.state().proposed is False


def test_only_those_who_may_approve_do_and_never_their_own_last_change(tmp_path: Path) -> None:
    services = desk(tmp_path)
    with pytest.raises(NotAllowed, match="approve the plan"):
        approve(services, ADA)
    store = DatabaseStore(f"sqlite:///{tmp_path / 'sop.db'}", SECRET)
    several = PlanVersions(store, services.plans, services.demand_approval, services.decisions, alone=False)
    with pytest.raises(NotAllowed, match="somebody else approves it"):
        several.approve(open_checks(services), several.seen(), LOCAL_USER)
    assert several.approve(open_checks(services), several.seen(), EVE).by == "Eve"


def test_nobody_approves_what_a_colleague_changed_or_approved_meanwhile(tmp_path: Path) -> None:
    services = desk(tmp_path)
    versions, answers = services.plan_versions, open_checks(services)
    seen = versions.seen()
    decide(services)
    with pytest.raises(Conflict, match="changed by local user in the meantime"):
        versions.approve(answers, seen, EVE)
    seen = versions.seen()
    approve(services, EVE)
    with pytest.raises(Conflict, match="approved by Eve in the meantime"):
        versions.approve(answers, seen, LOCAL_USER)
    with pytest.raises(Conflict):
        versions.reopen(7, LOCAL_USER)
    assert [one.id for one in versions.versions()] == ["2026-04-1"]


def test_an_approval_stands_in_the_audit_log_and_a_changed_version_is_noticed(tmp_path: Path) -> None:
    services = desk(tmp_path)
    kept = approve(services, EVE)
    store = DatabaseStore(f"sqlite:///{tmp_path / 'sop.db'}", SECRET)
    state, frozen = reversed(store.audit_tail(2))
    assert (state.user, state.action, frozen.subject) == (
        "Eve",
        "approve plan with exceptions",
        "plan-version 2026-04-1",
    )
    assert store.audit_break() is None
    body = {**kept.body, "number": 9}
    store.write(
        (Change(kind=PLAN_VERSION, company=services.plans.company, id=kept.id, body=body, seen_version=1, action="x"),),
        "Mallory",
    )
    assert opened(tmp_path).plan_versions.versions()[0].intact is False


def test_the_plan_of_the_next_cycle_is_held_against_the_one_approved(tmp_path: Path) -> None:
    services = desk(tmp_path)
    frozen = approve(services, EVE).frozen
    later = files_of(two_products_one_press(4))
    services.imports.accept(services.imports.preview(later), source="next month", user=LOCAL_USER)
    assert services.plan_versions.state().approved is False
    inputs = services.plans.prepared().inputs
    reference = last_plan(inputs)
    approved_on = day_name(services.plan_versions.versions()[0].at)
    assert (inputs.grain.cycle, reference.name) == ("2026-05", f"the plan of Apr 26 approved {approved_on} by Eve")
    reached = len(frozen.months) - 1
    assert reference.make_units[:, :reached].tolist() == frozen.figures["make_units"][:, 1:].tolist()
    assert np.isnan(reference.make_units[:, reached:]).all()
    assert services.plan_versions.in_force() is not None
    said = restricted_words(services.plans.view(Selection(), Levers())).replace("\u00a0", " ")
    assert said == f"Restricted Jun 26–Jul 26: output ±15 % of {reference.name}"


def test_plans_are_laid_side_by_side_by_name_and_month(tmp_path: Path) -> None:
    frozen = approve(desk(tmp_path)).frozen
    other = replace(
        frozen,
        families=("Lamps", "Ovens"),
        months=frozen.months[1:],
        figures={kind.key: frozen.figures[kind.key][::-1, 1:] + 1.0 for kind in FIGURES},
    )
    laid = side_by_side(frozen, other, "demand_units")
    assert (laid.families, laid.months) == (("Kettles", "Lamps", "Ovens"), frozen.months)
    assert laid.change[1, 1:] == pytest.approx(1.0)
    assert np.isnan(laid.change[[0, 2]]).all()
    assert np.isnan(laid.now[:, 0]).all()


def test_the_cycle_page_sees_the_approval(tmp_path: Path) -> None:
    services = desk(tmp_path)

    def gate() -> tuple[bool | None, str]:
        found = services.gates.of(services.plans.view(Selection(), Levers()))
        return next((one.met, one.text) for one in found if one.text.startswith("Plan "))

    assert gate() == (False, "Plan not approved yet")
    approve(services)
    assert gate() == (True, "Plan approved by local user")
    number = decide(services)
    assert gate() == (False, f"Plan approved by local user, changed since: decision {number} put into the plan")
