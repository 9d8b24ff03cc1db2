"""Second opinions: exponential smoothing, seasonal ARIMA and theta of statsmodels, and the engine's slow refinement.

About a second per series; loaded only when asked for. A model that cannot be fitted to a history has no forecast (NaN);
it never fails the rest.
"""

import warnings
from collections.abc import Callable, Iterator

import numpy as np

from sop_dash.core.demand.refinement import refined_forecast
from sop_dash.core.model.arrays import Array

ETS, AIRLINE, THETA = "ETS (best form by AICc)", "SARIMAX airline on logs", "Theta"
REFINED = "engine, refined"
SECOND_OPINIONS = (ETS, AIRLINE, THETA, REFINED)

_YEAR = 12
_FEWEST_SEASONAL = 2 * _YEAR + 1
_FORMS = ((None, False), ("add", False), ("add", True))
_RANGE = (1e-3, 1e3)


def second_opinion(name: str, history: Array, horizon: int) -> Array:
    """[T] forecast of one history without gaps; NaN where the model cannot be fitted or is below its least history."""
    known = history[~np.isnan(history)]
    nothing = np.full(horizon, np.nan)
    if len(known) < _FEWEST_SEASONAL:
        return nothing
    fit: dict[str, Callable[[Array, int], Array]] = {ETS: _ets, AIRLINE: _airline, THETA: _theta, REFINED: _refined}
    size = float(np.abs(known).mean()) or 1.0
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            made = fit[name](known / size, horizon) * size
        except (ValueError, ArithmeticError, np.linalg.LinAlgError, IndexError):
            return nothing
    far = np.abs(made) > _RANGE[1] * size
    return np.where(np.isfinite(made) & ~far, made, np.nan)


def _ets(values: Array, horizon: int) -> Array:
    """The form with the least AICc: trend none, straight or fading; season additive, or multiplicative if positive."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415  # seconds to load; only here

    fits = []
    for error, seasonal in _seasons(values):
        for trend, damped in _FORMS:
            model = ETSModel(
                values, error=error, trend=trend, damped_trend=damped, seasonal=seasonal, seasonal_periods=_YEAR
            )
            fits.append(model.fit(disp=False, maxiter=200))
    best = min(fits, key=lambda fit: float(fit.aicc) if np.isfinite(fit.aicc) else np.inf)
    return np.asarray(best.forecast(horizon), dtype=np.float64)


def _seasons(values: Array) -> Iterator[tuple[str, str]]:
    yield "add", "add"
    if values.min() > _RANGE[0]:
        yield "mul", "mul"


def _airline(values: Array, horizon: int) -> Array:
    """(0,1,1)(0,1,1) of twelve months on logs; on the values where some are zero."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX  # noqa: PLC0415  # seconds to load; only here

    on_logs = values.min() > _RANGE[0]
    model = SARIMAX(np.log(values) if on_logs else values, order=(0, 1, 1), seasonal_order=(0, 1, 1, _YEAR))
    made = np.asarray(model.fit(disp=False, maxiter=100).forecast(horizon), dtype=np.float64)
    return np.exp(made) if on_logs else made


def _theta(values: Array, horizon: int) -> Array:
    from statsmodels.tsa.forecasting.theta import ThetaModel  # noqa: PLC0415  # seconds to load; only here

    method = "multiplicative" if values.min() > 0.0 else "additive"
    fit = ThetaModel(values, period=_YEAR, method=method).fit()
    return np.asarray(fit.forecast(horizon), dtype=np.float64)


def _refined(values: Array, horizon: int) -> Array:
    return np.asarray(refined_forecast([values], horizon).mean[0])
