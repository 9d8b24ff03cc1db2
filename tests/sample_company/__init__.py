"""The bicycle maker of a third-party sample (Adventure Works Cycles, a fictitious company) as contract tables.

The folder of the sample is named by `SOP_SAMPLE_DATA`; it is not shipped.
"""

from tests.sample_company.convert import sample_folder, sample_tables

__all__ = ["sample_folder", "sample_tables"]
