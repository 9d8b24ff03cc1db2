"""How large files may be before anything is parsed."""

from dataclasses import dataclass, field

from sop_dash.adapters.workbook.limits import WorkbookLimits
from sop_dash.settings import Settings

_MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """Limits of one import; the defaults are those of an upload. See `COMMAND_LINE` for files of the person at home."""

    file_bytes: int = 20 * _MEGABYTE
    cells: int = 2_000_000
    rows: int = 1_000_000
    columns: int = 1_000
    field_characters: int = 64_000
    files: int = 200
    seconds: int = 20
    workbook: WorkbookLimits = field(default_factory=WorkbookLimits)

    @property
    def file_megabytes(self) -> int:
        """Largest file in whole megabytes, as shown."""
        return self.file_bytes // _MEGABYTE


COMMAND_LINE = FileLimits(file_bytes=500 * _MEGABYTE, cells=20_000_000, rows=5_000_000, seconds=120)
"""Limits for a file read by the command line."""


def upload_limits(settings: Settings) -> FileLimits:
    """Limits of a file that comes through the browser, as this installation sets them."""
    characters = settings.upload_field_kilobytes * 1_000
    return FileLimits(
        file_bytes=settings.upload_megabytes * _MEGABYTE,
        cells=settings.upload_cells,
        rows=settings.upload_rows,
        columns=settings.upload_columns,
        field_characters=characters,
        seconds=settings.file_cpu_seconds,
        workbook=_workbook(settings),
    )


def command_limits(settings: Settings) -> FileLimits:
    """Limits of a file read by the command line; those of workbooks are the same as for an upload."""
    return FileLimits(
        file_bytes=settings.file_megabytes * _MEGABYTE,
        cells=settings.file_cells,
        rows=max(COMMAND_LINE.rows, settings.upload_rows),
        columns=settings.upload_columns,
        field_characters=settings.upload_field_kilobytes * 1_000,
        seconds=settings.file_seconds,
        workbook=_workbook(settings),
    )


def _workbook(settings: Settings) -> WorkbookLimits:
    return WorkbookLimits(
        file_bytes=settings.upload_megabytes * _MEGABYTE,
        unpacked_bytes=settings.workbook_unpacked_megabytes * _MEGABYTE,
        part_bytes=settings.workbook_part_megabytes * _MEGABYTE,
        parts=settings.workbook_parts,
        ratio=settings.workbook_ratio,
        range_cells=settings.workbook_range_cells,
        cpu_seconds=settings.file_cpu_seconds,
        wall_seconds=settings.file_seconds,
        memory_bytes=settings.workbook_memory_megabytes * _MEGABYTE,
        cells=settings.upload_cells,
        rows=settings.upload_rows,
        columns=settings.upload_columns,
        field_characters=settings.upload_field_kilobytes * 1_000,
    )
