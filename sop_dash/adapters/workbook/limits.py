"""How large a workbook may be, and how long and with how much memory it may be read."""

from dataclasses import dataclass

_MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class WorkbookLimits:
    """Limits of one workbook; the same for an upload and the command line."""

    file_bytes: int = 20 * _MEGABYTE
    unpacked_bytes: int = 200 * _MEGABYTE
    part_bytes: int = 200 * _MEGABYTE
    parts: int = 2_000
    ratio: int = 300
    ratio_from_bytes: int = _MEGABYTE
    cells: int = 2_000_000
    range_cells: int = 5_000_000
    rows: int = 1_000_000
    columns: int = 1_000
    field_characters: int = 64_000
    cpu_seconds: int = 20
    wall_seconds: int = 120
    memory_bytes: int = 2_000 * _MEGABYTE


class Refused(Exception):
    """The workbook is not read; the reason is one of the words below, the text says what was found.

    Reasons: `damaged`, `locked` (a password), `macros`, `unsafe` (parts no spreadsheet program writes), `large`.
    """

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason
