"""Plan inputs as arrays: a company with every figure unknown, in which a test fills in only what it is about."""

from dataclasses import replace
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import (
    Company,
    ForecastSnapshots,
    Grain,
    MoneyData,
    PlanInputs,
    SalesHistory,
    ServiceData,
    StockHistory,
    SupplyData,
)
from sop_dash.core.model.periods import following, shift


def unknown(*shape: int) -> Array:
    """An array of NaN."""
    return np.full(shape, np.nan)


def grain(
    *,
    families: tuple[str, ...] = ("Kettles", "Irons"),
    channels: tuple[str, ...] = ("all",),
    resources: tuple[str, ...] = (),
    history: int = 12,
    horizon: int = 12,
    cycle: str = "2026-11",
    made: tuple[bool, ...] | None = None,
) -> Grain:
    """Names along every axis; one category, the history ends before the cycle month."""
    return Grain(
        families=families,
        categories=("Home",) * len(families),
        channels=channels,
        resources=resources,
        history=following(shift(cycle, -history), history),
        horizon=following(cycle, horizon),
        made=made or (True,) * len(families),
    )


def company_inputs(names: Grain | None = None, **parts: Any) -> PlanInputs:
    """Inputs with all figures unknown; `parts` replaces whole parts (`sales=…`, `money=…`)."""
    g = names or grain()
    empty = PlanInputs(
        version="small world",
        company=Company(name="Small World", data_through_month=g.history[-1]),
        grain=g,
        sales=sales(g),
        stock=stock(g),
        supply=supply(g),
        money=money(g),
        service=service(g),
        snapshots=ForecastSnapshots(cycles=(), months=(), families=(), steps=(), units=np.zeros(0)),
        known_routing=np.zeros(len(g.families), np.bool_),
    )
    return replace(empty, **parts)


def sales(g: Grain, **known: Any) -> SalesHistory:
    """[F, C, H] each; numbers and arrays are spread over that shape. Demand equals the units sold unless given."""
    shape = (len(g.families), len(g.channels), len(g.history))
    known.setdefault("demand_units", known.get("units", np.nan))
    return SalesHistory(**_filled(SalesHistory, known, dict.fromkeys(SalesHistory.__dataclass_fields__, shape)))


def stock(g: Grain, **known: Any) -> StockHistory:
    """Stock of the families; numbers and arrays are spread over the shapes."""
    f, h, t = len(g.families), len(g.history), len(g.horizon)
    shapes: dict[str, tuple[int, ...]] = dict.fromkeys(StockHistory.__dataclass_fields__, (f,))
    return StockHistory(
        **_filled(
            StockHistory,
            known,
            shapes | dict.fromkeys(("closing_units", "closing_value"), (f, h)) | {"receipts_units": (f, t)},
        )
    )


def supply(g: Grain, **known: Any) -> SupplyData:
    """What the company says of making and buying; numbers and arrays are spread over the shapes."""
    f, r, h, t = len(g.families), len(g.resources), len(g.history), len(g.horizon)
    shapes: dict[str, tuple[int, ...]] = dict.fromkeys(SupplyData.__dataclass_fields__, (f,))
    shapes |= dict.fromkeys(("planned_units", "actual_units", "on_time_units"), (f, h))
    shapes |= dict.fromkeys(("released_units", "family_capacity_units"), (f, t))
    shapes |= dict.fromkeys(("available_hours", "overtime_max_ratio"), (r, h + t))
    shapes |= dict.fromkeys(("overtime_premium_per_hour", "capacity_lead_time_months", "changeover_ratio"), (r,))
    return SupplyData(**_filled(SupplyData, known, shapes | {"hours_per_unit": (r, f), "used_hours": (r, h)}))


def money(g: Grain, **known: Any) -> MoneyData:
    """Prices, costs and budget; numbers and arrays are spread over the shapes."""
    f, c, k = len(g.families), len(g.channels), len(g.calendar)
    shapes: dict[str, tuple[int, ...]] = dict.fromkeys(MoneyData.__dataclass_fields__, (f, c, k))
    shapes |= {"unit_cost": (f, k), "avoidable_cost_ratio": (f,)}
    shapes |= dict.fromkeys(("budget_inventory_value", "budget_working_capital_value"), (k,))
    return MoneyData(**_filled(MoneyData, known, shapes))


def service(g: Grain, **known: Any) -> ServiceData:
    """[H] counts of lines; numbers and arrays are spread over that shape."""
    constant = known.pop("otif_constant", False)
    names = [name for name in ServiceData.__dataclass_fields__ if name != "otif_constant"]
    filled = {name: _spread(known.get(name, np.nan), (len(g.history),)) for name in names}
    return ServiceData(**filled, otif_constant=constant)


def _filled(part: type, known: dict[str, Any], shapes: dict[str, tuple[int, ...]]) -> dict[str, Array]:
    strange = known.keys() - shapes.keys()
    if strange:
        raise TypeError(f"{part.__name__} has no {', '.join(sorted(strange))}")
    return {name: _spread(known.get(name, np.nan), shape) for name, shape in shapes.items()}


def _spread(value: Any, shape: tuple[int, ...]) -> Array:
    return np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), shape))
