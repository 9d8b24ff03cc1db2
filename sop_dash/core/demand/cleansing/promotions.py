"""Units that promotions added, taken off history, so that the baseline does not take them for usual. Units.

What a promotion added is estimated by `drivers`. Promoted channels lose it in proportion to their units sold under
promotion; where those are not known, all channels in proportion to their sales.
"""

from collections.abc import Sequence

import numpy as np

from sop_dash.core.demand.cleansing.proposals import Ledger
from sop_dash.core.demand.drivers import Drivers, EventEffect, drivers
from sop_dash.core.demand.promotion_effects import anchors
from sop_dash.core.model.arrays import Array, known_sum, ratio_or_nan
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.outlook import PROMOTION, Event
from sop_dash.core.model.records import CorrectionKind

_LEAST_EFFECT = 0.01
_OVER_USUAL_SHARE = 0.10
_MOST_PROMOTED_RATIO = 1.0 / 3.0


def family_drivers(units: Array, inputs: PlanInputs) -> tuple[Drivers, ...]:
    """[F] drivers of every family, from its units [F, C, H] without stock-outs and gaps.

    Families with promotions in the same month of every year are estimated twice: by themselves, then with an anchor.
    """
    sold = np.nan_to_num(inputs.sales.units).sum(axis=1)
    price = ratio_or_nan(inputs.sales.net_revenue_value.sum(axis=1), sold)
    price = np.where(price > 0.0, price, np.nan)
    total, history = known_sum(units, 1), inputs.grain.history
    events = [family_events(inputs, f) for f in range(len(total))]
    found = [drivers(total[f], history, events[f], price[f]) for f in range(len(total))]
    for f, anchor in enumerate(anchors(found, _promoted_ratios(inputs, events))):
        if anchor is not None:
            found[f] = drivers(total[f], history, events[f], price[f], anchor)
    return tuple(found)


def _promoted_ratios(inputs: PlanInputs, events: Sequence[Sequence[Event]]) -> dict[Event, float]:
    """Share of the units of each past promotion's months that were sold under promotion; left out where not known."""
    found = {}
    for f, of_family in enumerate(events):
        for event in of_family:
            months = [h for h, month in enumerate(inputs.grain.history) if event.covers(month)]
            promoted, sold = inputs.sales.promo_units[f][:, months], inputs.sales.units[f][:, months]
            if event.kind == PROMOTION and np.isfinite(promoted).any() and np.nansum(sold) > 0.0:
                found[event] = float(np.nansum(promoted) / np.nansum(sold))
    return found


def family_events(inputs: PlanInputs, family: int) -> tuple[Event, ...]:
    """Events of one family; without promotions among them, the months that sold far more than usual under promotion."""
    name = inputs.grain.families[family]
    known = tuple(event for event in inputs.events if event.family == name)
    if any(event.kind == PROMOTION for event in known):
        return known
    return known + _seen_promotions(inputs, family)


def without_promotions(ledger: Ledger, inputs: PlanInputs, found: Sequence[Drivers]) -> None:
    """Take off what promotions added; effects under 1 % and losses stay."""
    for f, of_family in enumerate(found):
        for effect in of_family.effects:
            if effect.event.kind == PROMOTION and effect.ratio >= _LEAST_EFFECT:
                _take_off(ledger, inputs, f, effect)


def promoted_shares(inputs: PlanInputs, family: int, months: Sequence[int]) -> Array:
    """[C] how promoted units of these months spread over the channels; by sales where none are known."""
    promoted = np.nan_to_num(inputs.sales.promo_units[family][:, list(months)]).sum(axis=1)
    sold = np.maximum(np.nan_to_num(inputs.sales.units[family][:, list(months)]).sum(axis=1), 0.0)
    shares = promoted if promoted.sum() > 0.0 else sold
    return np.asarray(shares / shares.sum() if shares.sum() > 0.0 else np.full(len(shares), 1.0 / len(shares)))


def _take_off(ledger: Ledger, inputs: PlanInputs, family: int, effect: EventEffect) -> None:
    for h, month in enumerate(inputs.grain.history):
        if not effect.event.covers(month):
            continue
        added = float(np.nan_to_num(ledger.units[family, :, h]).sum()) * effect.ratio / (1.0 + effect.ratio)
        reason = (
            f"{effect.event.description or 'A promotion'} added about {_percent(effect.ratio)} "
            f"(90 % range {_percent(effect.low)} to {_percent(effect.high)})."
        )
        for c, share in enumerate(promoted_shares(inputs, family, [h])):
            now = float(ledger.units[family, c, h])
            if share > 0.0 and now > 0.0:
                ledger.propose((family, c, h), CorrectionKind.PROMOTION, max(now - added * share, 0.0), reason)


def _seen_promotions(inputs: PlanInputs, family: int) -> tuple[Event, ...]:
    """Months whose promoted share lies ten points over the family's usual one, if they are the exception."""
    promoted, sold = inputs.sales.promo_units[family], inputs.sales.units[family]
    if np.isnan(promoted).all():
        return ()
    share = np.nan_to_num(ratio_or_nan(np.nansum(promoted, axis=0), np.nansum(sold, axis=0)))
    over = share > np.median(share) + _OVER_USUAL_SHARE
    if over.mean() > _MOST_PROMOTED_RATIO:
        return ()
    return tuple(
        Event(
            family=inputs.grain.families[family],
            kind=PROMOTION,
            first_month=month,
            last_month=month,
            description=f"A promotion ({_percent(share[h])} of the units)",
        )
        for h, month in enumerate(inputs.grain.history)
        if over[h]
    )


def _percent(ratio: float) -> str:
    return f"{100.0 * ratio:.0f} %".replace("-", "−")
