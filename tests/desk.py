"""A desk for tests: the use cases on a store in a folder of the test, with a tiny company brought in."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sop_dash.adapters.database.store import DatabaseStore
from sop_dash.factory import wire
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from tests.worlds import two_products_one_press

SECRET = b"0123456789abcdef0123456789abcdef"


def files_of(world: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, bytes]:
    """The tables of a world as CSV files by name."""
    files: dict[str, bytes] = {}
    for name, rows in world.items():
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(dict.fromkeys(column for row in rows for column in row)))
        writer.writeheader()
        writer.writerows(rows)
        files[f"{name}.csv"] = text.getvalue().encode()
    return files


def opened(folder: Path) -> Services:
    """The use cases on the store of this folder, as they were left."""
    return wire(DatabaseStore(f"sqlite:///{folder / 'sop.db'}", SECRET))


def desk(folder: Path, world: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> Services:
    """The use cases with a tiny company: two products on one press, three closed months to 2026-03."""
    services = opened(folder)
    preview = services.imports.preview(files_of(two_products_one_press(3) if world is None else world))
    services.imports.accept(preview, source="test tables", user=LOCAL_USER)
    return services
