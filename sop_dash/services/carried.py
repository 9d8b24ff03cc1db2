"""Tables of the load in use that go on when a company brings its sales alone again, like its prices and capacity.

What is true of one month only (stock, open orders) does not go on: last month's figures would be wrong ones.
"""

from collections.abc import Collection, Mapping

import pandas as pd

from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.raw import RawTable

_OF_ONE_MONTH = frozenset({"sales", "inventory", "receipts", "backlog", "stock_counts", "adjustments"})


def knows_none(names: Collection[str], sales: RawTable) -> bool:
    """True when the sales brought now share no item or family with these names: they are of somebody else."""
    columns = {plain_name(name): column for name, column in zip(sales.header, sales.columns, strict=True)}
    now = {text.strip() for name in ("sku", "family") if name in columns for text in columns[name].used().texts}
    return not now & set(names)


def carried_files(frames: Mapping[str, pd.DataFrame], brought: Collection[str]) -> dict[str, bytes]:
    """The tables that were not brought this time, as files of the contract; the last closed month is left open.

    Args:
        frames: Typed tables of the load in use.
        brought: Names of the tables brought now.
    """
    files: dict[str, bytes] = {}
    for name, frame in frames.items():
        if name not in brought and name not in _OF_ONE_MONTH:
            kept = frame.drop(columns="data_through_month") if name == "company" else frame
            files[f"{name}.csv"] = kept.to_csv(index=False).encode()
    return files
