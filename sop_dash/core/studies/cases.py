"""Cases: the largest gaps of a plan, each with its options planned in full, for the decision cards.

A case names what is short, for how long, what is at stake and what would have to change for it to go away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sop_dash.core.model.periods import short_name
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.plan.unit_capacity import capacity_words
from sop_dash.core.studies.case_options import Option, OptionStudy
from sop_dash.core.studies.gaps import Gap

_MOST_CASES = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One gap that asks for a decision.

    Args:
        place: The resource or family that is short.
        is_resource: True for a resource.
        months: First and last month of the gap.
        counted: First and last month its options are measured in: until the next gap, for stock built ahead is held
            and spent outside the gap itself.
        families: Families it touches.
        hours: Hours asked beyond the regular ones; 0 for a family.
        value: Margin at stake if nothing is done.
        question: What is to be decided, in one sentence.
        break_even_demand_ratio: The gap closes by itself when demand changes by this ratio (negative).
        options: Doing nothing first.
    """

    place: str
    is_resource: bool
    months: tuple[str, str]
    counted: tuple[str, str]
    families: tuple[str, ...]
    hours: float
    value: float
    question: str
    break_even_demand_ratio: float
    options: tuple[Option, ...]

    @property
    def recommended(self) -> Option:
        """The option recommended: the best under the planning settings: service, then money, then stock."""
        return next(o for o in self.options if o.recommended)

    @property
    def in_plan(self) -> bool:
        """True when the plan already does what is recommended."""
        return self.recommended.in_plan

    def same_gap(self, other: "Case") -> bool:
        """True when both are about the same place and months."""
        return self.place == other.place and self.months == other.months


class CaseStudy:
    """The cases of one plan; the plans behind their options are made once.

    Args:
        prepared: What the plan was made from.
        base: The plan looked at; its levers are part of every option.
    """

    def __init__(self, prepared: Prepared, base: PlanResult) -> None:
        self._base, self._study = base, OptionStudy(prepared, base)

    def largest(self) -> tuple[Case, ...]:
        """The three largest gaps by money that are decisions of their own; none is an empty tuple."""
        chosen: list[Gap] = []
        for gap in self._study.gaps:
            leading = self._leading(gap)
            taken = any(leading.overlaps(other) or gap.overlaps(other) for other in chosen)
            if len(chosen) < _MOST_CASES and not taken:
                chosen.append(leading)
        return tuple(self._case(gap) for gap in chosen)

    def _leading(self, gap: Gap) -> Gap:
        """Of the resources whose gaps begin together and are one decision, the one that is most hours short."""
        together = (g for g in self._study.gaps if g.first == gap.first and g.hours > 0.0 and g.overlaps(gap))
        return max(together, key=lambda g: g.hours, default=gap)

    def at(self, family: str, month: str) -> Case:
        """The case that a family-month is part of: of the resource that is short, else of the family alone."""
        grain = self._base.grain
        return self._case(self._study.gap_at(grain.families.index(family), grain.horizon.index(month)))

    def named(self, place: str, month: str) -> Case | None:
        """The case of a resource whose gap begins in a month, or of a family in it; None when there is no such one."""
        grain = self._base.grain
        if month not in grain.horizon:
            return None
        if place in grain.families:
            return self.at(place, month)
        first = grain.horizon.index(month)
        mine = (g for g in self._study.gaps if g.resource is not None and g.first == first)
        found = next((g for g in mine if g.resource is not None and grain.resources[g.resource] == place), None)
        return None if found is None else self._case(found)

    def _case(self, gap: Gap) -> Case:
        grain = self._base.grain
        place = grain.resources[gap.resource] if gap.resource is not None else grain.families[gap.families[0]]
        months = (grain.horizon[gap.first], grain.horizon[gap.last])
        window = grain.horizon[gap.window]
        return Case(
            place=place,
            is_resource=gap.resource is not None,
            months=months,
            counted=(window[0], window[-1]),
            families=tuple(grain.families[f] for f in gap.families),
            hours=gap.hours,
            value=gap.value,
            question=_question(gap, *capacity_words(place, grain.families), months),
            break_even_demand_ratio=-gap.share,
            options=_with_recommendation(self._study.options(gap)),
        )


def cases(prepared: Prepared, base: PlanResult) -> tuple[Case, ...]:
    """The three largest gaps of `base` by money, with their options; none is an empty tuple."""
    return CaseStudy(prepared, base).largest()


def _question(gap: Gap, place: str, counted: str, months: tuple[str, str]) -> str:
    first, last = (short_name(month) for month in months)
    when = first if first == last else f"{first} to {last}"
    if gap.resource is not None:
        lacking = f"1 {counted}" if round(gap.hours) == 1 else f"{gap.hours:,.0f} {counted}s"
        regular = "time" if counted == "hour" else "capacity"
        return f"{place} is {lacking} short of regular {regular} in {when}: how do we serve demand?"
    if gap.units < 0.5:
        return f"{place} is served in full in {when}: what would it cost otherwise?"
    return f"{gap.units:,.0f} units of {place} cannot be supplied in {when}: what do we do?"


def _with_recommendation(options: Sequence[Option]) -> tuple[Option, ...]:
    """Mark the option the planning settings weigh lightest; among equals the one that is planned.

    Extra hours have no price in the data, so they are never recommended by themselves.
    """
    able = [o for o in options if o.feasible and o.key != "extra-hours"]
    least = min(o.objective for o in able)
    near = [o for o in able if o.objective <= least + 1e-6 * abs(least)]
    chosen = next((o for o in near if o.in_plan), near[0])
    return tuple(replace(o, recommended=o is chosen) for o in options)
