"""JSON documents of the command line: read with a size limit, written whole or not at all."""

import json
from pathlib import Path
from typing import Any

from sop_dash.core.model.errors import SopError


def read_json(path: Path, *, largest: int) -> Any:
    """The content of a JSON file.

    Raises:
        SopError: It cannot be opened, is too large, or is no JSON; numbers that are not finite are refused.
    """
    try:
        if path.stat().st_size > largest:
            raise SopError(f"“{path.name}” is larger than {largest // 1_000_000} MB.")
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse)
    except (OSError, UnicodeDecodeError) as error:
        raise SopError(f"“{path.name}” cannot be read.", remedy="Check the path; the file must be UTF-8.") from error
    except ValueError as error:
        raise SopError(f"“{path.name}” is not a JSON document: {error}.") from error


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")


def write_json(document: Any, path: Path) -> None:
    """Write a document; the old file stays until the new one is complete. Raises `SopError` when it cannot."""
    write_whole(path, json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises `SopError` when it cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise SopError(f"“{path.name}” cannot be written: {error.strerror}.", remedy="Check the folder.") from error
