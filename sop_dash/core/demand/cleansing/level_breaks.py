"""A family whose sales stepped to a new level when a product came or went: season or launch? Only people know."""

import numpy as np

from sop_dash.core.demand.breaks import months_since_break
from sop_dash.core.demand.edges import gaps_filled
from sop_dash.core.demand.portfolio import pack
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.outlook import LAUNCH
from sop_dash.core.model.periods import ordinal, shift, short_name

SEASON_OR_LAUNCH = FindingKind(
    code="season-or-launch",
    severity=Severity.WARNS,
    title="A new level began when a product changed: season or launch?",
    remedy="The forecast keeps the new level. If it was a season, say so with an adjustment on the Demand page.",
)
_MONTHS_APART = 2


def level_break_findings(units: Array, inputs: PlanInputs) -> tuple[Finding, ...]:
    """One question per family with a break of the last year within two months of a launch or an end of sale."""
    total = np.where(np.isnan(units).all(axis=1), np.nan, np.nan_to_num(units).sum(axis=1))
    packed = pack(total)
    since = months_since_break(gaps_filled(packed), packed.length)
    found = []
    for f in np.flatnonzero(since):
        began = shift(inputs.grain.history[-1 - int(packed.behind[f])], 1 - int(since[f]))
        changed = _product_changes(inputs, int(f), began)
        if changed:
            family = inputs.grain.families[f]
            detail = f"Sales stepped to a new level in {short_name(began)}; {changed}."
            found.append(Finding(kind=SEASON_OR_LAUNCH, table="sales", place=family, detail=detail))
    return tuple(found)


def _product_changes(inputs: PlanInputs, family: int, month: str) -> str:
    """What came or went within two months of this one, in words; empty when nothing did."""

    def near(other: str) -> bool:
        return bool(other) and abs(ordinal(other) - ordinal(month)) <= _MONTHS_APART

    items, name = inputs.items, inputs.grain.families[family]
    rows = [row for row, of in enumerate(items.families) if of == family]
    came = [items.skus[row] for row in rows if near(items.launch_months[row])]
    went = [items.skus[row] for row in rows if near(items.end_months[row])]
    said = [e.description for e in inputs.events if e.family == name and e.kind == LAUNCH and near(e.first_month)]
    parts = [f"{', '.join(came)} came" if came else "", f"{', '.join(went)} went" if went else "", *said[:1]]
    return "; ".join(part for part in parts if part)
