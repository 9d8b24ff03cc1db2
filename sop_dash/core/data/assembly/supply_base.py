"""Checked tables to suppliers with their deliveries, terms and materials, and to limits of space and transport."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import NOWHERE, Axes, Places, summed
from sop_dash.core.data.assembly.mixing import active_weights, family_mean
from sop_dash.core.data.assembly.opening import OpenTables
from sop_dash.core.data.assembly.prices import product_values
from sop_dash.core.data.assembly.resources import continued
from sop_dash.core.data.assembly.sales import item_volumes
from sop_dash.core.model.arrays import Array, read_only
from sop_dash.core.model.supply_base import Deliveries, LogisticsInputs, SupplierInputs

_NAMING = (("suppliers", "supplier"), ("supplier_items", "supplier"), ("supplier_deliveries", "supplier"))


def supplier_inputs(opened: OpenTables, *, version: str) -> SupplierInputs:
    """Every supplier that a table names, by code; none without such a table."""
    frames, axes = opened.frames, opened.axes
    codes = tuple(sorted({name for table, column in _NAMING for name in _names(frames, table, column)}))
    place = {code: position for position, code in enumerate(codes)}
    said = _said(frames, codes)
    terms = frames.get("supplier_items")
    materials, deliverer, units, per_unit = _materials(frames, place, axes)
    return SupplierInputs(
        version=version,
        grain=axes.grain,
        codes=codes,
        names=tuple(str(said[code].get("name") or code) for code in codes),
        ratings=tuple(str(said[code].get("rating") or "") for code in codes),
        risk_notes=tuple(str(said[code].get("risk_note") or "") for code in codes),
        capacity_units_per_month=read_only([said[code].get("capacity_units_per_month", np.nan) for code in codes]),
        deliveries=_deliveries(frames, place, axes),
        term_supplier=_places(terms, "supplier", place),
        term_item=axes.items(terms["sku"]) if terms is not None else np.zeros(0, dtype=np.int64),
        term_price=_column(terms, "price"),
        term_lead_time_days=_column(terms, "lead_time_days"),
        term_units_on_order=_column(terms, "units_on_order"),
        items=axes.skus,
        item_family=axes.sku_family,
        materials=materials,
        material_supplier=deliverer,
        material_units=read_only(units),
        material_per_unit=read_only(per_unit),
    )


def logistics_inputs(opened: OpenTables, *, version: str) -> LogisticsInputs:
    """Every warehouse and lane by kind and name; none without the table.

    Capacity and costs go on after the last month given as hours of resources do.
    """
    frames, axes = opened.frames, opened.axes
    _F, _, H, K = axes.shape
    rows = frames.get("logistics")
    pairs: list[tuple[str, str]] = []
    if rows is not None:
        pairs = sorted(set(zip(rows["kind"].astype(str), rows["name"].astype(str), strict=True)))
    monthly = {name: np.full((len(pairs), K - H), np.nan) for name in ("capacity", "cost", "overflow")}
    if rows is not None:
        spot = {pair: position for position, pair in enumerate(pairs)}
        keys = zip(rows["kind"].astype(str), rows["name"].astype(str), strict=True)
        where = (np.array([spot[key] for key in keys], dtype=np.int64), axes.months(rows["month"]))
        for name, column in (
            ("capacity", "capacity"),
            ("cost", "cost_per_unit"),
            ("overflow", "overflow_cost_per_unit"),
        ):
            monthly[name] = continued(summed((len(pairs), K), where, rows[column].to_numpy()))[:, H:]
    weights = active_weights(item_volumes(frames["sales"], axes).sum(axis=1), axes)
    storage, transport = (
        family_mean(product_values(frames, column, axes), weights, axes)
        for column in ("storage_per_unit", "transport_per_unit")
    )
    return LogisticsInputs(
        version=version,
        grain=axes.grain,
        names=tuple(name for _, name in pairs),
        kinds=tuple(kind.lower() for kind, _ in pairs),
        capacity=read_only(monthly["capacity"]),
        cost_per_unit=read_only(monthly["cost"]),
        overflow_cost_per_unit=read_only(monthly["overflow"]),
        storage_per_unit=read_only(storage),
        transport_per_unit=read_only(transport),
    )


def _names(frames: Mapping[str, pd.DataFrame], table: str, column: str) -> set[str]:
    return {str(name) for name in frames[table][column].cat.categories if name} if table in frames else set()


def _said(frames: Mapping[str, pd.DataFrame], codes: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """What the table of suppliers says of each; nothing of those it does not list."""
    said: dict[str, dict[str, object]] = {code: {} for code in codes}
    if "suppliers" in frames:
        for row in frames["suppliers"].astype(object).to_dict("records"):
            said[str(row["supplier"])] = {str(name): value for name, value in row.items()}
    return said


def _deliveries(frames: Mapping[str, pd.DataFrame], place: Mapping[str, int], axes: Axes) -> Deliveries:
    shape = (len(place), axes.shape[2])
    columns = tuple(Deliveries.__dataclass_fields__)
    rows = frames.get("supplier_deliveries")
    if rows is None:
        return Deliveries(**dict.fromkeys(columns, read_only(np.full(shape, np.nan))))
    where = (_places(rows, "supplier", place), axes.months(rows["month"]))
    return Deliveries(**{name: read_only(summed(shape, where, rows[name].to_numpy())) for name in columns})


def _materials(
    frames: Mapping[str, pd.DataFrame], place: Mapping[str, int], axes: Axes
) -> tuple[tuple[str, ...], Places, Array, Array]:
    """Names, supplier, units by month of the horizon, and units per unit of each family."""
    F, _, H, K = axes.shape
    rows, usage = frames.get("materials"), frames.get("material_usage")
    if rows is None:
        return (), np.zeros(0, dtype=np.int64), np.zeros((0, K - H)), np.zeros((0, F))
    names = tuple(sorted(_names(frames, "materials", "material")))
    spot = {name: position for position, name in enumerate(names)}
    where = _places(rows, "material", spot)
    units = summed((len(names), K - H), (where, axes.months(rows["month"]) - H), rows["available_units"].to_numpy())
    deliverer = np.full(len(names), NOWHERE, dtype=np.int64)
    deliverer[where] = _places(rows, "supplier", place)
    per_unit = np.zeros((len(names), F))
    if usage is not None:
        at = (_places(usage, "material", spot), axes.families(usage))
        per_unit = np.nan_to_num(summed(per_unit.shape, at, usage["units_per_unit"].to_numpy()))
    return names, deliverer, units, per_unit


def _places(rows: pd.DataFrame | None, column: str, place: Mapping[str, int]) -> Places:
    if rows is None:
        return np.zeros(0, dtype=np.int64)
    return np.array([place.get(str(name), NOWHERE) for name in rows[column]], dtype=np.int64)


def _column(rows: pd.DataFrame | None, name: str) -> Array:
    return read_only([] if rows is None else rows[name])
