"""Exceptions of the demand plan (D-09 to D-11): what moved since last cycle, what is new, what leaves its range.

This cycle is compared with last cycle month by month, never with its own neighbour months. Every rule has a least size
in money beside the percentage. Units and money.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.model.findings import Finding, FindingKind, Severity, by_importance
from sop_dash.core.model.kept_forecasts import last_cycle_units
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.exceptions import HIDDEN_BIAS, RUNS_OFF, ChangedMonth, changed_months
from sop_dash.core.performance.monthly import family_demand
from sop_dash.core.plan.demand_issues import consensus_price
from sop_dash.core.plan.prepared import Prepared

THRESHOLD = 0.20
_LEAST_SHARE = 0.0005
_FEWEST_MONTHS = 12


def _kind(code: str, title: str, remedy: str, severity: Severity = Severity.WARNS) -> FindingKind:
    return FindingKind(code=code, severity=severity, title=title, remedy=remedy)


CHANGED = _kind(
    "forecast-changed", "Forecast changed since last cycle", "Confirm the change or restore last cycle's figure."
)
NEW_FORECAST = _kind(
    "forecast-new", "Forecast where last cycle had none", "Confirm the launch and its analogue.", Severity.INFORMS
)
SHORT_HISTORY = _kind(
    "forecast-short-history",
    "New: under twelve months of history",
    "Plan it by an analogue on the Demand page, or enter what you know.",
)
OUTSIDE_RANGE = _kind(
    "consensus-outside-range",
    "Consensus outside the range of the forecast",
    "Ask for the evidence: four of five months have come inside.",
)


def demand_exceptions(
    prepared: Prepared, *, months: int = 12, threshold: float = THRESHOLD, before: Array | None = None
) -> tuple[Finding, ...]:
    """Everything about demand that asks for a look, one row per family and rule, most money first.

    Args:
        prepared: Consensus, baseline with its ranges, kept forecasts and review.
        months: How many months of the horizon are looked at.
        threshold: Least change since last cycle, as a share.
        before: [F, T] consensus of last cycle, replayed perhaps; None takes what was kept.
    """
    review = prepared.review
    told = [one for one in review.exceptions if one.kind in (RUNS_OFF, HIDDEN_BIAS)] if review else []
    moved = moved_months(prepared, months=months, threshold=threshold, before=before)
    found = (*told, *_moved(moved), *_short(prepared, months), *_outside(prepared, months))
    return by_importance(found)


def moved_months(
    prepared: Prepared, *, months: int = 12, threshold: float = THRESHOLD, before: Array | None = None
) -> tuple[ChangedMonth, ...]:
    """Family and month whose consensus moved since last cycle by more than the threshold and the least money.

    Arguments as in `demand_exceptions`.
    """
    price = consensus_price(prepared)
    now = prepared.consensus.units.sum(axis=1)
    then = last_cycle_units(prepared.inputs) if before is None else before
    total = float(np.nansum(worth(now, price)[:, :months]))
    cut = slice(None, months)
    return changed_months(
        prepared.inputs.grain,
        now[:, cut],
        then[:, cut],
        price[:, cut],
        threshold=threshold,
        least_value=_LEAST_SHARE * total,
    )


def _moved(moved: Sequence[ChangedMonth]) -> Iterator[Finding]:
    families = dict.fromkeys(row.family for row in moved)
    for family in families:
        rows = sorted((row for row in moved if row.family == family), key=lambda row: row.month)
        known = [row for row in rows if not row.new]
        if known:
            most = max(known, key=lambda row: abs(row.ratio))
            now, before = sum(row.units for row in known), sum(row.before_units for row in known)
            detail = (
                f"{_span(known)}: {now:,.0f} units, last cycle {before:,.0f} ({_signed(now / before - 1.0)}); "
                f"most in {short_name(most.month)} ({_signed(most.ratio)})."
            )
            yield Finding(kind=CHANGED, place=family, detail=detail, value=_money(known), count=len(known))
        fresh = [row for row in rows if row.new]
        if fresh:
            detail = f"{_span(fresh)}: {sum(row.units for row in fresh):,.0f} units, last cycle none."
            yield Finding(kind=NEW_FORECAST, place=family, detail=detail, value=_money(fresh), count=len(fresh))


def _short(prepared: Prepared, months: int) -> Iterator[Finding]:
    known = (~np.isnan(family_demand(prepared.inputs))).sum(axis=1)
    units = prepared.consensus.units.sum(axis=1)[:, :months]
    value = worth(units, consensus_price(prepared)[:, :months]).sum(axis=1)
    for f, family in enumerate(prepared.inputs.grain.families):
        if known[f] < _FEWEST_MONTHS and units[f].sum() > 0.0:
            detail = f"{known[f]} months are known; {units[f].sum():,.0f} units are planned."
            yield Finding(kind=SHORT_HISTORY, place=family, detail=detail, value=_known(value[f]))


def _outside(prepared: Prepared, months: int) -> Iterator[Finding]:
    units, bands = prepared.consensus.units.sum(axis=1), prepared.baseline.family_bands
    over = np.maximum(units - bands.hi80, 0.0) + np.maximum(bands.lo80 - units, 0.0)
    beyond = np.where(np.isnan(over), 0.0, over)[:, :months]
    value = _worth_of(beyond, consensus_price(prepared)[:, :months])
    touched = {effect.family for effect in prepared.consensus.effects}
    for f, family in enumerate(prepared.inputs.grain.families):
        count = int((beyond[f] > 0.0).sum())
        if f in touched and count:
            detail = f"In {count} of {months} months people plan beyond the range that holds four of five months."
            yield Finding(kind=OUTSIDE_RANGE, place=family, detail=detail, value=value[f], count=count)


def _worth_of(units: Array, price: Array) -> list[float | None]:
    return [_known(one) for one in worth(units, price).sum(axis=1).tolist()]


def _money(rows: Sequence[ChangedMonth]) -> float | None:
    return _known(sum(row.value for row in rows))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _span(rows: Sequence[ChangedMonth]) -> str:
    first, last = short_name(rows[0].month), short_name(rows[-1].month)
    return first if first == last else f"{first} to {last}"


def _signed(ratio: float) -> str:
    return f"{100.0 * ratio:+.0f} %".replace("-", "−")
