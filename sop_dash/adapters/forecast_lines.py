"""The plain rows of the forecast workbook: its list of adjustments, and the hidden sheet of what every cell was."""

import re

from sop_dash.services.forecast_sheet import ADJUSTMENT_HEADS, ForecastSheet

FORECAST, ADJUSTMENTS, KEYS = "Forecast", "Adjustments", "plan data"
Line = tuple[str | float | None, ...]
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_LONGEST = 32_000


def plain_text(text: str) -> str:
    """Text that a workbook can hold."""
    return _FORBIDDEN.sub("\ufffd", text)[:_LONGEST]


def adjustment_lines(sheet: ForecastSheet) -> list[Line]:
    """Headings and one row per adjustment; a sentence where there are none."""
    if not sheet.adjustments:
        return [("No adjustments in this cycle.",)]
    return [ADJUSTMENT_HEADS, *(_plain(line) for line in sheet.adjustments)]


def key_lines(sheet: ForecastSheet) -> list[Line]:
    """Facts of the plan, the rows that may be written over, and value and version of each of their cells."""
    facts = {"company": sheet.company, "cycle": sheet.cycle, "load": sheet.load_id, "made": sheet.made_at}
    open_rows = [row for row in sheet.rows if row.line]
    lines: list[Line] = [("fact", *fact) for fact in facts.items()]
    lines += [("row", row.key, row.family, row.channel, row.line) for row in open_rows]
    lines += [
        ("cell", row.key, month, value, sheet.seen[row.key, month])
        for row in open_rows
        for month, value in zip(sheet.months, row.values, strict=True)
    ]
    return [_plain(line) for line in lines]


def _plain(line: Line) -> Line:
    return tuple(plain_text(value) if isinstance(value, str) else value for value in line)
