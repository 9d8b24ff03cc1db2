"""What people know about the months ahead is kept, acts on the forecast, and is never overwritten by a colleague."""

from pathlib import Path

import numpy as np
import pytest

from sop_dash.core.model.errors import BadValue, Conflict, UnknownKey
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.outlook import Acts
from sop_dash.core.plan.assumption_checks import State
from sop_dash.services.access import LOCAL_USER, NotAllowed, Role, User
from sop_dash.services.bundle import Services
from sop_dash.services.kept_outlook import OutlookKind
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Selection
from tests.desk import desk, opened
from tests.worlds import sales_only

BEA = User(name="Bea", roles=frozenset({Role.PLANNER}))
PROMOTION = {
    "family": "Kettles",
    "kind": "promotion",
    "first_month": "2029-03",
    "description": "Spring offer",
    "expected_ratio": 0.2,
    "acts": Acts.AS_ENTERED,
}


def company(folder: Path, **more: list[dict[str, object]]) -> Services:
    """Kettles and Lamps sell 100 a month for three years to 2028-12."""
    return desk(folder, {**sales_only({"Kettles": [100.0] * 36, "Lamps": [50.0] * 36}), **more})


def test_a_planned_event_acts_by_the_effect_entered_and_stays_after_a_restart(tmp_path: Path) -> None:
    services = company(tmp_path)
    before = services.plans.prepared().baseline.units
    key = services.outlook.add(OutlookKind.EVENT, PROMOTION, LOCAL_USER)
    assert key == "EVT-001"
    after = opened(tmp_path).plans.prepared()
    month = after.inputs.grain.horizon.index("2029-03")
    # Kettles of March: 100 a month and 20 % on top.
    assert after.baseline.units[0, 0, month] == pytest.approx(120.0)
    changed = np.argwhere(after.baseline.units != before).tolist()
    assert changed == [[0, 0, month]]


def test_an_event_that_does_not_act_leaves_the_forecast_alone(tmp_path: Path) -> None:
    services = company(tmp_path)
    before = services.plans.prepared().baseline.units
    services.outlook.add(OutlookKind.EVENT, {**PROMOTION, "acts": Acts.NOT}, LOCAL_USER)
    np.testing.assert_array_equal(services.plans.prepared().baseline.units, before)


def test_an_assumption_added_on_the_page_is_held_against_what_happened(tmp_path: Path) -> None:
    services = company(tmp_path)
    given = {
        "text": "Kettles grow by a tenth",
        "category": "market",
        "family": "Kettles",
        "month": "2028-11",
        "value": 0.1,
        "unit": "ratio",
        "valid_until": "2029-06-30",
    }
    key = services.outlook.add(OutlookKind.ASSUMPTION, given, LOCAL_USER)
    found = services.demand_review.assumptions(_view(services))
    # November 2028 sold what November 2027 sold: nothing of the tenth is seen.
    assert [(row.assumption.id, row.state, row.seen) for row in found] == [(key, State.CONTRADICTED, 0.0)]
    assert [f.kind.code for f in services.plans.prepared().findings].count("assumption-contradicted") == 1
    services.outlook.change(OutlookKind.ASSUMPTION, key, 1, {**given, "value": 0.0}, LOCAL_USER)
    assert services.demand_review.assumptions(_view(services))[0].state is State.HOLDS


def test_two_people_who_change_the_same_brought_row_do_not_overwrite_each_other(tmp_path: Path) -> None:
    risk = {"id": "R-1", "text": "Strike", "kind": "risk", "value": -500.0, "probability_ratio": 0.5, "owner": "Ann"}
    services = company(tmp_path, risks=[risk])
    given = {"text": "Strike", "side": "risk", "value": 800.0, "probability_ratio": 0.5, "owner": "Ann"}
    services.outlook.change(OutlookKind.RISK, "R-1", None, given, LOCAL_USER)
    (kept,) = services.plans.prepared().inputs.risks
    assert (kept.id, kept.value, kept.weighted_value) == ("R-1", -800.0, -400.0)
    with pytest.raises(Conflict, match="saved by local user"):
        services.outlook.change(OutlookKind.RISK, "R-1", None, given, BEA)
    services.outlook.change(OutlookKind.RISK, "R-1", 1, {**given, "status": "closed"}, BEA)
    with pytest.raises(Conflict, match="changed by Bea"):
        services.outlook.remove(OutlookKind.RISK, "R-1", 1, LOCAL_USER)
    services.outlook.remove(OutlookKind.RISK, "R-1", 2, LOCAL_USER)
    assert services.plans.prepared().inputs.risks == ()
    with pytest.raises(Conflict):
        services.outlook.change(OutlookKind.RISK, "R-1", 2, given, BEA)


def test_a_transition_adds_the_new_item_and_takes_from_the_family(tmp_path: Path) -> None:
    services = company(tmp_path)
    given = {"sku": "K-2", "family": "Kettles", "launch_month": "2029-02", "volume_units": 40.0, "taken_ratio": 0.25}
    services.outlook.add(OutlookKind.TRANSITION, given, LOCAL_USER)
    units = services.plans.prepared().baseline.units[0, 0]
    # 40 a month from February, of which a quarter is taken from the family's other items: 100 + 40 - 10.
    assert units[:3].tolist() == pytest.approx([100.0, 130.0, 130.0])


@pytest.mark.parametrize(
    "change, refused",
    [
        ({"family": "Ovens"}, UnknownKey),
        ({"first_month": "soon"}, Exception),
        ({"last_month": "2028-01"}, BadValue),
        ({"expected_ratio": float("nan")}, BadValue),
        ({"expected_ratio": 1e308}, BadValue),
        ({"expected_ratio": None}, BadValue),
        ({"description": " "}, BadValue),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_nothing_is_kept(
    tmp_path: Path, change: dict[str, object], refused: type[Exception]
) -> None:
    services = company(tmp_path)
    with pytest.raises(refused):
        services.outlook.add(OutlookKind.EVENT, {**PROMOTION, **change}, LOCAL_USER)
    assert services.outlook.kept(OutlookKind.EVENT) == {}


def test_only_planners_keep_rows(tmp_path: Path) -> None:
    services = company(tmp_path)
    with pytest.raises(NotAllowed):
        services.outlook.add(OutlookKind.EVENT, PROMOTION, User(name="Eve", roles=frozenset({Role.EXECUTIVE})))


def _view(services: Services) -> PlanView:
    return services.plans.view(Selection(), Levers())
