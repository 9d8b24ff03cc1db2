"""Regression that leans on what is usual: mixed estimation, by weighted least squares of statsmodels.

What is known of a slope beforehand, its usual size and how far it may lie from that, enters as one more observation of
it (Theil & Goldberger 1961). With wide spreads it is ordinary least squares. Loaded only when it is asked for.
"""

from typing import NamedTuple

import numpy as np

from sop_dash.core.model.arrays import Array

_FIRST_NOISE = 0.15
_LEAST_NOISE = 1e-6
_ROUNDS = 6


class Estimate(NamedTuple):
    """Slopes [K] with their covariance [K, K], and the share of the ups and downs explained."""

    slope: Array
    covariance: Array
    explained: float

    def of(self, parts: Array) -> tuple[float, float]:
        """A sum of slopes, each times its part [K], and its standard error."""
        return float(parts @ self.slope), float(np.sqrt(parts @ self.covariance @ parts))


def mixed_estimate(design: Array, values: Array, usual: Array, spreads: Array) -> Estimate:
    """Regress values on the columns of a design.

    Args:
        design: [N, K].
        values: [N] known.
        usual: [K] slopes expected beforehand.
        spreads: [K] standard deviations around them.

    Returns:
        The noise is found in rounds: what is left over the months that the slopes do not use up.
    """
    from statsmodels.regression.linear_model import WLS  # noqa: PLC0415  # a second to load; only where it is needed

    count = len(values)
    rows, wanted = np.vstack([design, np.eye(len(usual))]), np.concatenate([values, usual])
    noise, total = _FIRST_NOISE, float(((values - values.mean()) ** 2).sum())
    for _ in range(_ROUNDS):
        fit = WLS(wanted, rows, weights=np.concatenate([np.full(count, noise**-2.0), spreads**-2.0])).fit()
        left = values - design @ fit.params
        used = float(np.einsum("ij,jk,ik->", design, fit.normalized_cov_params, design)) / noise**2
        noise = max(float(np.sqrt((left @ left) / (count - used))), _LEAST_NOISE)
    explained = 1.0 - float(left @ left) / total if total > _LEAST_NOISE else float("nan")
    return Estimate(slope=np.asarray(fit.params), covariance=np.asarray(fit.normalized_cov_params), explained=explained)
