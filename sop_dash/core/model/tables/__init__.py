"""The tables a company may bring: column, kind, unit, limits and meaning of each, defined once."""

from sop_dash.core.model.tables.columns import Column, Kind, Repeats, Table, either
from sop_dash.core.model.tables.registry import TABLES, dictionary, requirement

__all__ = ["TABLES", "Column", "Kind", "Repeats", "Table", "dictionary", "either", "requirement"]
