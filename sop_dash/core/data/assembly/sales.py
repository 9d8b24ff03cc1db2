"""History of sales as arrays, and the volume of every item for mixes of price and cost. Units and plan currency."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, summed
from sop_dash.core.data.assembly.mixing import revenue_per_unit
from sop_dash.core.data.checks.reporting import at_rows
from sop_dash.core.model.arrays import Array, BoolArray, read_only
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import SalesHistory
from sop_dash.core.model.periods import short_name

MISSING_REVENUE = FindingKind(
    code="missing-revenue",
    severity=Severity.WARNS,
    title="Sales without revenue",
    remedy="Fill net_revenue in these rows; revenue of their family, channel and month is unknown until then.",
)
GAP_IN_HISTORY = FindingKind(
    code="gap-in-history",
    severity=Severity.WARNS,
    title="Months without sales",
    remedy="Add the rows of this month if it was not a month without sales.",
)
SHORT_HISTORY = FindingKind(
    code="short-history",
    severity=Severity.INFORMS,
    title="Less than two years of sales",
    remedy="Bring earlier months; seasons cannot be told before two years.",
)
CHANNEL_MISSING = FindingKind(
    code="channel-missing",
    severity=Severity.WARNS,
    title="Sales without a channel",
    remedy="Fill the channel; until then they stand under “Unassigned”.",
)

_TWO_YEARS = 24
_YEAR = 12
_STEADY_MONTHS = 11


def sales_history(sales: pd.DataFrame, axes: Axes) -> tuple[SalesHistory, list[Finding]]:
    """Sales by family, channel and month, with what is missing in them.

    A month for which the company has no row at all is unknown (NaN) for everybody; a family's month without a row is
    zero once the family has been sold. A blank in an optional column counts as none when other rows fill the column.
    """
    F, C, H, _ = axes.shape
    places = (axes.families(sales), axes.channels(sales["channel"]), axes.months(sales["month"]))

    def cells(values: Array) -> Array:
        return summed((F, C, H), places, values)

    sold = sales["units"].to_numpy()
    units = cells(sold)
    live = _live(units)
    revenue = sales["net_revenue"].to_numpy()
    no_revenue = np.isnan(revenue) & (sold != 0.0)
    revenue_cells = np.where(cells(np.where(no_revenue, 1.0, np.nan)) > 0.0, np.nan, np.nan_to_num(cells(revenue)))
    wanted = sales["unconstrained_units"].to_numpy()
    found = [] if np.isnan(revenue).all() else at_rows(MISSING_REVENUE, "sales", sales, no_revenue)
    if axes.unnamed_channel > 0:
        found += at_rows(CHANNEL_MISSING, "sales", sales, places[1] == axes.unnamed_channel)
    history = SalesHistory(
        units=_where_live(np.nan_to_num(units), live),
        demand_units=_where_live(np.nan_to_num(cells(np.where(np.isnan(wanted), sold, wanted))), live),
        net_revenue_value=_where_live(np.full_like(units, np.nan) if np.isnan(revenue).all() else revenue_cells, live),
        **{name: _optional(sales[column].to_numpy(), cells, live) for name, column in _OPTIONAL.items()},
    )
    return history, found + _gaps(history, axes)


_OPTIONAL = {
    "discount_value": "discount",
    "promo_units": "promo_units",
    "cancelled_units": "cancelled_units",
    "returned_units": "returned_units",
}


def item_volumes(sales: pd.DataFrame, axes: Axes) -> Array:
    """[S, C, H] units sold by item, channel and month; 0 without sales."""
    _, C, H, _ = axes.shape
    places = (axes.items(sales["sku"]), axes.channels(sales["channel"]), axes.months(sales["month"]))
    return np.nan_to_num(summed((len(axes.skus), C, H), places, sales["units"].to_numpy()))


def item_demand(sales: pd.DataFrame, axes: Axes) -> Array:
    """[S, H] what customers wanted of each item (what was sold where no more is known); NaN before its first sale."""
    places = (axes.items(sales["sku"]), axes.months(sales["month"]))
    sold, wanted = sales["units"].to_numpy(), sales["unconstrained_units"].to_numpy()
    shape = (len(axes.skus), axes.shape[2])
    units = summed(shape, places, np.where(np.isnan(wanted), sold, wanted))
    return read_only(np.where(_live(units[:, None, :]), np.nan_to_num(units), np.nan))


def item_unit_revenue(sales: pd.DataFrame, axes: Axes) -> Array:
    """[S] net revenue of a unit of each item over the last twelve months; NaN where none is known."""
    places = (axes.items(sales["sku"]), axes.months(sales["month"]))
    revenue, units = sales["net_revenue"].to_numpy(), sales["units"].to_numpy()
    shape = (len(axes.skus), axes.shape[2])
    known = summed(shape, places, np.where(np.isnan(revenue), np.nan, units))
    return read_only(revenue_per_unit(summed(shape, places, revenue), known))


def _live(units: Array) -> BoolArray:
    """[F, H] True from the family's first row on, in months for which the company has any row."""
    by_family = ~np.isnan(units).all(axis=1)
    return np.maximum.accumulate(by_family, axis=1) & by_family.any(axis=0)


def _where_live(values: Array, live: BoolArray) -> Array:
    return read_only(np.where(live[:, None, :], values, np.nan))


def _optional(values: Array, cells: Callable[[Array], Array], live: BoolArray) -> Array:
    known = np.full_like(cells(values), np.nan) if np.isnan(values).all() else np.nan_to_num(cells(values))
    return _where_live(known, live)


def _gaps(history: SalesHistory, axes: Axes) -> list[Finding]:
    """Months without any sales, and steady families that suddenly have none."""
    grain = axes.grain
    found: list[Finding] = []
    if len(grain.history) < _TWO_YEARS:
        found.append(Finding(kind=SHORT_HISTORY, table="sales", detail=f"{len(grain.history)} months."))
    units = history.units.sum(axis=1)
    for position in np.flatnonzero(np.isnan(units).all(axis=0)):
        month = short_name(grain.history[position])
        found.append(Finding(kind=GAP_IN_HISTORY, table="sales", place=month, detail="No family has sales; unknown."))
    sold = np.nan_to_num(units) != 0.0
    for family, position in zip(*np.nonzero(~sold & ~np.isnan(units)), strict=True):
        around = sold[family, max(0, position - _YEAR // 2) : position + _YEAR // 2 + 1]
        if around.sum() >= _STEADY_MONTHS and position + 1 < sold.shape[1] and sold[family, position + 1 :].any():
            place = f"{grain.families[family]}, {short_name(grain.history[position])}"
            found.append(Finding(kind=GAP_IN_HISTORY, table="sales", place=place, detail="Counted as zero."))
    return found
