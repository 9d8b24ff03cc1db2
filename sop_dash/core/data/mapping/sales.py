"""A sheet with known headings and meanings to the contract table `sales`, with everything that was done to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import KEEP, Choices
from sop_dash.core.data.mapping.clean import data_rows
from sop_dash.core.data.mapping.headings import Headed
from sop_dash.core.data.mapping.lines import States, added_up, same_lines, states, without
from sop_dash.core.data.mapping.propose import Proposal
from sop_dash.core.data.mapping.questions import Question
from sop_dash.core.data.mapping.records import Long, Work, by_month, where
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.texts import Texts, text_array
from sop_dash.core.model.arrays import Array, BoolArray
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.periods import month_of

_NAMES = ("sku", "family", "region", "channel")
_QUANTITIES = ("units", "net_revenue", "unit_price", "discount", "cancelled_units", "returned_units")
_KEPT = ("units", "net_revenue", "discount", "cancelled_units", "returned_units")
ONLY_FAMILY = "All sales"


@dataclass(frozen=True, kw_only=True, eq=False)
class MappedSales:
    """Sales in the form of the contract.

    Args:
        table: The table; None while a question is open or a cell cannot be read.
        findings: What was done and what is wrong.
        questions: What a person has to answer first.
        rows_by_month: Source rows that count as sales, by month.
        rows: Source rows that count as sales; with months across a row counts once.
        labels: Item -> other names of it ("name", "family", "category"), where the file has them.
    """

    table: RawTable | None
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...] = ()
    rows_by_month: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def sales_of(sheet: Headed, proposal: Proposal, choices: Choices) -> MappedSales:
    """Read a sheet as sales; nothing raises, what cannot be read is a finding, what is open is a question."""
    columns = dict(proposal.columns)
    quantities = [columns[q] for q in _QUANTITIES if q in columns] + [column.place for column in sheet.months]
    rows = data_rows(sheet, columns, quantities, choices.undo)
    work = Work(sheet, choices, columns, rows)
    long = work.long()
    blocked = work.questions or any(finding.blocks for finding in work.findings)
    if long is None or blocked:
        return MappedSales(table=None, findings=tuple(work.findings), questions=tuple(work.questions))
    return _finished(work, long)


def _finished(work: Work, long: Long) -> MappedSales:
    """States, duplicates, revenue, adding up; and the balance of units."""
    before = float(np.nansum(long.values["units"]))
    by_order = "order_id" in work.columns
    weeks = long.later is not None
    lines = not work.sheet.months and (by_order or weeks or _within_months(long))
    long, dropped = _without_twins(work, long, by_order=by_order) if lines else (long, 0.0)
    state = _states(work, long)
    _revenue(work, long)
    _book(long, state)
    sold = np.asarray(state.sold & ~np.isnan(long.values["units"]), dtype=np.bool_)
    rows, rows_by_month = len(pd.unique(long.at[sold])), _counted(long.months[sold])
    long = by_month(long)
    table = _table(work, long, lines=lines or "measure" in work.columns or _has_measures(work.sheet))
    after = float(np.nansum(long.values["units"]))
    work.findings.append(_balance(work, before, after, dropped))
    return MappedSales(
        table=table,
        findings=tuple(work.findings),
        rows_by_month=rows_by_month,
        rows=rows,
        labels=_labels(work),
    )


def _within_months(long: Long) -> bool:
    """True when a month has several days: these are orders or days, not months."""
    dated = long.days > 0
    days = np.unique(long.months[dated] * 32 + long.days[dated])
    return len(days) > len(np.unique(days // 32))


def _has_measures(sheet: Headed) -> bool:
    return any(column.measure for column in sheet.months)


def _without_twins(work: Work, long: Long, *, by_order: bool) -> tuple[Long, float]:
    twins = same_lines(work.sheet.grid.columns, long.at)
    if not twins.any():
        return long, 0.0
    units = float(np.nansum(long.values["units"][twins]))
    if not by_order or work.choices.duplicates == KEEP or told.DUPLICATE_LINES.code in work.choices.undo:
        detail = f"{int(twins.sum()):,} rows with {units:,.10g} units."
        work.say(told.SAME_ROWS, long.at[twins], detail=detail, value=_money(long, twins))
        return long, 0.0
    detail = f"{int(twins.sum()):,} lines with {units:,.10g} units left out."
    work.say(told.DUPLICATE_LINES, long.at[twins], detail=detail, value=_money(long, twins))
    return where(long, ~twins), units


def _money(long: Long, mask: BoolArray) -> float | None:
    """Revenue of the records without signs, from units × price where no column tells it; None when unknown."""
    values = long.values
    amount = values.get("net_revenue")
    if amount is None and "unit_price" in values:
        amount = values["units"] * values["unit_price"]
    if amount is None or np.isnan(amount[mask]).all():
        return None
    return float(np.nansum(np.abs(amount[mask])))


def _states(work: Work, long: Long) -> States:
    cells = None
    if "status" in work.columns:
        cells = work.sheet.grid.columns[work.columns["status"]][long.at]
    state = without(states(cells, len(long.at), work.choices), work.choices.undo)
    units = long.values["units"]
    for kind, mask in (
        (told.CANCELLED_LINES, state.cancelled),
        (told.RETURNED_LINES, state.returned),
        (told.NOT_ORDERED_LINES, state.not_ordered),
    ):
        count, total = int(mask.sum()), float(np.nansum(units[mask]))
        work.say(
            kind,
            long.at[mask],
            place=work.label("status") if count else "",
            detail=f"{count:,} lines, {total:,.10g} units.",
            value=_money(long, mask),
        )
    return state


def _revenue(work: Work, long: Long) -> None:
    """Revenue from units and price where no column tells it, less the discount."""
    values = long.values
    price = values.pop("unit_price", None)
    gross = None if price is None else values["units"] * price
    _discount(work, values, gross)
    if gross is None or "net_revenue" in values or told.REVENUE_COMPUTED.code in work.choices.undo:
        return
    values["net_revenue"] = gross - np.nan_to_num(values["discount"]) if "discount" in values else gross
    total = float(np.nansum(values["net_revenue"]))
    detail = f"“{work.label('units')}” × “{work.label('unit_price')}” is {total:,.2f} in all."
    work.findings.append(Finding(kind=told.REVENUE_COMPUTED, table="sales", detail=detail))


def _discount(work: Work, values: dict[str, Array], gross: Array | None) -> None:
    """A discount that is never above 1 is a share: of units × price, else of what the revenue was before it."""
    share = values.get("discount")
    if share is None or not (np.nan_to_num(share) != 0.0).any() or float(np.nanmax(np.abs(share))) > 1.0:
        return
    if "net_revenue" in values:
        before = np.where(share < 1.0, values["net_revenue"] / np.where(share < 1.0, 1.0 - share, 1.0), np.nan)
        values["discount"] = before * share
    elif gross is not None:
        values["discount"] = gross * share
    else:
        return
    total = float(np.nansum(values["discount"]))
    detail = f"“{work.label('discount')}” is read as a share of the price: {total:,.2f} in all."
    work.findings.append(Finding(kind=told.DISCOUNT_SHARE, table="sales", detail=detail))


def _book(long: Long, state: States) -> None:
    """Move cancelled and returned units to their own columns; only sold lines keep units and money."""
    units = long.values["units"]
    for name, mask in (("cancelled_units", state.cancelled), ("returned_units", state.returned)):
        if mask.any():
            given = long.values.get(name, np.full(len(units), np.nan))
            long.values[name] = np.where(mask, np.abs(units), given)
    if not state.sold.all():
        for name in ("units", "net_revenue", "discount"):
            if name in long.values:
                long.values[name] = np.where(state.sold, long.values[name], 0.0)


def _counted(months: NDArray[np.int64]) -> dict[str, int]:
    found, counts = np.unique(months, return_counts=True)
    return {month_of(int(month)): int(count) for month, count in zip(found, counts, strict=True)}


def _table(work: Work, long: Long, *, lines: bool) -> RawTable:
    values = {name: long.values[name] for name in _KEPT if name in long.values}
    at, months, names = long.at, long.months, long.names
    if lines:
        values, first = added_up([months, *names.values()], values)
        at, months, names = at[first], months[first], {name: texts[first] for name, texts in names.items()}
    codes, different = pd.factorize(months)
    columns = [Texts(codes, text_array([month_of(int(month)) for month in different])), *names.values()]
    columns += [written(column) for column in values.values()]
    return RawTable(
        name="sales",
        header=("month", *names, *values),
        columns=tuple(columns),
        rows=work.sheet.grid.rows[at],
        source=work.sheet.grid.source,
        sheets=work.sheet.grid.sheets,
    )


def written(values: Array) -> Texts:
    """Numbers as plain text that reads back the same; unknown ones as empty text."""
    codes, different = pd.factorize(values)
    texts = text_array([*map(repr, different.tolist()), ""])
    return Texts(np.where(codes < 0, len(different), codes), texts)


def _balance(work: Work, before: float, after: float, dropped: float) -> Finding:
    detail = f"{before:,.10g} units in the rows of {work.sheet.grid.source}, {after:,.10g} accepted as sales"
    detail += f"; {dropped:,.10g} stood there twice." if dropped else "."
    return Finding(kind=told.UNITS_BALANCE, table="sales", detail=detail)


def _labels(work: Work) -> dict[str, dict[str, str]]:
    """Item -> its name, family and category as most often written beside it, when the file has any of them."""
    cells = work.rows.cells
    if "sku" not in cells or not {"name", "category"} & set(cells):
        return {}
    found: dict[str, dict[str, str]] = {}
    wanted = [name for name in ("name", "family", "category") if name in cells]
    items = cells["sku"].distinct()
    for row in np.unique(items.codes, return_index=True)[1].tolist():
        if sku := items[row].strip():
            found.setdefault(sku, {name: cells[name][row].strip() for name in wanted})
    return found
