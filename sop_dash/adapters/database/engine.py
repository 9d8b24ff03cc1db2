"""Opening the database: the one place that knows its pragmas, file modes and transactions.

SQLite builds before 3.51.3 (3.50.7 and 3.44.6 in their lines) can corrupt a write-ahead log when two connections
write and checkpoint at once; those run with a rollback journal and `synchronous=EXTRA` instead.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from sop_dash.core.model.errors import SopError

_BUSY_MS = 10_000


class StoreBusy(SopError):
    """Another process held the database for longer than we wait; nothing was saved."""


class StoreDamaged(SopError):
    """The database cannot be read; it must be restored from a backup."""


def safe_for_wal(version: tuple[int, ...]) -> bool:
    """True for the SQLite versions whose write-ahead log is sound."""
    line = version[:2]
    return (
        version >= (3, 51, 3)
        or (line == (3, 50) and version >= (3, 50, 7))
        or (line == (3, 44) and version >= (3, 44, 6))
    )


def open_engine(url: str) -> Engine:
    """Open the database at `url`; a SQLite file is made private to its owner.

    Raises:
        SopError: The address is not one we can open.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if parsed.database:
        _make_private(Path(parsed.database))
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": _BUSY_MS / 1000})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _make_private(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are opened by us, not guessed by the driver
    journal, sync = ("WAL", "FULL") if safe_for_wal(sqlite3.sqlite_version_info) else ("DELETE", "EXTRA")
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        "foreign_keys=ON",
        f"journal_mode={journal}",
        f"synchronous={sync}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading one consistent state."""
    with _told_plainly(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A short write transaction; committed on leaving, rolled back on any error.

    Raises:
        StoreBusy: The lock was not free in time; nothing was saved.
    """
    with _told_plainly(), engine.connect().execution_options(write=True) as connection, connection.begin():
        yield connection


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        text = str(error.orig)
        if "locked" in text or "busy" in text:
            raise StoreBusy("The database is busy; nothing was saved.", remedy="Try again in a moment.") from error
        if "full" in text:
            raise StoreBusy(
                "The disk is full; nothing was saved.", remedy="Free some space, then save again."
            ) from error
        raise
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.DatabaseError) and "malformed" in str(error.orig).lower():
            raise StoreDamaged(
                "The database is damaged and cannot be read.", remedy="Restore the last backup with “sop-dash restore”."
            ) from error
        raise
