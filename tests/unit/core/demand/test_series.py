"""Long tables in and out."""

import numpy as np
import pandas as pd
import pytest

from sop_dash.core.demand.engine import forecast
from sop_dash.core.demand.series import SeriesError, backtest_frame, forecast_frame, read_long

COLUMNS = ["unique_id", "ds", "mean", "lo-80", "hi-80", "lo-95", "hi-95", "method"]


def months(first: str, count: int) -> list[str]:
    return [str(period) for period in pd.period_range(first, periods=count, freq="M")]


def table(name: str = "A", first: str = "2023-01", count: int = 40, suffix: str = "") -> pd.DataFrame:
    values = 100.0 + 20.0 * np.sin(np.arange(count) / 6.0 * np.pi) + np.arange(count) % 5
    return pd.DataFrame({"unique_id": name, "ds": [month + suffix for month in months(first, count)], "y": values})


def test_the_answer_has_the_months_after_each_series_own_last_one():
    made = forecast_frame(pd.concat([table("B"), table("A", "2020-06", 30)]), 3)
    assert list(made.columns) == COLUMNS
    assert list(made["unique_id"]) == ["B"] * 3 + ["A"] * 3
    assert list(made["ds"]) == ["2026-05", "2026-06", "2026-07", "2022-12", "2023-01", "2023-02"]


def test_the_form_of_the_month_is_kept():
    assert list(forecast_frame(table(suffix="-01"), 2)["ds"]) == ["2026-05-01", "2026-06-01"]


def test_dates_are_months_too():
    frame = table(suffix="-01").assign(ds=lambda part: pd.to_datetime(part["ds"]))
    assert list(forecast_frame(frame, 1)["ds"]) == ["2026-05-01"]


def test_the_figures_are_those_of_the_engine():
    frame = table()
    made = forecast([frame["y"].to_numpy()], 4)
    found = forecast_frame(frame, 4)
    assert found["mean"].to_numpy() == pytest.approx(made.mean[0])
    assert found["lo-95"].to_numpy() == pytest.approx(made.lo95[0])


def test_the_order_of_the_rows_does_not_matter():
    frame = pd.concat([table("A"), table("B", count=20)])
    shuffled = frame.sample(frac=1.0, random_state=3)
    found = forecast_frame(shuffled, 5).sort_values(["unique_id", "ds"], ignore_index=True)
    pd.testing.assert_frame_equal(found, forecast_frame(frame, 5))


@pytest.mark.parametrize("years", [-7, 3])
def test_a_shift_by_whole_years_moves_the_months_and_nothing_else(years):
    both = pd.concat([table("B"), table("A", "2020-06", 30)])
    moved = both.assign(ds=[f"{int(month[:4]) + years}{month[4:]}" for month in both["ds"]])
    made, shifted = forecast_frame(both, 14), forecast_frame(moved, 14)
    assert [f"{int(month[:4]) + years}{month[4:]}" for month in made["ds"]] == list(shifted["ds"])
    pd.testing.assert_frame_equal(made.drop(columns="ds"), shifted.drop(columns="ds"), check_exact=True)


def test_an_empty_cell_and_a_month_without_a_row_are_both_missing():
    frame = table().astype({"y": object})
    emptied = frame.copy()
    emptied.loc[[10, 20], "y"] = ""
    dropped = frame.drop(index=[10, 20])
    history = read_long(emptied).history[0]
    assert np.flatnonzero(np.isnan(history)).tolist() == [10, 20]
    pd.testing.assert_frame_equal(forecast_frame(emptied, 3), forecast_frame(dropped, 3))


def test_an_empty_last_month_is_still_the_last_month():
    frame = table()
    frame.loc[39, "y"] = np.nan
    made = forecast_frame(frame, 2)
    assert list(made["ds"]) == ["2026-05", "2026-06"]
    assert made["mean"].notna().all()


def test_no_rows_give_no_rows():
    assert forecast_frame(table().iloc[:0], 3).empty
    assert backtest_frame(table().iloc[:0], 3).empty


@pytest.mark.parametrize(
    "frame, words",
    [
        (table().drop(columns="y"), "missing: y"),
        (table().assign(ds="May 2026"), "May 2026"),
        (table().assign(y="many"), "numbers"),
        (table().assign(y=np.inf), "infinite"),
        (pd.concat([table(), table().tail(1)]), "2026-04 twice"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(frame, words):
    with pytest.raises(SeriesError, match=words):
        forecast_frame(frame, 3)


def test_a_horizon_below_one_is_refused():
    with pytest.raises(SeriesError, match="at least 1 month"):
        forecast_frame(table(), 0)


def test_a_back_test_has_a_row_per_series_method_and_lag():
    found = backtest_frame(pd.concat([table("A"), table("B", count=30)]), 3)
    assert len(found) == 2 * 4 * 4  # series × methods × (all lags and three)
    assert list(found["lag"].unique()) == ["all", "1", "2", "3"]
    naive = found[found["method"] == "seasonal naive"]
    assert naive["against_seasonal_naive"].dropna().to_numpy() == pytest.approx(1.0)
    engine = found[(found["method"] == "engine") & (found["lag"] == "all")].set_index("unique_id")
    assert engine.loc["A", "pairs"] == 12 * 3
    assert engine.loc["A", "wape_ratio"] < 0.1


def test_a_series_too_short_to_be_tested_is_listed_without_figures():
    found = backtest_frame(table(count=10), 3)
    assert (found["pairs"] == 0).all()
    assert found["wape_ratio"].isna().all()


def test_work_spread_in_any_way_gives_the_same_rows():
    rows = [
        {"unique_id": f"s{n}", "ds": f"{2021 + m // 12}-{m % 12 + 1:02d}", "y": 100.0 + n + (m % 12) * 3 + (m * n) % 7}
        for n in range(3)
        for m in range(40)
    ]

    def backwards(work, *columns):
        calls = list(zip(*columns, strict=True))
        return list(reversed([work(*call) for call in reversed(calls)]))

    frame = pd.DataFrame(rows)
    pd.testing.assert_frame_equal(forecast_frame(frame, 6, backwards), forecast_frame(frame, 6))
