"""What people add to a plan: adjustments, scenarios, decisions and actions. Plain records; the store keeps them."""

from dataclasses import dataclass, field
from enum import StrEnum

from sop_dash.core.model.levers import Levers


class AdjustmentType(StrEnum):
    """How an adjustment changes the running value of a cell."""

    PERCENTAGE = "percentage"
    ADDITIVE = "additive"
    ABSOLUTE = "absolute"


class AdjustmentStatus(StrEnum):
    """Only accepted adjustments count; a withdrawn one was undone and can be redone."""

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Stream(StrEnum):
    """Which line of the demand sheet an adjustment changes; sales speaks for itself, apart from the consensus."""

    CONSENSUS = "consensus"
    SALES = "sales"


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One recorded change of forecast cells.

    Args:
        id: Issued by the system; unique.
        cycle: The cycle it belongs to (`YYYY-MM`).
        family: The family it changes.
        channel: One channel, or None for all channels of the family.
        first_month: First month it changes.
        last_month: Last month it changes (the same for a single cell).
        type: How it changes the running value.
        value: Fraction for percentage (0.1 is +10 %), units a month for additive and absolute.
        reason: Why; never empty.
        owner: Who answers for it; never empty.
        order: Position in the stack; adjustments apply in rising order.
        status: Accepted ones count.
        before_undo: The status a withdrawn one had, and has again when it is redone.
        stream: The line it changes.
        block: Shared by the adjustments kept, undone and redone together; empty for one alone.
        entered_by: Who entered it.
        changed_by: Who changed its status last.
        created_at, changed_at: UTC times of the server, ISO text.
        version: Counts up with each change, for conflict checks.
    """

    id: str
    cycle: str
    family: str
    channel: str | None
    first_month: str
    last_month: str
    type: AdjustmentType
    value: float
    reason: str
    owner: str
    order: int
    status: AdjustmentStatus = AdjustmentStatus.ACCEPTED
    before_undo: AdjustmentStatus = AdjustmentStatus.ACCEPTED
    stream: Stream = Stream.CONSENSUS
    block: str = ""
    entered_by: str = ""
    changed_by: str = ""
    created_at: str = ""
    changed_at: str = ""
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class PastAdjustment:
    """A change people made to the forecast of a past cycle, as brought.

    Args:
        cycle: When it was made.
        month: The month it changed.
        family: Position of the family.
        type: How it changed the forecast.
        value: Fraction for percentage, units otherwise.
        reason, owner: Why, and who answers for it.
        channel: Channel it changed; empty for all.
    """

    cycle: str
    month: str
    family: int
    type: AdjustmentType
    value: float
    reason: str
    owner: str
    channel: str = ""


class CorrectionKind(StrEnum):
    """Why a month of history is not what customers usually want."""

    GAP = "gap"
    STOCK_OUT = "stock-out"
    RETURNS = "returns"
    PROMOTION = "promotion"
    OUTLIER = "outlier"
    PASSING = "passing season"


@dataclass(frozen=True, kw_only=True)
class RejectedCorrection:
    """A proposed correction of history that a person has turned down: the month stays as it was recorded.

    Args:
        id: Issued by the system; unique.
        family, channel, month, kind: Which correction.
        reason: Why the month is real.
        owner: Who says so.
    """

    id: str
    family: str
    channel: str
    month: str
    kind: CorrectionKind
    reason: str = ""
    owner: str = ""
    created_at: str = ""
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A name, an owner, a question and a list of lever changes against a plan; never a copy of tables."""

    id: str
    name: str
    owner: str
    question: str
    levers: Levers
    data_load: str
    created_at: str = ""
    version: int = 1


class DecisionCategory(StrEnum):
    """What a decision is about."""

    DEMAND = "demand"
    SUPPLY = "supply"
    FINANCIAL = "financial"
    STRATEGIC = "strategic"


class Outcome(StrEnum):
    """What was decided; apart from how far it has been carried out."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class Execution(StrEnum):
    """How far a decision has been carried out."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A choice between options at a gap.

    Args:
        id: Issued by the system (`DEC-001`); unique.
        text: What is decided.
        category: Demand, supply, financial or strategic.
        owner: Who carries it out.
        due_date: Last day (`YYYY-MM-DD`); empty when none.
        outcome: What was decided.
        execution: How far it is carried out.
        rationale: Why.
        one_off_value: Money once, favourable to profit positive; None when it cannot be told.
        recurring_value_per_month: Money each month, favourable positive; None likewise.
        from_month: First month of the recurring money.
        levers: What it changes in the plan once approved; empty for decisions outside the plan.
        in_plan: True when its levers are part of the plan (only approved ones are; it can be switched off).
        cycle: The cycle it was taken in.
        decided_on: Day of the outcome; empty while pending.
        measured_against: The plan the money was measured against, in words.
    """

    id: str
    text: str
    category: DecisionCategory
    owner: str
    due_date: str = ""
    outcome: Outcome = Outcome.PENDING
    execution: Execution = Execution.NOT_STARTED
    rationale: str = ""
    one_off_value: float | None = None
    recurring_value_per_month: float | None = None
    from_month: str = ""
    levers: Levers = field(default_factory=Levers)
    in_plan: bool = False
    cycle: str = ""
    decided_on: str = ""
    measured_against: str = ""
    created_at: str = ""
    version: int = 1


class ActionStatus(StrEnum):
    """Progress of an action."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


class Priority(StrEnum):
    """How much an action matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, kw_only=True)
class Action:
    """A task with an owner and a date, usually following a decision."""

    id: str
    text: str
    owner: str
    due_date: str
    status: ActionStatus = ActionStatus.OPEN
    priority: Priority = Priority.MEDIUM
    decision_id: str = ""
    cycle: str = ""
    created_at: str = ""
    version: int = 1
