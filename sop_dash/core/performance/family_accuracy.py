"""How good the forecast of each family was: one row per family, over the months judged. Error = forecast − actual."""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array


@dataclass(frozen=True, kw_only=True)
class FamilyAccuracy:
    """The accuracy of one family; ratios are fractions, NaN where nothing can be said.

    Args:
        family: Its name.
        months: Months with a forecast and an actual.
        asked: Months judged, with or without a forecast ("11 of 12").
        wape: Weighted error.
        bias: Σ error ÷ Σ actual; positive is over-forecasting.
        mape: Mean error of months with sales.
        mape_excluded: Months left out of it because nothing was sold.
        tracking_signal: Σ error ÷ mean absolute error at the end of the window; alarm beyond ±4.
        mase: Error against the seasonal naive forecast on the months before; below 1 is better than it.
        value: Demand of the months judged in the weights given, money or units; the weight of the row.
    """

    family: str
    months: int
    asked: int
    wape: float
    bias: float
    mape: float
    mape_excluded: int
    tracking_signal: float
    mase: float
    value: float

    @property
    def alarm(self) -> bool:
        """True when the forecast runs off to one side."""
        return abs(self.tracking_signal) > 4.0


def accuracy_by_family(
    families: tuple[str, ...], actual: Array, forecast: Array, weights: Array, *, window: int = 12
) -> tuple[FamilyAccuracy, ...]:
    """One row per family over the last `window` months, largest value first.

    Args:
        families: [F] names.
        actual: [F, H] demand.
        forecast: [F, H] frozen at one lag; NaN where none was kept.
        weights: [F] money of one unit; 1 where no price is known.
        window: Months judged; the tracking signal starts afresh with them.
    """
    a, f = actual[:, -window:], forecast[:, -window:]
    shares = measures.mape(a, f)
    columns = {
        "months": measures.pair_count(a, f),
        "wape": measures.wape(a, f),
        "bias": measures.bias_ratio(a, f),
        "mape": shares.ratio,
        "mape_excluded": shares.excluded,
        "tracking_signal": measures.tracking_signal(a, f)[:, -1],
        "mase": measures.mase(a, f, actual[:, :-window]),
        "value": np.nansum(a, axis=1) * weights,
    }
    rows = [
        FamilyAccuracy(
            family=name,
            asked=a.shape[1],
            months=int(columns["months"][i]),
            mape_excluded=int(columns["mape_excluded"][i]),
            **{c: float(columns[c][i]) for c in ("wape", "bias", "mape", "tracking_signal", "mase", "value")},
        )
        for i, name in enumerate(families)
    ]
    return tuple(sorted(rows, key=lambda row: (-np.nan_to_num(row.value), row.family)))


def offsetting(rows: tuple[FamilyAccuracy, ...], *, band: float, company_bias: float) -> tuple[str, ...]:
    """Families whose bias is outside ±band while the company's is inside: they hide one another. Empty otherwise."""
    if not abs(company_bias) <= band:
        return ()
    return tuple(row.family for row in rows if abs(row.bias) > band)
