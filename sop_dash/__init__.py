"""Sales and operations planning: a pure planning core and the dashboard over it."""

__version__ = "0.1.0"
