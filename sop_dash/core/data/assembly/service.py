"""Order lines and frozen forecasts of the past as arrays."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, summed
from sop_dash.core.model.arrays import Array, ratio_or_nan, read_only
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import ForecastSnapshots, ServiceData

CONSTANT_SERVICE = FindingKind(
    code="constant-service",
    severity=Severity.INFORMS,
    title="Service never moves",
    remedy="Bring the dates customers asked for; a share that is the same every month says nothing.",
)

_LINES = ("lines_due", "on_time_requested", "on_time_promised", "in_full", "on_time_in_full", "perfect", "cancelled")
_RATES = ("on_time_requested", "on_time_promised", "on_time_in_full")
_SAME = 1e-9


def service_data(frames: Mapping[str, pd.DataFrame], axes: Axes) -> tuple[ServiceData, list[Finding]]:
    """[H] lines of the company by month; the score is weighted by lines due. Without the table all is NaN.

    `otif_constant` is true when every on-time share that is given is the same in all of two or more months.
    """
    H = axes.shape[2]
    if "service" not in frames:
        return _service({name: np.full(H, np.nan) for name in (*_LINES, "satisfaction_score")}, constant=False), []
    table = frames["service"]
    month = (axes.months(table["month"]),)
    lines = {name: summed((H,), month, table[name].to_numpy()) for name in _LINES}
    score, weight = table["satisfaction_score"].to_numpy(), table["lines_due"].to_numpy()
    rated = np.where(np.isnan(score), np.nan, weight)
    lines["satisfaction_score"] = ratio_or_nan(summed((H,), month, score * weight), summed((H,), month, rated))
    constant = _constant(lines)
    found = [Finding(kind=CONSTANT_SERVICE, table="service")] if constant else []
    return _service(lines, constant=constant), found


def _service(values: Mapping[str, Array], *, constant: bool) -> ServiceData:
    return ServiceData(**{name: read_only(array) for name, array in values.items()}, otif_constant=constant)


def _constant(lines: Mapping[str, Array]) -> bool:
    rates = [ratio_or_nan(lines[name], lines["lines_due"]) for name in _RATES]
    known = [rate[~np.isnan(rate)] for rate in rates if (~np.isnan(rate)).sum() >= 2]
    return bool(known) and all(float(np.ptp(rate)) < _SAME for rate in known)


def snapshots_of(frames: Mapping[str, pd.DataFrame], axes: Axes) -> ForecastSnapshots:
    """Frozen forecasts by cycle, month, family and step, in that order; channels, owners and items are added up."""
    if "forecasts" not in frames:
        return ForecastSnapshots(cycles=(), months=(), families=(), steps=(), units=read_only([]))
    table = frames["forecasts"]
    rows = pd.DataFrame(
        {
            "cycle": table["cycle"].astype(object),
            "month": table["month"].astype(object),
            "family": axes.families(table),
            "step": table["step"].astype(object),
            "units": table["units"],
        }
    )
    rows = rows[rows["family"] >= 0]
    total = rows.groupby(["cycle", "month", "family", "step"], sort=True)["units"].sum().reset_index()
    return ForecastSnapshots(
        cycles=tuple(total["cycle"]),
        months=tuple(total["month"]),
        families=tuple(int(position) for position in total["family"]),
        steps=tuple(total["step"]),
        units=read_only(total["units"].to_numpy()),
    )
