"""What the company says of making and buying, as arrays. Units, hours, days, months and plan currency."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, summed
from sop_dash.core.data.assembly.mixing import active_weights, family_mean
from sop_dash.core.data.assembly.prices import Prices, product_values
from sop_dash.core.data.assembly.resources import OF_RESOURCE, resource_hours
from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.inputs import SupplyData
from sop_dash.core.model.periods import DAYS_PER_MONTH, short_name
from sop_dash.core.model.shifts import RunningTime

MISSING_ROUTING = FindingKind(
    code="missing-routing",
    severity=Severity.WARNS,
    title="Made family without hours per unit",
    remedy="Give its hours per unit in resource_profile; until then no resource limits it.",
)
GAP_IN_PRODUCTION = FindingKind(
    code="gap-in-production",
    severity=Severity.WARNS,
    title="Production of a month missing",
    remedy="Add the rows of this family and month to production, with 0 if nothing was made.",
)
LEAD_TIME_UNKNOWN = FindingKind(
    code="lead-time-unknown",
    severity=Severity.INFORMS,
    title="Lead time unknown",
    remedy="Give lead_time_days in products, or in supply_options for the whole family.",
)

_OPTIONS = (
    "overtime_premium_per_unit",
    "outsource_premium_per_unit",
    "outsource_min_units",
    "outsource_max_units",
    "outsource_lead_time_months",
    "goodwill_per_unit",
    "backlog_cost_per_unit",
    "min_stock_days",
    "max_stock_days",
)


def supply_data(
    frames: Mapping[str, pd.DataFrame], prices: Prices, volumes: Array, axes: Axes, running: RunningTime | None = None
) -> tuple[SupplyData, list[Finding]]:
    """Production, resources, routing, options and lead times; what has no table or row is NaN.

    So are hours that are to follow from the `running` time of machines.
    """
    F, _, H, K = axes.shape
    planned, actual, on_time = (
        _produced(frames, column, axes) for column in ("planned_units", "actual_units", "on_time_units")
    )
    resources, found = resource_hours(frames, axes, running)
    routing = _routing(frames, axes)
    lead, moq = _buying(frames, volumes, axes)
    limits = np.full((F, K - H), np.nan)
    if "capacity" in frames:
        table = frames["capacity"]
        place = (axes.families(table), axes.months(table["month"]) - H)
        limits = summed((F, K - H), place, table["available_units"].to_numpy())
    found += _missing_routing(frames, routing, axes) + _gaps(actual[:, :H], prices, axes) + _no_lead_time(lead, axes)
    data = SupplyData(
        planned_units=read_only(planned[:, :H]),
        actual_units=read_only(actual[:, :H]),
        released_units=read_only(planned[:, H:]),
        on_time_units=read_only(on_time[:, :H]),
        hours_per_unit=read_only(routing),
        available_hours=read_only(resources["available_hours"]),
        used_hours=read_only(resources["used_hours"][:, :H]),
        overtime_max_ratio=read_only(resources["max_overtime_ratio"]),
        family_capacity_units=read_only(limits),
        lead_time_months=read_only(lead),
        moq_units=read_only(moq),
        **{name: read_only(resources[name]) for name in OF_RESOURCE},
        **{name: read_only(_option(frames, name, axes)) for name in _OPTIONS},
    )
    return data, found


def _produced(frames: Mapping[str, pd.DataFrame], column: str, axes: Axes) -> Array:
    """[F, K] units of the production table; NaN where no row gives any."""
    F, _, _, K = axes.shape
    if "production" not in frames:
        return np.full((F, K), np.nan)
    table = frames["production"]
    return summed((F, K), (axes.families(table), axes.months(table["month"])), table[column].to_numpy())


def _routing(frames: Mapping[str, pd.DataFrame], axes: Axes) -> Array:
    """[R, F] hours per unit; 0 where the family does not use the resource."""
    shape = (len(axes.grain.resources), len(axes.grain.families))
    if "resource_profile" not in frames:
        return np.zeros(shape)
    table = frames["resource_profile"]
    place = (axes.resources(table["resource"]), axes.families(table))
    return np.nan_to_num(summed(shape, place, table["hours_per_unit"].to_numpy()))


def family_lead_days(frames: Mapping[str, pd.DataFrame], axes: Axes) -> Array:
    """[F] lead time of items that give none themselves, in days; NaN where not given."""
    return _option(frames, "lead_time_days", axes)


def _option(frames: Mapping[str, pd.DataFrame], name: str, axes: Axes) -> Array:
    """[F] a column of supply_options; NaN where not given."""
    F = len(axes.grain.families)
    if "supply_options" not in frames:
        return np.full(F, np.nan)
    table = frames["supply_options"]
    return summed((F,), (axes.families(table),), table[name].to_numpy())


def _buying(frames: Mapping[str, pd.DataFrame], volumes: Array, axes: Axes) -> tuple[Array, Array]:
    """[F] lead time to the nearest whole month, and [F] least order.

    That of the items mixed by recent units, else that of the family; 0 for made families without any.
    """
    made = np.array(axes.grain.made, dtype=np.bool_)
    weights = active_weights(volumes.sum(axis=1), axes)
    days = family_mean(product_values(frames, "lead_time_days", axes), weights, axes)
    days = np.where(np.isnan(days), family_lead_days(frames, axes), days)
    months = np.floor(days / DAYS_PER_MONTH + 0.5)
    lead = np.where(np.isnan(months) & made, 0.0, months)
    moq = np.full(len(made), np.inf)
    of_item = np.where(axes.ended, np.nan, product_values(frames, "moq", axes))
    given = of_item > 0.0
    np.minimum.at(moq, axes.sku_family[given], of_item[given])
    return lead, np.where(made | np.isinf(moq), np.nan, moq)


def _missing_routing(frames: Mapping[str, pd.DataFrame], routing: Array, axes: Axes) -> list[Finding]:
    if "products" not in frames:
        return []
    products = frames["products"]
    makes = {axes.item_family.get(sku, "") for sku in products["sku"][products["make_or_buy"] == "make"]}
    return [
        Finding(kind=MISSING_ROUTING, table="resource_profile", place=name)
        for position, name in enumerate(axes.grain.families)
        if name in makes and not routing[:, position].any()
    ]


def _gaps(actual: Array, prices: Prices, axes: Axes) -> list[Finding]:
    """Months between a family's first and last production for which no row gives any."""
    found: list[Finding] = []
    for family, row in enumerate(actual):
        known = np.flatnonzero(~np.isnan(row))
        for month in range(known[0], known[-1]) if len(known) else ():
            if np.isnan(row[month]):
                worth = float(np.nanmean(row) * prices.unit_cost[family, month])
                place = f"{axes.grain.families[family]}, {short_name(axes.grain.history[month])}"
                value = None if np.isnan(worth) else worth
                found.append(Finding(kind=GAP_IN_PRODUCTION, table="production", place=place, value=value))
    return found


def _no_lead_time(lead: Array, axes: Axes) -> list[Finding]:
    count = int(np.isnan(lead).sum())
    return [Finding(kind=LEAD_TIME_UNKNOWN, table="products", count=count)] if count else []
