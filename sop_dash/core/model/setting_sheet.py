"""The planning settings as a sheet: one line each with value, default, unit, range and who uses it, and back from text.

Ratios are written in per cent ("15 %"), yes or no in words; everything comes from the one definition of the settings.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.setting_values import limits_of

_RATIO = "ratio"
_YES, _NO = "yes", "no"
_LONGEST = 200
_GROUPS: tuple[tuple[str, str, str], ...] = (
    ("horizon_months", "Horizon and fences", "every page"),
    ("cover_days", "Stock", "Supply, Performance review, Financials"),
    ("overtime_max_ratio", "Overtime, outsourcing and costs", "Supply, Financials, Scenarios"),
    ("currency", "Currency", "every page"),
    ("receivable_days", "Payment terms", "Financials"),
    ("ramp_ratio", "Change of output", "Supply"),
    ("refusal_ratio", "Limits of issues and charts", "every page"),
    ("objective", "Objective and rules", "Supply, Scenarios, Decisions"),
    ("accuracy_wape_target", "Targets and bands", "Executive, Performance review"),
    ("safety_stock_rule", "Inventory policy", "Supply (Inventory policy)"),
    ("supplier_weight_on_time", "Score of suppliers", "Supply (Suppliers)"),
    ("planner_decides_value", "Decision rights", "Decisions"),
    (
        "working_days_a_week",
        "Working calendar",
        "S&OP cycle (dates of its stages), Supply (hours of machines and shifts)",
    ),
)
"""First setting of each group in the order of the definition, its title, and the pages that use it."""


@dataclass(frozen=True, kw_only=True)
class SettingLine:
    """One setting.

    Args:
        name: Its name in the definition.
        group: What it belongs to.
        value: In force, as written.
        default: As written.
        unit: What the number counts; empty where the value says it.
        meaning: What it says.
        allowed: Range or choices in words.
        choices: The only values allowed; empty for numbers and names.
        used_by: Pages it acts on.
        assumed: True while it is the default: nobody has decided it.
    """

    name: str
    group: str
    value: str
    default: str
    unit: str
    meaning: str
    allowed: str
    choices: tuple[str, ...]
    used_by: str
    assumed: bool


def setting_lines(settings: PlanningSettings) -> tuple[SettingLine, ...]:
    """Every setting in the order of the definition."""
    first = {name: (group, used_by) for name, group, used_by in _GROUPS}
    group, used_by = "", ""
    lines: list[SettingLine] = []
    for one in fields(PlanningSettings):
        group, used_by = first.get(one.name, (group, used_by))
        unit = str(one.metadata["unit"])
        value = getattr(settings, one.name)
        lines.append(
            SettingLine(
                name=one.name,
                group=group,
                value=_written(value, unit),
                default=_written(one.default, unit),
                unit=unit.removeprefix(_RATIO).strip() if _is_share(value, unit) else unit,
                meaning=str(one.metadata["meaning"]),
                allowed=_allowed(one.name, value, unit),
                choices=_choices(value),
                used_by=used_by,
                assumed=value == one.default,
            )
        )
    return tuple(lines)


def setting_from(name: str, text: Any) -> Any:
    """What a person wrote into a line, in the type of the setting; the range is checked when it is changed.

    Raises:
        BadValue: No such setting, or the text is no value of it.
    """
    one = next((f for f in fields(PlanningSettings) if f.name == name), None)
    if one is None:
        raise BadValue(name, f"There is no planning setting “{str(name)[:80]}”.")
    written = ("" if text is None else str(text)).strip()[:_LONGEST]
    if isinstance(one.default, bool):
        if written.lower() not in {_YES, _NO}:
            raise BadValue(name, f"“{one.metadata['meaning']}” must be yes or no.")
        return written.lower() == _YES
    if isinstance(one.default, str):
        return written
    return _number(name, str(one.metadata["unit"]), str(one.metadata["meaning"]), written)


def default_of(name: str) -> Any:
    """The default of a setting. Raises `BadValue` when there is no such setting."""
    one = next((f for f in fields(PlanningSettings) if f.name == name), None)
    if one is None:
        raise BadValue(name, f"There is no planning setting “{str(name)[:80]}”.")
    return one.default


def _number(name: str, unit: str, meaning: str, written: str) -> float:
    share = _is_share(0.0, unit)
    text = written.replace("−", "-").replace(" ", "").replace("\u00a0", "")
    percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%"))
    except ValueError as error:
        remedy = "Write it like 15 % or 2.5 %." if share else "Write it like 30 or 2.5, with a point before decimals."
        raise BadValue(name, f"“{meaning}”: “{written}” is not a number.", remedy=remedy) from error
    if percent != share:
        remedy = (
            f"Write {text.removesuffix('%')} %, if that is meant." if share else "Write it without a per cent sign."
        )
        raise BadValue(name, f"“{meaning}” is {'a share' if share else 'no share'}.", remedy=remedy)
    return value / 100.0 if share else value


def _is_share(value: Any, unit: str) -> bool:
    return isinstance(value, float) and unit.split(" ", maxsplit=1)[0] == _RATIO


def _written(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if _is_share(value, unit):
        return f"{round(value * 100.0, 6):g} %"
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def _choices(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return _YES, _NO
    return tuple(type(value)) if isinstance(value, StrEnum) else ()


def _allowed(name: str, value: Any, unit: str) -> str:
    if choices := _choices(value):
        return " · ".join(choices)
    if isinstance(value, str):
        return {"closed_days": "days", "currency": "three letters, like EUR"}.get(name, "a name")
    low, high = limits_of(name, unit)
    kind = type(value)
    return f"{_written(kind(low), unit)} to {_written(kind(high), unit)}"
