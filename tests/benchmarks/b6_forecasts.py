"""B6: accuracy, bands and cost of the forecast engine beside simple methods and statsmodels, on public monthly series.

OWA is the mean of sMAPE and MASE relative to Naive2 on the same series; below 1 beats Naive2. WAPE and bias are of all
series together, each in its own scale, its mean training month; series that never sold are left out of these two. The
parts tested are only read here: nothing is chosen by them.

Naive2 is the M4 one (autocorrelation test at 90 %, classical multiplicative decomposition, last value), measured twice:
series after series, as everybody runs it, and `naive2` of the product, all series in one numpy pass, which does nothing
but sums and is the sharpest yardstick there is. The engine makes bands as well, from a second pass with months held
back.
"""

import statistics
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sop_dash.core.demand.accuracy import overall_weighted_average
from sop_dash.core.demand.backtest import yearly_change
from sop_dash.core.demand.engine import Forecasts, forecast
from sop_dash.core.demand.naive import naive2, seasonal_naive
from sop_dash.core.demand.portfolio import IntArray, pack
from sop_dash.core.demand.refinement import refined_forecast
from sop_dash.core.model.arrays import Array
from tests.benchmarks.measure import CannotRun, Row, Times, compare, cpu_ratio, measure

ID = "B6"
TITLE = "Forecasts with bands on public monthly series, beside simple methods and statsmodels"

_SAMPLED_SERIES = 6
_SLOW_RUNS = 3
_YEAR = 12
_TEST_90_PERCENT = 1.645
_ALL_MONTHS = 10_000


@dataclass(frozen=True, kw_only=True, eq=False)
class _Set:
    """One set of series, what is known of them and what came after."""

    name: str
    training: tuple[Array, ...]
    actual: Array
    goal: str

    @property
    def horizon(self) -> int:
        return int(self.actual.shape[1])

    def sample(self) -> "_Set":
        """A few series spread evenly over the set, for methods that take long."""
        chosen = np.linspace(0, len(self.training) - 1, _SAMPLED_SERIES).astype(int)
        return _Set(
            name=self.name,
            training=tuple(self.training[index] for index in chosen),
            actual=self.actual[chosen],
            goal="beside the engine on the same series",
        )


_SETS = (
    ("M3 monthly", "m3_monthly", "OWA <= 0.805; coverage 76-86 % and 92-99 %; cost <= 3 x Naive2"),
    ("M4 monthly sample", "m4_monthly", "OWA <= 0.785; coverage 76-86 % and 92-99 %; under 200 series no cost goal"),
    ("retail hierarchy", "aus_retail_hierarchy_monthly", "OWA <= 0.615; coverage 76-86 % and 92-99 %"),
    ("car parts (sparse)", "carparts_intermittent", "cumulative error and bias are what counts"),
)


def run(data: Path | None) -> list[Row]:
    """Every set: the engine against Naive2 in turn, seasonal naive, Naive2, and statsmodels on a sample."""
    sets = [_read(_folder(data) / f"{file}.parquet", name, goal) for name, file, goal in _SETS]
    rows = [row for one in sets for row in _set_rows(one)]
    single = sets[0].training[:1]
    rows.append(Row(what="one series", times=measure(lambda _: forecast(single, 18)), goal="<= 20 ms CPU"))
    return rows


def _folder(data: Path | None) -> Path:
    if data is None:
        raise CannotRun("no data folder given (--data DIR, with forecast/*.parquet inside)")
    folder = data / "forecast" if (data / "forecast").is_dir() else data
    missing = [file for _, file, _ in _SETS if not (folder / f"{file}.parquet").is_file()]
    if missing:
        raise CannotRun(f"the data folder lacks {', '.join(missing)}")
    return folder


def _read(path: Path, name: str, goal: str) -> _Set:
    try:
        import pandas as pd
        import pyarrow as pa  # noqa: F401  # pandas reads parquet with it
    except ImportError as error:
        raise CannotRun(f"{error.name} is not installed") from error
    frame = pd.read_parquet(path).sort_values(["unique_id", "t"])
    training = [part["y"].to_numpy(float) for _, part in frame[frame["split"] == "train"].groupby("unique_id")]
    actual = [part["y"].to_numpy(float) for _, part in frame[frame["split"] == "test"].groupby("unique_id")]
    return _Set(name=name, training=tuple(training), actual=np.array(actual), goal=goal)


def _set_rows(one: _Set) -> list[Row]:
    made, fine = forecast(one.training, one.horizon), refined_forecast(one.training, one.horizon)
    engine, benchmark = compare(
        lambda _: forecast(one.training, one.horizon), lambda _: _simple(naive2, one), warm_up=1
    )
    each = measure(lambda _: _each(_naive2_alone, one), runs=_SLOW_RUNS, warm_up=1)
    slow = measure(lambda _: refined_forecast(one.training, one.horizon), runs=_SLOW_RUNS, warm_up=1)
    simple = measure(lambda _: _simple(seasonal_naive, one), warm_up=1)
    series = len(one.training)
    rows = [
        Row(
            what=f"{one.name}: engine, {series} series with bands",
            times=engine,
            ratio=cpu_ratio(engine, each, "Naive2 series after series"),
            goal=one.goal,
            note=_account(made, one, engine),
        ),
        Row(
            what=f"{one.name}: engine against the sharpest yardstick",
            times=engine,
            ratio=cpu_ratio(engine, benchmark, "Naive2 of all series in one pass"),
            goal="<= 3",
        ),
        Row(
            what=f"{one.name}: engine, refined overnight",
            times=slow,
            ratio=cpu_ratio(slow, engine, "engine"),
            goal="beside",
            note=_account(fine, one, slow),
        ),
    ]
    for name, times, method in (
        ("Naive2 in one pass", benchmark, naive2),
        ("Naive2 series after series", each, naive2),
        ("seasonal naive", simple, seasonal_naive),
    ):
        note = f"{_scores(_simple(method, one), one)}, {_each_ms(times, series)}"
        rows.append(Row(what=f"{one.name}: {name}", times=times, goal="beside", note=note))
    return rows + _library_rows(one.sample())


