"""How large a file may be, and how long and with how much memory it may be read."""

from dataclasses import dataclass

_MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class ReadingLimits:
    """Limits of one file; the defaults are those of an upload."""

    file_bytes: int = 20 * _MEGABYTE
    cells: int = 2_000_000
    rows: int = 1_000_000
    columns: int = 1_000
    field_characters: int = 64_000
    cpu_seconds: int = 20
    wall_seconds: int = 120
    memory_bytes: int = 2_000 * _MEGABYTE


@dataclass(frozen=True, kw_only=True)
class WorkbookLimits(ReadingLimits):
    """Limits of one workbook besides: what its archive may hold and how far its sheets may reach."""

    unpacked_bytes: int = 200 * _MEGABYTE
    part_bytes: int = 200 * _MEGABYTE
    parts: int = 2_000
    ratio: int = 300
    ratio_from_bytes: int = _MEGABYTE
    range_cells: int = 5_000_000


class Refused(Exception):
    """The file is not read; the reason is one of the words below, the text says what was found.

    Reasons: `damaged`, `locked` (a password), `macros`, `unsafe` (parts no spreadsheet program writes), `large`,
    `not-text`, `uneven` (in the record `row`), `ended` (the process that read it was ended from outside).
    """

    def __init__(self, reason: str, text: str, row: int = 0) -> None:
        super().__init__(text)
        self.reason, self.row = reason, row
