"""What the solver says of one supply plan: how it was found and how exactly it was verified."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SolverReport:
    """The account of one solve.

    Args:
        method: "linear programme" or the rule-based planner that stood in for it ("chase rule").
        status: "optimal", or what was found instead.
        objective: Planning objective in plan currency, planning weights included.
        residual: Largest violation of a balance or limit, in the unit of that row.
        duality_gap: Gap between primal and dual objective, relative to money reported.
        fallback: True when a rule-based plan is shown because no verified optimum was found.
        reason: Why the fallback was needed; empty otherwise.
        iterations: Simplex iterations of this solve.
    """

    method: str
    status: str
    objective: float
    residual: float
    duality_gap: float
    fallback: bool = False
    reason: str = ""
    iterations: int = 0
