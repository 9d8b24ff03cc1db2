"""Rows of the Demand page's tables (S-306): families side by side, adjustments, back-test.

Tables count units; families are never added up. A period column is a month or the total of a fiscal quarter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sop_dash.core.model.arrays import Array, known_sum, ratio_or_nan
from sop_dash.core.model.fiscal import FiscalQuarter
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import Fence, Fences, short_name
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, AdjustmentType, Stream
from sop_dash.core.performance.demand_table import DemandRow, demand_table, whole_quarters
from sop_dash.core.plan.adjustment_log import AdjustmentLine
from sop_dash.core.plan.demand_issues import FamilyIssue, Question
from sop_dash.core.plan.demand_lines import DemandLines
from sop_dash.core.plan.forecast_change import forecast_change
from sop_dash.core.studies.forecast_test import FamilyTest
from sop_dash.figures.formats import (
    MINUS,
    MISSING,
    listed,
    moment_in_words,
    money,
    months_in_words,
    number,
    percent,
    signed_percent,
)
from sop_dash.services.plans import PlanView
from sop_dash.services.selection import Measure

Row = Mapping[str, Any]
_FAR = 3.0
_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Period:
    """One column of the demand table.

    Args:
        field: Its key in the rows; a month's is `YYYY-MM`.
        title: Its heading.
        help: Said on the heading.
        quarter: True for the total of a quarter.
        locked: True for a month in progress.
        restricted: True for a month that changes only within limits.
    """

    field: str
    title: str
    help: str = ""
    quarter: bool = False
    locked: bool = False
    restricted: bool = False


def periods(view: PlanView) -> list[Period]:
    """The months on screen, each quarter's total after its last month."""
    closed = len(view.plan.grain.history)
    last = {quarter.covered.stop - 1 - closed: quarter for quarter in _quarters(view)}
    found: list[Period] = []
    fences = Fences(locked=view.prepared.locked_months, restricted=view.prepared.settings.restricted_months)
    limit = percent(view.prepared.settings.restricted_ratio, 0)
    said = {Fence.IN_PROGRESS: "in progress: locked", Fence.RESTRICTED: f"restricted: within ±{limit} of last cycle"}
    for place, month in enumerate(view.months):
        fence = fences.of(place)
        found.append(
            Period(
                field=month,
                title=short_name(month),
                help=said.get(fence, ""),
                locked=fence is Fence.IN_PROGRESS,
                restricted=fence is Fence.RESTRICTED,
            )
        )
        if place in last:
            found.append(_quarter_period(last[place], view.plan.grain))
    return found


def family_rows(view: PlanView) -> list[Row]:
    """The consensus of the families selected, in units, with the changes of the next whole quarter (S-306)."""
    whole = bool(view.channels.all())
    previous = view.prepared.last_cycle_units if whole else None
    rows = demand_table(view.prepared.inputs, _consensus(view), previous, view.channels)
    return [_family_row(view, row) for row, chosen in zip(rows, view.families, strict=True) if chosen]


