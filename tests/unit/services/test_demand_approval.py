"""Families are approved one by one, the review as a whole; a later change shows, and what was approved is frozen."""

from pathlib import Path

import pytest

from sop_dash.adapters.database.store import DatabaseStore
from sop_dash.core.model.errors import Conflict, SopError, UnknownKey
from sop_dash.core.model.kept_forecasts import last_cycle_units
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.outlook import Acts
from sop_dash.core.plan.demand_approval import ReviewState
from sop_dash.services.access import LOCAL_USER, Role, User
from sop_dash.services.bundle import Services
from sop_dash.services.demand_lock import ReviewApproved
from sop_dash.services.kept_outlook import OutlookKind
from sop_dash.services.kept_records import ADJUSTMENT
from sop_dash.services.ports import Change
from sop_dash.services.selection import Selection
from tests.desk import SECRET, desk, files_of, opened
from tests.worlds import sales_only

BEA = User(name="Bea", roles=frozenset({Role.PLANNER}))
OFFER = {
    "family": "Kettles",
    "kind": "price",
    "first_month": "2029-03",
    "description": "Price list",
    "expected_ratio": 0.2,
    "acts": Acts.AS_ENTERED,
}


def company(folder: Path, months: int = 36) -> Services:
    """Kettles sell 100 a month, Lamps 50, for three years to 2028-12, at 10 each."""
    return desk(folder, sales_only({"Kettles": [100.0] * months, "Lamps": [50.0] * months}, price=10.0))


def approved(folder: Path) -> Services:
    services = company(folder)
    services.demand_approval.approve(["Kettles", "Lamps"], LOCAL_USER, seen=[None, None])
    services.demand_approval.approve_review(None, LOCAL_USER)
    return services


def test_a_family_is_through_once_approved_and_open_again_once_its_forecast_moves(tmp_path: Path) -> None:
    services = company(tmp_path)
    assert services.demand_approval.state().through == 0
    services.demand_approval.approve(["Kettles"], LOCAL_USER, seen=[None], note="looked at")
    assert opened(tmp_path).demand_approval.state().through == 1
    services.outlook.add(OutlookKind.EVENT, OFFER, LOCAL_USER)
    kettles, lamps = services.demand_approval.state().families
    # A fifth of 100 in one month, at 10 each.
    assert (kettles.state, kettles.change_units, kettles.change_value) == (
        ReviewState.CHANGED,
        pytest.approx(20.0),
        pytest.approx(200.0),
    )
    assert kettles.mark is not None
    assert kettles.mark.note == "looked at"
    assert lamps.state is ReviewState.OPEN


def test_the_review_is_approved_only_when_every_family_is_through(tmp_path: Path) -> None:
    services = company(tmp_path)
    services.demand_approval.approve(["Kettles"], LOCAL_USER, seen=[None])
    with pytest.raises(SopError, match="Not through yet: Lamps"):
        services.demand_approval.approve_review(None, LOCAL_USER)
    assert not services.demand_approval.state().approved


def test_an_approved_review_takes_no_change_until_it_is_opened_again(tmp_path: Path) -> None:
    services = approved(tmp_path)
    state = services.demand_approval.state()
    assert (state.approved, state.by, state.version) == (True, LOCAL_USER.name, 1)
    for write in (
        lambda: services.outlook.add(OutlookKind.EVENT, OFFER, LOCAL_USER),
        lambda: services.demand_approval.reopen_family("Lamps", 1, LOCAL_USER),
        lambda: services.demand_approval.approve(["Lamps"], LOCAL_USER, seen=[1]),
    ):
        with pytest.raises(ReviewApproved, match="approved by local user"):
            write()
    services.demand_approval.open_review(1, BEA)
    services.outlook.add(OutlookKind.EVENT, OFFER, LOCAL_USER)
    state = services.demand_approval.state()
    assert (state.approved, state.by) == (False, "Bea")
    assert [row.family for row in state.changed] == ["Kettles"]


def test_the_cycle_page_sees_the_approval(tmp_path: Path) -> None:
    services = company(tmp_path)

    def gate() -> tuple[bool | None, str]:
        found = services.gates.of(services.plans.view(Selection(), Levers()))
        return next((one.met, one.text) for one in found if one.stage == "demand")

    assert gate() == (False, "Demand review: 0 of 2 families approved")
    services.demand_approval.approve(["Kettles", "Lamps"], LOCAL_USER, seen=[None, None])
    services.demand_approval.approve_review(None, LOCAL_USER)
    assert gate() == (True, "Demand review approved by local user")


def test_what_was_frozen_is_last_cycle_for_the_next_data_load(tmp_path: Path) -> None:
    services = approved(tmp_path)
    later = sales_only({"Kettles": [100.0] * 36 + [150.0], "Lamps": [50.0] * 37}, price=10.0)
    services.imports.accept(services.imports.preview(files_of(later)), source="next month", user=LOCAL_USER)
    inputs = services.plans.prepared().inputs
    assert inputs.grain.cycle == "2029-02"
    assert set(inputs.snapshots.steps) == {"statistical", "consensus"}
    before = last_cycle_units(inputs)
    assert before[:, 0].tolist() == pytest.approx([100.0, 50.0])
    assert services.demand_approval.state().through == 0


def test_two_people_do_not_overwrite_each_other(tmp_path: Path) -> None:
    services = company(tmp_path)
    services.demand_approval.approve(["Kettles"], LOCAL_USER, seen=[None])
    with pytest.raises(Conflict):
        services.demand_approval.approve(["Kettles"], BEA, seen=[None])
    services.demand_approval.reopen_family("Kettles", 1, BEA)
    with pytest.raises(Conflict, match="changed by Bea"):
        services.demand_approval.reopen_family("Kettles", 1, LOCAL_USER)
    assert services.demand_approval.state().through == 0
    services.demand_approval.approve(["Kettles"], LOCAL_USER, seen=[2])
    assert services.demand_approval.state().through == 1


def test_the_forecast_is_kept_as_it_is_only_where_nobody_changed_it(tmp_path: Path) -> None:
    services = company(tmp_path)
    body = {
        "cycle": "2029-01",
        "family": "Kettles",
        "channel": None,
        "first_month": "2029-03",
        "last_month": "2029-03",
        "type": "percentage",
        "value": 0.1,
        "reason": "r",
        "owner": "Bea",
        "order": 1,
    }
    change = Change(kind=ADJUSTMENT, company=services.plans.company, body=body, prefix="ADJ", action="adjust")
    DatabaseStore(f"sqlite:///{tmp_path / 'sop.db'}", SECRET).write((change,), "Bea")
    with pytest.raises(SopError, match="people have changed the forecast"):
        services.demand_approval.approve(["Kettles"], LOCAL_USER, seen=[None], auto=True)
    services.demand_approval.approve(["Lamps"], LOCAL_USER, seen=[None], auto=True)
    assert services.demand_approval.state().families[1].state is ReviewState.AUTO
    with pytest.raises(UnknownKey):
        services.demand_approval.approve(["Ovens"], LOCAL_USER, seen=[None])


def test_no_cell_of_the_demand_sheet_changes_while_the_review_is_approved(tmp_path: Path) -> None:
    services = approved(tmp_path)
    with pytest.raises(ReviewApproved, match="approved by"):
        services.adjustments.keep({"cells": [], "reason": "r"}, LOCAL_USER)
    with pytest.raises(ReviewApproved):
        services.demand_review.restore("Kettles", "2028-04", "outlier", LOCAL_USER)
