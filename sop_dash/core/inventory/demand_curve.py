"""Cumulative demand by calendar day, from which stock in days of the following demand is read. Units and calendar days.

Demand runs evenly within a month. After the horizon it goes on as `beyond_horizon` says. Source: core 1 and 2.3.
"""

from dataclasses import dataclass

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.cover import beyond_horizon


@dataclass(frozen=True, kw_only=True, eq=False)
class DemandCurve:
    """Demand from the start of the horizon up to each month end.

    Args:
        day_edges: [T + beyond + 1] calendar days passed at each month end, beginning with 0.
        units: [F, T + beyond + 1] demand up to that day.
        months: T.
    """

    day_edges: Array
    units: Array
    months: int

    def cover_units(self, days: Array) -> Array:
        """[F, n, T] demand of the `days` [F, n] calendar days that follow each month end.

        Days beyond the curve go on at the rate of its last month.
        """
        ends = self.day_edges[1 : self.months + 1]
        reached = self._at((ends + days[:, :, None]).reshape(len(days), -1))
        return reached.reshape(len(days), -1, self.months) - self.units[:, None, 1 : self.months + 1]

    def first_cover_units(self, days: Array) -> Array:
        """[F] demand of the `days` [F] that follow the last closed month."""
        return np.asarray(self._at(days[:, None])[:, 0])

    def _at(self, day: Array) -> Array:
        """Units demanded up to each `day` [F, n], linear within months."""
        starts = self.day_edges[:-1]
        month = np.searchsorted(starts, day, side="right") - 1
        share = (day - starts[month]) / (self.day_edges[1:] - starts)[month]
        cell = month + np.arange(len(self.units))[:, None] * self.units.shape[1]
        left, right = self.units.take(cell), self.units.take(cell + 1)
        return np.asarray(left + (right - left) * share)


def demand_curve(demand_units: Array, calendar_days: Array) -> DemandCurve:
    """Cumulative demand over the horizon and beyond.

    Args:
        demand_units: [F, T].
        calendar_days: [T + beyond] days of the months of the horizon and as many more as demand is continued.
    """
    families, months = demand_units.shape
    units = np.zeros((families, len(calendar_days) + 1))
    np.cumsum(beyond_horizon(demand_units, len(calendar_days) - months), axis=1, out=units[:, 1:])
    day_edges = np.zeros(len(calendar_days) + 1)
    np.cumsum(calendar_days, out=day_edges[1:])
    return DemandCurve(day_edges=day_edges, units=units, months=months)
