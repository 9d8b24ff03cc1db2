"""Scenarios beside the plan, written: each outcome with its change, and in which direction that is."""

from dataclasses import dataclass

from sop_dash.core.performance.effects import Direction, Effect
from sop_dash.figures.formats import MISSING, signed, written

# Shape and word; the style sheet gives the colour by the slug.
DIRECTION_MARK = {
    Direction.BETTER: "▲",
    Direction.WORSE: "▼",
    Direction.SAME: "=",
    Direction.MORE: "+",
    Direction.LESS: "−",
    Direction.UNKNOWN: "",
}


@dataclass(frozen=True, kw_only=True)
class EffectText:
    """One cell of the comparison.

    Args:
        change: Difference to the plan with its sign; a dash where it is unknown, empty where there is none.
        direction: Shape and word.
        slug: The direction as the style sheets know it.
        value: The figure itself.
        reason: Why there is none; empty otherwise.
    """

    change: str
    direction: str
    slug: str
    value: str
    reason: str


def effect_text(effect: Effect, currency: str) -> EffectText:
    """An effect as it is shown."""
    kpi, direction = effect.kpi, effect.direction
    unit = kpi.definition.unit
    differs = "" if direction is Direction.SAME else signed(effect.change, unit, currency)
    if differs.startswith("±"):  # too small to be written is too small to be judged
        direction, differs = Direction.SAME, ""
    return EffectText(
        change=MISSING if effect.change is None else differs,
        direction=f"{DIRECTION_MARK[direction]} {direction.value}".strip(),
        slug=direction.value.replace(" ", "-"),
        value=written(kpi.value, unit, currency),
        reason=kpi.reason if kpi.value is None else "",
    )
