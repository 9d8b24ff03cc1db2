"""The demand review as rows: methods, value added, corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.demand.calibration import ranges_held
from sop_dash.core.demand.change_ledger import LedgerRow
from sop_dash.core.demand.cleansing import Correction
from sop_dash.core.studies.value_added_study import FamilyValue, ValueAdded
from sop_dash.figures.demand_tables import Row
from sop_dash.figures.formats import (
    compact,
    known,
    number,
    percent,
    plural,
)
from sop_dash.services.demand_review import Board
from sop_dash.services.plans import PlanView

_PROMISED = 0.80
_TOO_FEW = "too few to tell"


class Grouping(StrEnum):
    """How the account of value is told: by family, or by kind of change."""

    FAMILY = "family"
    OWNER = "owner"
    REASON = "reason"
    SIZE = "size"
    DIRECTION = "direction"


@dataclass(frozen=True, kw_only=True)
class CorrectedMonth:
    """The corrections of one kind in one month of one family, channels added up; units.

    Args:
        family, month, kind: Which.
        before: Units before it; NaN where nothing was recorded.
        after: Units the baseline sees when it is accepted.
        reason: Why, of the channel changed most, which is named where there are several.
        channels: In which channels.
        accepted: False when turned down.
        reversible: False where there is nothing to go back to.
    """

    family: str
    month: str
    kind: str
    before: float
    after: float
    reason: str
    channels: tuple[str, ...]
    accepted: bool
    reversible: bool

    @property
    def size(self) -> float:
        """How much it changes, in units."""
        return abs(self.after - self.before) if known(self.before) else self.after


def corrected_months(corrections: Iterable[Correction], families: set[str]) -> list[CorrectedMonth]:
    """The corrections of the families by month and kind, the largest first."""
    groups: dict[tuple[str, str, str], list[Correction]] = {}
    for correction in corrections:
        if correction.family in families:
            groups.setdefault((correction.family, correction.month, correction.kind), []).append(correction)
    rows = [
        CorrectedMonth(
            family=family,
            month=month,
            kind=kind,
            before=sum(c.before for c in members),
            after=sum(c.after for c in members),
            reason=_told(members),
            channels=tuple(c.channel for c in members),
            accepted=any(c.accepted for c in members),
            reversible=any(c.reversible for c in members),
        )
        for (family, month, kind), members in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row.size, row.family, row.month))


def _told(members: Sequence[Correction]) -> str:
    """Why, in the channel changed most; beside others it is named, since its units are not those of all."""
    most = max(members, key=lambda c: abs(c.after - c.before))
    return most.reason if len(members) == 1 else f"{most.channel}: {most.reason}"


def method_rows(board: Board, view: PlanView) -> list[Row]:
    """Every method for the families selected, the least error first."""
    names = view.plan.grain.families
    return [
        {
            "key": f"{standing.family} {standing.method}",
            "family": names[standing.family],
            "method": standing.method,
            **{f"lag{lag}": value for lag, value in enumerate(standing.wape_by_lag, start=1)},
            "all": standing.wape,
            "pairs": standing.pairs,
            "differs": _difference(standing.method, standing.chance),
        }
        for standing in board.standings
        if view.families[standing.family]
    ]


def _difference(method: str, chance: float) -> str:
    if method == "engine":
        return "in use"
    if not known(chance):
        return "too few months"
    return "real" if chance < 0.05 else "may be chance"


def held_words(board: Board, view: PlanView) -> str:
    """How many ranges held: "of the last 24 ranges of 80 %, 19 held (79 %; by chance anything from 63 % to 89 %)"."""
    found = ranges_held(board.inside80[:, np.asarray(view.families)])
    if found is None:
        return "no range could be tested yet"
    told = f"of the last {number(found.count)} ranges of {percent(_PROMISED, 0)}, {number(found.held)} held"
    sure = f"{percent(found.share, 0)}; by chance anything from {percent(found.low, 0)} to {percent(found.high, 0)}"
    verdict = ""
    if found.differs_from(_PROMISED):
        verdict = ": too narrow" if found.share < _PROMISED else ": wider than needed"
    return f"{told} ({sure}){verdict}"


def value_rows(account: ValueAdded, view: PlanView, by: Grouping) -> list[Row]:
    """The families selected, or the changes of one grouping."""
    if by is Grouping.FAMILY:
        chosen = zip(account.families, view.families, strict=True)
        return [_family_row(family) for family, inside in chosen if inside and family.stairs]
    ledger = {
        Grouping.OWNER: account.owners,
        Grouping.REASON: account.reasons,
        Grouping.SIZE: account.sizes,
        Grouping.DIRECTION: account.directions,
    }
    return [_ledger_row(row) for row in ledger[by]]


def _family_row(family: FamilyValue) -> Row:
    last = family.stairs[-1]
    helped = "changes help" if family.helped_points > 0.0 else ""
    return {
        "name": family.family,
        "count": last.pairs,
        "error": last.wape_ratio,
        "points": family.helped_points,
        "verdict": _TOO_FEW if last.verdict is None else "take the forecast" if family.auto_approve else helped,
        "bias": family.bias,
        "stock": family.idle_stock_value,
        "margin": family.margin_at_risk_per_year,
    }


def _ledger_row(row: LedgerRow) -> Row:
    return {
        "name": row.name,
        "size": row.mean_ratio,
        "count": row.changes,
        "helped": row.helped_ratio,
        "points": row.added_points,
        "verdict": row.verdict or _TOO_FEW,
        "money": row.gain,
    }


def value_words(account: ValueAdded) -> str:
    """What was judged, and for which families the forecast can be taken as it is."""
    approved = sum(family.auto_approve for family in account.families)
    told = f"; changes do not help {plural(approved, 'family', 'families')}" if approved else ""
    return f"{plural(len(account.cycles), 'cycle')} {'replayed' if account.replayed else 'kept'}{told}"


def auto_words(points: float) -> str:
    """What people's changes did to the error of a family."""
    if points == 0.0:
        return "changes take no error off"
    return f"changes add {number(-points, 1)} points of error"


def why_words(view: PlanView) -> list[str]:
    """Why the forecast of the one family selected is what it is: rule by channel, top-down beside the sum."""
    if view.families.sum() != 1:
        return ["Choose a family to read why its forecast is what it is."]
    f, base, months = int(view.families.argmax()), view.prepared.baseline, len(view.months)
    rules: dict[str, list[str]] = {}
    for channel, rule in zip(view.plan.grain.channels, base.methods[f], strict=True):
        rules.setdefault(rule, []).append(channel)
    said = [f"{', '.join(channels)}: {rule}." for rule, channels in rules.items()]
    parts, whole = base.family_units[f, :months].sum(), base.top_down_units[f, :months].sum()
    said.append(f"Channels add up to {compact(parts)} units over {months} months; as a whole {compact(whole)}.")
    return said
