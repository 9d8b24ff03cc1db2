"""What a person should know about a plan: shortages, stock below target, broken fences and ramps, months of overtime.

One finding per family or resource with its months, worth the money at stake: the margin of units not served, the value
of missing stock, the premium paid. Months are named as on screen.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import Objective
from sop_dash.core.model.reference_plan import plan_before
from sop_dash.core.model.result import MoneyPlan, SupplyPlan
from sop_dash.core.plan.cost_findings import unused_minimum_findings
from sop_dash.core.plan.end_stock_findings import end_stock_findings
from sop_dash.core.plan.limit_findings import limit_findings
from sop_dash.core.plan.limit_uses import LimitUse
from sop_dash.core.plan.places import flagged, months_in_words, spans
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.solution import SupplySolution

_OVERTIME_MONTHS_IN_A_ROW = 3


def _kind(code: str, severity: Severity, title: str, remedy: str) -> FindingKind:
    return FindingKind(code=code, severity=severity, title=title, remedy=remedy)


SHORTAGE = _kind(
    "shortage",
    Severity.WARNS,
    "Demand that cannot be served",
    "Compare overtime, outsourcing, building ahead and extra hours on the Supply page.",
)
REFUSAL = _kind(
    "refusal-needs-decision",
    Severity.WARNS,
    "Most of a family's demand is refused in a month",
    "Decide who is served, or choose an option for the gap on the Decisions page.",
)
LOST_IN_LOCKED_MONTH = _kind(
    "lost-in-locked-month",
    Severity.WARNS,
    "Demand of a locked month cannot be served any more",
    "Check the released plan, the open orders and the opening stock of the family.",
)
STOCK_BELOW_TARGET = _kind(
    "stock-below-target",
    Severity.WARNS,
    "Stock falls below its target",
    "Raise supply before these months, or lower the cover days on purpose.",
)
STOCK_ABOVE_MAXIMUM = _kind(
    "stock-above-maximum",
    Severity.INFORMS,
    "Stock lies above its maximum",
    "Plan less for the family, or sell the excess.",
)
RESTRICTED_BREAK = _kind(
    "restricted-month-changed",
    Severity.WARNS,
    "A restricted month moves more than its limit",
    "Give the reason and have the change approved, or move the demand to a later month.",
)
RAMP_BREAK = _kind(
    "ramp-limit-broken",
    Severity.WARNS,
    "Output of a resource changes faster than its limit",
    "Check that people and machines can follow, or spread the change over more months.",
)
ORDER_BELOW_MINIMUM = _kind(
    "order-below-minimum",
    Severity.INFORMS,
    "A planned order is smaller than its minimum",
    "Combine orders of neighbouring months, or agree on a smaller lot.",
)
OVERTIME_IN_A_ROW = _kind(
    "overtime-months-in-a-row",
    Severity.INFORMS,
    "Overtime for months in a row",
    "Check with the people concerned, or compare extra hours on the Supply page.",
)
FALLBACK = _kind(
    "rule-based-plan",
    Severity.WARNS,
    "The plan shown was made by a simple rule, not the optimiser",
    "Move a lever slightly and back; tell your administrator when it stays.",
)


def plan_findings(
    prepared: Prepared,
    problem: SupplyProblem,
    solution: SupplySolution,
    uses: Sequence[LimitUse],
    supply: SupplyPlan,
    money: MoneyPlan,
) -> tuple[Finding, ...]:
    """All findings of one plan, unsorted; none is an empty tuple. `uses` are its limits besides hours."""
    view = _View(prepared, problem, solution, supply, money)
    return (
        *view.shortages(),
        *view.locked_losses(),
        *view.low_stock(),
        *view.high_stock(),
        *view.broken_fences(),
        *view.broken_ramps(),
        *view.small_orders(),
        *view.overtime_runs(),
        *view.fallback(),
        *view.limits(uses),
        *view.unused_contracts(),
        *end_stock_findings(problem, solution, uses, money, prepared.inputs.grain),
    )


class _View:
    """One plan with the names and thresholds its findings need."""

    def __init__(
        self,
        prepared: Prepared,
        problem: SupplyProblem,
        solution: SupplySolution,
        supply: SupplyPlan,
        money: MoneyPlan,
    ) -> None:
        self._prepared, self._problem, self._solution = prepared, problem, solution
        self._supply, self._money = supply, money
        self._grain = prepared.inputs.grain
        self._locked = prepared.locked_months
        self._names = [short_name(month) for month in self._grain.horizon]
        monthly = problem.demand_units.sum(axis=1) / problem.months
        self._noise = 1e-6 * np.maximum(1.0, monthly)[:, None]
        self._short = solution.lost_units > self._noise

    def shortages(self) -> Iterator[Finding]:
        """Open months in which demand is not served; one finding a family, worth the lost margin."""
        cells = self._open(self._short)
        if not cells:
            return
        limit = self._prepared.settings.refusal_ratio * self._problem.demand_units
        refused = self._open(self._short & (self._solution.lost_units > limit))
        refusing = self._prepared.settings.objective is Objective.MONEY_ONLY
        why = "refused because they do not pay" if refusing else "cannot be supplied"
        for f, months in cells.items():
            units, margin = self._lost(f, months)
            demand = _total(self._problem.demand_units[f], months)
            detail = f"{units:,.0f} units ({units / demand:.0%} of the demand of these months) {why}."
            yield self._family(REFUSAL if f in refused else SHORTAGE, f, months, detail, margin)

    def locked_losses(self) -> Iterator[Finding]:
        """Locked months whose demand stock and fixed supply do not cover."""
        for f, months in flagged(self._short[:, : self._locked]).items():
            units, margin = self._lost(f, months)
            detail = f"{units:,.0f} units cannot be served from stock, receipts and the fixed output."
            yield self._family(LOST_IN_LOCKED_MONTH, f, months, detail, margin)

    def low_stock(self) -> Iterator[Finding]:
        """Open months that end below the target (the refill path counts as target), worth the missing stock."""
        missing = self._solution.below_target_units
        low = self._open(missing > np.maximum(self._noise, 0.01 * self._problem.target_units))
        for f, worst, units, value in self._worst(missing, low):
            detail = f"At worst {units:,.0f} units below target ({self._names[worst]})."
            yield self._family(STOCK_BELOW_TARGET, f, low[f], detail, value)

    def high_stock(self) -> Iterator[Finding]:
        """Open months that end above the maximum, worth the excess."""
        excess = self._supply.closing - np.maximum(self._supply.stock_high, self._problem.glide_units)
        high = self._open(excess > np.maximum(self._noise, 0.01 * self._supply.stock_high))
        for f, worst, units, value in self._worst(excess, high):
            detail = f"At most {units:,.0f} units above the maximum ({self._names[worst]})."
            yield self._family(STOCK_ABOVE_MAXIMUM, f, high[f], detail, value)

    def broken_fences(self) -> Iterator[Finding]:
        """Restricted months outside the band around the plan this cycle began with."""
        if self._problem.restricted is None:
            return
        outside = self._solution.restricted_break_units
        size = np.abs(outside)
        broken = flagged(size > self._noise)
        limit = f"±{self._problem.restricted.band_ratio:.0%} of {plan_before(self._prepared.inputs).name}"
        for f, worst, units, _ in self._worst(size, broken):
            side = "above" if outside[f, worst] > 0.0 else "below"
            detail = f"{units:,.0f} units {side} the limit in {self._names[worst]}: {limit}."
            value = _known(float(size[f] @ self._money.unit_cost[f]))
            yield self._family(RESTRICTED_BREAK, f, broken[f], detail, value)

    def broken_ramps(self) -> Iterator[Finding]:
        """Steps of output beyond the ramp limit, worth the overtime premium of the hours beyond it."""
        if self._problem.ramp is None:
            return
        size = np.abs(self._solution.ramp_break_hours)
        broken = self._open(size > 1e-6 * np.maximum(1.0, self._solution.hours_used))
        for r, months in broken.items():
            worst = int(size[r].argmax())
            detail = f"{size[r, worst]:,.0f} hours beyond the limit in {self._names[worst]}."
            value = float(size[r].sum() * self._problem.overtime_premium_per_hour[r])
            yield self._resource(RAMP_BREAK, r, months, detail, value)

    def small_orders(self) -> Iterator[Finding]:
        """Planned orders of bought families below their minimum."""
        if self._problem.made.all():
            return
        minimum = self._prepared.inputs.supply.moq_units[:, None]
        orders = self._solution.make_units
        small = self._open((orders > self._noise) & (orders < minimum) & ~self._problem.made[:, None])
        for f, months in small.items():
            least = float(orders[f, months].min())
            detail = f"The smallest is {least:,.0f} units; the minimum is {minimum[f, 0]:,.0f}."
            yield self._family(ORDER_BELOW_MINIMUM, f, months, detail, None)

    def overtime_runs(self) -> Iterator[Finding]:
        """Resources with overtime in three or more months in a row, worth the premium of those months."""
        overtime = self._solution.overtime_hours
        for r, busy in flagged(overtime > 1e-6 * np.maximum(1.0, self._solution.hours_used)).items():
            long_runs = [(a, b) for a, b in spans(busy) if b - a + 1 >= _OVERTIME_MONTHS_IN_A_ROW]
            months = [month for first, last in long_runs for month in range(first, last + 1)]
            if months:
                hours = float(overtime[r, months].sum())
                value = hours * float(self._problem.overtime_premium_per_hour[r])
                yield self._resource(OVERTIME_IN_A_ROW, r, months, f"{hours:,.0f} hours of overtime.", value)

    def fallback(self) -> Iterator[Finding]:
        """The optimiser found no verified plan."""
        if self._solution.report.fallback:
            yield Finding(kind=FALLBACK, detail=self._solution.report.reason)

    def limits(self, uses: Sequence[LimitUse]) -> Iterator[Finding]:
        """Space, transport, materials and shelf life that bind, and orders that wait."""
        return limit_findings(self._prepared.inputs, self._problem, self._solution, uses, self._locked, self._names)

    def unused_contracts(self) -> Iterator[Finding]:
        """Contracts with a smallest amount that the plan does not take."""
        families = self._grain.families
        return unused_minimum_findings(self._problem, self._supply, self._money, families, self._names)

    def _family(self, kind: FindingKind, f: int, months: list[int], detail: str, value: float | None) -> Finding:
        place = f"{self._grain.families[f]}, {self._months(months)}"
        return Finding(kind=kind, place=place, detail=detail, value=value, count=len(months))

    def _resource(self, kind: FindingKind, r: int, months: list[int], detail: str, value: float) -> Finding:
        place = f"{self._grain.resources[r]}, {self._months(months)}"
        return Finding(kind=kind, place=place, detail=detail, value=value, count=len(months))

    def _open(self, flags: BoolArray) -> dict[int, list[int]]:
        """The flagged months of each row, the locked ones left out."""
        return flagged(flags[:, self._locked :], self._locked)

    def _lost(self, f: int, months: list[int]) -> tuple[float, float | None]:
        """Units of a family not served in these months, and their margin."""
        margin = self._money.lost_margin[f].sum(axis=0)
        return _total(self._solution.lost_units[f], months), _known(_total(margin, months))

    def _worst(self, sizes: Array, cells: dict[int, list[int]]) -> Iterator[tuple[int, int, float, float | None]]:
        """Families with a flag: the worst month's position, its units and their standard cost."""
        for f, months in cells.items():
            row = sizes[f].tolist()
            worst = max(months, key=row.__getitem__)
            yield f, worst, row[worst], _known(row[worst] * float(self._money.unit_cost[f, worst]))

    def _months(self, months: list[int]) -> str:
        return months_in_words(months, self._names)


def _total(values: Array, months: list[int]) -> float:
    """Sum of these months of [T]; a few numbers add up quicker one by one."""
    of_month: list[float] = values.tolist()
    return sum([of_month[month] for month in months])


def _known(value: float) -> float | None:
    """Money at stake; never negative; None when it is unknown."""
    return None if math.isnan(value) else max(value, 0.0)
