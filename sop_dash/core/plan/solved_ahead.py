"""The lever positions whose supply plans are solved when a plan is prepared, so that a moved slider starts near one.

They lie where sliders are moved most. More of them shorten a move little, and lengthen the start of a large company:
there each takes about as long as a move.
"""

from sop_dash.core.model.levers import Change, Levers


def _at(demand_ratio: float, overtime_max_ratio: float | None) -> Levers:
    return Levers(demand=(Change(ratio=demand_ratio),), overtime_max_ratio=overtime_max_ratio)


SOLVED_AHEAD = (
    *(_at(demand, None) for demand in (-0.08, -0.04, 0.04, 0.08)),
    *(_at(demand, overtime) for demand in (-0.06, 0.0, 0.06) for overtime in (0.05, 0.25)),
)
