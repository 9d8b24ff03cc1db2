"""How large files may be before anything is parsed."""

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """Limits of one import; the defaults are those of an upload. See `COMMAND_LINE` for files of the person at home."""

    file_bytes: int = 20 * _MEGABYTE
    cells: int = 2_000_000
    rows: int = 1_000_000
    columns: int = 1_000
    field_characters: int = 64 * 1024
    files: int = 200

    @property
    def file_megabytes(self) -> int:
        """Largest file in whole megabytes, as shown."""
        return self.file_bytes // _MEGABYTE


COMMAND_LINE = FileLimits(file_bytes=500 * _MEGABYTE, cells=20_000_000, rows=5_000_000)
"""Limits for a file read by the command line."""
