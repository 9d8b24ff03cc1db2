"""A folder (or upload) of text files and workbooks to grids of text: names and sizes first, then content.

A bad file is a finding, not an error.
"""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sop_dash.adapters.files.limits import FileLimits
from sop_dash.adapters.files.text import TOO_LARGE, read_grid
from sop_dash.adapters.files.workbooks import read_sheets
from sop_dash.adapters.reader.process import Reader, reading
from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.grid import Grid, as_table
from sop_dash.core.data.raw import RawTable
from sop_dash.core.model.errors import SopError
from sop_dash.core.model.findings import Finding, FindingKind, Severity
from sop_dash.core.model.tables import TABLES

FILE_REFUSED = FindingKind(
    code="file-refused",
    severity=Severity.BLOCKS,
    title="Kind of file not accepted",
    remedy="Save the table as CSV or as .xlsx.",
)
FILE_IGNORED = FindingKind(
    code="file-ignored",
    severity=Severity.INFORMS,
    title="File not read",
    remedy="Nothing to do unless it was meant to be a table; tables are .csv, .tsv, .txt or .xlsx files.",
)

_TABLES = frozenset({".csv", ".tsv"})
_MAYBE = frozenset({".txt"})
_FEWEST_COLUMNS = 2
_WORKBOOKS = frozenset({".xlsx"})
_REFUSED = frozenset(
    {
        *(".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xlam", ".ods", ".fods", ".numbers", ".mdb", ".accdb", ".pdf"),
        *(".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".exe", ".html", ".htm", ".xml"),
    }
)


class Unreadable(SopError):
    """A path that is no folder, or a file that cannot be opened."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FileContents:
    """What a folder held.

    Args:
        grids: Every file or sheet that could be read, in the order given.
        file_findings: What is to be said about the files themselves.
        total_bytes: Size of all files read.
    """

    grids: tuple[Grid, ...]
    file_findings: tuple[Finding, ...]
    total_bytes: int

    @property
    def tables(self) -> Mapping[str, RawTable]:
        """The grids whose first record is the header and fits, by table name."""
        read = {grid.name: as_table(grid)[0] for grid in self.grids}
        return {name: table for name, table in read.items() if table is not None}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be said about files and rows when every grid is read as a table; hand them to `read_tables`."""
        return (*self.file_findings, *(finding for grid in self.grids for finding in as_table(grid)[1]))


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
            most = (limits.workbook if path.suffix.lower() in _WORKBOOKS else limits.text).file_bytes
            if path.stat().st_size > most:
                raise Unreadable(f"“{path.name}” is larger than {most // 1_000_000:,} MB.", remedy=TOO_LARGE.remedy)
        return {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Unreadable(
            f"“{folder.name}” cannot be read: {reason}.", remedy="Check the path and the rights."
        ) from error


def read_folder(folder: Path, *, limits: FileLimits | None = None) -> FileContents:
    """Read every table of a folder. Raises `Unreadable` like `folder_files`."""
    return read_files(folder_files(folder, limits=limits).items(), limits=limits)


def read_files(
    files: Iterable[tuple[str, bytes]], *, limits: FileLimits | None = None, reader: Reader | None = None
) -> FileContents:
    """Read grids from (file name, content); a table is named by file or sheet, and a name is never used as a path.

    Args:
        files: Name and content of each file, one at a time.
        limits: Largest sizes allowed.
        reader: Where to read them; a reader of their own, ended with them, when None.
    """
    limits = limits or FileLimits()
    grids: list[Grid] = []
    findings: list[Finding] = []
    total = 0
    with reading() if reader is None else nullcontext(reader) as used:
        for file_name, content in files:
            shown = _display(file_name)
            refused = _by_name(shown)
            if refused is not None:
                findings += refused
                continue
            read, found = _read_one(used, shown, content, limits)
            findings += [finding if finding.source else replace(finding, source=shown) for finding in found]
            total += len(content)
            grids += read
    return FileContents(grids=tuple(grids), file_findings=tuple(findings), total_bytes=total)


def _read_one(reader: Reader, shown: str, content: bytes, limits: FileLimits) -> tuple[list[Grid], list[Finding]]:
    """Grids of one file whose name is accepted."""
    suffix = PurePosixPath(shown).suffix.lower()
    if suffix in _WORKBOOKS:
        return read_sheets(reader, shown, content, limits.workbook)
    name = plain_name(PurePosixPath(shown).stem)
    grid, found = read_grid(reader, name, content, source=shown, limits=limits.text)
    if suffix in _MAYBE and name not in TABLES and (grid is None or len(grid.columns) < _FEWEST_COLUMNS):
        return [], [_ignored(shown)]
    return [] if grid is None else [grid], found


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
    return None if suffix in _TABLES | _MAYBE | _WORKBOOKS else [_ignored(shown)]


def _ignored(shown: str) -> Finding:
    return Finding(kind=FILE_IGNORED, detail=f"“{shown}”.")
