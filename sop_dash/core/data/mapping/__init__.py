"""A company's own files, with any headings and layout, to contract tables: proposed, explained, asked where open."""

from sop_dash.core.data.mapping.bring import Brought, MappedColumn, bring
from sop_dash.core.data.mapping.choices import Choices, choices_from
from sop_dash.core.data.mapping.holds import SheetUse
from sop_dash.core.data.mapping.questions import Question, Reading

__all__ = ["Brought", "Choices", "MappedColumn", "Question", "Reading", "SheetUse", "bring", "choices_from"]
