"""Adjustments for tests: months of one family changed as the demand sheet does it."""

from typing import Any

from sop_dash.core.model.periods import span
from sop_dash.core.model.records import Adjustment
from sop_dash.services.access import LOCAL_USER, User
from sop_dash.services.bundle import Services

_WRITTEN = {"percentage": "{:+.10%}", "additive": "{:+.6f}", "absolute": "{:.6f}"}


def cells(
    family: str,
    first_month: str,
    text: Any,
    *,
    last_month: str = "",
    channel: str = "",
    line: str = "consensus",
    seen: int = 0,
) -> list[dict[str, Any]]:
    """The cells of a row from one month to another with the same text written in each."""
    place = {"name": family, "whole": False, "channel": channel, "line": line, "text": text, "seen": seen}
    return [{**place, "month": month} for month in span(first_month, last_month or first_month)]


def adjust(
    services: Services,
    *,
    family: str,
    first_month: str,
    kind: str,
    value: float,
    reason: str = "known",
    owner: str = "",
    user: User = LOCAL_USER,
    **place: Any,
) -> tuple[Adjustment, ...]:
    """Keep one change of a family on top of what is there; fractions for percentages."""
    given = cells(family, first_month, _WRITTEN[kind].format(value), **place)
    told = services.adjustments.preview(given).cells
    seen = [{**cell, "seen": preview.version} for cell, preview in zip(given, told, strict=True)]
    return services.adjustments.keep({"cells": seen, "reason": reason, "owner": owner}, user)
