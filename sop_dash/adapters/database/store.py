"""The store on a relational database: implements `services.ports.Store`."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, select, update

from sop_dash.adapters.clock import utc_now
from sop_dash.adapters.database import audit as audit_log
from sop_dash.adapters.database.engine import open_engine, reading, writing
from sop_dash.adapters.database.schema import audit, data_load, data_load_file, ensure_schema, pointer, record
from sop_dash.core.model.errors import Conflict, SopError
from sop_dash.services.ports import AuditEntry, Change, DataLoad, StoredRecord

_CURRENT, _REVISION = "current_load", "revision"


class DatabaseStore:
    """Data loads, records and the audit log in one database."""

    def __init__(self, url: str, secret: bytes) -> None:
        self._engine: Engine = open_engine(url)
        self._secret = secret
        ensure_schema(self._engine)

    def data_loads(self) -> tuple[DataLoad, ...]:
        """All loads, newest first."""
        with reading(self._engine) as connection:
            current = _pointer(connection, _CURRENT)
            rows = connection.execute(select(data_load).order_by(data_load.c.sequence.desc())).all()
        return tuple(_load(row, current) for row in rows)

    def current_load(self) -> DataLoad | None:
        """The load in use; None in an empty home."""
        with reading(self._engine) as connection:
            current = _pointer(connection, _CURRENT)
            row = connection.execute(select(data_load).where(data_load.c.id == current)).first() if current else None
        return _load(row, current) if row else None

    def load_tables(self, load_id: str) -> Mapping[str, bytes]:
        """The files of a load by name, as they were brought."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(data_load_file).where(data_load_file.c.load_id == load_id)).all()
        if not rows:
            raise SopError("This data load is not kept here.", remedy="Choose one of the list on the Data page.")
        return {row.name: gzip.decompress(row.content) for row in rows}

    def add_load(self, load: DataLoad, tables: Mapping[str, bytes], records: tuple[Change, ...] = ()) -> DataLoad:
        """Keep a load with the new ones of its records and make it the current one."""
        with writing(self._engine) as connection:
            known = connection.execute(select(data_load.c.id).where(data_load.c.id == load.id)).first()
            if not known:
                self._insert_load(connection, load, tables)
                for change in records:
                    if not connection.execute(select(record.c.id).where(_same(change, change.id))).first():
                        self._write_one(connection, change, load.accepted_by)
            _set_pointer(connection, _CURRENT, load.id)
            self._note(connection, load.accepted_by, "import" if not known else "import again", load.id, load.summary)
        return next(kept for kept in self.data_loads() if kept.id == load.id)

    def _insert_load(self, connection: Connection, load: DataLoad, tables: Mapping[str, bytes]) -> None:
        connection.execute(
            insert(data_load).values(
                id=load.id,
                name=load.name,
                source=load.source,
                accepted_at=load.accepted_at,
                accepted_by=load.accepted_by,
                summary=_text(load.summary),
            )
        )
        for name, content in tables.items():
            packed = gzip.compress(content, compresslevel=6, mtime=0)
            connection.execute(insert(data_load_file).values(load_id=load.id, name=name, content=packed))

    def make_current(self, load_id: str, user: str) -> None:
        """Plan from this load from now on."""
        with writing(self._engine) as connection:
            if not connection.execute(select(data_load.c.id).where(data_load.c.id == load_id)).first():
                raise SopError("This data load is not kept here.", remedy="Choose one of the list on the Data page.")
            _set_pointer(connection, _CURRENT, load_id)
            self._note(connection, user, "make current", load_id, {})

    def records(self, kind: str, company: str) -> tuple[StoredRecord, ...]:
        """Records in use, in the order they were made."""
        chosen = (record.c.kind == kind) & (record.c.company == company) & (record.c.deleted == 0)
        with reading(self._engine) as connection:
            rows = connection.execute(select(record).where(chosen)).all()
        return tuple(sorted((_stored(row) for row in rows), key=lambda kept: (len(kept.id), kept.id)))

    def write(self, changes: tuple[Change, ...], user: str) -> tuple[StoredRecord, ...]:
        """Write all changes or none, each with its audit row."""
        with writing(self._engine) as connection:
            return tuple(self._write_one(connection, change, user) for change in changes)

    def _write_one(self, connection: Connection, change: Change, user: str) -> StoredRecord:
        record_id = change.id or _next_id(connection, change)
        written = StoredRecord(
            kind=change.kind,
            id=record_id,
            version=(change.seen_version or 0) + 1,
            changed_at=utc_now(),
            changed_by=user,
            body=dict(change.body),
        )
        row = {
            **{name: getattr(written, name) for name in ("kind", "id", "version", "changed_at", "changed_by")},
            "company": change.company,
            "deleted": int(change.deleted),
            "body": _text(change.body),
        }
        same = _same(change, record_id)
        if change.seen_version is None:
            taken = connection.execute(select(record.c.changed_by).where(same)).first()
            if taken:
                raise Conflict(f"{record_id} already exists, saved by {taken.changed_by}.")
            connection.execute(insert(record).values(**row))
        else:
            seen = same & (record.c.version == change.seen_version) & (record.c.deleted == 0)
            if connection.execute(update(record).where(seen).values(**row)).rowcount != 1:
                raise _conflict(connection.execute(select(record).where(same)).first(), record_id)
        self._note(connection, user, change.action, f"{change.kind} {record_id}", change.body)
        return written

    def _note(self, connection: Connection, user: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        audit_log.append(
            connection, self._secret, at=utc_now(), user=user, action=action, subject=subject, detail=detail
        )
        _set_pointer(connection, _REVISION, str(int(_pointer(connection, _REVISION) or 0) + 1))

    def revision(self) -> int:
        """Counts up with every write."""
        with reading(self._engine) as connection:
            return int(_pointer(connection, _REVISION) or 0)

    def audit_tail(self, count: int) -> tuple[AuditEntry, ...]:
        """The newest audit rows, newest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(audit).order_by(audit.c.sequence.desc()).limit(count)).all()
        return tuple(
            AuditEntry(
                sequence=r.sequence,
                at=r.at,
                user=r.user,
                action=r.action,
                subject=r.object,
                detail=r.detail,
                hash=r.hash,
            )
            for r in rows
        )

    def audit_break(self) -> int | None:
        """Sequence number of the first broken audit row; None when the chain holds."""
        with reading(self._engine) as connection:
            return audit_log.first_break(connection, self._secret)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def _text(body: Mapping[str, Any]) -> str:
    """JSON of plain values; NaN and infinity are refused here as the last of several gates."""
    try:
        return json.dumps(dict(body), sort_keys=True, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise SopError("A number is not finite; nothing was saved.", remedy="Enter a plain number.") from error


def _pointer(connection: Connection, name: str) -> str | None:
    return connection.execute(select(pointer.c.value).where(pointer.c.name == name)).scalar_one_or_none()


def _set_pointer(connection: Connection, name: str, value: str) -> None:
    if connection.execute(update(pointer).where(pointer.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(insert(pointer).values(name=name, value=value))


def _same(change: Change, record_id: str) -> ColumnElement[bool]:
    return (record.c.company == change.company) & (record.c.kind == change.kind) & (record.c.id == record_id)


def _next_id(connection: Connection, change: Change) -> str:
    same = (record.c.company == change.company) & (record.c.kind == change.kind)
    count = connection.execute(select(func.count()).select_from(record).where(same)).scalar_one()
    return f"{change.prefix}-{count + 1:03d}"


def _conflict(newest: Row[Any] | None, record_id: str) -> Conflict:
    if newest is None or newest.deleted:
        return Conflict(f"{record_id} was removed in the meantime; nothing was saved.")
    return Conflict(
        f"{record_id} was changed by {newest.changed_by} in the meantime; nothing was saved.",
        remedy="Look at the newer version, then change it again if you still want to.",
    )


def _load(row: Row[Any], current: str | None) -> DataLoad:
    return DataLoad(
        id=row.id,
        name=row.name,
        source=row.source,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
        summary=json.loads(row.summary),
        current=row.id == current,
    )


def _stored(row: Row[Any]) -> StoredRecord:
    return StoredRecord(
        kind=row.kind,
        id=row.id,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        body=json.loads(row.body),
    )
