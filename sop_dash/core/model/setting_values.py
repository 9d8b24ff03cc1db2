"""Values that people give to planning settings: each in its own type and range, and in order with its neighbours."""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.working_calendar import working_calendar

_LARGEST = {"days": 3650.0, "months": 120.0, "turns a year": 1000.0, "money": 1e12}
_RATIO_LARGEST = 10.0
_SERVICE = {"service_target", "cycle_service_a", "cycle_service_b", "cycle_service_c"}
_SHARES = {
    "abc_a_share",
    "abc_b_share",
    "avoidable_cost_ratio",
    "material_ratio",
    "refusal_ratio",
    "small_family_ratio",
}
_OWN_LIMITS = {
    "horizon_months": (6.0, 24.0),
    "locked_months": (0.0, 6.0),
    "restricted_months": (0.0, 12.0),
    "working_days_a_week": (1.0, 7.0),
    "ramp_last_month": (0.0, 24.0),
    "price_elasticity": (-10.0, 10.0),
}
_LOWEST_SERVICE, _HIGHEST_SERVICE = 0.5, 0.9999
_IN_ORDER = (
    ("abc_a_share", "abc_b_share"),
    ("xyz_x_cv", "xyz_y_cv"),
    ("cover_low_days", "cover_aim_days"),
    ("cover_aim_days", "cover_high_days"),
    ("attainment_low", "attainment_high"),
    ("turns_low", "turns_aim"),
    ("turns_aim", "turns_high"),
    ("utilisation_low", "utilisation_high"),
    ("planner_decides_value", "reconciliation_decides_value"),
)
_CODE_LENGTH = 3
_WEIGHTS = "supplier_weight_"


def limits_of(name: str, unit: str) -> tuple[float, float]:
    """Smallest and largest value of a setting that is a number, in the unit of its definition."""
    if name in _OWN_LIMITS:
        return _OWN_LIMITS[name]
    if name in _SERVICE:
        return _LOWEST_SERVICE, _HIGHEST_SERVICE
    if name in _SHARES or name.startswith(_WEIGHTS):
        return 0.0, 1.0
    return 0.0, _LARGEST.get(unit, _RATIO_LARGEST)


def changed_settings(settings: PlanningSettings, given: Mapping[str, Any]) -> PlanningSettings:
    """The settings with the values given, checked.

    Raises:
        BadValue: An unknown name, a value of the wrong type or out of range, two limits in the wrong order, weights
            that are all zero, or a closed day that is no day.
    """
    meanings = {f.name: f.metadata for f in fields(PlanningSettings)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in meanings:
            raise BadValue(name, f"There is no planning setting “{name}”.")
        values[name] = _value(name, getattr(settings, name), value, meanings[name])
    made = replace(settings, **values)
    for low, high in _IN_ORDER:
        if getattr(made, low) > getattr(made, high):
            raise BadValue(low, f"“{meanings[low]['meaning']}” must not exceed “{meanings[high]['meaning']}”.")
    if not any(getattr(made, name) for name in meanings if name.startswith(_WEIGHTS)):
        raise BadValue(_WEIGHTS, "At least one weight of the score of suppliers must be above 0.")
    working_calendar(made)
    return made


def _value(name: str, now: Any, value: Any, said: Mapping[str, Any]) -> Any:
    """The value in the type of the setting."""
    meaning = said["meaning"]
    if isinstance(now, StrEnum):
        try:
            return type(now)(value)
        except ValueError as error:
            raise BadValue(name, f"“{meaning}” must be one of: {', '.join(type(now))}.") from error
    if isinstance(now, bool) or isinstance(value, bool):
        if not (isinstance(now, bool) and isinstance(value, bool)):
            raise BadValue(name, f"“{meaning}” must be {'yes or no' if isinstance(now, bool) else 'a number'}.")
        return value
    if isinstance(now, str):
        if not isinstance(value, str) or len(value) > 200:
            raise BadValue(name, f"“{meaning}” must be a name.")
        return _currency(name, value) if name == "currency" else value
    return _number(name, now, value, said)


def _currency(name: str, value: str) -> str:
    code = value.strip().upper()
    if code and not (len(code) == _CODE_LENGTH and code.isascii() and code.isalpha()):
        remedy = "Write its three letters, like EUR or USD."
        raise BadValue(name, f"“{value[:40]}” is no currency.", remedy=remedy)
    return code


def _number(name: str, now: Any, value: Any, said: Mapping[str, Any]) -> Any:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue(name, f"“{said['meaning']}” must be a number.")
    low, high = limits_of(name, str(said["unit"]))
    if not low <= value <= high:
        raise BadValue(name, f"“{said['meaning']}” is {value:g}; it must lie between {low:g} and {high:g}.")
    if isinstance(now, int):
        if value != int(value):
            raise BadValue(name, f"“{said['meaning']}” must be a whole number.")
        return int(value)
    return float(value)
