"""A level that breaks when a product changes asks "season or launch?"; the answer is kept and acts on the forecast."""

from pathlib import Path

import pytest

from sop_dash.core.model.errors import BadValue, Conflict
from sop_dash.core.model.records import CorrectionKind
from sop_dash.services.access import LOCAL_USER, Role, User
from sop_dash.services.bundle import Services
from tests.desk import desk, opened
from tests.worlds import sales_only

BEA = User(name="Bea", roles=frozenset({Role.PLANNER}))
STEP = {"family": "Kettles", "month": "2028-08"}


def company(folder: Path) -> Services:
    """Kettles sell 100 a month and 200 from August 2028, when a new item came."""
    event = {
        "start_month": "2028-08",
        "end_month": "2028-08",
        "family": "Kettles",
        "kind": "launch",
        "description": "Launch of K-2",
    }
    return desk(folder, {**sales_only({"Kettles": [100.0] * 31 + [200.0] * 5}), "events": [event]})


def asked(services: Services) -> list[str]:
    return [f.place for f in services.plans.prepared().findings if f.kind.code == "season-or-launch"]


def test_until_it_is_answered_the_forecast_keeps_the_new_level_and_the_question_stands(tmp_path: Path) -> None:
    services = company(tmp_path)
    (step,) = services.plans.prepared().history.level_breaks
    assert (step.family, step.month, step.times, step.cause) == ("Kettles", "2028-08", 2.0, None)
    assert asked(services) == ["Kettles"]
    assert services.plans.prepared().baseline.family_units[0, :3].tolist() == pytest.approx([200.0] * 3, rel=0.05)


def test_a_season_passes_its_months_are_corrected_in_sight_and_the_forecast_goes_back(tmp_path: Path) -> None:
    services = company(tmp_path)
    services.outlook.answer_level({**STEP, "cause": "season"}, None, LOCAL_USER)
    prepared = opened(tmp_path).plans.prepared()
    assert asked(services) == []
    corrected = [(c.month, c.after) for c in prepared.history.corrections if c.kind is CorrectionKind.PASSING]
    assert corrected == [(f"2028-{month:02d}", 100.0) for month in range(8, 13)]
    assert prepared.history.recorded[0, 0, -1] == 200.0
    assert prepared.baseline.family_units[0].tolist() == pytest.approx([100.0] * prepared.baseline.units.shape[2])


def test_a_launch_stays_and_the_answer_can_be_changed_by_who_saw_it(tmp_path: Path) -> None:
    services = company(tmp_path)
    before = services.plans.prepared().baseline.units.tolist()
    services.outlook.answer_level({**STEP, "cause": "launch"}, None, LOCAL_USER)
    assert asked(services) == []
    assert services.plans.prepared().baseline.units.tolist() == before
    with pytest.raises(Conflict):
        services.outlook.answer_level({**STEP, "cause": "season"}, None, BEA)
    services.outlook.answer_level({**STEP, "cause": "season"}, 1, BEA)
    assert services.plans.prepared().history.level_breaks[0].answered_by == "Bea"


def test_nothing_is_answered_that_nobody_asked(tmp_path: Path) -> None:
    services = company(tmp_path)
    with pytest.raises(BadValue, match="Nothing is asked about Kettles"):
        services.outlook.answer_level({**STEP, "month": "2028-02", "cause": "season"}, None, LOCAL_USER)
    with pytest.raises(BadValue, match="season"):
        services.outlook.answer_level({**STEP, "cause": "maybe"}, None, LOCAL_USER)
