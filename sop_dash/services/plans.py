"""The plan as everybody reads it: one prepared programme per load and records, one view per selection and levers."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from sop_dash.core.model.additions import Additions, with_additions
from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.records import Adjustment, Decision, RejectedCorrection
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared, plan, prepare
from sop_dash.core.plan.plan_basis import Basis, plan_basis
from sop_dash.services.kept_outlook import additions_of
from sop_dash.services.kept_records import (
    ADJUSTMENT,
    CORRECTION,
    DECISION,
    SETTINGS,
    adjustment_of,
    decision_of,
    rejected_correction_of,
    settings_of,
)
from sop_dash.services.ports import DataLoad, Store
from sop_dash.services.selection import Selection

_PREPARED_KEPT, _PLANS_KEPT = 3, 64
K = TypeVar("K")
V = TypeVar("V")


class NoDataLoad(SopError):
    """No data has been brought yet."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanView:
    """What a page draws: the plan under the levers, the plan without them, and what was selected.

    Args:
        selection: What the person looks at.
        levers: What the person moved on top of the plan.
        prepared: Everything no lever changes.
        plan: The plan under the levers.
        base: The plan without them.
        load: The data load.
    """

    selection: Selection
    levers: Levers
    prepared: Prepared
    plan: PlanResult
    base: PlanResult
    load: DataLoad

    @cached_property
    def families(self) -> BoolArray:
        """[F] True for the families selected."""
        grain, chosen = self.prepared.inputs.grain, self.selection
        return np.array(
            [
                chosen.category in (None, category) and chosen.family in (None, family)
                for family, category in zip(grain.families, grain.categories, strict=True)
            ],
            dtype=np.bool_,
        )

    @cached_property
    def channels(self) -> BoolArray:
        """[C] True for the channels selected."""
        return np.array(
            [self.selection.channel in (None, c) for c in self.prepared.inputs.grain.channels], dtype=np.bool_
        )

    @property
    def months(self) -> tuple[str, ...]:
        """The months on screen, beginning with the cycle month."""
        return self.prepared.inputs.grain.horizon[: self.selection.horizon]


class Newest(Generic[K, V]):
    """The few most recently used values; made once each, even when several threads ask at once."""

    def __init__(self, kept: int) -> None:
        self._kept, self._values, self._lock = kept, OrderedDict[K, V](), threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of this key, made when it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            value = self._values[key] = make()
            while len(self._values) > self._kept:
                self._values.popitem(last=False)
            return value


@dataclass(frozen=True, kw_only=True, eq=False)
class _State:
    """What the plan rests on at one revision of the store."""

    revision: int
    load: DataLoad
    key: str
    adjustments: tuple[Adjustment, ...]
    decisions: tuple[Decision, ...]
    settings: PlanningSettings
    rejected: tuple[RejectedCorrection, ...]
    additions: Additions


