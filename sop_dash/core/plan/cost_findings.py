"""What a person should know about the other costs of a plan: contracts not used, people whose change has no price."""

from collections.abc import Iterator, Sequence

import numpy as np

from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.result import MoneyPlan, OtherCost, SupplyPlan
from sop_dash.core.plan.other_costs import planned_changes
from sop_dash.core.plan.places import flagged, months_in_words
from sop_dash.core.supply.problem import SupplyProblem

UNUSED_MINIMUM = FindingKind(
    code="contract-minimum-not-used",
    severity=Severity.WARNS,
    title="The smallest amount agreed with a contractor is not taken, and paid all the same",
    remedy="Raise the outsourcing limit to outsource_min_units, or agree on less with the contractor.",
)
PEOPLE_UNPRICED = FindingKind(
    code="people-without-price",
    severity=Severity.INFORMS,
    title="Hiring or letting go is planned, and what it costs is unknown",
    remedy="Give it in labour; until then profit and cash leave it out.",
)

CONTRACT_LIMITS = FindingKind(
    code="contract-limits-contradict",
    severity=Severity.WARNS,
    title="The smallest amount agreed with a contractor exceeds the largest",
    remedy="Correct outsource_min_units or outsource_max_units in supply_options.",
)

_NOISE = 1e-6


def unused_minimum_findings(
    problem: SupplyProblem, supply: SupplyPlan, money: MoneyPlan, families: Sequence[str], names: Sequence[str]
) -> Iterator[Finding]:
    """Families whose contract is not used up, with the months and what is paid for nothing; `names` are the months."""
    if not problem.outsource_min_units.any():
        return
    unused = problem.unused_minimum_units(supply.outsource)
    paid = money.other(OtherCost.UNUSED_MINIMUM)
    for f, months in flagged(unused > _NOISE * np.maximum(problem.outsource_min_units, 1.0)).items():
        detail, value = f"{unused[f, months].sum():,.0f} units are agreed and not taken.", float(paid[f, months].sum())
        if np.isnan(value):
            detail += " What they cost is unknown: give unit_cost in products."
        place = f"{families[f]}, {months_in_words(months, names)}"
        known = None if np.isnan(value) else value
        yield Finding(
            kind=UNUSED_MINIMUM, table="supply_options", place=place, detail=detail, value=known, count=len(months)
        )


def contract_findings(inputs: PlanInputs) -> Iterator[Finding]:
    """Families whose contract asks for more than it allows; the smallest amount is what the plan goes by."""
    least, most = inputs.supply.outsource_min_units, inputs.supply.outsource_max_units
    for f in np.flatnonzero(least > most).tolist():
        detail = f"At least {least[f]:,.0f} and at most {most[f]:,.0f} units a month; the plan goes by the former."
        yield Finding(kind=CONTRACT_LIMITS, table="supply_options", place=inputs.grain.families[f], detail=detail)


def people_findings(inputs: PlanInputs) -> Iterator[Finding]:
    """Pools whose workers change in the plan without a price, or whose workers are unknown; one finding a pool."""
    labour = inputs.labour
    if labour is None:
        return
    hired, laid_off = planned_changes(labour, len(inputs.grain.history))
    names = [short_name(month) for month in inputs.grain.horizon]
    asked = (("hire_cost", hired, labour.hire_cost), ("fire_cost", laid_off, labour.lay_off_cost))
    for p, pool in enumerate(labour.pools):
        months = np.isnan(hired[p])
        lacking = ["workers"] if months.any() else []
        for column, people, rate in asked:
            if np.isnan(rate[p]) and (people[p] > 0.0).any():
                lacking.append(column)
                months = months | (people[p] > 0.0)
        if lacking:
            place = f"{pool}, {months_in_words(np.flatnonzero(months).tolist(), names)}"
            verb = "are" if len(lacking) > 1 or lacking == ["workers"] else "is"
            detail = f"{' and '.join(lacking)} {verb} not given."
            yield Finding(kind=PEOPLE_UNPRICED, table="labour", place=place, detail=detail, count=int(months.sum()))
