"""The options for a gap, each the whole plan made again, so that residual shortages and other families are counted in.

One planner makes them all, the means an option does not use switched off: doing nothing is regular hours, nothing
outsourced and nothing built ahead of the stock targets; building ahead, overtime and outsourcing each allow one means
more; the best mix is the plan, unless that comes to doing nothing. Figures cover the families of the gap in its window
of months. Units, hours and plan currency; money is favourable when positive unless it is named a cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sop_dash.core.model.arrays import worth
from sop_dash.core.model.levers import ExtraHours, Levers
from sop_dash.core.model.result import OtherCost, PlanResult
from sop_dash.core.plan import Prepared, plan
from sop_dash.core.plan.run import problem_of
from sop_dash.core.plan.unit_capacity import capacity_words
from sop_dash.core.studies.gaps import Gap, gap_at, gaps
from sop_dash.core.studies.option_reasons import why_it_brings_nothing

_ALONE_BRINGS_LITTLE = 0.2
_HOURS_STEP = 10.0
_NOTICEABLE, _HELPFUL = 1e-3, 1e-2
_NOTHING = Levers(overtime_max_ratio=0.0, outsource_max_ratio=0.0, build_ahead=False)
_MEANS = {
    "build-ahead": ("Build ahead", replace(_NOTHING, build_ahead=None)),
    "overtime": ("Overtime", replace(_NOTHING, overtime_max_ratio=None)),
    "outsource": ("Outsource", replace(_NOTHING, outsource_max_ratio=None)),
}
"""Doing nothing with one means as it stands."""
_IDLE = "No means at hand helps here: the plan does nothing about this gap."


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What an option puts in and costs, in the families and months of the gap; money is None where it is unknown.

    Args:
        covered_units: Demand served that doing nothing would lose; unlike units: shown for one family only.
        covered_value: The same at net price; None where prices are unknown.
        overtime_hours: Overtime of the resources these families use, all of it.
        outsourced_units: Outsourced.
        held_unit_months: Stock kept beyond that of doing nothing, units × months; negative where less is kept.
        overtime_cost: Premium of the overtime.
        outsource_cost: Premium of the units outsourced.
        holding_cost: Of the stock held, months counted, with its sign; None where a unit has no known cost.
        other_costs: The other costs these families bear, by kind; None where one has no price.
    """

    covered_units: float
    covered_value: float | None
    overtime_hours: float
    outsourced_units: float
    held_unit_months: float
    overtime_cost: float | None
    outsource_cost: float | None
    holding_cost: float | None
    other_costs: Mapping[OtherCost, float | None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Option:
    """One way to answer a gap.

    Args:
        key: do-nothing, build-ahead, overtime, outsource, best-mix or extra-hours.
        name: As shown.
        levers: What choosing it moves, on top of the decisions in the plan.
        margin_change: Margin against doing nothing, favourable positive; None when money is unknown.
        service_ratio: Share of the demand, by value, that is served; None without demand.
        stock_change_value: Highest month-end stock value against doing nothing; None when cost is unknown.
        below_target_value: Highest month-end value missing from the stock target; None when cost is unknown.
        lost_units: Demand still not served.
        lost_value: The same at net price; None where prices are unknown.
        lost_margin: Its margin; None when money is unknown.
        spent: What it puts in, and what that costs.
        feasible: Whether it can be chosen and brings something.
        reason: Why not, or what to know; empty when there is nothing to say.
        last_month: Last month in which all of it can still be chosen; None where it changes nothing.
        objective: What the plan weighs it at, penalties included; orders options, never shown.
        in_plan: True when the plan already does it.
        recommended: True for one option of a case.
        break_even_per_hour: Most that an extra hour may cost to pay for itself; None where money is unknown and for
            other options.
    """

    key: str
    name: str
    levers: Levers
    margin_change: float | None
    service_ratio: float | None
    stock_change_value: float | None
    below_target_value: float | None
    lost_units: float
    lost_value: float | None
    lost_margin: float | None
    spent: Spent
    feasible: bool
    reason: str
    last_month: str | None
    objective: float
    in_plan: bool
    recommended: bool = False
    break_even_per_hour: float | None = None

    @property
    def total_cost(self) -> float | None:
        """What the gap costs in the end: premiums, other costs, holding and the margin still lost.

        Without the holding it differs from that of doing nothing by the difference of the margins. None where money is
        unknown; another cost without a price is left out, as it is from the profit.
        """
        parts = (self.spent.overtime_cost, self.spent.outsource_cost, self.spent.holding_cost, self.lost_margin)
        known = [part for part in parts if part is not None]
        others = sum(cost for cost in self.spent.other_costs.values() if cost is not None)
        return sum(known) + others if len(known) == len(parts) else None


class OptionStudy:
    """The plans that all options of one plan share, and the options of any gap measured on them.

    Args:
        prepared: What the plan was made from.
        base: The plan looked at; its levers are part of every option.
    """

    def __init__(self, prepared: Prepared, base: PlanResult) -> None:
        self._prepared, self._base = prepared, base
        self._problem = problem_of(prepared, base.levers)
        self._horizon = base.grain.horizon
        self._nothing = plan(prepared, self._moved(_NOTHING))
        self.gaps = gaps(self._problem, base, self._nothing)
        self._means = {key: plan(prepared, self._moved(levers)) for key, (_, levers) in _MEANS.items()}

    def gap_at(self, family: int, month: int) -> Gap:
        """The gap that this family-month is part of; a gap of its own where no resource is over its hours."""
        return gap_at(self._problem, self.gaps, self._base, self._nothing, family, month)

    def options(self, gap: Gap) -> tuple[Option, ...]:
        """Doing nothing first, then each means, the best mix, and more regular hours for a resource."""
        idle, last = self._is_idle(gap), self._last_month(self._base, gap) or self._acting(gap)
        nothing = self._measured("do-nothing", "Do nothing", self._nothing, gap)
        mix = replace(self._measured("best-mix", "Best mix", self._base, gap), last_month=last)
        if idle:
            nothing = replace(nothing, levers=mix.levers, objective=mix.objective, in_plan=True)
            mix = replace(mix, feasible=False, in_plan=False, last_month=None, reason=_IDLE)
        options = [nothing]
        for key, (name, _) in _MEANS.items():
            if key != "overtime" or gap.resource is not None:
                options.append(self._by_one_means(key, name, gap))
        options.append(mix)
        if gap.resource is not None:
            options.append(self._extra_hours(gap))
        return tuple(options)

    def _by_one_means(self, key: str, name: str, gap: Gap) -> Option:
        """One means alone; it can be chosen where the plan with it is better for the gap than doing nothing."""
        result = self._means[key]
        option, last = self._measured(key, name, result, gap), self._last_month(result, gap)
        if last is not None and self._helps(result, gap):
            return replace(option, last_month=last)
        why = why_it_brings_nothing(key, self._prepared, self._problem, self._base, self._nothing, gap)
        return replace(option, feasible=False, reason=why)

    def _helps(self, result: PlanResult, gap: Gap) -> bool:
        """Whether more is served than by doing nothing, or stock kept nearer to its target, in the gap's window."""
        families, window = list(gap.families), gap.window

        def missing(one: PlanResult) -> tuple[float, float]:
            supply = one.supply
            below = np.maximum(supply.target[families, window] - supply.closing[families, window], 0.0)
            return float(supply.lost[families, :, window].sum()), float(below.sum())

        pairs = zip(missing(self._nothing), missing(result), strict=True)
        return any(before - after > _HELPFUL * before for before, after in pairs)

    def _is_idle(self, gap: Gap) -> bool:
        """Whether the plan makes and outsources for these families and months just what doing nothing would."""
        families, window = list(gap.families), gap.window
        least = _NOTICEABLE * self._problem.demand_units[families, window].mean()
        for name in ("make", "outsource"):
            mine, its = (getattr(one.supply, name)[families, window] for one in (self._base, self._nothing))
            if np.abs(np.cumsum(mine - its, axis=1)).max() > least:
                return False
        return True

    def _last_month(self, result: PlanResult, gap: Gap) -> str | None:
        """The last cycle that can choose all this plan puts in beyond doing nothing; None when it puts in nothing."""
        families, locked = list(gap.families), self._prepared.locked_months
        end, problem = gap.window.stop, self._problem
        least = _NOTICEABLE * problem.demand_units[families, :end].mean(axis=1, keepdims=True)
        ordered = np.where(problem.made, 0.0, problem.lead_time_months)
        firsts: list[int] = []
        for name, lead in (("make", ordered), ("outsource", problem.outsource_lead_time_months)):
            more, before = (getattr(one.supply, name)[families, :end] for one in (result, self._nothing))
            grown = np.cumsum(more - before, axis=1) > least
            grown[:, : gap.window.start] = False
            rows = np.flatnonzero(grown.any(axis=1)).tolist()
            firsts += [int(grown[row].argmax() - max(lead[families[row]], locked)) for row in rows]
        return self._horizon[max(min(firsts), 0)] if firsts else None

    def _measured(self, key: str, name: str, result: PlanResult, gap: Gap) -> Option:
        families, window = list(gap.families), gap.window
        price = self._prepared.costs.price[families, :, window]
        demand = float((result.demand.committed[families, :, window] * price).sum())
        shipped = float((result.supply.shipped[families, :, window] * price).sum())
        margin, before = (float(p.money.margin[families, :, window].sum()) for p in (result, self._nothing))
        peak, peak_before = (
            float(p.money.inventory[families, window].sum(axis=0).max()) for p in (result, self._nothing)
        )
        missing = np.maximum(result.supply.target - result.supply.closing, 0.0) * result.money.unit_cost
        return Option(
            key=key,
            name=name,
            levers=result.levers,
            margin_change=_known(margin - before),
            service_ratio=shipped / demand if demand > 0.0 else None,
            stock_change_value=_known(peak - peak_before),
            below_target_value=_known(float(missing[families, window].sum(axis=0).max())),
            lost_units=float(result.supply.lost[families, :, window].sum()),
            lost_value=_known(self._lost_value(result, families, window)),
            lost_margin=_known(float(result.money.lost_margin[families, :, window].sum())),
            spent=self._spent(result, families, window),
            feasible=True,
            reason="",
            last_month=None,
            objective=result.solver.objective,
            in_plan=result is self._base,
        )

    def _spent(self, result: PlanResult, families: list[int], window: slice) -> Spent:
        used = (self._problem.resource_hours_per_unit[:, families] > 0.0).any(axis=1)
        lost, lost_before = (p.supply.lost[families, :, window].sum() for p in (result, self._nothing))
        held = result.supply.closing[families, window] - self._nothing.supply.closing[families, window]
        more = held.sum(axis=1)
        cost_known = ~np.isnan(result.money.unit_cost[families, window]).any(axis=1)
        holding = np.where(cost_known, self._problem.holding_cost[families], np.nan)
        return Spent(
            covered_units=float(lost_before - lost),
            covered_value=_known(
                self._lost_value(self._nothing, families, window) - self._lost_value(result, families, window)
            ),
            overtime_hours=float(result.supply.overtime_hours[used, window].sum()),
            outsourced_units=float(result.supply.outsource[families, window].sum()),
            held_unit_months=float(more.sum()),
            overtime_cost=_known(float(result.money.overtime_premium[families, window].sum())),
            outsource_cost=_known(float(result.money.outsource_premium[families, window].sum())),
            holding_cost=_known(float(worth(more, holding).sum())),
            other_costs={
                kind: _known(float(paid[families, window].sum()))
                for kind, paid in result.money.other_costs.items()
                if paid[families, window].any()
            },
        )

    def _lost_value(self, result: PlanResult, families: list[int], window: slice) -> float:
        lost = result.supply.lost[families, :, window]
        return float(worth(lost, result.money.price[families, :, window]).sum())

    def _extra_hours(self, gap: Gap) -> Option:
        """More regular hours on the resource, together with the one that binds beside it where one alone is useless."""
        resources = [gap.resource or 0]
        first = self._hours_position(resources)
        if first > gap.last:
            option = self._measured("extra-hours", "Extra hours", self._base, gap)
            reason = "More hours on this resource come too late for the gap."
            return replace(option, feasible=False, reason=reason, in_plan=False)
        result, hours = self._with_hours(resources, gap)
        reason, partners = "", self._partners(gap)
        if partners:
            pair, pair_hours = self._with_hours([*resources, *partners], gap)
            saved, saved_by_pair = (self._saved_units(p, gap) for p in (result, pair))
            if saved_by_pair > 1.0 and saved < _ALONE_BRINGS_LITTLE * saved_by_pair:
                names = " and ".join(self._base.grain.resources[r] for r in (*resources, *partners))
                result, hours, reason = pair, pair_hours, f"{names} bind together; one alone brings little."
                first = self._hours_position([*resources, *partners])
        counted = capacity_words(self._base.grain.resources[resources[0]], self._base.grain.families)[1]
        option = self._measured("extra-hours", f"{hours:,.0f} extra {counted}s a month", result, gap)
        gain = self._gained(result, gap)
        bought = hours * len(result.levers.extra_hours[-1].resources) * (len(self._horizon) - first)
        last_month, price = self._horizon[max(gap.first - first, 0)], None if gain is None else gain / bought
        return replace(option, reason=reason, last_month=last_month, break_even_per_hour=price)

    def _gained(self, result: PlanResult, gap: Gap) -> float | None:
        """Margin above that of the plan, all known families together; None where one of the gap has unknown money."""
        after, before = result.money.margin, self._base.money.margin
        if np.isnan(after[list(gap.families)]).any():
            return None
        return float(np.nansum(after) - np.nansum(before))

    def _with_hours(self, resources: list[int], gap: Gap) -> tuple[PlanResult, float]:
        """The plan with the hours of the gap, spread over the months they can stand in up to its last one."""
        names = tuple(self._base.grain.resources[r] for r in resources)
        months = gap.last - self._hours_position(resources) + 1
        hours = float(np.ceil(gap.hours / months / _HOURS_STEP) * _HOURS_STEP)
        added = ExtraHours(resources=names, hours_per_month=hours)
        return plan(self._prepared, self._moved(Levers(extra_hours=(added,)))), hours

    def _hours_position(self, resources: list[int]) -> int:
        """The first month in which more hours can stand on all of them; beyond the horizon when none can."""
        month = self._prepared.scope.first_month(self._base.grain.resources[r] for r in resources)
        return len(self._horizon) if month is None else self._horizon.index(month)

    def _saved_units(self, result: PlanResult, gap: Gap) -> float:
        families = list(gap.families)
        return float(self._base.supply.lost[families].sum() - result.supply.lost[families].sum())

    def _partners(self, gap: Gap) -> list[int]:
        """Other resources of the families that are full in the months of the gap and can have more hours by then."""
        supply, months = self._base.supply, slice(gap.first, gap.last + 1)
        most = supply.available_hours + supply.overtime_limit_hours
        full = np.asarray((supply.hours_used[:, months] > 0.999 * most[:, months]).any(axis=1))
        shared = np.asarray((self._problem.resource_hours_per_unit[:, list(gap.families)] > 0.0).any(axis=1))
        others = [r for r in range(self._problem.resources) if full[r] and shared[r] and r != gap.resource]
        return [r for r in others if self._hours_position([r]) <= gap.last]

    def _acting(self, gap: Gap) -> str:
        """The last cycle that can choose something acting in the gap's first month."""
        return self._horizon[max(gap.first - self._prepared.locked_months, 0)]

    def _moved(self, levers: Levers) -> Levers:
        return levers.on_top_of(self._base.levers)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
