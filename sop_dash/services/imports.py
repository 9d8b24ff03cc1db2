"""Bringing data: read, check, preview, accept as a new data load, or refuse and change nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from sop_dash.core.data import CheckedTables, RawTable, build_inputs, content_version, read_tables
from sop_dash.core.model.errors import NoSales, SopError
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.periods import short_name
from sop_dash.services.access import Right, User, require
from sop_dash.services.ports import DataLoad, Store
from sop_dash.services.seeds import seed_records

EXAMPLE_MARK = "example"


class TableReader(Protocol):
    """Turns file contents into text tables; an adapter knows encodings and delimiters."""

    def __call__(self, files: Mapping[str, bytes]) -> tuple[Mapping[str, RawTable], tuple[Finding, ...]]:
        """Text tables by name, and what is to be said about the files."""


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
    """

    accepted: bool
    message: str
    findings: tuple[Finding, ...]
    version: str = ""
    summary: Mapping[str, Any]
    inputs: PlanInputs | None = None
    checked: CheckedTables
    files: Mapping[str, bytes]


class Imports:
    """Checks files, keeps them as data loads and chooses the one in use."""

    def __init__(self, store: Store, reader: TableReader, now: Callable[[], str]) -> None:
        self._store, self._reader, self._now = store, reader, now

    def preview(self, files: Mapping[str, bytes], *, example: bool = False) -> Preview:
        """Read and check everything; keeps nothing and raises nothing for bad data.

        Args:
            files: Contents by file name.
            example: True for an invented or sample company.
        """
        raw, found = self._reader(files)
        checked = read_tables(raw, found=found)
        if not checked.accepted:
            return _refused(checked, files, _why_refused(checked))
        version = content_version(checked)
        try:
            inputs = build_inputs(checked, version=version, example=example)
        except NoSales as error:
            return _refused(checked, files, error.sentence)
        summary = {**_summary(checked, inputs), EXAMPLE_MARK: example}
        return Preview(
            accepted=True,
            message=self._told(version, summary),
            findings=inputs.findings,
            version=version,
            summary=summary,
            inputs=inputs,
            checked=checked,
            files={
                name: content
                for name, content in files.items()
                if name in {t.source.partition(" · ")[0] for t in raw.values()}
            },
        )

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
            name=f"data of {int(now[8:10])} {short_name(now[:7])}",
            source=source,
            accepted_at=now,
            accepted_by=user.name,
            summary=preview.summary,
        )
        company = preview.inputs.company.name
        records = seed_records(preview.checked.frames, company, preview.inputs.grain.cycle)
        return self._store.add_load(load, preview.files, records)

    def loads(self) -> tuple[DataLoad, ...]:
        """All data loads, newest first."""
        return self._store.data_loads()

    def make_current(self, load_id: str, user: User) -> None:
        """Go back to a load that is kept, or forward again. Raises `SopError` for an unknown load."""
        require(user, Right.IMPORT)
        self._store.make_current(load_id, user.name)

    def tables_of(self, files: Mapping[str, bytes]) -> CheckedTables:
        """The checked tables of a kept load."""
        raw, found = self._reader(files)
        return read_tables(raw, found=found)

    def inputs_of(self, load: DataLoad, files: Mapping[str, bytes], horizon_months: int) -> PlanInputs:
        """The plan inputs of a kept load."""
        checked = self.tables_of(files)
        example = load.summary.get(EXAMPLE_MARK) is True
        return build_inputs(checked, version=load.id, horizon_months=horizon_months, example=example)


def _refused(checked: CheckedTables, files: Mapping[str, bytes], message: str) -> Preview:
    return Preview(accepted=False, message=message, findings=checked.findings, summary={}, checked=checked, files=files)


def _why_refused(checked: CheckedTables) -> str:
    blocking = [finding for finding in checked.findings if finding.blocks]
    first = blocking[0]
    place = f" ({first.table}{', row ' + str(first.rows[0]) if first.rows else ''})" if first.table else ""
    more = f" {len(blocking) - 1} more must be cured too." if len(blocking) > 1 else ""
    return f"Nothing was imported: {first.kind.title.lower()}{place}. {first.kind.remedy}{more}"


def _summary(checked: CheckedTables, inputs: PlanInputs) -> dict[str, Any]:
    sales = checked.frames["sales"]
    months = sales["month"].astype(str).to_numpy()
    used = (months != "") & (months <= inputs.company.data_through_month)
    item = "sku" if (sales["sku"].astype(str) != "").any() else "family"
    names = sorted(set(sales[item].astype(str).to_numpy()[used]) - {""})
    return {
        "company": inputs.company.name,
        "rows": int(used.sum()),
        "qty": float(np.nansum(sales["units"].to_numpy()[used])),
        "skus": len(names),
        "sku_names": names,
        "months": len(inputs.grain.history),
        "first_month": inputs.grain.history[0],
        "last_month": inputs.grain.history[-1],
        "families": len(inputs.grain.families),
    }
