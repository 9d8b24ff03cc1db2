"""Rows of the Performance page's tables: accuracy by family, stock by family."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.performance.family_accuracy import FamilyAccuracy
from sop_dash.core.performance.stock_by_family import FamilyStock

Row = Mapping[str, Any]


def accuracy_rows(rows: Sequence[FamilyAccuracy], settings: PlanningSettings) -> list[Row]:
    """One row per family with its error, side, signal and the yardstick it is held against."""
    return [
        {
            "family": row.family,
            "value": row.value,
            "wape": row.wape,
            "bias": row.bias,
            "side": side(row.bias, settings.bias_band),
            "mape": row.mape,
            "signal": row.tracking_signal,
            "mase": row.mase,
            "judged": f"{row.months} of {row.asked}",
            "note": _note(row),
        }
        for row in rows
    ]


def side(bias: float, band: float) -> str:
    """Which way forecasts ran; empty where unknown."""
    if math.isnan(bias):
        return ""
    if abs(bias) <= band:
        return "inside ±5 %" if band == 0.05 else "inside the band"
    return "over-forecast" if bias > 0 else "under-forecast"


def _note(row: FamilyAccuracy) -> str:
    said = ["runs off to one side"] if row.alarm else []
    if row.mase > 1.0:
        said.append("worse than last year repeated")
    if row.mape_excluded:
        said.append(f"{row.mape_excluded} months without sales left out of MAPE")
    return "; ".join(said)


def stock_rows(rows: Sequence[FamilyStock]) -> list[Row]:
    """Stock of each family at the last month end."""
    return [
        {
            "family": row.family,
            "units": row.closing_units,
            "value": row.closing_value,
            "days": row.cover_days,
            "status": row.status.value,
            "beyond": row.beyond_value,
            "blocked": row.blocked_units,
            "discontinued": row.discontinued_units,
        }
        for row in rows
    ]
