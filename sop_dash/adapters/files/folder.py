"""A folder (or upload) of text files to raw tables: names and sizes first, then content.

A bad file is a finding, not an error.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sop_dash.adapters.files.limits import FileLimits
from sop_dash.adapters.files.text import TOO_LARGE, read_text_table
from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.raw import RawTable
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.tables import TABLES

SAME_TABLE_TWICE = FindingKind(
    code="same-table-twice",
    severity=Severity.BLOCKS,
    title="Two files for one table",
    remedy="Keep one of them.",
)
FILE_REFUSED = FindingKind(
    code="file-refused",
    severity=Severity.BLOCKS,
    title="Kind of file not accepted",
    remedy="Save the table as CSV.",
)
FILE_IGNORED = FindingKind(
    code="file-ignored",
    severity=Severity.INFORMS,
    title="File not read",
    remedy="Nothing to do unless it was meant to be a table; tables are .csv, .tsv or .txt files.",
)

_TABLES = frozenset({".csv", ".tsv"})
_MAYBE = frozenset({".txt"})
_REFUSED = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".xlsx", ".zip", ".7z", ".rar", ".gz", ".tar"})


class Unreadable(SopError):
    """A path that is no folder, or a file that cannot be opened."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FileContents:
    """What a folder held.

    Args:
        tables: Raw tables by name.
        findings: What is to be said about the files themselves; hand them to `read_tables`.
        total_bytes: Size of all files read.
    """

    tables: Mapping[str, RawTable]
    findings: tuple[Finding, ...]
    total_bytes: int


def folder_files(folder: Path, *, limits: FileLimits | None = None) -> dict[str, bytes]:
    """Contents of the files of a folder (not of folders inside it) by name; a single file is a folder of one.

    Hidden files are left out.

    Raises:
        Unreadable: The path does not exist or cannot be opened, or a file is larger than allowed.
    """
    limits = limits or FileLimits()
    try:
        paths = [folder] if folder.is_file() else sorted(path for path in folder.iterdir() if path.is_file())
        paths = [path for path in paths if not path.name.startswith(".")]
        if len(paths) > limits.files:
            raise Unreadable(f"The folder holds more than {limits.files} files.", remedy="Keep only the tables in it.")
        for path in paths:
            if path.stat().st_size > limits.file_bytes:
                raise Unreadable(f"“{path.name}” is larger than {limits.file_megabytes:,} MB.", remedy=TOO_LARGE.remedy)
        return {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Unreadable(
            f"“{folder.name}” cannot be read: {reason}.", remedy="Check the path and the rights."
        ) from error


def read_folder(folder: Path, *, limits: FileLimits | None = None) -> FileContents:
    """Read every table of a folder. Raises `Unreadable` like `folder_files`."""
    return read_files(folder_files(folder, limits=limits).items(), limits=limits)


def read_files(files: Iterable[tuple[str, bytes]], *, limits: FileLimits | None = None) -> FileContents:
    """Read tables from (file name, content); the table is named by the file name, which is never used as a path.

    Args:
        files: Name and content of each file, one at a time.
        limits: Largest sizes allowed.
    """
    limits = limits or FileLimits()
    tables: dict[str, RawTable] = {}
    findings: list[Finding] = []
    total = 0
    for file_name, content in files:
        shown = _display(file_name)
        refused = _by_name(shown)
        if refused is not None:
            findings += refused
            continue
        name = plain_name(PurePosixPath(shown).stem)
        if name in tables:
            findings.append(Finding(kind=SAME_TABLE_TWICE, table=name, detail=f"“{shown}”."))
        elif len(content) > limits.file_bytes:
            detail = f"At most {limits.file_megabytes:,} MB a file."
            findings.append(Finding(kind=TOO_LARGE, table=name, detail=detail))
        else:
            total += len(content)
            table, found = read_text_table(name, content, source=shown, limits=limits)
            findings += found
            if table is not None:
                tables[name] = table
    return FileContents(tables=tables, findings=tuple(findings), total_bytes=total)


def _display(file_name: str) -> str:
    """The last part of a name, without control characters; for display only."""
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable())[:120]


def _by_name(shown: str) -> list[Finding] | None:
    """Findings of a file that is not read because of its name; None when it is to be read."""
    suffix = PurePosixPath(shown).suffix.lower()
    if shown.startswith("."):
        return []
    if suffix in _REFUSED:
        return [Finding(kind=FILE_REFUSED, detail=f"“{shown}”.")]
    if suffix in _TABLES or (suffix in _MAYBE and _is_table_name(shown)):
        return None
    return [Finding(kind=FILE_IGNORED, detail=f"“{shown}”.")]


def _is_table_name(shown: str) -> bool:
    return plain_name(PurePosixPath(shown).stem) in TABLES
