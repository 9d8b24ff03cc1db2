"""How much stock a plan must end with: asked for before any sale, and as much of it as can be reached. Units, [F].

What is asked and cannot be had even if nothing were sold would leave no plan at all. So the most that can be reached is
found first, by a programme that only counts the value missing at the end; the plan is then held to that. Source: core
specification 6, hard end targets.
"""

import threading
from dataclasses import replace

import numpy as np

from sop_dash.core.model.arrays import Array
from sop_dash.core.supply.groups import EndStock
from sop_dash.core.supply.kernel import HighsKernel
from sop_dash.core.supply.layout import layout_of
from sop_dash.core.supply.matrix import coefficient_matrix
from sop_dash.core.supply.problem import SupplyProblem
from sop_dash.core.supply.vectors import BoundsWriter, Prices, Vectors
from sop_dash.core.supply.verification import Verifier

_NOTICEABLE = 1e-6


class EndReach:
    """A kept programme that says how much of an end stock can be reached; may be asked from several threads."""

    def __init__(self, problem: SupplyProblem) -> None:
        self._layout = layout_of(problem)
        matrix = coefficient_matrix(problem, self._layout)
        self._bounds = BoundsWriter(problem, self._layout)
        self._kernel = HighsKernel(matrix, self._vectors(problem))
        self._verifier = Verifier(matrix, self._layout.money_scale)
        self._lock = threading.Lock()

    def held_to(self, problem: SupplyProblem, asked_units: Array) -> SupplyProblem:
        """The problem with the end stock as a limit that no sale may break.

        Args:
            problem: Of the structure this was made with.
            asked_units: [F]; what outlives its shelf life is not asked for.
        """
        asked = asked_units
        if problem.stock_limit is not None:
            asked = np.minimum(asked, problem.stock_limit.max_units[:, -1])
        least = self._ending_with(problem, asked)
        held = np.maximum(asked - self._missing_units(least), 0.0)
        target, glide = problem.target_units.copy(), problem.glide_units.copy()
        target[:, -1] = np.maximum(target[:, -1], asked)
        glide[:, -1] = np.maximum(glide[:, -1], target[:, -1])
        end = EndStock(asked_units=asked_units, min_units=held)
        return replace(problem, target_units=target, glide_units=glide, end_stock=end)

    def _ending_with(self, problem: SupplyProblem, asked: Array) -> SupplyProblem:
        """The problem whose last target is what is asked, so that what is below it is what is missing."""
        target, glide = problem.target_units.copy(), problem.glide_units.copy()
        target[:, -1] = asked
        glide[:, -1] = np.maximum(glide[:, -1], asked)
        return replace(problem, target_units=target, glide_units=glide)

    def _missing_units(self, problem: SupplyProblem) -> Array:
        """[F] units missing at the end at least; all of them where the solver gives no verified answer."""
        vectors = self._vectors(problem)
        with self._lock:
            raw = self._kernel.solve_warm(vectors)
            verdict = self._verifier.verdict(raw, vectors)
        asked = problem.target_units[:, -1]
        if verdict.reason:
            return asked
        missing = self._layout.columns.view(raw.values * self._layout.column_scale, "below")[:, -1]
        # a hair less is held than was reached, so that rounding never leaves the plan without an answer
        return np.where(missing > _NOTICEABLE * np.maximum(asked, 1.0), missing * (1.0 + _NOTICEABLE), 0.0)

    def _vectors(self, problem: SupplyProblem) -> Vectors:
        """The value at standard cost of what is below the last target is to be least.

        Material that is not there costs more than any stock is worth, so that none is counted on.
        """
        cost, view = np.zeros(self._layout.columns.size), self._layout.columns.view
        view(cost, "below")[:, -1] = np.maximum(problem.end_value, _NOTICEABLE)
        if problem.materials is not None:
            view(cost, "material_short")[...] = problem.materials.penalty[:, None]
        scaled = cost * self._layout.column_scale
        prices = Prices(cost=scaled / self._layout.money_scale, money=scaled, steering=np.zeros_like(scaled))
        return replace(self._bounds.vectors(problem, prices), money_constant=0.0)
