"""Bringing data: read, check, preview, accept as a new data load, or refuse and change nothing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from sop_dash.core.data import CheckedTables, build_inputs, content_version, read_tables
from sop_dash.core.data.checks.headers import NO_SALES
from sop_dash.core.data.difference import SalesDifference, sales_differences
from sop_dash.core.data.grid import Grid
from sop_dash.core.data.mapping import Brought, MappedColumn, Question, SheetUse, bring, choices_from
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.errors import BadValue, NoSales, SopError
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import day_name
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.plan.currency import in_currency
from sop_dash.services.access import Right, User, require
from sop_dash.services.carried import carried_files, knows_none
from sop_dash.services.kept_records import SETTINGS, settings_of
from sop_dash.services.ports import DataLoad, Store
from sop_dash.services.seeds import seed_records

EXAMPLE_MARK, MAPPING_MARK = "example", "mapping"
MAPPING_FILE = "mapping.json"
"""Kept beside the files of a load, so that they are read again in the same way."""

_UNNAMED = "Your company"
_MOST_DIFFERENCES = 500
_OF_OTHERS = "Nothing goes on from the load in use: it knows none of these items."


class TableReader(Protocol):
    """Turns file contents into grids of text; an adapter knows encodings, delimiters and workbooks."""

    def __call__(
        self, files: Mapping[str, bytes], *, upload: bool = False
    ) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
        """Every file or sheet, and what is to be said about the files; an upload has narrower limits."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Preview:
    """What an import would bring, before anything is kept.

    Args:
        accepted: False when it must be refused.
        message: One sentence: what would happen, or why it is refused.
        findings: All issues, most important first.
        version: Content hash; empty when refused.
        summary: Figures of the sales as accepted; empty when refused.
        inputs: Ready to plan; None when refused.
        checked: The typed tables.
        files: Contents by file name, as they will be kept.
        questions: What a person has to answer before it can be accepted.
        columns: What each heading of a mapped file means, and why.
        headings: All headings of a mapped file.
        sheets: Every file or sheet brought and the table it is read as.
        mapping: The mapping in use as a plain document; None when nothing was mapped.
    """

    accepted: bool
    message: str
    findings: tuple[Finding, ...]
    version: str = ""
    summary: Mapping[str, Any]
    inputs: PlanInputs | None = None
    checked: CheckedTables
    files: Mapping[str, bytes]
    questions: tuple[Question, ...] = ()
    columns: tuple[MappedColumn, ...] = ()
    headings: tuple[str, ...] = ()
    sheets: tuple[SheetUse, ...] = ()
    mapping: Mapping[str, Any] | None = None


