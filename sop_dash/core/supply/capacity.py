"""Rough-cut capacity: hours each resource has, what is asked of it, and the defaults where the company gives none.

Hours are per resource and month, [R, T]; utilisation is hours asked over regular hours, above 1 with overtime.
"""

from enum import IntEnum

import numpy as np

from sop_dash.core.model.arrays import Array, BoolArray, ratio_or_nan
from sop_dash.core.supply.groups import Ramp

_RUN_RATE_MONTHS = 3


class UtilisationBand(IntEnum):
    """Where the utilisation of a resource-month lies; numbers so that a whole heat map is one array."""

    NO_DATA = 0
    LOW = 1
    IN_BAND = 2
    HIGH = 3
    OVER = 4


def load_hours(units: Array, hours_per_unit: Array) -> Array:
    """[R, T] hours that units [F, T] ask of each resource."""
    return np.asarray(hours_per_unit @ units)


def utilisation_ratio(hours_used: Array, available_hours: Array) -> Array:
    """[R, T] hours used over regular hours; NaN where these are unknown or zero."""
    return ratio_or_nan(hours_used, available_hours)


def utilisation_bands(utilisation: Array, low: float, high: float) -> Array:
    """The `UtilisationBand` of each resource-month: both ends of the band belong to it, above 1 is over.

    Args:
        utilisation: [R, T] ratio.
        low: Lower end of the band wanted, a ratio.
        high: Upper end.
    """
    bands = np.select(
        [np.isnan(utilisation), utilisation > 1.0, utilisation > high, utilisation >= low],
        [UtilisationBand.NO_DATA, UtilisationBand.OVER, UtilisationBand.HIGH, UtilisationBand.IN_BAND],
        default=UtilisationBand.LOW,
    )
    return bands.astype(np.float64)


def demonstrated_hours(used_hours: Array, history_days: Array, horizon_days: Array) -> Array:
    """[R, T] what each resource has shown it can work: its best day rate of any past month × days of the month.

    Args:
        used_hours: [R, H] hours booked; NaN where unknown, a resource without any is NaN.
        history_days: [H] calendar days.
        horizon_days: [T] calendar days.
    """
    rate = used_hours / history_days
    known = ~np.isnan(rate)
    best = np.where(known, rate, -np.inf).max(axis=1, initial=-np.inf)
    return np.outer(np.where(known.any(axis=1), best, np.nan), horizon_days)


def planned_capacity_hours(theoretical_hours: Array, demonstrated: Array, overtime_max_ratio: Array | float) -> Array:
    """[R, T] regular hours to plan with: max(theoretical, demonstrated / (1 + overtime)); what was reached is possible.

    Unknown theoretical hours stay unknown; unknown demonstrated hours change nothing.
    """
    shown = np.nan_to_num(demonstrated, nan=0.0) / (1.0 + overtime_max_ratio)
    return np.asarray(np.maximum(theoretical_hours, shown))


def overtime_premium_per_hour(premium_per_unit: Array, hours_per_unit: Array, mean_demand_units: Array) -> float:
    """One premium per overtime hour from premiums per unit: Σ o·D / ΣΣ H·D over made families.

    One rate for all resources; charging each resource the full premium of a unit would count it several times.
    0 when nothing made needs hours.

    Args:
        premium_per_unit: [F].
        hours_per_unit: [R, F], zero for bought families.
        mean_demand_units: [F].
    """
    hours_by_family = hours_per_unit.sum(axis=0)
    uses_hours = hours_by_family > 0.0
    hours = float(hours_by_family @ mean_demand_units)
    premium = float(np.where(uses_hours, premium_per_unit, 0.0) @ mean_demand_units)
    return premium / hours if hours > 0.0 else 0.0


def run_rate_units(shipped_units: Array, closing_units: Array, history_days: Array, month_days: float) -> Array:
    """[F] output of a month at the net run rate: max(0, shipments + rise of stock) of the last three months, per day.

    Stock rises and shipments, not gross production of parts. Stock unknown at either end counts as unchanged; fewer
    than three months take what there is; no history is 0.

    Args:
        shipped_units: [F, H].
        closing_units: [F, H].
        history_days: [H] calendar days.
        month_days: Calendar days of the month to fill.
    """
    months = min(_RUN_RATE_MONTHS, shipped_units.shape[1])
    if months == 0:
        return np.zeros(shipped_units.shape[0])
    shipped = np.nan_to_num(shipped_units[:, -months:], nan=0.0).sum(axis=1)
    rise = closing_units[:, -1] - closing_units[:, -months - 1] if closing_units.shape[1] > months else 0.0
    made = np.maximum(shipped + np.nan_to_num(rise, nan=0.0), 0.0)
    return np.asarray(made / history_days[-months:].sum() * month_days)


def fitted_to_hours(units: Array, hours_per_unit: Array, limit_hours: Array) -> Array:
    """[F] units cut so that no resource exceeds its limit; each family follows the scarcest resource it uses.

    Args:
        units: [F].
        hours_per_unit: [R, F].
        limit_hours: [R]; NaN does not limit.
    """
    asked = hours_per_unit @ units
    share = np.minimum(np.nan_to_num(ratio_or_nan(limit_hours, asked), nan=1.0), 1.0)
    by_family = np.where(hours_per_unit > 0.0, share[:, None], 1.0).min(axis=0, initial=1.0)
    return np.asarray(units * by_family)


def ramp_limit(
    first_month_hours: Array,
    first_month_available: Array,
    calendar_days: Array,
    overtime_premium: Array,
    *,
    change_ratio: float,
    penalty_ratio: float,
    last_month: int,
    least_utilisation: float = 0.5,
) -> Ramp | None:
    """The ramp limit that follows from the locked first month; None when it holds for no resource or month.

    Args:
        first_month_hours: [R] hours of the locked month.
        first_month_available: [R] regular hours of that month; NaN leaves the resource out.
        calendar_days: [T].
        overtime_premium: [R] per hour.
        change_ratio: Largest change of hours a day, as a share of the locked month's.
        penalty_ratio: Price of an hour beyond it, × overtime premium.
        last_month: Last month it holds for, counted from 1.
        least_utilisation: Resources less used than this in the locked month are left out.
    """
    busy: BoolArray = first_month_hours >= least_utilisation * first_month_available
    chosen = np.flatnonzero(busy & (first_month_hours > 0.0))
    last = min(last_month, len(calendar_days)) - 1
    if last < 1 or not len(chosen):
        return None
    return Ramp(
        resources=tuple(int(r) for r in chosen),
        first_month=1,
        last_month=last,
        max_step_hours_per_day=change_ratio * first_month_hours[chosen] / calendar_days[0],
        penalty_per_hour=penalty_ratio * overtime_premium[chosen],
    )
