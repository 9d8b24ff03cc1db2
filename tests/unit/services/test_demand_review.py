"""Corrections can be turned down and made again; the baseline follows; the account of value and the board are there."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sop_dash.adapters.database.store import DatabaseStore
from sop_dash.core.demand.backtest import ENGINE
from sop_dash.core.model.errors import BadValue, SopError, UnknownKey
from sop_dash.core.model.levers import Levers
from sop_dash.factory import wire
from sop_dash.services.access import LOCAL_USER, NotAllowed, Role, User
from sop_dash.services.bundle import Services
from sop_dash.services.ports import JobState
from sop_dash.services.selection import Selection
from tests.desk import SECRET, desk, opened
from tests.worlds import sales_only

WHICH = {"family": "Kettles", "month": "2028-04", "kind": "outlier"}


def company(folder: Path) -> Services:
    units = [100.0 + 5.0 * (month % 12) for month in range(36)]
    units[27] = 900.0
    return desk(folder, sales_only({"Kettles": units}))


def test_a_correction_turned_down_changes_the_baseline_stays_after_a_restart_and_can_be_made_again(
    tmp_path: Path,
) -> None:
    services = company(tmp_path)
    before = services.plans.prepared()
    assert [(c.month, c.accepted) for c in before.history.corrections] == [("2028-04", True)]
    (kept,) = services.demand_review.reject({**WHICH, "reason": "One large order"}, LOCAL_USER)
    assert (kept.reason, kept.owner) == ("One large order", LOCAL_USER.name)

    again = opened(tmp_path)
    after = again.plans.prepared()
    assert [c.accepted for c in after.history.corrections] == [False]
    assert not np.array_equal(after.baseline.units, before.baseline.units)

    again.demand_review.restore(**WHICH, user=LOCAL_USER)
    np.testing.assert_array_equal(again.plans.prepared().baseline.units, before.baseline.units)


def test_a_correction_is_turned_down_with_a_reason_by_a_planner_and_only_where_there_is_one(tmp_path: Path) -> None:
    review = company(tmp_path).demand_review
    with pytest.raises(BadValue, match="reason is missing"):
        review.reject(WHICH, LOCAL_USER)
    with pytest.raises(UnknownKey):
        review.reject({**WHICH, "month": "2028-05", "reason": "x"}, LOCAL_USER)
    with pytest.raises(NotAllowed):
        review.reject({**WHICH, "reason": "x"}, User(name="Eve", roles=frozenset({Role.EXECUTIVE})))
    with pytest.raises(SopError, match="already"):
        review.restore(**WHICH, user=LOCAL_USER)


def test_the_board_and_the_account_of_value_are_answered_without_kept_forecasts(tmp_path: Path) -> None:
    services = company(tmp_path)
    view = services.plans.view(Selection(), Levers())
    board = services.demand_review.board(view)
    assert ENGINE in {standing.method for standing in board.standings}
    assert set(np.unique(board.inside80[~np.isnan(board.inside80)])) <= {0.0, 1.0}
    assert (~np.isnan(board.inside80)).any()
    account = services.demand_review.value_added(view)
    assert account.replayed
    assert [step.name for step in account.stairs] == ["naive", "statistical"]
    assert account.owners == ()
    assert not services.demand_review.opinions_state(view).running


class Answered:
    """A bench of one job, answered from the start with forecasts of zero."""

    def start(self, key: str, work: Any, *arguments: Any) -> None:
        raise AssertionError("nothing is left to do")

    def state(self, key: str) -> JobState:
        return JobState(answer={"second opinion": np.zeros((8, 1, 3))})

    def cancel(self, key: str) -> None:
        raise AssertionError("nothing runs")


def test_with_second_opinions_all_methods_stand_on_the_same_months(tmp_path: Path) -> None:
    company(tmp_path)
    services = wire(DatabaseStore(f"sqlite:///{tmp_path / 'sop.db'}", SECRET), Answered())
    board = services.demand_review.board(services.plans.view(Selection(), Levers()))
    assert "second opinion" in {standing.method for standing in board.standings}
    assert len({standing.pairs for standing in board.standings if standing.pairs}) == 1
