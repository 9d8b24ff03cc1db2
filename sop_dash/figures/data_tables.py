"""Rows of the Data page: issues, data loads, settings; and how an import differs from the load in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sop_dash.core.data.difference import Change, Difference, Part, SalesDifference
from sop_dash.core.data.mapping import SheetUse
from sop_dash.core.data.mapping.corrections import REVERSIBLE
from sop_dash.core.model.findings import Finding, Severity
from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.setting_sheet import setting_lines
from sop_dash.figures.formats import listed, money_in_full, number, plural, signed
from sop_dash.services.ports import DataLoad

_WORDS = {Severity.BLOCKS: "must be cured", Severity.WARNS: "look at it", Severity.INFORMS: "to know"}
_ROWS_SHOWN = 6
_NAMES_SHOWN = 6


def issue_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """One row per issue, in the order given; money is None where it cannot be told."""
    return [
        {
            "key": str(place),
            "severity": _WORDS[finding.kind.severity],
            "title": finding.kind.title,
            "where": " · ".join(part for part in (finding.source or finding.table, finding.place) if part),
            "rows": _file_rows(finding.rows),
            "value": finding.value,
            "detail": finding.detail,
            "remedy": finding.kind.remedy,
        }
        for place, finding in enumerate(findings)
    ]


def _file_rows(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:_ROWS_SHOWN]))
    return f"{shown}, … ({len(rows):,})" if len(rows) > _ROWS_SHOWN else shown


def load_rows(loads: Sequence[DataLoad]) -> list[dict[str, Any]]:
    """One row per data load, newest first."""
    return [
        {
            "id": load.id,
            "in_use": "in use" if load.current else "",
            "company": load.summary["company"],
            "name": load.name,
            "source": load.source,
            "accepted": load.accepted_at[:16].replace("T", " "),
            "by": load.accepted_by,
            "rows": load.summary["rows"],
            "months": _months(load.summary),
            "families": load.summary["families"],
            "skus": load.summary["skus"],
            "hash": load.id[:12],
        }
        for load in loads
    ]


def setting_rows(settings: PlanningSettings) -> list[dict[str, Any]]:
    """One row per planning setting: value in force and default as written, range, who uses it, whether assumed."""
    return [
        {
            "name": line.name,
            "group": line.group,
            "meaning": line.meaning,
            "value": line.value,
            "unit": line.unit,
            "default": line.default or "–",
            "allowed": line.allowed,
            "choices": list(line.choices),
            "used_by": line.used_by,
            "state": "assumed" if line.assumed else "set by the company",
        }
        for line in setting_lines(settings)
    ]


def corrections(findings: Sequence[Finding], undone: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Corrections of a file that can be undone: code, what was done in words, and whether it is made."""
    made: dict[str, str] = {}
    for finding in findings:
        if finding.kind.code in REVERSIBLE:
            worded = f"{finding.kind.title}. {finding.detail}".strip()
            made.setdefault(finding.kind.code, worded)
    left = {code: code.replace("-", " ").capitalize() + " (undone)" for code in undone if code not in made}
    return [*((code, words, True) for code, words in made.items()), *((c, w, False) for c, w in left.items())]


def sheet_words(sheet: SheetUse) -> str:
    """What became of a file or sheet, in a few words: its rows, and why it is not used."""
    size = plural(sheet.rows - 1, "row")
    if sheet.table:
        return f"{size}, as you said" if sheet.said else size
    return " ".join(part for part in (f"{size}, not used.", sheet.note) if part)


MEANINGS = {
    "date": "Date or month",
    "sku": "Item",
    "name": "Name of the item",
    "family": "Family",
    "category": "Category",
    "units": "Units sold",
    "net_revenue": "Revenue",
    "unit_price": "Price per unit",
    "discount": "Discount",
    "channel": "Channel",
    "region": "Region",
    "status": "State of the line",
    "order_id": "Number of the order",
    "currency": "Currency",
    "unit": "Unit of measure",
    "year": "Year",
    "month_number": "Month of the year",
}
"""What a column of a company's own file can mean, in the words of the page."""


def difference_rows(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    """One row per item and month whose units or revenue differ."""
    return [
        {
            "key": f"{one.item} {one.month}",
            "item": one.item,
            "kind": str(one.kind),
            "month": short_name(one.month),
            "before": one.before,
            "now": one.now,
            "change": one.change,
            "value": one.change_value,
        }
        for one in differences
    ]


_KINDS = {
    Change.NEW_ITEM: ("New items", ""),
    Change.ITEM_GONE: ("Items gone", ""),
    Change.NEW_MONTH: ("New months", ", of items known before"),
    Change.MONTH_GONE: ("Months gone", ", of items that stay"),
    Change.CHANGED: ("Changed", "items and months known before"),
}
"""What a kind of difference is called, and what is said behind its names."""


def difference_parts(found: SalesDifference, currency: str) -> list[tuple[str, str, str, str]]:
    """One row per kind of difference: its name, which items or months, units and revenue; the sum of several last."""
    rows = [
        (
            _KINDS[part.kind][0],
            f"{_named(part)}{_KINDS[part.kind][1]}",
            signed(part.units, Unit.COUNT),
            signed(part.value, Unit.MONEY, currency),
        )
        for part in found.parts
    ]
    if len(rows) > 1:
        values = [part.value for part in found.parts]
        whole = None if None in values else sum(value for value in values if value is not None)
        units = signed(sum(part.units for part in found.parts), Unit.COUNT)
        rows.append(
            (
                "In all",
                plural(found.count, "item and month", "items and months"),
                units,
                signed(whole, Unit.MONEY, currency),
            )
        )
    return rows


def _named(part: Part) -> str:
    if part.kind is Change.CHANGED:
        return f"{part.count:,} "
    months = part.kind in {Change.NEW_MONTH, Change.MONTH_GONE}
    names = [short_name(name) for name in part.names] if months else part.names
    return f"{len(names):,}: {listed(names, most=_NAMES_SHOWN)}"


@dataclass(frozen=True, kw_only=True)
class Total:
    """One total of an import beside the load in use; `change` is empty when there is nothing to compare with."""

    name: str
    value: str
    change: str = ""


def totals(summary: Mapping[str, Any], before: Mapping[str, Any] | None, currency: str) -> list[Total]:
    """Totals of the sales about to be accepted; differences only against a load of the same company."""
    same = before is not None and before["company"] == summary["company"]
    counts = (
        ("Rows of sales", "rows", Unit.COUNT),
        ("Units", "qty", Unit.COUNT),
        ("Revenue", "revenue", Unit.MONEY),
        ("Families", "families", Unit.COUNT),
        ("SKUs", "skus", Unit.COUNT),
        ("Months", "months", Unit.COUNT),
    )
    found = [
        Total(
            name=name,
            value=money_in_full(summary[key], currency) if unit is Unit.MONEY else number(summary[key]),
            change=signed(summary[key] - before[key], unit, currency)
            if same and before is not None and before.get(key) is not None
            else "",
        )
        for name, key, unit in counts
        if summary.get(key) is not None
    ]
    return [*found, Total(name="From – to", value=_months(summary))]


def _months(summary: Mapping[str, Any]) -> str:
    return f"{short_name(summary['first_month'])} – {short_name(summary['last_month'])}"
