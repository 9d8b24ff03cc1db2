"""Planning settings kept with the records of the plan."""

from pathlib import Path

import pytest

from sop_dash.core.model.errors import BadValue, Conflict
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.services.access import LOCAL_USER, NotAllowed, Role, User
from tests.desk import desk


def test_a_setting_that_was_kept_is_in_every_plan_from_then_on(tmp_path: Path):
    services = desk(tmp_path)
    before = services.plans.prepared()
    services.settings.change({"cover_days": 10}, LOCAL_USER)
    assert services.plans.settings.cover_days == 10.0
    assert services.plans.prepared() is not before
    services.settings.change({"abc_a_share": 0.7}, LOCAL_USER)
    assert (services.plans.settings.cover_days, services.plans.settings.abc_a_share) == (10.0, 0.7)


def test_back_to_the_default_is_back_to_the_same_plan(tmp_path: Path):
    services = desk(tmp_path)
    before = services.plans.prepared()
    services.settings.change({"capacity_demonstrated": False}, LOCAL_USER)
    services.settings.change({"capacity_demonstrated": True}, LOCAL_USER)
    assert services.plans.prepared() is before


def test_a_refused_value_changes_nothing(tmp_path: Path):
    services = desk(tmp_path)
    with pytest.raises(BadValue):
        services.settings.change({"cover_days": -4}, LOCAL_USER)
    with pytest.raises(NotAllowed):
        services.settings.change({"cover_days": 4}, User(name="guest", roles=frozenset({Role.EXECUTIVE})))
    assert services.plans.settings.cover_days == 30.0


def test_two_people_who_change_the_same_setting_are_told_and_the_first_one_stays(tmp_path: Path):
    services = desk(tmp_path)
    anna, ben = (User(name=name, roles=frozenset(Role)) for name in ("Anna", "Ben"))
    services.settings.write("cover_days", "20", "30", anna)
    services.settings.write("overtime_max_ratio", "25 %", "15 %", ben)
    with pytest.raises(Conflict, match="set to 20 by"):
        services.settings.write("cover_days", "50", "30", ben)
    settings = services.plans.settings
    assert (settings.cover_days, settings.overtime_max_ratio) == (20.0, 0.25)


def test_a_setting_goes_back_to_its_default(tmp_path: Path):
    services = desk(tmp_path)
    services.settings.write("cover_days", "20", "30", LOCAL_USER)
    services.settings.reset(["cover_days"], LOCAL_USER)
    assert services.plans.settings == PlanningSettings()
