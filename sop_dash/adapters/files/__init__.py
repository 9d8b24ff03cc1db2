"""Files a company brings: inspected first, then read as text, never interpreted here."""

from sop_dash.adapters.files.folder import FileContents, folder_files, read_files, read_folder
from sop_dash.adapters.files.limits import FileLimits

__all__ = ["FileContents", "FileLimits", "folder_files", "read_files", "read_folder"]
