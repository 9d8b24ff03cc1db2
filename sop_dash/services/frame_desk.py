"""What the frame around every page asks: lists behind filters and levers, facts of the header, keeping a scenario."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sop_dash.core.model.levers import RANGES, Levers
from sop_dash.services.access import User
from sop_dash.services.frame_facts import Choices, HeaderFacts
from sop_dash.services.opened_view import OpenedView, opened_view
from sop_dash.services.plan_versions import PlanVersions
from sop_dash.services.plans import Plans
from sop_dash.services.scenarios import Scenarios
from sop_dash.services.selection import Selection

_HOURS_SHARE = 0.2
_HOURS_STEP = 100.0


class FrameDesk:
    """Answers the frame from the plan in use."""

    def __init__(self, plans: Plans, scenarios: Scenarios, versions: PlanVersions, user: Callable[[], User]) -> None:
        self._plans, self._scenarios, self._versions, self._user = plans, scenarios, versions, user

    def revision(self) -> int:
        """The number of the newest write."""
        return self._plans.revision

    def choices(self) -> Choices:
        """Names and plan values of the data load in use. Raises `NoDataLoad` in an empty home."""
        prepared = self._plans.prepared()
        grain, scope, settings = prepared.inputs.grain, prepared.scope, prepared.settings
        first = {name: scope.first_month((name,)) for name in grain.resources}
        return Choices(
            families={
                category: tuple(f for f, c in zip(grain.families, grain.categories, strict=True) if c == category)
                for category in grain.category_names
            },
            channels=grain.channels,
            resources=grain.resources,
            months=grain.horizon[prepared.locked_months :],
            hours_months={n: grain.horizon[grain.horizon.index(m) :] if m else () for n, m in first.items()},
            overtime_ratio=self._overtime_ratio(),
            cover_days=_given(prepared.plan_levers.cover_days, settings.cover_days),
            hours_limit=self._hours_limit(),
            outsource_ratio=self._outsource_ratio(),
        )

    def _overtime_ratio(self) -> float:
        """Overtime the plan allows: the usual limit of the resources, as the slider stands before it is moved."""
        prepared = self._plans.prepared()
        given = prepared.plan_levers.overtime_max_ratio
        if given is not None:
            return given
        limits = prepared.inputs.supply.overtime_max_ratio[:, len(prepared.inputs.grain.history) :]
        known = limits[~np.isnan(limits)]
        return float(np.median(known)) if known.size else prepared.settings.overtime_max_ratio

    def _outsource_ratio(self) -> float:
        """Outsourcing the plan allows, as a share of demand: the limits of the families that have one, together."""
        prepared = self._plans.prepared()
        given = prepared.plan_levers.outsource_max_ratio
        if given is not None:
            return given
        limit, demand = (
            units[:, prepared.locked_months :]
            for units in (prepared.problem.outsource_max_units, prepared.problem.demand_units)
        )
        able = limit.any(axis=1)
        asked = float(demand[able].sum())
        return min(round(float(limit[able].sum()) / asked, 3), 1.0) if asked > 0.0 else 0.0

    def _hours_limit(self) -> float:
        """A fifth of the largest resource's monthly hours, in round hundreds, within what a lever may take."""
        hours = self._plans.prepared().problem.available_hours
        largest = float(np.nanmax(hours)) if hours.size and not np.isnan(hours).all() else 0.0
        rounded = np.ceil(max(largest * _HOURS_SHARE, _HOURS_STEP) / _HOURS_STEP) * _HOURS_STEP
        return float(min(rounded, RANGES["hours_per_month"].high))

    def opened(self, selection: Selection, levers: Any) -> OpenedView:
        """What of an address can be shown. Raises `NoDataLoad` in an empty home."""
        return opened_view(selection, self._plans.known(selection), levers, self._plans.check)

    def header(self, selection: Selection, levers: Levers) -> HeaderFacts:
        """Facts of the header under this selection and these levers."""
        view = self._plans.view(selection, levers)
        company, findings, identities = view.prepared.inputs.company, view.plan.findings, view.plan.identities
        state = self._versions.state()
        return HeaderFacts(
            company=company.name,
            example=company.example,
            cycle=view.prepared.inputs.grain.cycle,
            approved_by=state.by if state.approved else "",
            approved_at=state.at if state.approved else "",
            proposed_by=state.by if state.proposed else "",
            changed_since=state.changes,
            shown=self._shown(levers),
            changes=levers.count,
            data_through=company.data_through_month,
            issues=len(findings),
            blocking=sum(finding.blocks for finding in findings),
            tied=sum(identity.holds for identity in identities),
            balances=len(identities),
            currency_assumed=company.currency if company.currency_assumed else "",
            user=self._user().name,
        )

    def _shown(self, levers: Levers) -> str:
        if not levers.moved:
            return "plan"
        return next((kept.name for kept in self._scenarios.all() if kept.levers == levers), "plan")

    def keep_scenario(self, given: Mapping[str, Any], levers: Levers) -> str:
        """Keep the levers under a name; returns the sentence to show. Raises `SopError` when refused."""
        kept = self._scenarios.keep(given, levers, self._user())
        return f"Scenario “{kept.name}” saved."


def _given(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
