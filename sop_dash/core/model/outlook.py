"""What people know about the months ahead and behind: events, assumptions, risks and opportunities, as brought.

Money is in plan currency, favourable to profit positive. None where nothing was given.
"""

from dataclasses import dataclass
from enum import StrEnum

PROMOTION, LAUNCH = "promotion", "launch"
EVENT_KINDS = (PROMOTION, LAUNCH, "price", "competitor", "customer")
RATIO = "ratio"
"""The unit of a fraction of demand, which is tested against what happened."""


class AssumptionCategory(StrEnum):
    """What an assumption is about."""

    PROMOTION = "promotion"
    MARKET = "market"
    COMPETITIVE = "competitive"
    ECONOMIC = "economic"


class Impact(StrEnum):
    """How much hangs on an assumption."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class RiskSide(StrEnum):
    """Which way it goes."""

    RISK = "risk"
    OPPORTUNITY = "opportunity"


class RiskStatus(StrEnum):
    """Whether it can still happen."""

    OPEN = "open"
    CLOSED = "closed"


class Acts(StrEnum):
    """How an event to come moves the forecast."""

    AS_BEFORE = "as past ones did"
    AS_ENTERED = "by the effect entered"
    NOT = "not at all"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that moves the demand of a family for some months.

    Args:
        family: Whose demand it moves.
        kind: One of `EVENT_KINDS` or another word of the company.
        first_month, last_month: Months it holds, both included.
        description: What happens.
        sku: The item it concerns; empty for the whole family.
        expected_units: Effect expected, a month.
        expected_ratio: Effect expected as a fraction of the demand without it.
        owner, customer: Who answers for it, whom it concerns; empty when not said.
        acts: How it moves the forecast. As past ones did holds for promotions; others then move nothing.
    """

    family: str
    kind: str
    first_month: str
    last_month: str
    description: str
    sku: str = ""
    expected_units: float | None = None
    expected_ratio: float | None = None
    owner: str = ""
    customer: str = ""
    acts: Acts = Acts.AS_BEFORE

    def covers(self, month: str) -> bool:
        """Whether it holds in this month."""
        return self.first_month <= month <= self.last_month


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """Something the plan rests on.

    Args:
        id: Its number.
        text: What is assumed.
        category: What it is about, one of `AssumptionCategory`.
        impact: How much hangs on it, one of `Impact`.
        family: Family it concerns; empty for all.
        month: Month it concerns; empty when it is not about one.
        value: The figure assumed, in `unit`.
        unit: "ratio" for a fraction of demand, else as the company says.
        owner, source: Who answers for it, where it comes from.
        valid_until: Last day it holds; empty when open.
    """

    id: str
    text: str
    category: str
    impact: str
    family: str = ""
    month: str = ""
    value: float | None = None
    unit: str = ""
    owner: str = ""
    source: str = ""
    valid_until: str = ""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A risk (money below zero) or an opportunity.

    Args:
        id: Its number.
        text: What may happen.
        opportunity: True for an opportunity.
        value: Money if it happens.
        probability_ratio: How likely it is, 0 to 1.
        month: Month it would hit.
        owner: Who answers for it.
        due_date: Last day to act.
        status: As the company says.
        family: Family it concerns; empty for all.
    """

    id: str
    text: str
    opportunity: bool
    value: float | None = None
    probability_ratio: float | None = None
    month: str = ""
    owner: str = ""
    due_date: str = ""
    status: str = ""
    family: str = ""

    @property
    def open(self) -> bool:
        """True until it is closed."""
        return self.status.lower() != RiskStatus.CLOSED

    @property
    def weighted_value(self) -> float | None:
        """Money × probability; None where either is unknown."""
        if self.value is None or self.probability_ratio is None:
            return None
        return self.value * self.probability_ratio


@dataclass(frozen=True, kw_only=True)
class Succession:
    """An item that comes or goes, as a person plans it; it moves the forecast of its family. Units a month.

    Args:
        sku: The new item; empty where one only goes.
        family: Whose demand it moves.
        launch_month: First month of the new item; empty where one only goes.
        predecessor: The item that goes or is joined; empty for none.
        end_month: First month in which the predecessor sells no more; empty while it stays.
        analogue: Past launch whose first months are taken; empty for a full start.
        volume_units: Units a month once it runs; None takes those of the predecessor.
        taken_ratio: Share of its units that other items of the family lose; with a predecessor, share of the
            predecessor's units.
        owner: Who answers for it.
    """

    sku: str
    family: str
    launch_month: str = ""
    predecessor: str = ""
    end_month: str = ""
    analogue: str = ""
    volume_units: float | None = None
    taken_ratio: float | None = None
    owner: str = ""


class LevelCause(StrEnum):
    """Why sales stepped to a new level."""

    LAUNCH = "launch"
    SEASON = "season"


@dataclass(frozen=True, kw_only=True)
class LevelAnswer:
    """The answer to "season or launch?" of one family: a launch stays, a season passes.

    Args:
        id: Issued by the system; unique.
        family, month: Whose new level, and its first month.
        cause: What it is.
        owner: Who says so.
    """

    id: str
    family: str
    month: str
    cause: LevelCause
    owner: str = ""
    version: int = 1
