"""KPIs: one definition per figure, and a value that knows its unit, target, status and reason.

A figure that cannot be calculated has `value=None` and a reason; it never has a status. A figure that cannot move by
construction is "not informative" and has no status either.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """What a number counts; decides how every screen and export writes it."""

    MONEY = "money"
    RATIO = "ratio"
    UNITS = "units"
    HOURS = "hours"
    DAYS = "days"
    TURNS = "turns a year"
    COUNT = "count"
    MONEY_PER_HOUR = "money per hour"
    INDEX = "index"


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "inside the band"
    NEITHER = "neither"


class Status(StrEnum):
    """The state of a figure in one word; each has a shape and a colour of its own."""

    ON_PLAN = "on plan"
    WATCH = "watch"
    ACT = "act"
    NO_TARGET = "no target"
    NO_DATA = "no data"
    NOT_INFORMATIVE = "not informative"


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a figure is judged against.

    Args:
        low: Lower end of the good range; None when there is none.
        high: Upper end of the good range; None when there is none.
        aim: The single value drawn as the target line; None when only the band counts.
        watch_margin: How far outside the good range is still "watch", as a share of the aim or nearest end.
    """

    low: float | None = None
    high: float | None = None
    aim: float | None = None
    watch_margin: float = 0.05

    def judge(self, value: float) -> Status:
        """Inside the range is on plan; up to `watch_margin` outside is watch; further out is act."""
        if self.low is not None and value < self.low:
            distance, end = self.low - value, self.low
        elif self.high is not None and value > self.high:
            distance, end = value - self.high, self.high
        elif self.low is None and self.high is None:
            return Status.NO_TARGET
        else:
            return Status.ON_PLAN
        allowed = self.watch_margin * abs(self.aim or end)
        return Status.WATCH if distance <= allowed else Status.ACT


@dataclass(frozen=True, kw_only=True)
class KpiDefinition:
    """What a figure means, once for every page, table, help text and export.

    Args:
        id: Stable name in kebab case.
        name: What the tile says.
        unit: What it counts.
        better: Which way is good.
        formula: The calculation in words.
        source: Where the formula or target comes from.
        target: Default target; None when the company must give one.
        group: Heading under which the list of all metrics shows it.
    """

    id: str
    name: str
    unit: Unit
    better: Better
    formula: str
    source: str = ""
    target: Target | None = None
    group: str = ""


class Operand(NamedTuple):
    """One number that went into a figure."""

    name: str
    value: float | None
    unit: Unit


Part = tuple[str, float, Unit]


class Why(NamedTuple):
    """The account of a figure: its parts, whom it covers, what was left out and where it comes from.

    `parts` are name, value and unit of what went into it; NaN is unknown.
    """

    parts: tuple[Part, ...] = ()
    population: str = ""
    excluded: str = ""
    table: str = ""
    assumptions: tuple[str, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The parts as operands, written out when someone asks why."""
        return tuple(
            Operand(name, None if math.isnan(value) else float(value), unit) for name, value, unit in self.parts
        )


class Kpi(NamedTuple):
    """One figure with all that a tile needs; a tuple, because every move of a slider makes two dozen of them.

    Args:
        definition: What it means.
        value: The number in the definition's unit; None when it cannot be calculated.
        period: The months it covers, as shown ("FY26 outlook", "Nov–Jan").
        target: Target in force; None falls back to the definition's.
        reference: The number it is compared with (last month, budget, plan); None when there is none.
        reference_name: What that number is ("last month").
        reason: Why there is no value, or why it is not informative; empty otherwise.
        informative: False when the figure is constant by construction.
        series: Past or monthly values for the sparkline, oldest first; NaN for unknown.
        worst: Name and value of the month that is furthest from the goal, where each month is to reach it.
        why: How it came about.
    """

    definition: KpiDefinition
    value: float | None
    period: str = ""
    target: Target | None = None
    reference: float | None = None
    reference_name: str = ""
    reason: str = ""
    informative: bool = True
    series: tuple[float, ...] = ()
    worst: tuple[str, float] | None = None
    why: Why = Why()

    @property
    def goal(self) -> Target | None:
        """The target in force."""
        return self.target if self.target is not None else self.definition.target

    @property
    def status(self) -> Status:
        """Judged against the goal; missing and uninformative figures are never good or bad.

        A figure that reaches its goal only because other months make up for one that misses it is to be watched.
        """
        if self.value is None:
            return Status.NO_DATA
        if not self.informative:
            return Status.NOT_INFORMATIVE
        if not self.goal:
            return Status.NO_TARGET
        judged = self.goal.judge(self.value)
        return Status.WATCH if judged is Status.ON_PLAN and self.missed else judged

    @property
    def missed(self) -> tuple[str, float] | None:
        """The worst month where it misses the goal; None where all reach it."""
        if self.worst is None or self.goal is None or self.goal.judge(self.worst[1]) is Status.ON_PLAN:
            return None
        return self.worst

    @property
    def change(self) -> float | None:
        """Value less reference, in the figure's unit; None when either is missing."""
        return None if self.value is None or self.reference is None else self.value - self.reference
