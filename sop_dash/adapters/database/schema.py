"""The tables of the store and their version. JSON columns hold text without NaN; times are UTC text from the server."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
)

from sop_dash.adapters.database.engine import reading, writing
from sop_dash.core.model.errors import SopError

SCHEMA_VERSION = 1
metadata = MetaData()

schema_state = Table(
    "schema_state",
    metadata,
    Column("only", Integer, CheckConstraint("only = 1"), primary_key=True),
    Column("version", Integer, nullable=False),
)
"""One row: the version of this schema."""

data_load = Table(
    "data_load",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("accepted_at", String(40), nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("summary", Text, nullable=False),
)
data_load_file = Table(
    "data_load_file",
    metadata,
    Column("load_id", String(64), ForeignKey("data_load.id"), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
pointer = Table(
    "pointer",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small named values: the current data load, and a revision that counts up with every write of its subject."""

record = Table(
    "record",
    metadata,
    Column("company", String(200), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("id", String(40), primary_key=True),
    Column("version", Integer, CheckConstraint("version >= 1"), nullable=False),
    Column("deleted", Integer, CheckConstraint("deleted in (0, 1)"), nullable=False, default=0),
    Column("changed_at", String(40), nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Adjustments, scenarios, decisions, actions, reviews and settings: one row each, its fields as JSON in `body`."""

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("user", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("object", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)

_INSERT_ONLY = tuple(
    f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is insert only'); END"
    for act in ("UPDATE", "DELETE")
)


class NewerSchema(SopError):
    """The database was written by a newer release; starting would lose what it knows."""


def ensure_schema(engine: Engine) -> None:
    """Make the tables of an empty database, or check the version of an existing one.

    Raises:
        NewerSchema: The database belongs to a newer release.
    """
    if not inspect(engine).has_table(schema_state.name):
        with writing(engine) as connection:
            _create(connection)
    with reading(engine) as connection:
        found = connection.execute(select(schema_state.c.version)).scalar_one()
    if found > SCHEMA_VERSION:
        raise NewerSchema(
            f"This database has schema {found}; this release knows up to {SCHEMA_VERSION}.",
            remedy="Start it with the newer release, or point SOP_HOME at another home.",
        )


def _create(connection: Connection) -> None:
    if inspect(connection).has_table(schema_state.name):
        return  # another process was first
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        for statement in _INSERT_ONLY:
            connection.execute(text(statement))
    connection.execute(insert(schema_state).values(only=1, version=SCHEMA_VERSION))
