"""The first step of every assembly: rows in one order, the last closed month, and the axes of the arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, axes_of
from sop_dash.core.data.assembly.closing import last_closed_month
from sop_dash.core.data.assembly.ordering import in_order
from sop_dash.core.data.cells import rows_of
from sop_dash.core.data.reading import CheckedTables
from sop_dash.core.model.errors import NoSales
from sop_dash.core.model.findings import Finding

DEFAULT_HORIZON_MONTHS = 18


@dataclass(frozen=True, kw_only=True, eq=False)
class OpenTables:
    """Tables ready to be put into arrays.

    Args:
        frames: Typed frames, their rows in canonical order.
        axes: Of the arrays.
        through: Last closed month.
        findings: What is to be said about that month.
    """

    frames: Mapping[str, pd.DataFrame]
    axes: Axes
    through: str
    findings: tuple[Finding, ...]


def open_tables(tables: CheckedTables, horizon_months: int = DEFAULT_HORIZON_MONTHS) -> OpenTables:
    """Find the axes of accepted tables; nothing depends on the order of their rows.

    Raises:
        NoSales: No table of sales, or none of its rows has a month up to the last closed one.
    """
    frames = {name: in_order(frame) for name, frame in tables.frames.items()}
    if "sales" not in frames or not (frames["sales"]["month"] != "").any():
        raise NoSales("There are no sales to plan from.", remedy="Bring a table “sales” with month, sku and units.")
    through, found = last_closed_month(frames)
    if not rows_of(frames["sales"]["month"], lambda month: month <= through).any():
        raise NoSales(
            f"All sales are later than {through}, the last closed month.",
            remedy="Correct data_through_month in company.",
        )
    axes = axes_of(frames, tables.items, through=through, horizon_months=horizon_months)
    return OpenTables(frames=frames, axes=axes, through=through, findings=tuple(found))