def _account(made: Forecasts, one: _Set, times: Times) -> str:
    return f"{_scores(made.mean, one)}, {_coverage(made, one)}, {_each_ms(times, len(one.training))}"


def _naive2_alone(history: Array, horizon: int) -> Array:
    """Naive2 of one series, step by step as in the published code of the M4 competition."""
    count = len(history)
    index = np.ones(_YEAR)
    if count >= 3 * _YEAR and np.ptp(history) > 0.0:
        off = history - history.mean()
        correlation = np.array([off[lag:] @ off[: count - lag] for lag in range(_YEAR + 1)]) / (off @ off)
        limit = _TEST_90_PERCENT * np.sqrt((1.0 + 2.0 * (correlation[1:_YEAR] ** 2).sum()) / count)
        if abs(correlation[_YEAR]) > limit:
            weights = np.r_[0.5, np.ones(_YEAR - 1), 0.5] / _YEAR
            trend = np.convolve(history, weights, "valid")
            ratio = history[_YEAR // 2 : count - _YEAR // 2] / np.where(trend > 0.0, trend, np.inf)
            used = [(trend > 0.0)[(place - _YEAR // 2) % _YEAR :: _YEAR].sum() for place in range(_YEAR)]
            index = np.array([ratio[(place - _YEAR // 2) % _YEAR :: _YEAR].sum() for place in range(_YEAR)]) / used
            index = np.where(index > 0.0, index / index.mean(), 1.0)
    ahead = np.arange(count, count + horizon) % _YEAR
    return np.asarray(history[-1] / index[(count - 1) % _YEAR] * index[ahead])


def _simple(method: Callable[[Array, IntArray, int], Array], one: _Set) -> Array:
    packed = pack(one.training, most_months=_ALL_MONTHS)
    return method(packed.values, packed.length, one.horizon)


def _keeping(method: Callable[[Array, int], Array], one: _Set, kept: list[Array]) -> Callable[[int], None]:
    """The work of one measured run; its forecasts are kept."""
    return lambda _run: kept.append(_each(method, one))


def _library_rows(one: _Set) -> list[Row]:
    """statsmodels, series by series, on a sample; each beside the engine on the same series."""
    engine = forecast(one.training, one.horizon)
    rows = []
    for name, method in _LIBRARY.items():
        kept: list[Array] = []
        times = measure(_keeping(method, one, kept), runs=1, warm_up=0)
        rows.append(
            Row(
                what=f"{one.name}: statsmodels {name}, {len(one.training)} series",
                times=times,
                goal=one.goal,
                note=f"{_scores(kept[-1], one)}; the engine here: {_scores(engine.mean, one)}",
            )
        )
    return rows


def _each(method: Callable[[Array, int], Array], one: _Set) -> Array:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.array([_or_naive(method, history, one.horizon) for history in one.training])


def _or_naive(method: Callable[[Array, int], Array], history: Array, horizon: int) -> Array:
    """The method's forecast; the last value where it gives up."""
    try:
        values = np.asarray(method(history, horizon), dtype=float)
    except (ValueError, np.linalg.LinAlgError):
        values = np.full(horizon, np.nan)
    return np.where(np.isfinite(values), values, history[-1])


def _theta(history: Array, horizon: int) -> Array:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    return np.asarray(ThetaModel(history, period=12).fit().forecast(horizon))


def _ets(history: Array, horizon: int) -> Array:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    model = ETSModel(history, error="add", trend="add", damped_trend=True, seasonal="add", seasonal_periods=12)
    return np.asarray(model.fit(disp=False).forecast(horizon))


def _sarimax(history: Array, horizon: int) -> Array:
    """The airline model on logs."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    if history.min() <= 0.0:
        raise ValueError("logs need positive values")
    model = SARIMAX(np.log(history), order=(0, 1, 1), seasonal_order=(0, 1, 1, 12))
    return np.asarray(np.exp(model.fit(disp=False, maxiter=50).forecast(horizon)), dtype=np.float64)


_LIBRARY = {"ThetaModel": _theta, "ETSModel": _ets, "SARIMAX airline on logs": _sarimax}


def _scores(mean: Array, one: _Set) -> str:
    scale = yearly_change(one.training)
    owa = overall_weighted_average(one.actual, mean, _simple(naive2, one), scale)
    size = np.array([float(np.abs(history).mean()) for history in one.training])[:, None]
    size = np.where(size > 0.0, size, np.inf)
    error = (mean - one.actual) / size
    whole = float(np.abs(one.actual / size).sum())
    cumulative = float(np.abs(error.sum(axis=1)).sum()) / whole
    return (
        f"OWA {owa:.4f}, WAPE {np.abs(error).sum() / whole:.3f}, bias {error.sum() / whole:+.3f}, "
        f"cumulative error {cumulative:.3f}"
    )


def _each_ms(times: Times, series: int) -> str:
    return f"{statistics.median(times.cpu) / series:.3f} ms CPU per series"


def _coverage(made: Forecasts, one: _Set) -> str:
    shares = [
        float(((low <= one.actual) & (one.actual <= high)).mean())
        for low, high in ((made.lo80, made.hi80), (made.lo95, made.hi95))
    ]
    return f"80 % band held {shares[0]:.1%}, 95 % band {shares[1]:.1%}"
