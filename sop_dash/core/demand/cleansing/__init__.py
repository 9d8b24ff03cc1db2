"""History as the baseline should see it: automatic proposals, each visible, each to be rejected, both series kept."""

from sop_dash.core.demand.cleansing.cleanse import Cleansed, cleanse
from sop_dash.core.demand.cleansing.level_breaks import LevelBreak
from sop_dash.core.demand.cleansing.proposals import Correction

__all__ = ["Cleansed", "Correction", "LevelBreak", "cleanse"]
