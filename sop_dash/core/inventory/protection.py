"""Spread of demand over the protection interval: σ_P from forecast errors, lead time and its spread. Units and months.

The protection interval is the time until the next order can arrive: the lead time, plus the review interval where
stock is looked at only now and then. What stock must cover is the error of the forecast over it, not the ups and downs
of demand. Sources: Silver, Pyke & Thomas; Chopra & Meindl; core specification 7.1.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan

ENOUGH_ERRORS = 6
"""From fewer errors than this the spread is marked as thin."""
FEWEST_ERRORS = 3
"""With fewer, the relative spread of the group stands in."""
MAD_TO_SIGMA = 1.2533
"""√(π/2): standard deviation over mean absolute error, of normal errors only."""
_GROWTH = (0.5, 0.7)


@dataclass(frozen=True, kw_only=True, eq=False)
class ErrorSpread:
    """How far demand strays from its forecast.

    Args:
        month_units: [S] root of the mean squared error of the next month.
        protection_units: [S] of the sum of the months of the protection interval.
        errors: [S] how many errors the monthly figure rests on.
        thin: [S] True where there are fewer than six.
        borrowed: [S] True where the relative spread of the family stands in.
        growth: Exponent by which the spread grows with the months covered: 0.5 independent, up to 0.7.
    """

    month_units: Array
    protection_units: Array
    errors: Array
    thin: BoolArray
    borrowed: BoolArray
    growth: float


def error_spread(errors: Array, months: Array, demand: Array, group: tuple[str, ...]) -> ErrorSpread:
    """σ_P of every item: from its summed errors where at least six are known, else grown from one month.

    Args:
        errors: [O, S, L] forecast − actual of past forecasts, by lag from one month ahead; NaN unknown.
        months: [S] protection interval; NaN gives NaN.
        demand: [S] mean monthly demand, which turns the relative spread of a group into units.
        group: [S] whose items lend their relative spread to items with fewer than three errors.
    """
    summed = np.cumsum(errors, axis=2)
    variance, count = _mean_square(summed)
    one_month, borrowed = _borrowed(variance[:, 0], count[:, 0], demand, group)
    growth = _growth(variance, count)
    grown = one_month * np.where(months < 1.0, months, np.maximum(months, 1.0) ** (2.0 * growth))
    direct = _between(variance, months)
    full = np.minimum(np.ceil(months), variance.shape[1])
    beyond = np.isnan(months) | (np.ceil(months) > variance.shape[1])
    place = np.clip(np.nan_to_num(full).astype(np.int64), 1, variance.shape[1]) - 1
    known = ~beyond & ~borrowed & (np.take_along_axis(count, place[:, None], axis=1)[:, 0] >= ENOUGH_ERRORS)
    return ErrorSpread(
        month_units=np.sqrt(one_month),
        protection_units=np.sqrt(np.where(known, direct, grown)),
        errors=count[:, 0],
        thin=np.asarray(count[:, 0] < ENOUGH_ERRORS),
        borrowed=borrowed,
        growth=growth,
    )


def with_lead_time_spread(sigma: Array, demand: Array, lead_sigma: Array) -> Array:
    """√(σ_P² + d̄²σ_L²): the spread of demand and of the lead time, independent of each other. [S] each."""
    return np.asarray(np.sqrt(sigma**2 + (demand * lead_sigma) ** 2))


def with_shared_lead_time_spread(sigma: Array, demand: Array, lead_sigma: Array) -> Array:
    """σ_P + d̄σ_L: lead times grow when demand does, so both spreads fall on the same orders. [S] each."""
    return np.asarray(sigma + demand * lead_sigma)


def _mean_square(errors: Array) -> tuple[Array, Array]:
    """[S, L] mean of the squares over the first axis, and how many are known; NaN without any."""
    known = ~np.isnan(errors)
    count = known.sum(axis=0).astype(np.float64)
    return ratio_or_nan(np.where(known, errors**2, 0.0).sum(axis=0), count), count


def _between(variance: Array, months: Array) -> Array:
    """[S] variance at so many months, on straight lines between whole months and down to nothing at none."""
    edges = np.concatenate([np.zeros((len(variance), 1)), variance], axis=1)
    reach = np.nan_to_num(np.clip(months, 0.0, variance.shape[1]))
    left = np.minimum(np.floor(reach).astype(np.int64), variance.shape[1] - 1)
    row = np.arange(len(variance))
    share = reach - left
    # A month that is not needed may be unknown: 0 × unknown must stay out.
    right = np.where(share > 0.0, share * edges[row, left + 1], 0.0)
    return np.where(np.isnan(months), np.nan, (1.0 - share) * edges[row, left] + right)


def _borrowed(variance: Array, count: Array, demand: Array, group: tuple[str, ...]) -> tuple[Array, BoolArray]:
    """[S] monthly variance, with that of the group's typical item where there are too few errors; and where."""
    relative = ratio_or_nan(np.sqrt(variance), demand)
    own = (count >= ENOUGH_ERRORS) & np.isfinite(relative)
    lend = np.asarray(count < FEWEST_ERRORS)
    names = np.asarray(group, dtype=object)
    result = variance.copy()
    for name in dict.fromkeys(names[lend].tolist()):
        lenders = own & (names == name)
        lenders = lenders if lenders.any() else own
        typical = float(np.median(relative[lenders])) if lenders.any() else np.nan
        place = lend & (names == name)
        result[place] = (typical * demand[place]) ** 2
    return result, lend


def _growth(variance: Array, count: Array) -> float:
    """The exponent β of σ_n = σ_1·n^β that fits the typical item, between 0.5 and 0.7; 0.5 without long intervals."""
    most = variance.shape[1]
    usable = (count >= ENOUGH_ERRORS).all(axis=1) & (variance > 0.0).all(axis=1)
    if most < 2 or not usable.any():
        return _GROWTH[0]
    slope = 0.5 * np.log(variance[usable, -1] / variance[usable, 0]) / np.log(most)
    return float(np.clip(np.median(slope), *_GROWTH))
