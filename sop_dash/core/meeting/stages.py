"""The five stages of a monthly cycle on working days 1 to 20, and the following-up after them.

Working days are those of the company's calendar, from the first of the cycle month on. Sources: S-042…S-064 (four
weeks, five steps), S-072…S-080 (who takes part and decides), X-01 (executive meeting on working day 20), X-04 (five
steps).
"""

from dataclasses import dataclass
from datetime import date

from sop_dash.core.model.working_calendar import WorkingCalendar

MEETING_DAY = 20


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of the cycle.

    Args:
        id: Stable name.
        name: As shown.
        first_day, last_day: Working days of the cycle, from 1.
        page: Address of the page where its work is done.
        purpose: One sentence.
        inputs, outputs: What it needs and what it leaves behind.
        questions: What it must answer.
        participants: Who takes part.
        decides: Who decides.
    """

    id: str
    name: str
    first_day: int
    last_day: int
    page: str
    purpose: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    questions: tuple[str, ...]
    participants: tuple[str, ...]
    decides: str


STAGES: tuple[Stage, ...] = (
    Stage(
        id="performance",
        name="Data and performance review",
        first_day=1,
        last_day=2,
        page="/performance",
        purpose="Close last month, judge it against plan, and start from clean data and a fresh statistical forecast.",
        inputs=("sales, stock and production of the closed month", "last cycle's plan and forecast"),
        outputs=("statistical forecast by family", "accuracy and bias", "exceptions", "data issues"),
        questions=("Which data are missing or wrong?", "Where did we miss the plan, and why?"),
        participants=("demand planning", "supply planning", "finance"),
        decides="S&OP leader",
    ),
    Stage(
        id="demand",
        name="Demand review",
        first_day=3,
        last_day=5,
        page="/demand",
        purpose="Agree what the market would take, with reasons, before anybody asks whether it can be made.",
        inputs=("statistical forecast", "promotions, prices and launches", "customers won and lost"),
        outputs=("consensus demand by family", "assumptions", "risks and opportunities"),
        questions=(
            "What changed since last month?",
            "Were customers won or lost?",
            "Are the promotions final?",
            "What do price changes do?",
            "What do competitors do?",
        ),
        participants=("sales", "marketing", "product management", "demand planning", "finance (observes)"),
        decides="sales, marketing and product management",
    ),
    Stage(
        id="supply",
        name="Supply review",
        first_day=6,
        last_day=10,
        page="/supply",
        purpose="Find where demand outruns hours, material and stock, and what each way out costs.",
        inputs=("consensus demand", "hours, suppliers and open orders", "stock and its targets"),
        outputs=("supply plan by family", "gaps with priced options", "stock strategy", "investment needs"),
        questions=(
            "Can we meet it?",
            "What constrains us?",
            "How long does more capacity take?",
            "Which supply is at risk?",
            "What does it cost?",
        ),
        participants=("operations", "manufacturing", "procurement", "supply planning", "engineering"),
        decides="operations, manufacturing and procurement",
    ),
    Stage(
        id="finance",
        name="Financial projection",
        first_day=11,
        last_day=12,
        page="/financials",
        purpose="Turn the plan into money and hold it against budget and last cycle.",
        inputs=("supply plan", "prices and costs", "budget"),
        outputs=("revenue, margin and stock by month", "variances with causes", "cash path"),
        questions=("Does the plan meet the budget?", "Where do we lose money?", "What does stock do to cash?"),
        participants=("finance", "demand planning", "supply planning"),
        decides="finance",
    ),
    Stage(
        id="reconciliation",
        name="Pre-S&OP reconciliation",
        first_day=13,
        last_day=15,
        page="/scenarios",
        purpose="Settle what can be settled, and bring the few choices that are left with a recommendation.",
        inputs=("demand, supply and financial plans", "gaps and conflicts"),
        outputs=("balanced base plan", "scenarios with trade-offs", "recommendation", "open questions for executives"),
        questions=("What is within the noise?", "Which lever closes the gap?", "What must executives decide?"),
        participants=("S&OP leader", "demand lead", "supply lead", "finance", "business-unit leaders"),
        decides="finance, sales and operations",
    ),
    Stage(
        id="executive",
        name="Executive S&OP",
        first_day=16,
        last_day=MEETING_DAY,
        page="/",
        purpose="Decide on one plan, and on the choices only executives can take.",
        inputs=("the balanced plan", "decision cards with options, money, service and last date"),
        outputs=("approved plan", "decision log", "actions with owners and dates"),
        questions=("What must be decided today?", "What did earlier decisions bring?"),
        participants=("CEO or COO (chair)", "sales", "operations", "finance", "supply chain", "product and marketing"),
        decides="executives and business-unit heads",
    ),
)

ROLES: tuple[str, ...] = (
    "S&OP leader",
    "Demand planning",
    "Sales and marketing",
    "Product management",
    "Supply planning",
    "Operations",
    "Procurement",
    "Finance",
    "Executive sponsor",
)
_RACI = {
    "performance": "ARCIRCCCI",
    "demand": "CRARIIICI",
    "supply": "CCIIRARCI",
    "finance": "CRCIRCIAI",
    "reconciliation": "ARCCRCCRI",
    "executive": "RCRRCRCRA",
}
RACI_WORDS = {"R": "does the work", "A": "answers for it", "C": "is asked", "I": "is told"}


def raci(stage: Stage) -> dict[str, str]:
    """Role -> R (does the work), A (answers for it; exactly one), C (is asked) or I (is told)."""
    return dict(zip(ROLES, _RACI[stage.id], strict=True))


@dataclass(frozen=True, kw_only=True)
class StageDates:
    """A stage on the calendar; both days are part of it."""

    stage: Stage
    first: date
    last: date

    def state(self, today: date) -> str:
        """`over`, `now` or `to come`, by the calendar alone."""
        if today > self.last:
            return "over"
        return "now" if today >= self.first else "to come"


def calendar_of(cycle: str, calendar: WorkingCalendar) -> tuple[StageDates, ...]:
    """All stages of a cycle with their dates by the company's working days, in order."""
    return tuple(
        StageDates(stage=stage, first=calendar.day(cycle, stage.first_day), last=calendar.day(cycle, stage.last_day))
        for stage in STAGES
    )
