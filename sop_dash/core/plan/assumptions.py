"""The assumptions of a plan in words: every default used because the company gave no figure."""

from collections.abc import Iterator

import numpy as np

from sop_dash.core.model.arrays import BoolArray
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.working_calendar import working_calendar
from sop_dash.core.plan.capacity import Capacity
from sop_dash.core.plan.costs import PriceAndCost
from sop_dash.core.plan.limits import overflow_unpriced
from sop_dash.core.plan.locked import RUN_RATE, LockedPlan
from sop_dash.core.plan.past_forecasts import PastForecasts


def assumptions(
    inputs: PlanInputs,
    settings: PlanningSettings,
    money: PriceAndCost,
    hours: Capacity,
    locked: LockedPlan,
    opening_assumed: BoolArray,
    past: PastForecasts,
) -> tuple[str, ...]:
    """One sentence per assumption, with whom it concerns; empty when the company gave everything."""
    return (
        *_about_supply(inputs, settings),
        *_about_capacity(inputs, settings, hours),
        *_about_working_days(inputs, settings),
        *_about_stock(inputs, settings, opening_assumed),
        *_about_money(inputs, settings, money),
        *_about_locked_months(inputs, locked),
        *_about_limits(inputs),
        *_about_the_past(past),
    )


def _about_supply(inputs: PlanInputs, settings: PlanningSettings) -> Iterator[str]:
    supply, made = inputs.supply, np.asarray(inputs.grain.made, dtype=np.bool_)
    without = np.isnan(supply.overtime_premium_per_unit) & made
    if without.any() and np.isnan(supply.overtime_premium_per_hour).any():
        yield f"Overtime costs {settings.overtime_premium_ratio:.0%} of unit cost more{_whom(inputs, without)}."
    without = np.isnan(supply.outsource_premium_per_unit) & (supply.outsource_max_units > 0.0)
    if without.any():
        yield f"Outsourcing costs {settings.outsource_premium_ratio:.0%} of unit cost more{_whom(inputs, without)}."
    without = np.isnan(supply.outsource_max_units) & made
    if without.any():
        yield f"Nothing is outsourced where no limit is given{_whom(inputs, without)}."
    without = np.isnan(inputs.money.avoidable_cost_ratio) & made
    if without.any():
        yield (
            f"Trade-offs count {settings.avoidable_cost_ratio:.0%} of unit cost as avoidable{_whom(inputs, without)}."
        )
    without = np.isnan(supply.lead_time_months) & ~made
    if without.any():
        yield f"Orders arrive in the month they are placed{_whom(inputs, without)}."


def _about_capacity(inputs: PlanInputs, settings: PlanningSettings, hours: Capacity) -> Iterator[str]:
    names = inputs.grain.resources
    given = inputs.supply.overtime_max_ratio[:, len(inputs.grain.history) :]
    without = np.isnan(given).any(axis=1)
    if without.any():
        listed = ", ".join(names[r] for r in np.flatnonzero(without))
        yield f"Overtime may reach {settings.overtime_max_ratio:.0%} of regular hours on {listed}."
    raised = (hours.hours > hours.theoretical_hours * (1.0 + 1e-9)).any(axis=1)
    for r in np.flatnonzero(raised):
        ratio = float(np.nanmax(hours.hours[r] / hours.theoretical_hours[r]))
        yield f"{names[r]} is planned with {ratio:.0%} of its theoretical hours, as it has demonstrated."


def _about_working_days(inputs: PlanInputs, settings: PlanningSettings) -> Iterator[str]:
    running = inputs.running
    if running is None:
        return
    follow = (running.counts & np.isnan(running.working_days))[:, len(inputs.grain.history) :].any(axis=1)
    if follow.any():
        named = ", ".join(inputs.grain.resources[r] for r in running.resources[follow].tolist())
        yield f"{named} {'runs' if follow.sum() == 1 else 'run'} {working_calendar(settings).words}."


def _about_stock(inputs: PlanInputs, settings: PlanningSettings, opening_assumed: BoolArray) -> Iterator[str]:
    yield f"Stock is to last {settings.cover_days:g} days of the following demand."
    if settings.end_stock_days > 0.0:
        yield f"The plan must end with stock for {settings.end_stock_days:g} days, before any sale."
    if opening_assumed.any():
        yield f"Opening stock is unknown and taken at its target{_whom(inputs, opening_assumed)}."
    yield "After the last planned month demand goes on as in the year before."


def _about_money(inputs: PlanInputs, settings: PlanningSettings, money: PriceAndCost) -> Iterator[str]:
    company = inputs.company
    if company.carrying_ratio_per_year is None:
        yield f"Holding stock costs {settings.carrying_ratio_per_year:.0%} of its cost a year."
    if company.receivable_days is None:
        yield f"Customers pay after {settings.receivable_days:g} days."
    if company.payable_days is None:
        yield f"Suppliers are paid after {settings.payable_days:g} days."
    if any(inputs.grain.made):
        yield f"{settings.material_ratio:.0%} of the cost of a made unit is paid to suppliers."
    assumed = np.asarray(money.price_assumed.any(axis=1))
    if assumed.any():
        yield f"Prices stay as achieved in the last twelve months{_whom(inputs, assumed)}."
    if money.cost_assumed.any():
        yield f"Unit cost stays at its last known value{_whom(inputs, money.cost_assumed)}."
    yield f"A price change of 1 % moves volume by {settings.price_elasticity:g} %."


def _about_limits(inputs: PlanInputs) -> Iterator[str]:
    if inputs.limits is None:
        return
    for space, what in (
        (inputs.limits.warehouse, "Space beyond the warehouse"),
        (inputs.limits.transport, "Transport"),
    ):
        if overflow_unpriced(space):
            yield f"{what} costs as much as the dearest goods it could take: no overflow cost is given."
    if inputs.limits.scarce.keeps.any():
        yield "Materials: none is in stock at the start, and what is left of a month can be used later."


def _about_locked_months(inputs: PlanInputs, locked: LockedPlan) -> Iterator[str]:
    by_rate = np.array([origin == RUN_RATE for origin in locked.origins], dtype=np.bool_)
    if by_rate.any() and locked.make_units.size:
        yield f"Without a released plan the locked months go on at the recent rate{_whom(inputs, by_rate)}."


def _about_the_past(past: PastForecasts) -> Iterator[str]:
    if past.replayed:
        yield "No forecasts were kept; accuracy is a back-test of the statistical forecast on the data of each month."


def _whom(inputs: PlanInputs, concerned: BoolArray) -> str:
    """Nothing when it concerns every family, else their names in brackets."""
    if concerned.all():
        return ""
    names = [name for name, is_one in zip(inputs.grain.families, concerned, strict=True) if is_one]
    shown = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    return f" ({shown})"
