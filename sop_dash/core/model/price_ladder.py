"""Purchase prices that fall with the size of an order. Units and plan currency per unit."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PriceTier:
    """`price` of a unit from an order of `smallest` units on."""

    smallest: float
    price: float


@dataclass(frozen=True, kw_only=True)
class PriceLadder:
    """The prices of one item.

    Args:
        tiers: From small orders to large; the first from 0 units on, at the plain price.
        incremental: A tier's price holds only for the units beyond its start; else for the whole order.
    """

    tiers: tuple[PriceTier, ...]
    incremental: bool

    def purchase_value(self, units: float) -> float:
        """What an order of so many units costs."""
        reached = [tier for tier in self.tiers if tier.smallest <= units]
        if not self.incremental:
            return units * reached[-1].price
        ends = [*(tier.smallest for tier in reached[1:]), units]
        return sum((end - tier.smallest) * tier.price for tier, end in zip(reached, ends, strict=True))
