"""Exceptions of the demand plan (D-09 to D-11): what moved since last cycle, what is new, what leaves its range.

This cycle is compared with last cycle month by month, never with its own neighbour months. Every rule has a least size
in money beside the percentage. Units and money.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.model.findings import Finding, FindingKind, Severity, by_importance
from sop_dash.core.model.periods import short_name
from sop_dash.core.performance.exceptions import HIDDEN_BIAS, RUNS_OFF, ChangedMonth, changed_months
from sop_dash.core.performance.monthly import family_demand
from sop_dash.core.plan.forecast_change import ForecastChange, forecast_change
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
    change = forecast_change(prepared, months, before)
    found = (*told, *_moved(moved, change, threshold), *_short(prepared, months), *_outside(prepared, months))
    return by_importance(found)


def moved_months(
    prepared: Prepared, *, months: int = 12, threshold: float = THRESHOLD, before: Array | None = None
) -> tuple[ChangedMonth, ...]:
    """Family and month whose consensus moved since last cycle by more than the threshold and the least money.

    Arguments as in `demand_exceptions`.
    """
    price = prepared.consensus_price
    now = prepared.consensus.units.sum(axis=1)
    then = prepared.last_cycle_units if before is None else before
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


def _moved(moved: Sequence[ChangedMonth], change: ForecastChange | None, threshold: float) -> Iterator[Finding]:
    """One row per family with a month beyond the threshold: its change over all months compared, as everywhere."""
    if change is None:
        return
    for family in dict.fromkeys(row.family for row in moved):
        f = change.families.index(family)
        known = [row for row in moved if row.family == family and not row.new]
        if known:
            most = max(known, key=lambda row: abs(row.ratio))
            beyond = f"{len(known)} month{'' if len(known) == 1 else 's'} beyond {threshold:.0%}".replace("%", " %")
            detail = (
                f"{_span(change.months)}: {change.now_units[f]:,.0f} units, last cycle {change.before_units[f]:,.0f} "
                f"({_signed(change.ratio[f])}); {beyond}, most {short_name(most.month)} ({_signed(most.ratio)})."
            )
            yield Finding(
                kind=CHANGED, place=family, detail=detail, value=_known(change.moved_value[f]), count=len(known)
            )
        fresh = sorted((row for row in moved if row.family == family and row.new), key=lambda row: row.month)
        if fresh:
            span = _span([row.month for row in fresh])
            detail = f"{span}: {sum(row.units for row in fresh):,.0f} units, last cycle none."
            yield Finding(kind=NEW_FORECAST, place=family, detail=detail, value=_money(fresh), count=len(fresh))


def _short(prepared: Prepared, months: int) -> Iterator[Finding]:
    known = (~np.isnan(family_demand(prepared.inputs))).sum(axis=1)
    units = prepared.consensus.units.sum(axis=1)[:, :months]
    value = worth(units, prepared.consensus_price[:, :months]).sum(axis=1)
    for f, family in enumerate(prepared.inputs.grain.families):
        if known[f] < _FEWEST_MONTHS and units[f].sum() > 0.0:
            detail = f"{known[f]} months are known; {units[f].sum():,.0f} units are planned."
            yield Finding(kind=SHORT_HISTORY, place=family, detail=detail, value=_known(value[f]))


def _outside(prepared: Prepared, months: int) -> Iterator[Finding]:
    units, bands = prepared.consensus.units.sum(axis=1), prepared.baseline.family_bands
    over = np.maximum(units - bands.hi80, 0.0) + np.maximum(bands.lo80 - units, 0.0)
    beyond = np.where(np.isnan(over), 0.0, over)[:, :months]
    value = _worth_of(beyond, prepared.consensus_price[:, :months])
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


def _span(months: Sequence[str]) -> str:
    first, last = short_name(months[0]), short_name(months[-1])
    return first if first == last else f"{first} to {last}"


def _signed(ratio: float) -> str:
    return f"{100.0 * ratio:+.0f} %".replace("-", "−")
