"""Checked tables to plan inputs: dense arrays, family × channel × month, exactly as the company gave it."""

from sop_dash.core.data.assembly.inputs import build_inputs

__all__ = ["build_inputs"]
