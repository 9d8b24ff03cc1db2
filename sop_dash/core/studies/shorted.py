"""Who loses how much of a shortage under each rule that may share it out over the channels.

Units not served are the same under every rule; only whose they are differs. Plan currency over the months asked for.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array, worth
from sop_dash.core.model.planning_settings import ShortageRule
from sop_dash.core.model.result import PlanResult
from sop_dash.core.plan import Prepared
from sop_dash.core.plan.shortage import lost_by_channel


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleEffect:
    """What one rule does.

    Args:
        rule: The rule.
        first_channel: The channel served first, under the rule that names one; empty otherwise.
        lost_units: [F, C] not served.
        revenue_value: [F, C] at net price; NaN where unknown.
        margin_value: [F, C] its margin; NaN where unknown.
        in_force: True for the rule of the plan.
    """

    rule: ShortageRule
    first_channel: str
    lost_units: Array
    revenue_value: Array
    margin_value: Array
    in_force: bool

    @property
    def key(self) -> str:
        """Names the rule among all."""
        return f"{self.rule.value}: {self.first_channel}" if self.first_channel else self.rule.value


def shorted(prepared: Prepared, result: PlanResult, months: int) -> tuple[RuleEffect, ...]:
    """Every rule with its effect over the first months: in proportion, least contribution, then each channel first."""
    channels, settings = result.grain.channels, prepared.settings
    rules: list[tuple[ShortageRule, int | None]] = [
        (ShortageRule.PROPORTIONAL, None),
        (ShortageRule.CONTRIBUTION, None),
    ]
    if len(channels) > 1:
        rules += [(ShortageRule.NAMED_FIRST, place) for place in range(len(channels))]
    lost, demand = result.supply.lost.sum(axis=1), result.demand.committed
    known = np.where(np.isnan(result.money.price), prepared.costs.price, result.money.price)
    margin = result.money.price - result.money.unit_cost[:, None, :]
    found = []
    for rule, first in rules:
        name = channels[first] if first is not None else ""
        units = lost_by_channel(np.minimum(lost, demand.sum(axis=1)), demand, known, rule, first)[:, :, :months]
        named = settings.named_first_channel if settings.named_first_channel in channels else ""
        same = settings.shortage_rule is rule and (rule is not ShortageRule.NAMED_FIRST or named == name)
        fallback = settings.shortage_rule is ShortageRule.NAMED_FIRST and not named
        found.append(
            RuleEffect(
                rule=rule,
                first_channel=name,
                lost_units=units.sum(axis=2),
                revenue_value=worth(units, result.money.price[:, :, :months]).sum(axis=2),
                margin_value=worth(units, margin[:, :, :months]).sum(axis=2),
                in_force=same or (fallback and rule is ShortageRule.PROPORTIONAL),
            )
        )
    return tuple(found)
