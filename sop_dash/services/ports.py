"""What the use cases need from the outside: a store, a clock and a source of tables. Adapters implement these."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class DataLoad:
    """One accepted import.

    Args:
        id: Content hash of the tables; the same content is the same load.
        name: What people call it ("data of 3 Nov").
        source: File or folder name as given; display text only.
        accepted_at: UTC time, ISO text.
        accepted_by: Who accepted it.
        summary: Rows, units, SKUs, months and notes of the sales as accepted.
        current: True for the load that plans are made from.
    """

    id: str
    name: str
    source: str
    accepted_at: str
    accepted_by: str
    summary: Mapping[str, Any]
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class StoredRecord:
    """One record as kept: its fields as plain values, and the version a later change must name."""

    kind: str
    id: str
    version: int
    changed_at: str
    changed_by: str
    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One row of the audit log."""

    sequence: int
    at: str
    user: str
    action: str
    subject: str
    detail: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One write of a record.

    Args:
        kind: "adjustment", "scenario", "decision", "action", "settings", "correction".
        id: Which record; empty asks the store for the next number of `prefix`.
        prefix: Start of ids the store issues ("DEC").
        company: Company the record belongs to.
        body: Its fields as plain values; finite numbers only.
        seen_version: Version the person saw; None for a new record.
        action: What the audit log says was done.
        deleted: True to take the record out of use (the row stays).
    """

    kind: str
    company: str
    body: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    prefix: str = ""
    seen_version: int | None = None
    action: str
    deleted: bool = False


@dataclass(frozen=True, kw_only=True)
class JobState:
    """How far a job is: steps done of so many, and its answer once there is one.

    Args:
        lost: True for a job that ended without an answer although nobody stopped it; it may be started again.
    """

    running: bool = False
    lost: bool = False
    done: int = 0
    total: int = 0
    answer: Any = None


class Jobs(Protocol):
    """Slow work beside the answering of pages."""

    def start(self, key: str, work: Callable[..., Any], *arguments: Any) -> None:
        """Begin unless it is answered or running; `work` takes the arguments and a progress function."""

    def state(self, key: str) -> JobState:
        """How far it is; nothing at all for a key never started."""

    def cancel(self, key: str) -> None:
        """Ask it to stop."""


class Store(Protocol):
    """Where data loads and records are kept. Every write is one transaction with its audit row."""

    def data_loads(self) -> tuple[DataLoad, ...]:
        """All loads, newest first."""

    def current_load(self) -> DataLoad | None:
        """The load in use; None in an empty home."""

    def load_tables(self, load_id: str) -> Mapping[str, bytes]:
        """The files of a load by name, as they were brought. Raises `SopError` for an unknown load."""

    def add_load(self, load: DataLoad, tables: Mapping[str, bytes], records: tuple[Change, ...] = ()) -> DataLoad:
        """Keep a load with those of its records that are new, and make it current; known content is kept once."""

    def make_current(self, load_id: str, user: str) -> None:
        """Plan from this load from now on. Raises `SopError` for an unknown load."""

    def records(self, kind: str, company: str) -> tuple[StoredRecord, ...]:
        """Records in use, in the order they were made."""

    def write(self, changes: tuple[Change, ...], user: str) -> tuple[StoredRecord, ...]:
        """Write all changes or none. Raises `Conflict` when a seen version is no longer the newest."""

    def revision(self) -> int:
        """Counts up with every write; two equal numbers mean nothing changed in between."""

    def audit_tail(self, count: int) -> tuple[AuditEntry, ...]:
        """The newest audit rows, newest first."""
