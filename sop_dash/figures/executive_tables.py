"""Tables of the Executive page and its one-page report, every cell written: S-304, S-306, S-308, S-311 and S-312."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.model.periods import short_name
from sop_dash.core.model.records import Action, ActionStatus, Decision, Outcome
from sop_dash.core.performance.demand_table import largest_first
from sop_dash.core.performance.effects import Direction, Effect
from sop_dash.core.performance.plan_kpis import EXECUTIVE_TILES
from sop_dash.core.performance.since_last_month import since_last_month
from sop_dash.figures.demand_tables import compared_quarter, family_rows, periods
from sop_dash.figures.formats import SPACE, number, plural, shortage, signed, signed_percent, written
from sop_dash.figures.scenario_tables import DIRECTION_MARK
from sop_dash.figures.supply_tables import gap_rows
from sop_dash.figures.theme import STATUS_MARK
from sop_dash.services.plans import PlanView

_MOST_FAMILIES = 12
_MOST_RECORDS = 6
_QUARTER_MONTHS = 3


@dataclass(frozen=True, kw_only=True)
class WrittenTable:
    """A table of written cells.

    Args:
        heads: Headings; the first column names the rows.
        rows: Cells of each row.
        marks: Status slug of each row, for the colour of its last cell; empty where there is none.
        left: How many rows did not fit.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...] = ()
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class MonthChange:
    """One figure since last month.

    Args:
        kpi: The figure.
        value: Its value, written.
        change: Against the month before; empty where that is unknown.
        direction: Shape and word where it became better or worse, empty otherwise.
        slug: The direction as the style sheets know it; empty likewise.
    """

    kpi: Kpi
    value: str
    change: str
    direction: str
    slug: str


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """A pending decision or an open action: number, text, owner, when it is due, and whether that is over."""

    number: str
    text: str
    owner: str
    due: str
    late: bool


def tiles(view: PlanView) -> tuple[Kpi, ...]:
    """The six figures of the page."""
    return tuple(view.plan.kpi(name) for name in EXECUTIVE_TILES)


def changes(view: PlanView) -> tuple[MonthChange, ...]:
    """The headlines of the review beside the month before; empty without a closed month."""
    review, currency = view.prepared.review, view.prepared.inputs.company.currency
    if review is None:
        return ()
    return tuple(_change(found, currency) for found in since_last_month(review))


def _change(found: Effect, currency: str) -> MonthChange:
    kpi, direction = found.kpi, found.direction
    unit = kpi.definition.unit
    change = "" if found.change is None else signed(found.change, unit, currency)
    judged = direction in (Direction.BETTER, Direction.WORSE) and not change.startswith("±")
    return MonthChange(
        kpi=kpi,
        value=written(kpi.value, unit, currency),
        change=change,
        direction=f"{DIRECTION_MARK[direction]} {direction.value}" if judged else "",
        slug=direction.value if judged else "",
    )


def open_items(decisions: Sequence[Decision], actions: Sequence[Action], today: date) -> tuple[OpenItem, ...]:
    """Pending decisions and open actions, the first due first, those without a day last."""
    waiting = [(d.due_date, d.id, d.text, d.owner) for d in decisions if d.outcome is Outcome.PENDING]
    waiting += [(a.due_date, a.id, a.text, a.owner) for a in actions if a.status is not ActionStatus.COMPLETED]
    return tuple(
        OpenItem(
            number=name, text=text, owner=owner, due=due_words(due, today), late=bool(due) and due < today.isoformat()
        )
        for due, name, text, owner in sorted(waiting, key=lambda item: (item[0] or "9999", item[1]))
    )


def due_words(day: str, today: date) -> str:
    """A due day with what is left: "30 Nov 26, in 8 days", "12 Nov 26, 10 days late"."""
    if not day:
        return "no date"
    due = date.fromisoformat(day)
    left = (due - today).days
    name = f"{due.day}{SPACE}{short_name(day)}"
    if left == 0:
        return f"{name}, today"
    return f"{name}, in {plural(left, 'day')}" if left > 0 else f"{name}, {plural(-left, 'day')} late"


