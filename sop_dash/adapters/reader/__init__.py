"""Files as plain columns of text: read in a process of its own that may fail without harm.

Everything but `process` and `tables` runs in that process and imports the standard library only, so that it starts fast
and can do little.
"""
