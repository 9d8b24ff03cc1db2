"""How large the files of one import may be before and while they are read."""

from dataclasses import dataclass, field

from sop_dash.adapters.reader.limits import ReadingLimits, WorkbookLimits
from sop_dash.settings import Settings

_MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """Limits of one import; the defaults are those of an upload. See `COMMAND_LINE` for files of the person at home.

    Args:
        text: Limits of a text file.
        workbook: Limits of a workbook, the same for an upload and the command line.
        files: Most files.
    """

    text: ReadingLimits = field(default_factory=ReadingLimits)
    workbook: WorkbookLimits = field(default_factory=WorkbookLimits)
    files: int = 200


COMMAND_LINE = FileLimits(
    text=ReadingLimits(file_bytes=500 * _MEGABYTE, cells=20_000_000, rows=5_000_000, cpu_seconds=120)
)
"""Limits for a file read by the command line."""


def upload_limits(settings: Settings) -> FileLimits:
    """Limits of a file that comes through the browser, as this installation sets them."""
    return FileLimits(text=ReadingLimits(**_of_upload(settings)), workbook=_workbook(settings))


def command_limits(settings: Settings) -> FileLimits:
    """Limits of a file read by the command line; those of workbooks are the same as for an upload."""
    text = {
        **_of_upload(settings),
        "file_bytes": settings.file_megabytes * _MEGABYTE,
        "cells": settings.file_cells,
        "rows": max(COMMAND_LINE.text.rows, settings.upload_rows),
        "cpu_seconds": settings.file_seconds,
    }
    return FileLimits(text=ReadingLimits(**text), workbook=_workbook(settings))


def _of_upload(settings: Settings) -> dict[str, int]:
    return {
        "file_bytes": settings.upload_megabytes * _MEGABYTE,
        "cells": settings.upload_cells,
        "rows": settings.upload_rows,
        "columns": settings.upload_columns,
        "field_characters": settings.upload_field_kilobytes * 1_000,
        "cpu_seconds": settings.file_cpu_seconds,
        "wall_seconds": settings.file_seconds,
        "memory_bytes": settings.workbook_memory_megabytes * _MEGABYTE,
    }


def _workbook(settings: Settings) -> WorkbookLimits:
    return WorkbookLimits(
        **_of_upload(settings),
        unpacked_bytes=settings.workbook_unpacked_megabytes * _MEGABYTE,
        part_bytes=settings.workbook_part_megabytes * _MEGABYTE,
        parts=settings.workbook_parts,
        ratio=settings.workbook_ratio,
        range_cells=settings.workbook_range_cells,
    )