def report_kpis(view: PlanView) -> tuple[Kpi, ...]:
    """The figures of the report (S-304): the six of the plan, then those of the last closed month."""
    review = view.prepared.review
    return (*tiles(view), *((tile.kpi for tile in review.tiles) if review else ()))


def demand_report(view: PlanView) -> WrittenTable:
    """The demand table (S-306): the months and the total of the next whole quarter, against last cycle and year."""
    quarter = compared_quarter(view)
    columns = _quarter_columns(view, quarter)
    rows = {row["family"]: row for row in family_rows(view)}
    shown = [rows[family] for family in largest_first(view.plan)[:_MOST_FAMILIES]]
    return WrittenTable(
        heads=("Family, units", *(title for _, title in columns), f"{quarter} v last cycle", "v last year"),
        rows=tuple(
            (
                str(row["name"]),
                *(number(row.get(field)) for field, _ in columns),
                signed_percent(row["v-cycle"], 0),
                signed_percent(row["v-year"], 0),
            )
            for row in shown
        ),
        left=len(rows) - len(shown),
    )


def _quarter_columns(view: PlanView, quarter: str) -> list[tuple[str, str]]:
    """Field and title of the quarter and the months before its total; the first months where no quarter is whole."""
    found = [(period.field, period.title) for period in periods(view)]
    names = [field for field, _ in found]
    if quarter not in names:
        return found[:_QUARTER_MONTHS]
    end = names.index(quarter)
    return found[max(0, end - _QUARTER_MONTHS) : end + 1]


def supply_report(view: PlanView) -> WrittenTable:
    """The supply table (S-308): demand, regular supply, gap in brackets, how the plan closes it, status."""
    rows = gap_rows(view)
    shown = rows[:_MOST_FAMILIES]
    return WrittenTable(
        heads=("Family, units", "Demand", "Regular supply", "Gap", "How the plan closes it", "Status"),
        rows=tuple(
            (
                str(row["family"]),
                number(row["demand"]),
                number(row["supply"]),
                shortage(row["gap"]),
                str(row["solution"]),
                _marked(str(row["status"])),
            )
            for row in shown
        ),
        marks=tuple(str(row["status"]).replace(" ", "-") for row in shown),
        left=len(rows) - len(shown),
    )


def _marked(status: str) -> str:
    mark = next((mark for known, mark in STATUS_MARK.items() if known.value == status), "")
    return f"{mark} {status}".strip()


def decision_report(decisions: Sequence[Decision], currency: str) -> WrittenTable:
    """Decisions made (S-311), newest first: number, decision, owner, outcome, money."""
    made = [d for d in reversed(decisions) if d.outcome is not Outcome.PENDING]
    return WrittenTable(
        heads=("No.", "Decision", "Owner", "Outcome", "Money"),
        rows=tuple(
            (d.id, d.text, d.owner, _outcome(d), signed(d.one_off_value, Unit.MONEY, currency))
            for d in made[:_MOST_RECORDS]
        ),
        left=max(0, len(made) - _MOST_RECORDS),
    )


def _outcome(decision: Decision) -> str:
    return f"{decision.outcome.value}, in the plan" if decision.in_plan else decision.outcome.value


def action_report(actions: Sequence[Action], today: date) -> WrittenTable:
    """Actions not completed (S-312), the first due first: number, action, owner, due, status."""
    waiting = sorted((a for a in actions if a.status is not ActionStatus.COMPLETED), key=lambda a: (a.due_date, a.id))
    return WrittenTable(
        heads=("No.", "Action", "Owner", "Due", "Status"),
        rows=tuple(
            (a.id, a.text, a.owner, due_words(a.due_date, today), a.status.value.replace("_", " "))
            for a in waiting[:_MOST_RECORDS]
        ),
        left=max(0, len(waiting) - _MOST_RECORDS),
    )
