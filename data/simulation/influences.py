"""What moves demand: promotions, competitors, a lost customer, prices, and what nobody wrote down."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Influence:
    """Something that moves a family's demand by `true_ratio` between two months (inclusive).

    `expected_ratio` is what the company believed beforehand; `None` when nobody wrote the event down.
    """

    family: str
    start: str
    end: str
    kind: str
    true_ratio: float
    expected_ratio: float | None = None
    description: str = ""
    owner: str = "Marketing"
    customer: str = ""


def _promotion(family: str, month: str, expected: float, true: float, text: str) -> Influence:
    return Influence(
        family=family,
        start=month,
        end=month,
        kind="promotion",
        true_ratio=true,
        expected_ratio=expected,
        description=text,
    )


INFLUENCES: tuple[Influence, ...] = (
    _promotion("Blenders", "2023-09", 0.15, 0.16, "Back to kitchen, two weeks, 12 % off"),
    _promotion("Blenders", "2024-09", 0.15, 0.14, "Back to kitchen, two weeks, 12 % off"),
    _promotion("Blenders", "2025-09", 0.15, 0.13, "Back to kitchen, two weeks, 12 % off"),
    _promotion("Blenders", "2026-09", 0.15, 0.05, "Back to kitchen, two weeks, 12 % off"),
    _promotion("Coffee Makers", "2025-05", 0.12, 0.13, "Mother's Day bundle"),
    _promotion("Coffee Makers", "2026-05", 0.12, 0.11, "Mother's Day bundle"),
    _promotion("Coffee Makers", "2027-05", 0.12, 0.12, "Mother's Day bundle"),
    _promotion("Headphones", "2024-08", 0.10, 0.12, "Back to school"),
    _promotion("Headphones", "2025-08", 0.10, 0.09, "Back to school"),
    _promotion("Headphones", "2026-08", 0.10, 0.11, "Back to school"),
    _promotion("Headphones", "2027-08", 0.10, 0.10, "Back to school"),
    _promotion("Vacuums", "2025-04", 0.10, 0.09, "Spring cleaning"),
    _promotion("Coffee Pods", "2026-01", 0.08, 0.09, "New year, buy four boxes pay three"),
    _promotion("Coffee Pods", "2027-01", 0.08, 0.08, "New year, buy four boxes pay three"),
    _promotion("Blenders", "2027-09", 0.15, 0.06, "Back to kitchen, two weeks, 12 % off"),
    Influence(
        family="Irons",
        start="2025-03",
        end="2025-10",
        kind="competitor",
        true_ratio=-0.17,
        expected_ratio=-0.15,
        description="Low-price steam iron on the market until their stock is sold",
        owner="Product Management",
    ),
    Influence(
        family="Air Purifiers",
        start="2025-11",
        end="2026-04",
        kind="competitor",
        true_ratio=-0.16,
        expected_ratio=-0.15,
        description="Competitor's trade-in campaign",
        owner="Product Management",
    ),
    Influence(
        family="Toasters",
        start="2026-02",
        end="2028-10",
        kind="customer",
        true_ratio=-0.24,
        expected_ratio=-0.20,
        description="Delisted at a discount chain",
        owner="Product Management",
        customer="Fairway Discount",
    ),
    Influence(
        family="Smart Displays",
        start="2026-05",
        end="2026-09",
        kind="competitor",
        true_ratio=-0.15,
        expected_ratio=-0.12,
        description="Newer displays of two competitors",
        owner="Product Management",
    ),
    Influence(
        family="Coffee Makers",
        start="2026-04",
        end="2028-10",
        kind="price",
        true_ratio=-0.10,
        expected_ratio=-0.02,
        description="List prices of coffee makers raised by 5 %",
        owner="Sales",
    ),
    Influence(
        family="Vacuums",
        start="2026-04",
        end="2028-10",
        kind="price",
        true_ratio=-0.13,
        expected_ratio=-0.02,
        description="List prices of vacuums raised by 6 %",
        owner="Sales",
    ),
    Influence(family="Blenders", start="2026-04", end="2028-10", kind="unrecorded", true_ratio=0.09),
    Influence(family="Headphones", start="2026-04", end="2028-10", kind="unrecorded", true_ratio=0.11),
    Influence(family="Irons", start="2026-04", end="2028-10", kind="unrecorded", true_ratio=0.06),
    Influence(family="Air Fryers", start="2026-06", end="2028-10", kind="unrecorded", true_ratio=0.05),
)
