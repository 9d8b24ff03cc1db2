"""Long tables of monthly histories (unique_id, ds, y) into arrays, and forecasts back into long tables.

`ds` is a month as `YYYY-MM` or `YYYY-MM-DD`; the form given is the form returned. An empty `y`, and a month without a
row between two others, is missing, never zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from sop_dash.core.demand.backtest import METHODS, SEASONAL_NAIVE, Backtest, backtest, rolling_origins
from sop_dash.core.demand.combination import Each
from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.portfolio import IntArray
from sop_dash.core.model import measures
from sop_dash.core.model.arrays import Array, ratio_or_nan
from sop_dash.core.model.errors import SopError

_COLUMNS = ("unique_id", "ds", "y")
_EMPTY = ("", "nan", "NaN", "None", "<NA>", "NA")


class SeriesError(SopError):
    """The long table cannot be read as monthly series."""


@dataclass(frozen=True, kw_only=True, eq=False)
class LongSeries:
    """Monthly series cut out of a long table, in order of first appearance.

    Attributes:
        ids: Name of every series.
        history: One array a series on a full month grid from its first to its last row; NaN is missing.
        last_month: Months since 1970-01 of the last row of every series.
        with_day: Whether months were written with a day.
    """

    ids: tuple[str, ...]
    history: tuple[Array, ...]
    last_month: tuple[int, ...]
    with_day: bool


def read_long(frame: pd.DataFrame) -> LongSeries:
    """Put a long table on a full month grid.

    Raises:
        SeriesError: A column is missing, a month or number cannot be read, or a series has a month twice.
    """
    missing = [column for column in _COLUMNS if column not in frame.columns]
    if missing:
        raise SeriesError(f"The table needs the columns unique_id, ds and y; missing: {', '.join(missing)}.")
    ids, text = frame["unique_id"].astype(str), _month_text(frame["ds"])
    months = _month_numbers(text)
    values = _numbers(frame["y"])
    codes, names = pd.factorize(ids)
    order = np.lexsort((months, codes))
    codes, months, values = codes[order], months[order], values[order]
    twice = (codes[1:] == codes[:-1]) & (months[1:] == months[:-1])
    if twice.any():
        at = int(twice.argmax()) + 1
        raise SeriesError(f"Series {names[codes[at]]} has the month {_month_name(int(months[at]))} twice.")
    starts = np.searchsorted(codes, np.arange(len(names) + 1))
    history, last = [], []
    for first, end in pairwise(starts):
        row = np.full(int(months[end - 1] - months[first]) + 1, np.nan)
        row[months[first:end] - months[first]] = values[first:end]
        history.append(row)
        last.append(int(months[end - 1]))
    with_day = bool(len(text)) and len(str(text.iloc[0])) > len("2026-01")
    return LongSeries(ids=tuple(map(str, names)), history=tuple(history), last_month=tuple(last), with_day=with_day)


def forecast_frame(frame: pd.DataFrame, horizon: int, each: Each = map) -> pd.DataFrame:
    """Forecasts with bands of every series of a long table: the `horizon` months after each series' last row.

    Returns:
        Columns unique_id, ds, mean, lo-80, hi-80, lo-95, hi-95, method; series in order of first appearance; no rows
        for no rows.

    Raises:
        SeriesError: The table cannot be read as monthly series, or the horizon is below 1.
    """
    _check_horizon(horizon)
    series = read_long(frame)
    result = forecast(series.history, horizon, each=each)
    ahead = np.array(series.last_month, dtype=np.int64)[:, None] + np.arange(1, horizon + 1)
    names = [_month_name(int(month)) + ("-01" if series.with_day else "") for month in ahead.ravel()]
    edges = {
        "mean": result.mean,
        "lo-80": result.lo80,
        "hi-80": result.hi80,
        "lo-95": result.lo95,
        "hi-95": result.hi95,
    }
    columns: dict[str, object] = {"unique_id": np.repeat(np.array(series.ids, dtype=object), horizon), "ds": names}
    columns |= {name: values.ravel() for name, values in edges.items()}
    columns["method"] = np.repeat(np.array(result.method, dtype=object), horizon)
    return pd.DataFrame(columns)


def backtest_frame(frame: pd.DataFrame, horizon: int, each: Each = map) -> pd.DataFrame:
    """Rolling-origin errors of every series of a long table, by method and lag, against seasonal naive.

    Returns:
        Columns unique_id, method, lag ("all", then months ahead), pairs, wape_ratio, bias_ratio (positive is
        over-forecast), mad_units and against_seasonal_naive (ratio of the mean absolute errors on the same pairs; below
        1 is better). Empty values where a series is too short to be tested.

    Raises:
        SeriesError: The table cannot be read as monthly series, or the horizon is below 1.
    """
    _check_horizon(horizon)
    series = read_long(frame)
    longest = max((len(row) for row in series.history), default=0)
    tested = backtest(series.history, horizon, rolling_origins(longest, horizon), each=each)
    lags = np.array(["all", *map(str, range(1, horizon + 1))], dtype=object)
    shape = (len(series.ids), len(METHODS), horizon + 1)
    figures = [_figures(tested, method) for method in METHODS]
    columns: dict[str, object] = {
        "unique_id": np.repeat(np.array(series.ids, dtype=object), horizon * len(METHODS) + len(METHODS)),
        "method": np.broadcast_to(np.array(METHODS, dtype=object)[:, None], shape).ravel(),
        "lag": np.broadcast_to(lags, shape).ravel(),
    }
    columns |= {name: np.stack([part[name] for part in figures], axis=1).ravel() for name in figures[0]}
    return pd.DataFrame(columns)


def _check_horizon(horizon: int) -> None:
    if horizon < 1:
        raise SeriesError(f"The horizon must be at least 1 month, not {horizon}.")


def _figures(tested: Backtest, method: str) -> dict[str, Array]:
    """Errors of one method, each series × (all lags, then lag by lag)."""
    actual, made, naive = (
        np.moveaxis(part, 0, -1) for part in (tested.actual, tested.forecasts[method], tested.forecasts[SEASONAL_NAIVE])
    )
    size, other = _by_lag(measures.mad, actual, made), _by_lag(measures.mad, actual, naive)
    return {
        "pairs": _by_lag(measures.pair_count, actual, made).astype(np.int64),
        "wape_ratio": _by_lag(measures.wape, actual, made),
        "bias_ratio": _by_lag(measures.bias_ratio, actual, made),
        "mad_units": size,
        "against_seasonal_naive": ratio_or_nan(size, other),
    }


def _by_lag(measure: Callable[[Array, Array], Array], actual: Array, made: Array) -> Array:
    """One measure of series × lags × origins: over all lags, then lag by lag."""
    series, lags, origins = actual.shape
    flat = (series, lags * origins)
    over_all = measure(actual.reshape(flat), made.reshape(flat))
    return np.concatenate([over_all[:, None], measure(actual, made)], axis=1)


def _month_text(column: pd.Series) -> pd.Series:
    """Months as text; a column of dates is written with its day."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return pd.Series(column.dt.strftime("%Y-%m-%d"))
    return column.astype(str).str.strip()


def _month_numbers(text: pd.Series) -> IntArray:
    """Months since 1970-01."""
    readable = text.str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d{2}.*)?").to_numpy(dtype=bool, na_value=False)
    if not readable.all():
        raise SeriesError(
            f"Months must be written YYYY-MM or YYYY-MM-DD; found: {text.iloc[int((~readable).argmax())]!r}."
        )
    parts = (
        text.str.slice(0, 7).str.split("-", expand=True).astype(np.int64) if len(text) else pd.DataFrame({0: [], 1: []})
    )
    return np.asarray((parts[0] - 1970) * 12 + parts[1] - 1, dtype=np.int64)


def _numbers(column: pd.Series) -> Array:
    """Values as floats; empty is NaN."""
    if not pd.api.types.is_numeric_dtype(column):
        text = column.astype(str).str.strip()
        column = text.mask(text.isin(_EMPTY))
    try:
        values = pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)
    except (ValueError, TypeError) as error:
        raise SeriesError(f"The column y must hold numbers: {error}") from error
    if np.isinf(values).any():
        raise SeriesError("The column y holds an infinite number.")
    return np.asarray(values)


def _month_name(month: int) -> str:
    return f"{1970 + month // 12:04d}-{month % 12 + 1:02d}"
