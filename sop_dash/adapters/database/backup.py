"""Copies of the database: made while people work, checked, and put back only after a check."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from sop_dash.adapters.clock import utc_now
from sop_dash.adapters.database.store import DatabaseStore
from sop_dash.adapters.secret import installation_secret
from sop_dash.core.model.errors import SopError
from sop_dash.settings import Settings


def back_up(settings: Settings, target: Path) -> None:
    """Write a consistent copy and check it. Raises `SopError` without a database or when the copy is not sound."""
    source = _database_file(settings)
    if not source.exists():
        raise SopError("There is no database in this home yet.")
    if target.exists():
        raise SopError(f"“{target.name}” exists already.", remedy="Choose another name.")
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
    _check(target, settings)


def restore(settings: Settings, source: Path) -> str:
    """Put a copy in place after checking it; returns the name under which the replaced database is kept, or nothing."""
    if not source.exists():
        raise SopError(f"There is no file “{source.name}”.")
    _check(source, settings)
    target, replaced = _database_file(settings), ""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        kept = target.with_name(f"{target.stem}-replaced-{utc_now()[:19].replace(':', '')}{target.suffix}")
        target.replace(kept)
        replaced = kept.name
    for leftover in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(target)) as live:
        copy.backup(live)
    return replaced


def verify(settings: Settings) -> str:
    """Check the database and its audit log; one sentence when all is well. Raises `SopError` otherwise."""
    source = _database_file(settings)
    if not source.exists():
        raise SopError("There is no database in this home yet.")
    _check(source, settings)
    return "The database is sound and the audit log is unbroken."


def _database_file(settings: Settings) -> Path:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise SopError("This command is for SQLite databases.", remedy="Use the tools of your database server.")
    return Path(url.database)


def _check(path: Path, settings: Settings) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        raise SopError(f"“{path.name}” is not a sound database.", remedy="Use an earlier backup.") from error
    if problems != ["ok"]:
        raise SopError(f"“{path.name}” is damaged: {problems[0]}.", remedy="Use an earlier backup.")
    secret = installation_secret(settings.home, os.environ.get("SECRET_KEY"))
    store = DatabaseStore(f"sqlite:///{path}", secret)
    try:
        broken = store.audit_break()
    finally:
        store.close()
    if broken is not None:
        raise SopError(
            f"The audit log of “{path.name}” is broken at entry {broken}.",
            remedy="If it comes from another home, bring that home's secret.key along.",
        )
