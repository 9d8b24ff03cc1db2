"""What is at issue with the forecast of each family, in money, so that people look at the dearest question first.

Three questions are asked: does the forecast run off to one side, has it changed since last cycle, is it away from the
budget. A family shows the dearest of those beyond the noise.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sop_dash.core.model.arrays import ratio_or_nan
from sop_dash.core.plan.forecast_change import forecast_change
from sop_dash.core.plan.prepared import Prepared

_NOISE = 0.05
_FEWEST_MONTHS = 6


class Question(StrEnum):
    """What is asked of a forecast."""

    BIAS = "bias"
    CHANGE = "change since last cycle"
    BUDGET = "away from budget"


@dataclass(frozen=True, kw_only=True)
class FamilyIssue:
    """The dearest question about one family.

    Args:
        family, category: Whose it is.
        question: What is asked; None when nothing is beyond the noise.
        ratio: Its size: bias, change, or distance to the budget as a fraction (+ is more); NaN without a question.
        value: Money at issue, never negative; 0 without a question, NaN where no price is known.
        adjustments: How many accepted adjustments it has.
    """

    family: str
    category: str
    question: Question | None
    ratio: float
    value: float
    adjustments: int


_Found = tuple[Question, float, float]


def demand_issues(prepared: Prepared, months: int = 12) -> tuple[FamilyIssue, ...]:
    """One row per family, most money at issue first, families without a question last.

    Args:
        prepared: Consensus, kept forecasts, budget and review.
        months: How many months of the horizon are compared with last cycle and with the budget.
    """
    grain = prepared.inputs.grain
    questions = (_bias(prepared), _change(prepared, months), _budget(prepared, months))
    rows = []
    for f, family in enumerate(grain.families):
        asked = [found[f] for found in questions if f in found]
        question, ratio, value = max(asked, key=_size) if asked else (None, np.nan, 0.0)
        rows.append(
            FamilyIssue(
                family=family,
                category=grain.categories[f],
                question=question,
                ratio=ratio,
                value=value,
                adjustments=sum(effect.family == f for effect in prepared.consensus.effects),
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.question is None, -np.nan_to_num(r.value), -abs(r.ratio), r.family)))


def _size(found: _Found) -> tuple[float, float]:
    return float(np.nan_to_num(found[2])), abs(found[1])


def _bias(prepared: Prepared) -> dict[int, _Found]:
    """Families whose forecasts were off to one side over the months judged; money sold in those months × bias."""
    if prepared.review is None:
        return {}
    place = {family: f for f, family in enumerate(prepared.inputs.grain.families)}
    priced = ~np.isnan(prepared.inputs.sales.net_revenue_value).all()
    return {
        place[row.family]: (Question.BIAS, row.bias, abs(row.bias) * row.value if priced else np.nan)
        for row in prepared.review.accuracy
        if row.months >= _FEWEST_MONTHS and abs(row.bias) > prepared.settings.bias_band
    }


def _change(prepared: Prepared, months: int) -> dict[int, _Found]:
    """Families whose consensus differs from what last cycle agreed for the same months."""
    found = forecast_change(prepared, months)
    if found is None:
        return {}
    beyond = (found.moved_ratio > _NOISE) & (np.abs(found.ratio) > _NOISE)
    return {
        int(f): (Question.CHANGE, float(found.ratio[f]), float(found.moved_value[f])) for f in np.flatnonzero(beyond)
    }


def _budget(prepared: Prepared, months: int) -> dict[int, _Found]:
    """Families whose consensus at its price is away from the budgeted revenue of the same months."""
    closed = len(prepared.inputs.grain.history)
    budget = prepared.inputs.money.budget_revenue_value[:, :, closed : closed + months]
    revenue = (prepared.consensus.units * prepared.money.price)[:, :, :months]
    both = ~np.isnan(budget) & ~np.isnan(revenue)
    wanted, planned = (np.where(both, part, 0.0).sum(axis=(1, 2)) for part in (budget, revenue))
    away = ratio_or_nan(planned - wanted, wanted)
    return {
        int(f): (Question.BUDGET, float(away[f]), float(abs(planned[f] - wanted[f])))
        for f in np.flatnonzero(np.abs(away) > _NOISE)
    }