class Imports:
    """Checks files, keeps them as data loads and chooses the one in use."""

    def __init__(self, store: Store, reader: TableReader, now: Callable[[], str]) -> None:
        self._store, self._reader, self._now = store, reader, now

    def preview(
        self,
        files: Mapping[str, bytes],
        *,
        example: bool = False,
        mapping: Mapping[str, Any] | None = None,
        upload: bool = False,
        carry: bool = False,
    ) -> Preview:
        """Read and check everything; keeps nothing and raises nothing for bad data.

        Args:
            files: Contents by file name; one called `mapping.json` answers questions like `mapping` does.
            example: True for an invented or sample company.
            mapping: What a person decided about a file of their own; it wins over what is remembered.
            upload: True for files from the browser, which have narrower limits.
            carry: True to go on with tables of the load in use that are not brought now; never those of an example.

        Raises:
            BadValue: The mapping cannot be used.
        """
        tables, written = _apart(files)
        grids, found = self._reader(tables, upload=upload)
        choices = choices_from(_merged(self._remembered(grids), written, mapping or {}))
        brought = bring(grids, choices)
        carried, stranger = self._carried(brought) if carry and "sales" in brought.tables else ({}, False)
        if carried:
            whole = self.preview({**carried, **files}, example=example, mapping=mapping, upload=upload)
            whole = replace(whole, sheets=tuple(sheet for sheet in whole.sheets if sheet.name not in carried))
            return replace(whole, message=f"{whole.message} {_going_on(carried)}") if whole.accepted else whole
        checked = read_tables(brought.tables, found=(*found, *brought.findings))
        if not checked.accepted:
            return _refused(checked, files, brought, _why_refused(checked, brought.questions))
        version = content_version(checked)
        try:
            inputs = build_inputs(checked, version=version, example=example)
        except NoSales as error:
            return _refused(checked, files, brought, error.sentence)
        inputs = in_currency(inputs, self._settings_of(inputs.company.name))
        used = {grid.file for grid in grids}
        kept = {name: content for name, content in tables.items() if name in used}
        summary = {**_summary(checked, inputs, brought), EXAMPLE_MARK: example, "sha256": _hashes(kept)}
        if brought.choices is not None:
            summary[MAPPING_MARK] = brought.choices.plain()
            kept[MAPPING_FILE] = json.dumps(summary[MAPPING_MARK], ensure_ascii=False).encode()
        return Preview(
            accepted=True,
            message=self._told(version, summary) + (f" {_OF_OTHERS}" if stranger else ""),
            findings=inputs.findings,
            version=version,
            summary=summary,
            inputs=inputs,
            checked=checked,
            files=kept,
            **_proposal(brought),
        )

    def _carried(self, brought: Brought) -> tuple[dict[str, bytes], bool]:
        """Tables of the load in use that are not brought, none when it is an example or knows none of the items.

        Returns:
            The tables as files, and whether there are none because the items are unknown.
        """
        load = self._store.current_load()
        if load is None or load.summary.get(EXAMPLE_MARK) is True:
            return {}, False
        if knows_none(load.summary["sku_names"], brought.tables["sales"]):
            return {}, True
        held = {sheet.table for sheet in brought.sheets}
        # A company made of the currency of the sales is no reason to lose its name and terms.
        named = {name for name in brought.tables if name != "company" or name in held}
        return carried_files(self.tables_of(self._store.load_tables(load.id)).frames, named), False

    def _remembered(self, grids: tuple[Grid, ...]) -> Mapping[str, Any]:
        """The mapping of the newest load of the same company; headings it names and the file lacks do no harm."""
        company = _company_of(grids)
        loads = (load for load in self._store.data_loads() if load.summary.get("company") == company)
        kept: Mapping[str, Any] = next((x.summary[MAPPING_MARK] for x in loads if MAPPING_MARK in x.summary), {})
        return {name: value for name, value in kept.items() if name not in {"sheets", "header_row"}}

    def _settings_of(self, company: str) -> PlanningSettings:
        kept = self._store.records(SETTINGS, company)
        return settings_of(kept[0].body) if kept else PlanningSettings()

    def _told(self, version: str, summary: Mapping[str, Any]) -> str:
        known = next((load for load in self._store.data_loads() if load.id == version), None)
        rows = f"{summary['rows']:,} rows of sales from {summary['first_month']} to {summary['last_month']}."
        if known is None:
            return rows
        return f"{rows} The same content is kept already ({known.name}{', in use' if known.current else ''})."

    def accept(self, preview: Preview, *, source: str, user: User) -> DataLoad:
        """Keep a checked preview as the data load in use, with the decisions and actions it brings.

        Raises:
            SopError: The preview was refused; nothing has changed.
        """
        require(user, Right.IMPORT)
        if preview.inputs is None:
            raise SopError(preview.message)
        now = self._now()
        load = DataLoad(
            id=preview.version,
            name=f"data of {day_name(now)}",
            source=source,
            accepted_at=now,
            accepted_by=user.name,
            summary=preview.summary,
        )
        company = preview.inputs.company.name
        records = seed_records(preview.checked.frames, company, preview.inputs.grain.cycle)
        return self._store.add_load(load, preview.files, records)

    def differences(self, preview: Preview) -> SalesDifference:
        """How the sales of a preview differ from the load in use: by kind, and the largest by item and month.

        Nothing for a refused preview, or when the load in use belongs to another company.
        """
        load = self._store.current_load()
        if preview.inputs is None or load is None or load.summary["company"] != preview.inputs.company.name:
            return SalesDifference()
        before = self.tables_of(self._store.load_tables(load.id)).frames["sales"]
        return sales_differences(before, preview.checked.frames["sales"], most=_MOST_DIFFERENCES)

    def loads(self) -> tuple[DataLoad, ...]:
        """All data loads, newest first."""
        return self._store.data_loads()

    def make_current(self, load_id: str, user: User) -> None:
        """Go back to a load that is kept, or forward again. Raises `SopError` for an unknown load."""
        require(user, Right.IMPORT)
        self._store.make_current(load_id, user.name)

    def tables_of(self, files: Mapping[str, bytes]) -> CheckedTables:
        """The checked tables of a kept load."""
        tables, written = _apart(files)
        grids, found = self._reader(tables)
        brought = bring(grids, choices_from(written))
        return read_tables(brought.tables, found=(*found, *brought.findings))

    def inputs_of(self, load: DataLoad, files: Mapping[str, bytes], horizon_months: int) -> PlanInputs:
        """The plan inputs of a kept load."""
        checked = self.tables_of(files)
        example = load.summary.get(EXAMPLE_MARK) is True
        return build_inputs(checked, version=load.id, horizon_months=horizon_months, example=example)