def compared_quarter(view: PlanView) -> str:
    """The quarter whose changes the family table shows: the first whole one still to come; empty without one."""
    quarters = _quarters(view)
    return next((q.name for q in quarters if q.actual_months == 0), quarters[0].name if quarters else "")


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One column of changes beside the families.

    Args:
        field: Its key in the rows.
        title: Its heading.
        against: What the months are held against.
        months: The months compared: those on screen that both sides know.
        ratios: By family, + is more; NaN where it cannot be told.
    """

    field: str
    title: str
    against: str
    months: Sequence[str]
    ratios: Mapping[str, float]


def compared_with(view: PlanView) -> list[Compared]:
    """The changes the family table shows: against last cycle where one is kept, and against the year before."""
    names, change = view.plan.grain.families, forecast_change(view.prepared, len(view.months))
    found = [_against_last_year(view)]
    if change is not None and view.selection.channel is None:
        ratios = dict(zip(names, change.ratio.tolist(), strict=True))
        against = "what last cycle expected of them"
        found.insert(
            0, Compared(field="v-cycle", title="v cycle", against=against, months=change.months, ratios=ratios)
        )
    return found


def _against_last_year(view: PlanView) -> Compared:
    inputs, closed, shown = view.prepared.inputs, len(view.plan.grain.history), len(view.months)
    past = known_sum(inputs.sales.demand_units[:, view.channels], 1)
    whole = np.concatenate((np.full((len(past), _YEAR), np.nan), past, _consensus(view)), axis=1)
    now, before = _consensus(view)[:, :shown], whole[:, closed : closed + shown]
    both = ~np.isnan(before)
    ratios = ratio_or_nan(np.where(both, now, 0.0).sum(axis=1), np.where(both, before, 0.0).sum(axis=1)) - 1.0
    return Compared(
        field="v-year",
        title="v year",
        against="the same months a year earlier",
        months=[month for month, known in zip(view.months, both.any(axis=0).tolist(), strict=True) if known],
        ratios=dict(zip(view.plan.grain.families, ratios.tolist(), strict=True)),
    )


def _consensus(view: PlanView) -> Array:
    """[F, T] units of the channels selected."""
    return np.asarray(view.plan.demand.consensus[:, view.channels].sum(axis=1))


def _family_row(view: PlanView, row: DemandRow) -> Row:
    compared = {quarter.name: quarter for quarter in row.quarters}.get(compared_quarter(view))
    return {
        "row": row.family,
        "name": row.family,
        "family": row.family,
        "editable": True,
        **dict(zip(view.plan.grain.horizon, row.month_units, strict=True)),
        **{quarter.name: quarter.units for quarter in row.quarters},
        "v-cycle": compared.vs_last_month_ratio if compared else None,
        "v-year": compared.vs_last_year_ratio if compared else None,
    }


def _quarters(view: PlanView) -> Sequence[FiscalQuarter]:
    return whole_quarters(view.prepared.inputs)


def _quarter_period(quarter: FiscalQuarter, grain: Grain) -> Period:
    actual = quarter.actual_months
    said = f"{_closed_words(grain, quarter)} as sold, the rest planned" if actual else "planned"
    return Period(field=quarter.name, title=quarter.name, help=said, quarter=True)


def closed_in_quarter(view: PlanView) -> str:
    """Which closed months the first quarter on screen adds: "Q4 FY26 with Oct 26 as sold"; empty where none."""
    grain = view.plan.grain
    found = next((quarter for quarter in _quarters(view) if quarter.actual_months), None)
    return f"{found.name} with {_closed_words(grain, found)} as sold" if found else ""


def _closed_words(grain: Grain, quarter: FiscalQuarter) -> str:
    first = quarter.covered.start
    return months_in_words(grain.calendar[first : first + quarter.actual_months])


def issue_words(issue: FamilyIssue) -> str:
    """Why a family is at issue, in a few words."""
    if issue.question is None:
        return "in line"
    size = percent(abs(issue.ratio), 0) if abs(issue.ratio) < _FAR else "far"
    if issue.question is Question.BIAS:
        return f"forecasts ran {size} {'too high' if issue.ratio > 0 else 'too low'}"
    if issue.question is Question.CHANGE:
        return f"{size} {'up' if issue.ratio > 0 else 'down'} since last cycle"
    return f"{size} {'above' if issue.ratio > 0 else 'below'} budget"


def issue_money(issue: FamilyIssue, currency: str) -> str:
    """Money at issue; a dash where there is none or no price."""
    return money(issue.value, currency) if issue.question is not None else MISSING


def adjustment_words(adjustment: Adjustment) -> str:
    """What an adjustment does: "+10 %", "+500 a month", "set to 1,200 a month"."""
    if adjustment.type is AdjustmentType.PERCENTAGE:
        return signed_percent(adjustment.value)
    if adjustment.type is AdjustmentType.ABSOLUTE:
        return f"set to {number(adjustment.value)} a month"
    size = number(adjustment.value)
    return f"{size if size.startswith(MINUS) else f'+{size}'} a month"


def adjustment_rows(lines: Sequence[AdjustmentLine], currency: str) -> list[Row]:
    """The stack in order, every cell written."""
    return [
        {
            "id": line.adjustment.id,
            "version": line.adjustment.version,
            "order": str(place),
            "family": line.adjustment.family,
            "where": _where(line.adjustment),
            "months": months_in_words((line.adjustment.first_month, line.adjustment.last_month)),
            "change": adjustment_words(line.adjustment),
            "before": number(line.before_units),
            "after": number(line.after_units) if line.applied else "left out",
            "value": _signed_money(line.value, currency) if line.adjustment.stream is Stream.CONSENSUS else MISSING,
            "reason": line.adjustment.reason,
            "owner": line.adjustment.owner,
            "when": _when(line.adjustment),
            "rejected": line.adjustment.status is AdjustmentStatus.REJECTED,
        }
        for place, line in enumerate(lines, start=1)
    ]


def _where(adjustment: Adjustment) -> str:
    line = "sales input, " if adjustment.stream is Stream.SALES else ""
    return f"{line}{adjustment.channel or 'all channels'}"


def _when(adjustment: Adjustment) -> str:
    """When it was entered and by whom, where that is not its owner; who rejected it."""
    by = adjustment.entered_by
    entered = f"{moment_in_words(adjustment.created_at)}{f' by {by}' if by not in ('', adjustment.owner) else ''}"
    if adjustment.status is not AdjustmentStatus.REJECTED:
        return entered
    return f"{entered}; rejected {moment_in_words(adjustment.changed_at)} by {adjustment.changed_by}"


def _signed_money(value: float, currency: str) -> str:
    text = money(value, currency)
    return text if text == MISSING or text.startswith(MINUS) else f"+{text}"


def left_out(view: PlanView, lines: DemandLines) -> list[str]:
    """Which selected families are not in the sums, and why; empty when all are."""
    chosen = zip(view.plan.grain.families, view.families, lines.counted, strict=True)
    missing = [name for name, asked, counted in chosen if asked and not counted]
    said = [f"Without a price and so left out: {listed(missing)}."] if missing else []
    if view.selection.measure is Measure.UNITS and lines.in_money:
        said.append("Units of unlike families are not added up: choose one family to see its units.")
    return said


def test_rows(tests: Sequence[FamilyTest], view: PlanView) -> list[Row]:
    """The back-test of every family of the category."""
    grain, category = view.plan.grain, view.selection.category
    chosen = {name for name, of in zip(grain.families, grain.categories, strict=True) if category in (None, of)}
    return [
        {
            "family": test.family,
            "engine1": test.next_month,
            "naive1": test.naive_next_month,
            "engine3": test.three_ahead,
            "naive3": test.naive_three_ahead,
            "added": test.naive_three_ahead - test.three_ahead,
            "inside80": test.inside80,
            "origins": test.origins,
        }
        for test in tests
        if test.family in chosen
    ]
