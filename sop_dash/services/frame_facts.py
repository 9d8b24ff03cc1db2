"""What the frame around every page shows: facts of the header, and the lists behind filters and levers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class HeaderFacts:
    """Facts of the header.

    Args:
        company: Who plans.
        example: True for an invented or sample company.
        cycle: `YYYY-MM` of the open cycle.
        approved_by, approved_at: Who approved the plan, and when (UTC); empty while it is a draft.
        proposed_by: Who proposed it as it is now; empty where nobody has, and once it is approved.
        changed_since: What of the plan was changed after its approval.
        shown: What is on screen: "plan" or the name of a scenario.
        changes: How many levers differ from what is named.
        data_through: `YYYY-MM` of the last closed month.
        issues: How many issues there are.
        blocking: How many of them need an answer first.
        tied: Balances that hold.
        balances: Balances checked.
        currency_assumed: The currency money is shown in while nobody has said which one it is; else empty.
        user: Who is asking.
    """

    company: str
    example: bool = False
    cycle: str = ""
    approved_by: str = ""
    approved_at: str = ""
    proposed_by: str = ""
    changed_since: tuple[str, ...] = ()
    shown: str = "plan"
    changes: int = 0
    data_through: str = ""
    issues: int = 0
    blocking: int = 0
    tied: int = 0
    balances: int = 0
    currency_assumed: str = ""
    user: str = ""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Names and plan values of the data load in use; an empty one stands for a home without data.

    Args:
        families: Families by category, in their order.
        channels: Channel names.
        resources: Resource names.
        months: `YYYY-MM` a lever may start in, first unlocked month first.
        hours_months: The same for extra capacity of each resource, after its lead time; missing means `months`.
        overtime_ratio: Overtime allowed in the plan.
        cover_days: Stock cover in the plan.
        hours_limit: Largest amount of extra hours a month the slider offers.
        outsource_ratio: Largest share outsourced in the plan, the families that may be outsourced together.
    """

    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channels: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    hours_months: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overtime_ratio: float = 0.15
    cover_days: float = 30.0
    hours_limit: float = 400.0
    outsource_ratio: float = 0.0
