"""The agenda of the executive meeting: seven items, scaled in whole minutes to the time that is booked.

Source: S-225…S-231; their minutes add up to 190 (D-75), the usual booking is 180 (X-02).
"""

import math
from dataclasses import dataclass

USUAL_MINUTES = 180


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One item as the rules of the meeting name it.

    Args:
        name: As shown.
        minutes: Its usual length.
        page: Address of the page that is shown with it.
        covers: What is talked about.
    """

    name: str
    minutes: int
    page: str
    covers: tuple[str, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        name="Performance",
        minutes=15,
        page="/performance",
        covers=("last month against plan", "key figures", "forecast accuracy"),
    ),
    Topic(
        name="Demand",
        minutes=30,
        page="/demand",
        covers=("consensus by family", "changes and assumptions", "risks and opportunities"),
    ),
    Topic(
        name="Supply",
        minutes=30,
        page="/supply",
        covers=("capacity and constraints", "alternatives", "stock strategy"),
    ),
    Topic(
        name="Finance",
        minutes=20,
        page="/financials",
        covers=("revenue and margin", "working capital", "budget"),
    ),
    Topic(
        name="Scenarios and trade-offs",
        minutes=45,
        page="/scenarios",
        covers=("alternatives", "what they imply", "decide"),
    ),
    Topic(
        name="Strategic issues",
        minutes=30,
        page="/",
        covers=("launches", "investment in capacity", "market", "risks"),
    ),
    Topic(
        name="Decisions and actions",
        minutes=20,
        page="/decisions",
        covers=("document", "assign", "follow up"),
    ),
)
ASKED_MINUTES = sum(topic.minutes for topic in TOPICS)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One item in its place: minutes from the start of the meeting, and its length."""

    topic: Topic
    start_minute: int
    minutes: int


def agenda(booked_minutes: int) -> tuple[Slot, ...]:
    """All items in order; their minutes add up to the booked time exactly.

    Every item gets its share in proportion, rounded down; the minutes left go to those that lost most by rounding.

    Raises:
        ValueError: Less than a minute an item is booked.
    """
    if booked_minutes < len(TOPICS):
        raise ValueError("an agenda needs a minute for every item")
    shares = [topic.minutes * booked_minutes / ASKED_MINUTES for topic in TOPICS]
    lengths = [math.floor(share) for share in shares]
    by_loss = sorted(range(len(TOPICS)), key=lambda place: lengths[place] - shares[place])
    for place in by_loss[: booked_minutes - sum(lengths)]:
        lengths[place] += 1
    return tuple(
        Slot(topic=topic, start_minute=sum(lengths[:place]), minutes=lengths[place])
        for place, topic in enumerate(TOPICS)
    )
