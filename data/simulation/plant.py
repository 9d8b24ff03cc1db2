"""What limits supply: hours, routings, options and their prices, warehouse, transport, materials."""

import numpy as np
import pandas as pd

from simulation import months
from simulation.capacity import machines, running_days
from simulation.demand import Demand
from simulation.master import FAMILIES, FAMILY_INDEX
from simulation.operations import Ledger
from simulation.resources import RESOURCES

# Family: smallest and largest monthly order, lead time in months, premium over unit cost
_OUTSOURCING = {
    "Blenders": (0, 1500, 1, 0.18),
    "Coffee Makers": (0, 1200, 2, 0.20),
    "Air Fryers": (0, 1800, 2, 0.22),
    "Speakers": (0, 1500, 2, 0.20),
}
_WAREHOUSE_PALLETS, _LANE_PALLETS = 3600.0, 3700.0
_MATERIALS = {
    "Display panels": ("Smart Displays", 1.0, "S-03", 1.03),
    "HEPA media": ("Air Purifiers", 0.85, "S-11", 1.04),
}

_SHIFTS, _HOURS_A_SHIFT = 2, 8


def resources(ledger: Ledger) -> pd.DataFrame:
    """Hours of each resource and month and the machines behind them, used hours up to the last closed month."""
    rows = []
    for index, resource in enumerate(RESOURCES):
        for month in range(months.START, months.END):
            used = ledger.used_hours[index, month] if month < months.OPEN_CYCLE else None
            hours, days = ledger.available_hours[index, month], running_days(resource, month)
            stand = machines(resource, month)
            rows.append(
                (
                    resource.name,
                    months.text(month),
                    hours,
                    resource.plant,
                    used,
                    resource.max_overtime_ratio,
                    resource.overtime_premium_per_hour,
                    resource.lead_time_months,
                    resource.changeover_ratio,
                    stand,
                    _SHIFTS,
                    _HOURS_A_SHIFT,
                    days,
                    round(hours / (stand * _SHIFTS * _HOURS_A_SHIFT * days), 4),
                )
            )
    columns = [
        "resource",
        "month",
        "available_hours",
        "plant",
        "used_hours",
        "max_overtime_ratio",
        "overtime_premium_per_hour",
        "capacity_lead_time_months",
        "changeover_ratio",
        "machines",
        "shifts_per_day",
        "hours_per_shift",
        "working_days",
        "efficiency_ratio",
    ]
    return pd.DataFrame(rows, columns=columns)


def resource_profile() -> pd.DataFrame:
    """Hours per unit of every made family on every resource it uses."""
    rows = [
        (family, resource.name, hours) for resource in RESOURCES for family, hours in resource.hours_per_unit.items()
    ]
    return pd.DataFrame(rows, columns=["family", "resource", "hours_per_unit"])


def supply_options() -> pd.DataFrame:
    """What else can be done per family and what it costs per unit on top of the standard cost."""
    rows = []
    for family in FAMILIES:
        cost = family.net_price * family.cost_ratio
        least, most, lead, premium = _OUTSOURCING.get(family.name, (None,) * 4)
        rows.append(
            {
                "family": family.name,
                "overtime_premium_per_unit": None if family.bought else round(0.10 * cost, 2),
                "outsource_premium_per_unit": None if premium is None else round(premium * cost, 2),
                "outsource_min_units": least,
                "outsource_max_units": most,
                "outsource_lead_time_months": lead,
                "backlog_cost_per_unit": round(0.04 * family.net_price, 2),
                "goodwill_per_unit": round(0.10 * family.net_price, 2),
                "min_stock_days": 10,
                "max_stock_days": 180 if family.name == "Toasters" else 120,
            }
        )
    whole = ["outsource_min_units", "outsource_max_units", "outsource_lead_time_months"]
    return pd.DataFrame(rows).astype(dict.fromkeys(whole, "Int64"))


def logistics() -> pd.DataFrame:
    """One warehouse and one transport lane, both in pallets; overflow space and spot transport cost more."""
    rows = []
    for month in range(months.START, months.END):
        grown = 1.0 if month >= months.number("2025-01") else 0.9
        rows.append((months.text(month), "warehouse", "Harlow Creek warehouse", grown * _WAREHOUSE_PALLETS, 6.5, 15.0))
        rows.append((months.text(month), "transport", "Harlow Creek to hubs", grown * _LANE_PALLETS, 48.0, 79.0))
    return pd.DataFrame(rows, columns=["month", "kind", "name", "capacity", "cost_per_unit", "overflow_cost_per_unit"])


def materials(demand: Demand) -> pd.DataFrame:
    """Material the supplier can deliver: what the next months need and little more, then a level agreement.

    The level agreement grows with the family's year, so a peak has to be prepared.
    """
    rows = []
    for material, (family, usage, supplier, spare) in _MATERIALS.items():
        need = demand.mean[FAMILY_INDEX[family]] * usage
        for month in range(months.OPEN_CYCLE, months.END):
            level = need[month : month + 12].mean() if month + 12 <= months.END else need[months.END - 12 :].mean()
            near = month < months.OPEN_CYCLE + 4
            units = 1.12 * need[month] if near else spare * level
            rows.append((material, months.text(month), int(np.ceil(units / 100.0) * 100), supplier))
    return pd.DataFrame(rows, columns=["material", "month", "available_units", "supplier"])


def material_usage() -> pd.DataFrame:
    """Units of material in one unit of the family."""
    rows = [(family, material, usage) for material, (family, usage, _, _) in _MATERIALS.items()]
    return pd.DataFrame(rows, columns=["family", "material", "units_per_unit"])
