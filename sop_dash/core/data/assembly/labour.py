"""Checked tables to labour pools, each of the resource of the same name."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.axes import Axes, summed
from sop_dash.core.data.assembly.resources import continued, last_given
from sop_dash.core.model.arrays import read_only
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.labour import Labour

POOL_WITHOUT_RESOURCE = FindingKind(
    code="labour-without-resource",
    severity=Severity.INFORMS,
    title="A labour pool limits nothing",
    remedy="Give hours per unit for it in resource_profile, under the name of the pool as the resource.",
)


def labour_of(frames: Mapping[str, pd.DataFrame], axes: Axes) -> tuple[Labour | None, list[Finding]]:
    """The pools whose name is a resource; None without any. Other pools are named."""
    if "labour" not in frames:
        return None, []
    table = frames["labour"]
    place = {name: position for position, name in enumerate(axes.grain.resources)}
    named = sorted({str(name) for name in table["pool"]})
    found = [Finding(kind=POOL_WITHOUT_RESOURCE, table="labour", place=name) for name in named if name not in place]
    pools = tuple(name for name in named if name in place)
    if not pools:
        return None, found
    row = {name: position for position, name in enumerate(pools)}
    at = (
        np.array([row.get(str(name), -1) for name in table["pool"]], dtype=np.int64),
        axes.months(table["month"]),
    )
    shape = (len(pools), axes.shape[3])
    columns = ("workers", "hours_per_worker", "hire_cost", "fire_cost", "wage_per_month")
    given = {name: summed(shape, at, table[name].to_numpy()) for name in columns}
    labour = Labour(
        pools=pools,
        resources=np.array([place[name] for name in pools], dtype=np.int64),
        workers=read_only(continued(given["workers"])),
        hours_per_worker=read_only(continued(given["hours_per_worker"])),
        hire_cost=read_only(last_given(given["hire_cost"])),
        lay_off_cost=read_only(last_given(given["fire_cost"])),
        wage_per_month=read_only(last_given(given["wage_per_month"])),
    )
    return labour, found
