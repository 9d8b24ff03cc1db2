"""Optional groups of the supply problem: limits and rules that only some companies have.

Shapes: F families, T months of the horizon, M restricted months, S ramp resources, N materials.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Restricted:
    """Months in which in-house output stays near a reference plan; a step outside the band is possible but priced.

    Args:
        first_month: Index of the first such month.
        reference_units: [F, M] output of the reference plan; NaN where there is none and for bought families (no band).
        band_ratio: Half width of the band as a share of the reference.
        penalty: [F] per unit outside the band in the first of these months.
        fading_ratio: Penalty of a month over that of the month before; 1 keeps it.
    """

    first_month: int
    reference_units: Array
    band_ratio: float
    penalty: Array
    fading_ratio: float = 1.0

    @property
    def months(self) -> slice:
        """The restricted months as a slice of the horizon."""
        return slice(self.first_month, self.first_month + self.reference_units.shape[1])

    @cached_property
    def step_penalty(self) -> Array:
        """[F, M] per unit outside the band."""
        return np.outer(self.penalty, self.fading_ratio ** np.arange(self.reference_units.shape[1]))

    def outside(self, make_units: Array) -> Array:
        """[F, M] units of the output [F, T] outside the band: positive above, negative below."""
        units = make_units[:, self.months]
        return units - np.minimum(np.maximum(units, self.floor_units), self.ceiling_units)

    @cached_property
    def floor_units(self) -> Array:
        """[F, M] lower end of the band; 0 without a reference."""
        return np.nan_to_num((1.0 - self.band_ratio) * self.reference_units, nan=0.0)

    @cached_property
    def ceiling_units(self) -> Array:
        """[F, M] upper end of the band; infinite without a reference."""
        return np.nan_to_num((1.0 + self.band_ratio) * self.reference_units, nan=np.inf)


@dataclass(frozen=True, kw_only=True, eq=False)
class Ramp:
    """How fast the output of a resource may change from month to month, per calendar day.

    Args:
        resources: [S] indices of the resources it holds for.
        first_month, last_month: Months whose step from the month before is limited (indices, both included, ≥ 1).
        max_step_hours_per_day: [S] largest change of hours a day.
        penalty_per_hour: [S] per hour of the month beyond the limit.
    """

    resources: tuple[int, ...]
    first_month: int
    last_month: int
    max_step_hours_per_day: Array
    penalty_per_hour: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class StockLimit:
    """Most stock of a family at month end (space, shelf life); what lies above is kept apart and penalised.

    Args:
        max_units: [F, T]; infinite where there is no limit.
        penalty: [F] per unit-month above.
    """

    max_units: Array
    penalty: Array

    @cached_property
    def limited(self) -> tuple[int, ...]:
        """The families with a limit in some month."""
        return tuple((self.max_units.min(axis=1, initial=np.inf) < np.inf).nonzero()[0].tolist())


@dataclass(frozen=True, kw_only=True, eq=False)
class StockCeiling:
    """Most stock of a family at month end that no plan may exceed; not less than what nothing can prevent.

    Args:
        max_units: [F, T].
    """

    max_units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Warehouse:
    """One shared warehouse; what does not fit costs extra.

    Args:
        space_per_unit: [F].
        capacity: [T] in space; NaN does not limit.
        overflow_cost: [T] per space-month.
    """

    space_per_unit: Array
    capacity: Array
    overflow_cost: Array

    @cached_property
    def limit(self) -> Array:
        """[T] the capacity; infinite where it is unknown."""
        return np.where(np.isnan(self.capacity), np.inf, self.capacity)


@dataclass(frozen=True, kw_only=True, eq=False)
class Transport:
    """One shared lane; what does not fit goes at the spot price.

    Args:
        load_per_unit: [F] of units shipped.
        capacity: [T] in load; NaN does not limit.
        spot_cost: [T] per load above it.
    """

    load_per_unit: Array
    capacity: Array
    spot_cost: Array

    @cached_property
    def limit(self) -> Array:
        """[T] the capacity; infinite where it is unknown."""
        return np.where(np.isnan(self.capacity), np.inf, self.capacity)


@dataclass(frozen=True, kw_only=True, eq=False)
class Materials:
    """Materials that limit output; what is left of a month can be used later.

    Args:
        units_per_unit: [N, F] material per unit made.
        opening_units: [N].
        receipts_units: [N, T] most the supplier delivers; NaN does not limit the month, and leaves nothing for later.
        penalty: [N] per unit of material used beyond what is there.
        keeps: [N] False where what is left of a month is gone, as the capacity of a supplier is; None keeps all.
    """

    units_per_unit: Array
    opening_units: Array
    receipts_units: Array
    penalty: Array
    keeps: BoolArray | None = None

    @cached_property
    def all_kept_and_known(self) -> bool:
        """True where every month's receipts are known and what is left of them can be used later."""
        return bool(self.kept.all()) and not np.isnan(self.receipts_units).any()

    @cached_property
    def kept(self) -> BoolArray:
        """[N] True where what is left can be used later."""
        return np.ones(len(self.opening_units), dtype=np.bool_) if self.keeps is None else self.keeps


@dataclass(frozen=True, kw_only=True, eq=False)
class EndStock:
    """What a plan must end with, before any sale.

    Args:
        asked_units: [F].
        min_units: [F] of it that can be reached and is held.
    """

    asked_units: Array
    min_units: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Crew:
    """The people as the company plans them; what they cost is paid whatever is made.

    Args:
        change_cost: [R, T] of hiring and letting go at the start of the month; NaN where it is unknown.
    """

    change_cost: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Backlog:
    """Demand that waits instead of being lost.

    Args:
        cost: [F] per unit-month waiting.
        opening_units: [F].
        closing_max_units: [F] most that may wait after the last month.
    """

    cost: Array
    opening_units: Array
    closing_max_units: Array
