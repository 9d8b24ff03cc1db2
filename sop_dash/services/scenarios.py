"""Scenarios: named lists of lever changes, kept in the store and compared with the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sop_dash.core.model.errors import SopError
from sop_dash.core.model.levers import Levers, to_plain
from sop_dash.core.model.records import Scenario
from sop_dash.services.access import Right, User, require
from sop_dash.services.fields import text_of
from sop_dash.services.kept_records import SCENARIO, scenario_of
from sop_dash.services.plans import Plans, PlanView
from sop_dash.services.ports import Change, Store
from sop_dash.services.selection import Selection

COMPARED_AT_MOST = 8


@dataclass(frozen=True, kw_only=True, eq=False)
class ScenarioView:
    """A kept scenario and its plan on the data in use.

    Args:
        scenario: As kept.
        view: Its plan; None where its levers cannot act on this data.
        refused: Why not; empty otherwise.
    """

    scenario: Scenario
    view: PlanView | None
    refused: str = ""


class Scenarios:
    """Keep, list and remove scenarios of the company in use."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def all(self) -> tuple[Scenario, ...]:
        """Scenarios in the order they were kept; empty when none."""
        return tuple(scenario_of(r) for r in self._store.records(SCENARIO, self._plans.company))

    def get(self, scenario_id: str) -> Scenario:
        """The scenario with this id. Raises `SopError` when there is none."""
        for scenario in self.all():
            if scenario.id == scenario_id:
                return scenario
        raise SopError("This scenario is not kept here.", remedy="Choose one of the list.")

    def free_name(self, wanted: str) -> str:
        """The name wanted, or with the next number behind it where it is taken."""
        taken = {kept.name.casefold() for kept in self.all()}
        names = (wanted, *(f"{wanted} ({number})" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name.casefold() not in taken)

    def compared(self, selection: Selection) -> tuple[ScenarioView, ...]:
        """The newest scenarios with their plans, newest first, at most `COMPARED_AT_MOST`; empty when none is kept."""
        return tuple(self._view(kept, selection) for kept in self.all()[: -COMPARED_AT_MOST - 1 : -1])

    def _view(self, scenario: Scenario, selection: Selection) -> ScenarioView:
        try:
            return ScenarioView(scenario=scenario, view=self._plans.view(selection, scenario.levers))
        except SopError as error:
            return ScenarioView(scenario=scenario, view=None, refused=error.sentence)

    def keep(self, given: Mapping[str, Any], levers: Levers, user: User) -> Scenario:
        """Save the levers under a name; a name in use is refused, levers at plan value too.

        Raises:
            BadValue: The name is missing or too long.
            SopError: Nothing differs from the plan, or the name is taken.
        """
        require(user, Right.EDIT)
        name = text_of(given, "name", label="The name", longest=80)
        if not levers.moved:
            raise SopError("Nothing differs from the plan yet.", remedy="Move a lever, then keep the scenario.")
        if any(kept.name.casefold() == name.casefold() for kept in self.all()):
            raise SopError(f"There is a scenario called “{name}” already.", remedy="Choose another name.")
        self._plans.check(levers)
        body = {
            "name": name,
            "owner": text_of(given, "owner", label="The owner", required=False, longest=80) or user.name,
            "question": text_of(given, "question", label="The question", required=False, longest=400),
            "levers": to_plain(levers),
            "data_load": self._plans.data_load_id,
        }
        change = Change(kind=SCENARIO, company=self._plans.company, body=body, prefix="SCN", action="keep scenario")
        return scenario_of(self._store.write((change,), user.name)[0])

    def remove(self, scenario_id: str, seen_version: int, user: User) -> None:
        """Take a scenario out of the list. Raises `Conflict` when somebody changed it first."""
        require(user, Right.EDIT)
        kept = next(r for r in self._store.records(SCENARIO, self._plans.company) if r.id == self.get(scenario_id).id)
        change = Change(
            kind=SCENARIO,
            company=self._plans.company,
            id=kept.id,
            body=kept.body,
            seen_version=seen_version,
            action="remove scenario",
            deleted=True,
        )
        self._store.write((change,), user.name)
