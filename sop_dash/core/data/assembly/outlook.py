"""Events, past adjustments, assumptions, risks and the history of every item, from their tables."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes
from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.inputs import ItemHistory
from sop_dash.core.model.outlook import Assumption, Event, Risk
from sop_dash.core.model.records import AdjustmentType, PastAdjustment


def events_of(frames: Mapping[str, pd.DataFrame], axes: Axes) -> tuple[Event, ...]:
    """Events of families in the plan, by first month, family and description; empty without the table."""
    if "events" not in frames:
        return ()
    names, place = axes.grain.families, axes.families(frames["events"])
    events = [
        Event(
            family=names[f],
            kind=row["kind"].strip().lower(),
            first_month=row["start_month"],
            last_month=row["end_month"] or row["start_month"],
            description=row["description"],
            sku=row["sku"],
            owner=row["owner"],
            customer=row["customer"],
            expected_units=_figure(row["expected_units"]),
            expected_ratio=_figure(row["expected_ratio"]),
        )
        for f, row in zip(place, _rows(frames["events"]), strict=True)
        if f >= 0 and row["start_month"]
    ]
    return tuple(sorted(events, key=lambda e: (e.first_month, e.family, e.sku, e.description)))


def past_adjustments_of(frames: Mapping[str, pd.DataFrame], axes: Axes) -> tuple[PastAdjustment, ...]:
    """Changes to past forecasts, by cycle and month; empty without the table."""
    if "adjustments" not in frames:
        return ()
    words = ("cycle", "month", "reason", "owner", "channel")
    return tuple(
        PastAdjustment(
            family=int(f),
            type=AdjustmentType(row["type"]),
            value=float(row["value"]),
            **{name: row[name] for name in words},
        )
        for f, row in zip(axes.families(frames["adjustments"]), _rows(frames["adjustments"]), strict=True)
        if f >= 0
    )


def assumptions_of(frames: Mapping[str, pd.DataFrame]) -> tuple[Assumption, ...]:
    """Assumptions by their number; empty without the table."""
    if "assumptions" not in frames:
        return ()
    words = ("id", "text", "category", "impact", "family", "month", "unit", "owner", "source", "valid_until")
    rows = _rows(frames["assumptions"])
    found = [Assumption(value=_figure(row["value"]), **{name: row[name] for name in words}) for row in rows]
    return tuple(sorted(found, key=lambda a: a.id))


def risks_of(frames: Mapping[str, pd.DataFrame]) -> tuple[Risk, ...]:
    """Risks and opportunities by their number; empty without the table."""
    if "risks" not in frames:
        return ()
    words = ("id", "text", "month", "owner", "due_date", "status")
    found = [
        Risk(
            opportunity=row["kind"] == "opportunity",
            value=_figure(row["value"]),
            probability_ratio=_figure(row["probability_ratio"]),
            **{name: row[name] for name in words},
        )
        for row in _rows(frames["risks"])
    ]
    return tuple(sorted(found, key=lambda r: r.id))


def item_history(frames: Mapping[str, pd.DataFrame], volumes: Array, axes: Axes) -> ItemHistory:
    """Units of every item by month (channels added up), with its launch, its end and what it replaces.

    Args:
        frames: Checked tables.
        volumes: [S, C, H] units sold.
        axes: The items and months.
    """
    units = volumes.sum(axis=1)
    started = np.maximum.accumulate(units != 0.0, axis=1)
    known = {row["sku"]: row for row in _rows(frames["products"])} if "products" in frames else {}

    def said(name: str) -> tuple[str, ...]:
        return tuple(known[sku][name] if sku in known else "" for sku in axes.skus)

    return ItemHistory(
        skus=axes.skus,
        names=said("name"),
        families=tuple(int(place) for place in axes.sku_family),
        units=read_only(np.where(started, units, np.nan)),
        launch_months=said("launch_month"),
        end_months=said("end_month"),
        predecessors=said("predecessor_sku"),
        ways=said("make_or_buy"),
    )


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows as plain values; an empty text cell is "", an empty number NaN."""
    columns = [frame[name].astype(object).tolist() for name in frame.columns]
    for values in zip(*columns, strict=True):
        yield dict(zip(frame.columns, values, strict=True))


def _figure(value: Any) -> float | None:
    return None if value is None or np.isnan(value) else float(value)
