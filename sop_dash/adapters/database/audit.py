"""The audit log: insert only, each row keyed to the one before it, so that a change, gap or removal shows."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from sop_dash.adapters.database.schema import audit

_START = "0" * 64


def append(
    connection: Connection, secret: bytes, *, at: str, user: str, action: str, subject: str, detail: Mapping[str, Any]
) -> str:
    """Add one row inside the caller's write transaction and return its hash."""
    last = connection.execute(select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1)).first()
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, _START)
    row = {
        "sequence": sequence,
        "at": at,
        "user": user,
        "action": action,
        "object": subject,
        "detail": json.dumps(detail, sort_keys=True, ensure_ascii=False, allow_nan=False),
        "previous": previous,
    }
    row["hash"] = chain_hash(secret, row)
    connection.execute(insert(audit).values(**row))
    return str(row["hash"])


def chain_hash(secret: bytes, row: Mapping[str, Any]) -> str:
    """HMAC-SHA-256 over the canonical form of a row, its own hash left out."""
    content = {key: row[key] for key in ("sequence", "at", "user", "action", "object", "detail", "previous")}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(secret, canonical.encode(), hashlib.sha256).hexdigest()


def first_break(connection: Connection, secret: bytes) -> int | None:
    """Sequence number of the first row that was changed, moved or follows a missing one; None when the chain holds."""
    previous, expected = _START, 1
    for row in connection.execute(select(audit).order_by(audit.c.sequence)).mappings():
        intact = row["sequence"] == expected and row["previous"] == previous
        if not intact or not hmac.compare_digest(row["hash"], chain_hash(secret, dict(row))):
            return expected
        previous, expected = row["hash"], expected + 1
    return None
