"""Planning settings of the company in use: read, changed by name, kept with the other records of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any

from sop_dash.core.model.errors import Conflict
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.setting_sheet import default_of, setting_from, setting_lines
from sop_dash.core.model.setting_values import changed_settings
from sop_dash.services.access import Right, User, require
from sop_dash.services.kept_records import SETTINGS
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Change, Store


class KeptSettings:
    """The planning settings; only what differs from the defaults is kept."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def with_values(self, given: Mapping[str, Any]) -> PlanningSettings:
        """The settings in force with these values, kept nowhere. Raises `BadValue` as `change`."""
        return changed_settings(self._plans.settings, given)

    def write(self, name: str, text: Any, seen: Any, user: User) -> PlanningSettings:
        """Keep what a person wrote into one line of the settings.

        Args:
            name: Which setting.
            text: As written.
            seen: The value that stood there before, as written.
            user: Who asks.

        Raises:
            BadValue: It is no value of this setting, or out of range.
            Conflict: Somebody changed the same setting in the meantime; both values are named.
        """
        value = setting_from(name, text)
        now = next(line for line in setting_lines(self._plans.settings) if line.name == name)
        if str(seen) != now.value:
            kept = self._store.records(SETTINGS, self._plans.company)
            by = kept[0].changed_by if kept else "somebody"
            raise Conflict(
                f"“{now.meaning}” was set to {now.value or 'nothing'} by {by} in the meantime; "
                f"yours ({text}) was not kept.",
                remedy="Look at the value that stands there now, then change it again if you still want to.",
            )
        return self.change({name: value}, user)

    def reset(self, names: Sequence[str], user: User) -> PlanningSettings:
        """Back to the defaults, for the settings named."""
        return self.change({name: default_of(name) for name in names}, user)

    def change(self, given: Mapping[str, Any], user: User) -> PlanningSettings:
        """Keep new values; every plan asked for from now on has them.

        Raises:
            BadValue: An unknown name or a value that cannot be used; nothing was kept.
            NotAllowed: The person may not change the plan.
        """
        require(user, Right.EDIT)
        made = self.with_values(given)
        kept = self._store.records(SETTINGS, self._plans.company)
        change = Change(
            kind=SETTINGS,
            company=self._plans.company,
            id=kept[0].id if kept else "",
            prefix="SET",
            body=_told_apart(made),
            seen_version=kept[0].version if kept else None,
            action="change planning settings",
        )
        self._store.write((change,), user.name)
        return made


def _told_apart(settings: PlanningSettings) -> dict[str, Any]:
    """The values that differ from their default, as plain values."""
    given = {f.name: getattr(settings, f.name) for f in fields(settings) if getattr(settings, f.name) != f.default}
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in given.items()}
