"""Hours of resources as the company gave them, and the machines and shifts from which others follow. Hours a month."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, summed
from sop_dash.core.model.arrays import Array, BoolArray, read_only
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.shifts import FACTORS, RunningTime

ASSUMED_HOURS = FindingKind(
    code="assumed-hours",
    severity=Severity.INFORMS,
    title="Future hours assumed",
    remedy="Give available_hours, or machines and shifts, of the months planned in resources.",
)
CAPACITY_UNKNOWN = FindingKind(
    code="capacity-unknown",
    severity=Severity.WARNS,
    title="Hours of a resource unknown",
    remedy="Give available_hours, or machines and shifts, in resources; until then its load has no limit then.",
)

OF_RESOURCE = ("overtime_premium_per_hour", "capacity_lead_time_months", "changeover_ratio")
_MONTHLY = ("available_hours", "used_hours", "max_overtime_ratio")
_YEAR = 12


def running_time_of(frames: Mapping[str, pd.DataFrame], axes: Axes) -> RunningTime | None:
    """Machines, shifts and efficiency by month; None where no row tells them all.

    After the last row they go on like hours do, unless hours were given later than machines: then those go on.
    """
    if "resources" not in frames:
        return None
    table = frames["resources"]
    given = {name: _by_month(table, name, axes) for name in (*FACTORS, "working_days", "available_hours")}
    known = _all_known(given[name] for name in FACTORS)
    rows = np.flatnonzero(known.any(axis=1))
    if not rows.size:
        return None
    unsaid = np.isnan(given["available_hours"])
    later = (_last(known) > _last(~unsaid))[:, None]
    told = {name: np.where(later, continued(np.where(known, given[name], np.nan)), given[name]) for name in FACTORS}
    counts = unsaid & _all_known(told.values())
    return RunningTime(
        resources=rows.astype(np.int64),
        working_days=read_only(given["working_days"][rows]),
        counts=counts[rows],
        **{name: read_only(values[rows]) for name, values in told.items()},
    )


def resource_hours(
    frames: Mapping[str, pd.DataFrame], axes: Axes, running: RunningTime | None
) -> tuple[dict[str, Array], list[Finding]]:
    """Hours and overtime limits [R, K] continued over the horizon, and the last value given of the others [R].

    Hours that follow from `running` are NaN.
    """
    R, K, H = len(axes.grain.resources), axes.shape[3], axes.shape[2]
    if "resources" not in frames:
        return {name: np.full((R, K), np.nan) for name in _MONTHLY} | {n: np.full(R, np.nan) for n in OF_RESOURCE}, []
    table = frames["resources"]
    given = {name: _by_month(table, name, axes) for name in (*_MONTHLY, *OF_RESOURCE)}
    found = {name: last_given(given[name]) for name in OF_RESOURCE} | {"used_hours": given["used_hours"]}
    found["max_overtime_ratio"] = continued(given["max_overtime_ratio"])
    hours, follow = given["available_hours"], np.zeros((R, K), dtype=np.bool_)
    if running is not None:
        follow[running.resources] = running.counts
    found["available_hours"] = np.where(follow, np.nan, continued(hours))
    told = _by_month(table, "machines", axes)
    unsaid = np.isnan(hours) & (np.isnan(told) | ~follow)
    return found, _findings(unsaid[:, H:], (follow | ~np.isnan(found["available_hours"]))[:, H:], table, axes)


def _findings(unsaid: BoolArray, known: BoolArray, table: pd.DataFrame, axes: Axes) -> list[Finding]:
    """What months of the horizon [R, T] rest on where no row says it, and where nothing is known at all."""
    found: list[Finding] = []
    assumed = unsaid & known
    if assumed.any():
        first = short_name(axes.grain.horizon[int(np.flatnonzero(assumed.any(axis=0))[0])])
        detail = f"From {first} on, those of the same month a year before, else the last ones given."
        found.append(Finding(kind=ASSUMED_HOURS, table="resources", detail=detail, count=int(assumed.sum())))
    listed = set(table["resource"].cat.categories)
    for name, row in zip(axes.grain.resources, known, strict=True):
        months = [short_name(axes.grain.horizon[month]) for month in np.flatnonzero(~row).tolist()]
        if months and name in listed:
            cells = f"{name}, {months[0]}" + (f" and {len(months) - 1} more months" if len(months) > 1 else "")
            found.append(Finding(kind=CAPACITY_UNKNOWN, table="resources", place=cells, count=len(months)))
    return found


def _by_month(table: pd.DataFrame, column: str, axes: Axes) -> Array:
    """[R, K] a column of resources."""
    place = (axes.resources(table["resource"]), axes.months(table["month"]))
    return summed((len(axes.grain.resources), axes.shape[3]), place, table[column].to_numpy())


def _all_known(values: Iterable[Array]) -> BoolArray:
    return np.asarray(np.logical_and.reduce([~np.isnan(each) for each in values]), dtype=np.bool_)


def _last(known: BoolArray) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """[R] position of the last month that is known; −1 without."""
    last = known.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), last, -1)


def continued(values: Array) -> Array:
    """Carry a monthly series on after its last value: the same month a year before, else the last value.

    Gaps before the last value stay unknown.
    """
    result = values.copy()
    for row in result:
        known = np.flatnonzero(~np.isnan(row))
        if len(known):
            end = known[-1]
            for month in range(end + 1, len(row)):
                before = row[month - _YEAR] if month >= _YEAR else np.nan
                row[month] = row[end] if np.isnan(before) else before
    return result


def last_given(values: Array) -> Array:
    """The last known value of each row; NaN where there is none."""
    known = ~np.isnan(values)
    place = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), values[np.arange(len(values)), place], np.nan)
