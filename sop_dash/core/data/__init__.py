"""From text tables to plan inputs: reading, checks with findings, and assembly into arrays."""

from sop_dash.core.data.assembly import build_inputs
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.reading import CheckedTables, read_tables
from sop_dash.core.data.version import content_version

__all__ = ["CheckedTables", "RawTable", "build_inputs", "content_version", "read_tables"]
