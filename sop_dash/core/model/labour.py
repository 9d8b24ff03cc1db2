"""Labour pools of a data load: who works, how long, and what hiring, letting go and wages cost. Unknown is NaN.

A pool is the labour of the resource of the same name. Shapes: P pools, K calendar months.
"""

from dataclasses import dataclass

from sop_dash.core.model.arrays import Array, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Labour:
    """Pools that stand for a resource.

    Args:
        pools: [P] names.
        resources: [P] position of the resource of the same name.
        workers: [P, K]; continued after the last month given.
        hours_per_worker: [P, K] a worker works in the month.
        hire_cost, lay_off_cost, wage_per_month: [P] of one worker, the last ones given.
    """

    pools: tuple[str, ...]
    resources: IntArray
    workers: Array
    hours_per_worker: Array
    hire_cost: Array
    lay_off_cost: Array
    wage_per_month: Array

    @property
    def hours(self) -> Array:
        """[P, K] hours that the workers of the pool have."""
        return self.workers * self.hours_per_worker
