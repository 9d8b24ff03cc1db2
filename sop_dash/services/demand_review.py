"""The demand review: corrections of history that people turn down, who adds value, the leader board of methods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sop_dash.core.demand.leader_board import Standing, full_backtest, leader_board, opinions
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import SopError, UnknownKey
from sop_dash.core.model.records import CorrectionKind, RejectedCorrection
from sop_dash.core.performance.family_accuracy import FamilyAccuracy, accuracy_by_family
from sop_dash.core.performance.monthly import demand_weights, family_demand
from sop_dash.core.plan.assumption_checks import CheckedAssumption, checked_assumptions
from sop_dash.core.plan.forecast_causes import ForecastCauses, forecast_causes
from sop_dash.core.plan.past_forecasts import forecasts_at_lags
from sop_dash.core.plan.transitions import Transition, transitions
from sop_dash.core.studies.value_added_study import ValueAdded, decision_lags, value_added
from sop_dash.services.access import Right, User, require
from sop_dash.services.demand_lock import require_open_review
from sop_dash.services.fields import choice_of, month_field, text_of
from sop_dash.services.kept_records import CORRECTION, rejected_correction_of
from sop_dash.services.plans import Newest, Plans, PlanView
from sop_dash.services.ports import Change, Jobs, JobState, Store

_LAGS, _ORIGINS, _OPINION_ORIGINS = 3, 24, tuple(range(3, 25, 3))
_LOADS_KEPT = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Board:
    """The leader board of a data load.

    Args:
        standings: Every method for every family, the best first.
        inside80: [months, F] whether the 80 % range of the next month held what happened, 1 or 0; NaN unknown.
    """

    standings: tuple[Standing, ...]
    inside80: Array


class DemandReview:
    """What the Demand page asks beside the plan; every answer is made once per data load."""

    def __init__(self, store: Store, plans: Plans, jobs: Jobs | None) -> None:
        self._store, self._plans, self._jobs = store, plans, jobs
        self._values = Newest[tuple[int, bool, bool], tuple[PlanView, ValueAdded]](_LOADS_KEPT * 4)
        self._accuracies = Newest[str, tuple[PlanView, tuple[FamilyAccuracy, ...]]](_LOADS_KEPT * 2)
        self._causes = Newest[int, tuple[PlanView, ForecastCauses]](_LOADS_KEPT)
        self._boards = Newest[str, Board](_LOADS_KEPT)

    def reject(self, given: Mapping[str, Any], user: User) -> tuple[RejectedCorrection, ...]:
        """Turn down the corrections of one kind in one month of one family, in all channels that have one.

        Raises:
            BadValue: The reason is missing.
            UnknownKey: There is no such correction.
        """
        require(user, Right.EDIT)
        require_open_review(self._store, self._plans)
        kind = choice_of(given, "kind", CorrectionKind, label="The kind")
        family = text_of(given, "family", label="The family", longest=200)
        month = month_field(given, "month", label="The month")
        reason = text_of(given, "reason", label="The reason", longest=400)
        proposed = [
            c
            for c in self._plans.prepared().history.corrections
            if (c.family, c.month, c.kind) == (family, month, kind)
        ]
        open_ones = [c for c in proposed if c.accepted and c.reversible]
        if not open_ones:
            raise UnknownKey("correction", f"{kind} of {family} in {month}", ())
        changes = tuple(
            Change(
                kind=CORRECTION,
                company=self._plans.company,
                prefix="COR",
                action="reject correction",
                body={
                    "family": family,
                    "channel": correction.channel,
                    "month": month,
                    "kind": kind,
                    "reason": reason,
                    "owner": user.name,
                },
            )
            for correction in open_ones
        )
        return tuple(rejected_correction_of(kept) for kept in self._store.write(changes, user.name))

    def restore(self, family: str, month: str, kind: str, user: User) -> None:
        """Make the corrections again that were turned down."""
        require(user, Right.EDIT)
        require_open_review(self._store, self._plans)
        changes = tuple(
            Change(
                kind=CORRECTION,
                company=self._plans.company,
                id=kept.id,
                body=kept.body,
                seen_version=kept.version,
                action="restore correction",
                deleted=True,
            )
            for kept in self._store.records(CORRECTION, self._plans.company)
            if (kept.body["family"], kept.body["month"], kept.body["kind"]) == (family, month, kind)
        )
        if not changes:
            raise SopError("This correction is in the history already.")
        self._store.write(changes, user.name)

    def value_added(self, view: PlanView, *, at_lag_1: bool = False, hide_names: bool = False) -> ValueAdded:
        """Who adds value, judged where supply can still react, or one month ahead."""
        inputs, settings = view.prepared.inputs, view.prepared.settings
        lags: Sequence[int] | None = [1] * len(inputs.grain.families) if at_lag_1 else None
        # The view is kept beside the answer, so that the identity in the key stays taken.
        return self._values.get(
            (id(view.prepared), at_lag_1, hide_names),
            lambda: (view, value_added(inputs, settings, lags=lags, hide_names=hide_names)),
        )[1]

    def accuracy(self, view: PlanView, *, at_lag_1: bool) -> tuple[FamilyAccuracy, ...]:
        """How good the forecast of each family was over the last twelve closed months, at the lag asked for."""
        inputs = view.prepared.inputs
        lags = (1,) * len(inputs.grain.families) if at_lag_1 else decision_lags(inputs, view.prepared.settings)
        key = f"{id(view.prepared)} {at_lag_1}"
        return self._accuracies.get(
            key,
            lambda: (
                view,
                accuracy_by_family(
                    inputs.grain.families,
                    family_demand(inputs),
                    forecasts_at_lags(inputs, lags).units,
                    demand_weights(inputs),
                ),
            ),
        )[1]

    def causes(self, view: PlanView) -> ForecastCauses:
        """Why the consensus differs from last cycle's."""
        return self._causes.get(id(view.prepared), lambda: (view, forecast_causes(view.prepared)))[1]

    def board(self, view: PlanView) -> Board:
        """Engine, its models and simple methods; once there are second opinions, all on the months of those."""
        inputs = view.prepared.inputs
        state = self.opinions_state(view)
        told = state.answer or {}
        return self._boards.get(f"{inputs.version} {sorted(told)}", lambda: self._board(family_demand(inputs), told))

    def ask_opinions(self, view: PlanView) -> None:
        """Begin the second opinions of this data load in the background."""
        if self._jobs is not None:
            history = family_demand(view.prepared.inputs)
            self._jobs.start(self._job(view), opinions, history, _LAGS, _OPINION_ORIGINS)

    def stop_opinions(self, view: PlanView) -> None:
        """Stop them."""
        if self._jobs is not None:
            self._jobs.cancel(self._job(view))

    def opinions_state(self, view: PlanView) -> JobState:
        """How far they are."""
        return self._jobs.state(self._job(view)) if self._jobs is not None else JobState()

    def assumptions(self, view: PlanView) -> tuple[CheckedAssumption, ...]:
        """Assumptions against what happened."""
        prepared = view.prepared
        return checked_assumptions(prepared.inputs, prepared.history, prepared.adjustments)

    def transitions(self, view: PlanView) -> tuple[Transition, ...]:
        """Items that follow others."""
        return transitions(view.prepared.inputs)

    @staticmethod
    def _job(view: PlanView) -> str:
        return f"second opinions {view.prepared.inputs.version}"

    @staticmethod
    def _board(history: Any, told: Mapping[str, Any]) -> Board:
        longest = history.shape[1]
        origins = [left for left in range(_ORIGINS, 0, -1) if longest - left >= _ORIGINS // 2]
        if not origins:
            return Board(standings=(), inside80=np.empty((0, len(history))))
        test = full_backtest(history, _LAGS, origins)
        shared = [row for row, left in enumerate(_OPINION_ORIGINS) if left in origins]
        if not told or not shared:
            return Board(standings=leader_board(test), inside80=test.inside80[:, :, 0])
        same = full_backtest(history, _LAGS, [_OPINION_ORIGINS[row] for row in shared])
        more = {name: made[shared] for name, made in told.items()}
        return Board(standings=leader_board(same, more), inside80=test.inside80[:, :, 0])
