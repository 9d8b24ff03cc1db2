"""What an installation looks like from inside: versions, settings in force, planning defaults, permissions, disk."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator

from sqlalchemy.engine import make_url

from sop_dash import __version__
from sop_dash.adapters.database.engine import safe_for_wal
from sop_dash.core.model.planning_settings import settings_table
from sop_dash.settings import SETTINGS, Settings


def report(settings: Settings) -> Iterator[str]:
    """One line per fact; passwords in addresses are masked."""
    yield f"sop-dash {__version__}, Python {platform.python_version()} on {platform.system()}"
    sound = safe_for_wal(sqlite3.sqlite_version_info)
    yield f"SQLite {sqlite3.sqlite_version}: {'write-ahead log' if sound else 'rollback journal with extra syncs'}"
    yield f"home: {settings.home}{'' if settings.home.exists() else ' (not made yet)'}"
    if settings.home.exists():
        if os.name == "posix":
            private = settings.home.stat().st_mode & 0o077 == 0
            yield f"home readable by: {'its owner only' if private else 'OTHERS TOO: run chmod 700 on it'}"
        yield f"free disk: {shutil.disk_usage(settings.home).free / 1e9:.1f} GB"
    yield ""
    yield "settings of this installation"
    for setting in SETTINGS:
        value = getattr(settings, setting.field)
        if setting.field == "database_url":
            value = make_url(value).render_as_string(hide_password=True)
        shown = ", ".join(value) if isinstance(value, tuple) else value
        yield f"  {setting.key} = {shown}  ({setting.meaning}; {setting.variable})"
    yield ""
    yield "planning defaults, in force where a company gives none (assumptions)"
    for row in settings_table():
        unit = f" {row['unit']}" if row["unit"] else ""
        yield f"  {row['name']} = {row['default']}{unit}  ({row['meaning']})"
