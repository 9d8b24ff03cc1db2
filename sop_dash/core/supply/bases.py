"""Which stored basis a solve starts from: that of the problem solved ahead whose bounds lie nearest.

The choice depends on the numbers asked for and on nothing solved in between, so the same problem always starts, and
ends, at the same place.
"""

from typing import Any

import numpy as np

from sop_dash.core.supply.vectors import Bounds


class StoredBases:
    """The bases of problems solved ahead; the first is that of the reference problem."""

    def __init__(self, bounds: Bounds, basis: Any) -> None:
        self._bases, self._bounds = [basis], [bounds.high]
        self._places = np.zeros(0, dtype=np.int64)
        self._known = np.zeros((1, 0))

    @property
    def first(self) -> Any:
        """The basis of the reference problem."""
        return self._bases[0]

    def add(self, bounds: Bounds, basis: Any) -> None:
        """Keep one more."""
        self._bases.append(basis)
        self._bounds.append(bounds.high)
        everything = np.array(self._bounds)
        finite = np.isfinite(everything).all(axis=0)
        self._places = np.flatnonzero(finite & (everything != everything[0]).any(axis=0))
        self._known = everything[:, self._places]

    def nearest(self, bounds: Bounds) -> Any:
        """The basis of the problem whose upper bounds differ least, added up over all that vary between those stored.

        Sizes are added, not their squares: a limit on overtime moves far in few cells, demand a little in many.
        """
        if len(self._bases) == 1:
            return self.first
        apart = np.abs(self._known - bounds.high.take(self._places)).sum(axis=1)
        return self._bases[int(apart.argmin())]
