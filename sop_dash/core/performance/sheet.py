"""The sheet on which KPIs are written: one way to turn a number and its operands into a `Kpi` with target and account.

NaN becomes "no value" and needs a reason; the comparison is with the plan when one is given, else with what is named.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.kpi import Kpi, Part, Target, Why
from sop_dash.core.model.kpi_catalogue import CATALOGUE, targets
from sop_dash.core.model.planning_settings import PlanningSettings

_ROUNDING = 1e-9
_UNCOMPARED = (math.nan, "")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Targets in force and the plan to compare with.

    Args:
        targets: Target of each KPI id under the planning settings.
        plan: Values of the plan without levers, by KPI id; empty when this is that plan.
    """

    targets: Mapping[str, Target | None]
    plan: Mapping[str, float | None] = field(default_factory=dict)

    def kpi(
        self,
        kpi_id: str,
        value: float,
        *,
        period: str,
        parts: Iterable[Part] = (),
        reason: str = "",
        target: Target | None = None,
        reference: tuple[float, str] | None = None,
        informative: bool = True,
        series: Iterable[float] = (),
        worst: tuple[str, float] | None = None,
        population: str = "",
        excluded: str = "",
        table: str = "",
        assumptions: tuple[str, ...] = (),
    ) -> Kpi:
        """Write one figure down.

        Args:
            kpi_id: Which definition of the catalogue.
            value: The number; NaN when it cannot be calculated, then `reason` says why.
            period: The months it covers, as shown.
            parts: Name, value and unit of the operands that reproduce it.
            reason: Kept with a value too where it says why there is no target.
            target: Replaces the target of the settings.
            reference: Number and name of what it is compared with, unless a plan is given.
            informative: False when the figure cannot move by construction.
            series: [months] for the sparkline, oldest first.
            worst: Name and value of the month furthest from the goal, where each month is to reach it.
            population: Whom it covers.
            excluded: What was left out.
            table: Source table.
            assumptions: What was assumed.
        """
        if self.plan:
            base = self.plan.get(kpi_id)
            reference = None if base is None else (base, "plan")
        compared, name = reference or _UNCOMPARED
        known = not math.isnan(compared)
        return Kpi(
            definition=CATALOGUE[kpi_id],
            value=None if math.isnan(value) else float(value),
            period=period,
            target=target or self.targets[kpi_id],
            reference=float(compared) if known else None,
            reference_name=name if known else "",
            reason=reason,
            informative=informative,
            series=tuple(series.tolist() if isinstance(series, np.ndarray) else series),
            worst=worst,
            why=Why(
                parts=tuple(parts),
                population=population,
                excluded=excluded,
                table=table,
                assumptions=assumptions,
            ),
        )


def sheet(settings: PlanningSettings, base: Sequence[Kpi] | None = None) -> Sheet:
    """A sheet with the targets of these settings, comparing with the KPIs of `base` where given."""
    return Sheet(targets=_targets(settings), plan={k.definition.id: k.value for k in base or ()})


@lru_cache(maxsize=8)
def _targets(settings: PlanningSettings) -> Mapping[str, Target | None]:
    return targets(settings)


def at_least(budget: float) -> Target:
    """On plan from the budget on; a figure equal to it does not miss it by its last digit."""
    return Target(low=budget - _ROUNDING * abs(budget), aim=budget)


def names_where(families: tuple[str, ...], unknown: BoolArray | np.bool_) -> str:
    """The families marked, as a text ("Filters, Coffee Pods"); empty when none is."""
    return ", ".join([name for name, lacks in zip(families, np.asarray(unknown).tolist(), strict=True) if lacks])
