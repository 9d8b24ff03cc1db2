"""Which month is the last closed one, and what is said about it.

Rule without a date from the company: the last month of sales, unless its units are under half of both the month before
and, where there is one, the same month a year before: then it is taken as a month in progress.
"""

from collections.abc import Mapping

import pandas as pd

from sop_dash.core.data.cells import rows_of
from sop_dash.core.data.checks.reporting import at_rows, money_at
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.periods import shift, short_name

PARTIAL_MONTH = FindingKind(
    code="partial-month",
    severity=Severity.WARNS,
    title="Sales of a month in progress left out",
    remedy="Nothing to do; load them again when the month is closed.",
)
ASSUMED_CLOSE = FindingKind(
    code="assumed-close",
    severity=Severity.INFORMS,
    title="Last closed month assumed",
    remedy="Give data_through_month in company.",
)

_HALF = 0.5


def last_closed_month(frames: Mapping[str, pd.DataFrame]) -> tuple[str, list[Finding]]:
    """The last closed month and its findings; the sales table must have a month."""
    sales = frames["sales"]
    company = frames.get("company")
    given = str(company["data_through_month"].iloc[0]) if company is not None and len(company) else ""
    last = given or _assumed(sales)
    found: list[Finding] = []
    if not given:
        found.append(Finding(kind=ASSUMED_CLOSE, table="company", detail=f"Taken as {short_name(last)}."))
    after = rows_of(sales["month"], lambda month: month > last)
    units = float(sales["units"].to_numpy()[after].sum())
    detail = f"{units:,.0f} units after {short_name(last)}."
    return last, found + at_rows(PARTIAL_MONTH, "sales", sales, after, detail=detail, value=money_at(sales, after))


def _assumed(sales: pd.DataFrame) -> str:
    units = sales["units"].groupby(sales["month"], observed=True).sum()
    units = units.set_axis(units.index.astype(object)).drop("", errors="ignore")
    last = str(units.index.max())
    earlier = [units.get(shift(last, -1)), units.get(shift(last, -12))]
    compared = [float(value) for value in earlier if value is not None]
    if compared and earlier[0] is not None and all(units[last] < _HALF * value for value in compared):
        return shift(last, -1)
    return last