class Plans:
    """Reads the plan of the data load in use.

    Args:
        store: Where loads and records are kept.
        inputs_of: Turns the kept tables of a load into plan inputs; called once per load and horizon.
    """

    def __init__(self, store: Store, inputs_of: Callable[[DataLoad, Mapping[str, bytes], int], PlanInputs]) -> None:
        self._store, self._inputs_of = store, inputs_of
        self._inputs = Newest[tuple[str, int], PlanInputs](2)
        self._prepared = Newest[str, Prepared](_PREPARED_KEPT)
        self._plans = Newest[tuple[str, str], PlanResult](_PLANS_KEPT)
        self._state: _State | None = None

    @property
    def company(self) -> str:
        """Name of the company in use; records belong to it."""
        return str(self._load().summary["company"])

    @property
    def cycle(self) -> str:
        """The open cycle of the data in use."""
        return self.prepared().inputs.grain.cycle

    @property
    def data_load_id(self) -> str:
        """Content hash of the data load in use."""
        return self._load().id

    @property
    def revision(self) -> int:
        """The number of the newest write; two equal numbers mean nothing changed in between."""
        return self._store.revision()

    @property
    def settings(self) -> PlanningSettings:
        """The planning settings in force."""
        return self._now().settings

    def basis(self) -> Basis:
        """What the plan rests on now, part by part."""
        state, cycle = self._now(), self.cycle
        of_cycle = [a for a in state.adjustments if a.cycle == cycle]
        return plan_basis(state.load.id, of_cycle, state.decisions, state.settings, state.rejected, state.additions)

    def prepared(self) -> Prepared:
        """Everything no lever changes, for the data, adjustments, decisions and settings of now."""
        return self._prepared_of(self._now())

    def view(self, selection: Selection, levers: Levers) -> PlanView:
        """The plan under the levers beside the plan without them.

        Raises:
            NoDataLoad: Nothing has been imported.
            BadLever, UnknownKey: A lever cannot act on this data load.
        """
        state = self._now()
        prepared = self._prepared_of(state)
        return PlanView(
            selection=_known(selection, prepared),
            levers=levers,
            prepared=prepared,
            plan=self._plan(state, prepared, levers),
            base=self._plan(state, prepared, Levers()),
            load=state.load,
        )

    def without(self, decision_id: str) -> PlanResult:
        """The plan as it would be without this decision; the plan itself where the decision is not part of it."""
        state = self._now()
        others = tuple(d for d in state.decisions if d.id != decision_id)
        key = _fingerprint(state.load.id, state.adjustments, others, state.settings, state.rejected, state.additions)
        changed = replace(state, decisions=others, key=key)
        return self._plan(changed, self._prepared_of(changed), Levers())

    def under(self, settings: PlanningSettings, levers: Levers) -> PlanResult:
        """The plan as it would be with other planning settings, which are not kept. Raises as `view`."""
        state = self._now()
        key = _fingerprint(state.load.id, state.adjustments, state.decisions, settings, state.rejected, state.additions)
        changed = replace(state, settings=settings, key=key)
        return self._plan(changed, self._prepared_of(changed), levers)

    def on(self, name: str, change: Callable[[PlanInputs], PlanInputs], levers: Levers) -> PlanResult:
        """The plan as it would be on other inputs, which are not kept; `name` tells one change from all others.

        Raises as `view`.
        """
        state = self._now()
        changed = replace(state, key=_fingerprint(state.key, name))
        return self._plan(changed, self._prepared_of(changed, change), levers)

    def known(self, selection: Selection) -> Selection:
        """The selection without names that the data in use does not have."""
        return _known(selection, self.prepared())

    def check(self, levers: Levers) -> None:
        """Raise `BadLever` or `UnknownKey` when the levers cannot act on the data in use."""
        prepared = self.prepared()
        prepared.scope.effects(levers, prepared.plan_effects)

    def _plan(self, state: _State, prepared: Prepared, levers: Levers) -> PlanResult:
        return self._plans.get((state.key, levers.key), lambda: plan(prepared, levers))

    def _prepared_of(self, state: _State, change: Callable[[PlanInputs], PlanInputs] | None = None) -> Prepared:
        def make() -> Prepared:
            horizon = state.settings.horizon_months
            inputs = self._inputs.get(
                (state.load.id, horizon),
                lambda: self._inputs_of(state.load, self._store.load_tables(state.load.id), horizon),
            )
            of_cycle = tuple(a for a in state.adjustments if a.cycle == inputs.grain.cycle)
            inputs = with_additions(inputs, state.additions)
            inputs = change(inputs) if change else inputs
            return prepare(inputs, of_cycle, state.decisions, state.settings, state.rejected)

        return self._prepared.get(state.key, make)

    def _load(self) -> DataLoad:
        return self._now().load

    def _now(self) -> _State:
        revision = self._store.revision()
        if self._state is None or self._state.revision != revision:
            self._state = self._read(revision)
        return self._state

    def _read(self, revision: int) -> _State:
        load = self._store.current_load()
        if load is None:
            raise NoDataLoad("No data has been brought yet.", remedy="Bring files on the Data page.")
        company = str(load.summary["company"])
        adjustments = tuple(adjustment_of(r) for r in self._store.records(ADJUSTMENT, company))
        decisions = tuple(decision_of(r) for r in self._store.records(DECISION, company))
        kept = self._store.records(SETTINGS, company)
        settings = settings_of(kept[0].body) if kept else PlanningSettings()
        in_plan = tuple(d for d in decisions if d.in_plan)
        rejected = tuple(rejected_correction_of(r) for r in self._store.records(CORRECTION, company))
        additions = additions_of(self._store, company, adjustments)
        return _State(
            revision=revision,
            load=load,
            key=_fingerprint(load.id, adjustments, in_plan, settings, rejected, additions),
            adjustments=adjustments,
            decisions=in_plan,
            settings=settings,
            rejected=rejected,
            additions=additions,
        )


def _known(selection: Selection, prepared: Prepared) -> Selection:
    """The selection with names that this data load lacks taken out, so that an old address still opens."""
    grain = prepared.inputs.grain
    family = selection.family if selection.family in grain.families else None
    category = selection.category if selection.category in grain.categories else None
    if family is not None and category not in (None, grain.categories[grain.families.index(family)]):
        category = None
    channel = selection.channel if selection.channel in grain.channels else None
    return replace(selection, family=family, category=category, channel=channel)


def _fingerprint(load_id: str, *parts: object) -> str:
    return hashlib.sha256(repr((load_id, parts)).encode()).hexdigest()
