"""Standard normal loss: units expected short when stock covers z standard deviations, per unit of deviation. No unit.

G(z) = φ(z) − z·(1 − Φ(z)). Sources: Silver, Pyke & Thomas; core specification 7.1.
"""

import numpy as np
from scipy.special import ndtr

from sop_dash.core.model.arrays import Array

LARGEST_FACTOR = 6.0
"""Beyond six deviations nothing is short any more; factors are kept between −6 and 6."""

_HALVINGS = 60
_ROOT_OF_TWO_PI = np.sqrt(2.0 * np.pi)


def normal_loss(factor: Array) -> Array:
    """G(z) of every factor z; NaN where it is unknown."""
    z = np.asarray(factor, dtype=np.float64)
    return np.asarray(np.exp(-0.5 * z * z) / _ROOT_OF_TWO_PI - z * ndtr(-z))


def inverse_normal_loss(loss: Array) -> Array:
    """The factor z with G(z) = `loss`, between −6 and 6; NaN where the loss is unknown or below zero.

    G falls without end, so the interval that holds the answer is halved until it has no width.
    """
    wanted = np.asarray(loss, dtype=np.float64)
    low, high = np.full(wanted.shape, -LARGEST_FACTOR), np.full(wanted.shape, LARGEST_FACTOR)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        more = normal_loss(middle) > wanted
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return np.where(wanted >= 0.0, 0.5 * (low + high), np.nan)
