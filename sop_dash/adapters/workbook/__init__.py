"""Workbooks (.xlsx) as plain rows: inspected first, then read in a process of its own that may fail without harm.

The modules here import the standard library only, so that the process starts fast and can do little.
"""