def _going_on(carried: Mapping[str, bytes]) -> str:
    names = ", ".join(name.removesuffix(".csv") for name in carried)
    return f"Going on from the load in use: {names}."


def _apart(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files without the mapping, and the mapping. Raises `BadValue` when it is no JSON object."""
    tables = {name: content for name, content in files.items() if name != MAPPING_FILE}
    if MAPPING_FILE not in files:
        return tables, {}
    try:
        written = json.loads(files[MAPPING_FILE])
    except ValueError as error:
        raise BadValue("mapping", f"“{MAPPING_FILE}” is not a JSON document.") from error
    if not isinstance(written, dict):
        raise BadValue("mapping", f"“{MAPPING_FILE}” is not a JSON object.")
    return tables, written


def _merged(*documents: Mapping[str, Any]) -> dict[str, Any]:
    """Later documents win, name by name inside the parts that have names; None takes back what was said before."""
    merged: dict[str, Any] = {}
    for document in documents:
        for name, value in document.items():
            both = isinstance(value, dict) and isinstance(merged.get(name), dict)
            whole = {**merged[name], **value} if both else value
            merged[name] = {k: v for k, v in whole.items() if v is not None} if isinstance(whole, dict) else whole
    return merged


def _company_of(grids: tuple[Grid, ...]) -> str:
    """The name in the table `company`, as plans will know it."""
    grid = next((grid for grid in grids if grid.name == "company" and grid.size > 1), None)
    named = dict(zip(grid.record(0), grid.record(1), strict=True)) if grid is not None else {}
    return named.get("name", "").strip() or _UNNAMED


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _proposal(brought: Brought) -> dict[str, Any]:
    return {
        "questions": brought.questions,
        "columns": brought.columns,
        "headings": brought.headings,
        "sheets": brought.sheets,
        "mapping": None if brought.choices is None else brought.choices.plain(),
    }


def _refused(checked: CheckedTables, files: Mapping[str, bytes], brought: Brought, message: str) -> Preview:
    return Preview(
        accepted=False,
        message=message,
        findings=checked.findings,
        summary={},
        checked=checked,
        files=files,
        **_proposal(brought),
    )


def _why_refused(checked: CheckedTables, questions: tuple[Question, ...]) -> str:
    if questions:
        return questions[0].sentence
    # A file that cannot be read explains more than the sales that are missing because of it.
    blocking = sorted((f for f in checked.findings if f.blocks), key=lambda finding: finding.kind is NO_SALES)
    first = blocking[0]
    cell = (first.table, f"row {first.rows[0]}" if first.rows else "", first.place)
    place = f" ({', '.join(filter(None, cell))})" if first.table else ""
    detail = f" {first.detail}" if first.detail else ""
    others = len(blocking) - 1
    more = f" {others} more must be cured too." if others else ""
    return f"Nothing was imported: {first.kind.title.lower()}{place}.{detail} {first.kind.remedy}{more}"


def _rows(brought: Brought, through: str) -> int | None:
    """Source rows of a mapped file that count as sales up to a month; None when the table is the source."""
    if brought.rows_by_month:
        return sum(rows for month, rows in brought.rows_by_month.items() if month <= through)
    return brought.rows


def _summary(checked: CheckedTables, inputs: PlanInputs, brought: Brought) -> dict[str, Any]:
    sales = checked.frames["sales"]
    months = sales["month"].astype(str).to_numpy()
    used = (months != "") & (months <= inputs.company.data_through_month)
    item = "sku" if (sales["sku"].astype(str) != "").any() else "family"
    names = sorted(set(sales[item].astype(str).to_numpy()[used]) - {""})
    rows = _rows(brought, inputs.company.data_through_month)
    return {
        "company": inputs.company.name,
        "rows": int(used.sum()) if rows is None else rows,
        "qty": float(np.nansum(sales["units"].to_numpy()[used])),
        "revenue": _revenue(sales["net_revenue"].to_numpy()[used]),
        "skus_named": item == "sku",
        "skus": len(names),
        "sku_names": names,
        "months": len(inputs.grain.history),
        "first_month": inputs.grain.history[0],
        "last_month": inputs.grain.history[-1],
        "families": len(inputs.grain.families),
    }


def _revenue(values: Array) -> float | None:
    """Sum of what is known; None where no row has a figure."""
    return None if np.isnan(values).all() else float(np.nansum(values))
