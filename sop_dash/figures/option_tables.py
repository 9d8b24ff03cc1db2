"""The options of a gap side by side, and the ladder of what one more unit costs, written.

Money and stock changes are against doing nothing; costs cover the families and months of the gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sop_dash.core.model.kpi import Unit
from sop_dash.core.model.periods import last_day, short_name
from sop_dash.core.model.records import Decision
from sop_dash.core.studies.case_options import Option
from sop_dash.core.studies.cases import Case
from sop_dash.core.studies.ladder import LadderStep
from sop_dash.core.supply.explain import Source
from sop_dash.figures.formats import (
    MISSING,
    SPACE,
    known,
    listed,
    money,
    months_in_words,
    number,
    percent,
    plural,
    signed,
)

OPTION_LINES = (
    "Served more",
    "Still not served",
    "Overtime",
    "Outsourced",
    "Holding, months counted",
    "Other costs",
    "Margin still lost",
    "The gap costs",
    "Margin, against nothing",
    "Demand served",
    "Most below stock target",
    "Can be chosen until",
)
LADDER_HEADS = ("One more unit", "Arrives", "Costs", "Room for")
_MOST_STEPS = 9
_SOURCE_WORDS = {
    Source.REGULAR: "make in regular hours",
    Source.OVERTIME: "make in overtime",
    Source.OUTSOURCE: "outsource",
    Source.LOSE: "lose the sale",
}


@dataclass(frozen=True, kw_only=True)
class OptionColumn:
    """One option as a column.

    Args:
        name: Its name.
        badges: "recommended", "in the plan".
        cells: One per line of `OPTION_LINES`; empty when it is not possible.
        reason: Why it is not possible, or what to know.
        possible: False when it cannot be chosen.
    """

    name: str
    badges: tuple[str, ...]
    cells: tuple[str, ...]
    reason: str
    possible: bool


def option_columns(case: Case, currency: str, today: date) -> tuple[OptionColumn, ...]:
    """The options of a case, doing nothing first."""
    alone = len(case.families) == 1
    return tuple(_column(option, currency, today, alone=alone) for option in case.options)


def _column(option: Option, currency: str, today: date, *, alone: bool) -> OptionColumn:
    marks = (("recommended", option.recommended), ("in the plan", option.in_plan))
    return OptionColumn(
        name=option.name,
        badges=tuple(words for words, holds in marks if holds),
        cells=_cells(option, currency, today, alone=alone) if option.feasible else (),
        reason=option.reason,
        possible=option.feasible,
    )


def _cells(option: Option, currency: str, today: date, *, alone: bool) -> tuple[str, ...]:
    spent = option.spent
    until = _until(option.last_month, today) if option.key != "do-nothing" else "any time"
    return (
        _amount(spent.covered_units, "units", spent.covered_value, currency, alone=alone),
        _amount(option.lost_units, "units", option.lost_value, currency, alone=alone),
        _amount(spent.overtime_hours, "h", spent.overtime_cost, currency, alone=True),
        _amount(spent.outsourced_units, "units", spent.outsource_cost, currency, alone=alone),
        _amount(spent.held_unit_months, "unit-months", spent.holding_cost, currency, alone=alone),
        _others(option, currency),
        money(_clean(option.lost_margin), currency),
        money(_clean(option.total_cost), currency),
        signed(option.margin_change, Unit.MONEY, currency) if option.key != "do-nothing" else MISSING,
        percent(option.service_ratio),
        money(option.below_target_value, currency),
        until,
    )


def _until(month: str | None, today: date) -> str:
    """The last day of the cycle that can still choose, and how long that is."""
    if month is None:
        return "too late"
    end = last_day(month)
    left = (end - today).days
    day = f"{end.day}{SPACE}{short_name(month)}"
    return f"{day}, {plural(left, 'day')} left" if left >= 0 else f"was {day}"


def _amount(amount: float, unit: str, value: float | None, currency: str, *, alone: bool) -> str:
    """An amount with its money; units of several families do not add up, so they show their money alone."""
    if abs(amount) < 0.5 and abs(value or 0.0) < 0.5:
        return "none"
    said = [f"{number(amount)} {unit}"] if alone or not known(value) else []
    return " · ".join([*said, *([money(value, currency)] if known(value) else [])])


def _others(option: Option, currency: str) -> str:
    """The other costs by kind; one without a price says so, because it is in no sum."""
    costs = option.spent.other_costs.items()
    said = [
        f"{kind.value}: no price" if cost is None else f"{money(cost, currency)} {kind.value}" for kind, cost in costs
    ]
    return ", ".join(said) or "none"


def _clean(value: float | None) -> float | None:
    """Dust of the planner is nothing."""
    return 0.0 if value is not None and abs(value) < 0.5 else value


def case_note(case: Case, family: str, currency: str) -> str:
    """What the figures of the case cover, and what is at stake."""
    others = [name for name in case.families if name != family]
    covered = f"Counted over {months_in_words(case.counted)} for {listed(case.families, most=6)}"
    shared = f", which share {case.place}" if case.is_resource and others else ""
    stake = f" {money(case.value, currency)} of margin is at stake if nothing is done." if case.value >= 1.0 else ""
    return f"{covered}{shared}.{stake}"


def recorded_words(case: Case, decisions: Sequence[Decision]) -> str:
    """Which decisions of the log are about this gap; empty without one."""
    mine = [d for d in decisions if d.text.startswith(f"{case.place}, {months_in_words(case.months)}:")]
    if not mine:
        return ""
    said = [f"{d.id} ({d.outcome.value}{', in the plan' if d.in_plan else ''})" for d in mine]
    return f"Already recorded: {listed(said)}."


def ladder_rows(steps: Sequence[LadderStep], currency: str) -> list[tuple[str, str, str, str]]:
    """The cheapest ways first, those that are not possible last."""
    rows = [_ladder_row(step, currency) for step in steps if step.possible]
    blocked = [
        _ladder_row(step, currency) for step in steps if not step.possible and step.source is not Source.OVERTIME
    ]
    return [*rows[:_MOST_STEPS], *blocked[: max(_MOST_STEPS - len(rows), 0)]]


def _ladder_row(step: LadderStep, currency: str) -> tuple[str, str, str, str]:
    words = "order" if step.source is Source.REGULAR and not step.made else _SOURCE_WORDS[step.source]
    cost = f"{money(step.cost, currency)}" if known(step.cost) else MISSING
    if step.source is Source.LOSE:
        return words, short_name(step.month), cost, "its price is lost"
    return words, short_name(step.month), cost, _room(step)


def _room(step: LadderStep) -> str:
    if not step.possible:
        return "too late now" if step.too_late else "used up"
    if step.units_left == float("inf"):
        return "no limit known"
    return f"{number(step.units_left)} units" if step.units_left >= 0.5 else "no room left"


def ladder_words(steps: Sequence[LadderStep], currency: str) -> str:
    """The cheapest way that still has room, in one sentence."""
    best = next((s for s in steps if s.possible and s.source is not Source.LOSE and s.units_left >= 0.5), None)
    lost = next((s for s in steps if s.source is Source.LOSE), None)
    if best is None:
        return "No way to deliver one more unit has room left: the sale is lost."
    way = _ladder_row(best, currency)[0]
    said = f"The cheapest way with room left is to {way}, arriving in {short_name(best.month)}"
    if not known(best.cost) or lost is None or not known(lost.cost):
        return f"{said}."
    return f"{said}, at {money(best.cost, currency)}; a lost sale costs its price of {money(lost.cost, currency)}."
