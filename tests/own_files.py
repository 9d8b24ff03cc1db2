"""Files of a company's own, as tests bring them: a few lines of text or cells in, what the import makes of them out."""

import atexit
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sop_dash.adapters.files import read_files
from sop_dash.adapters.reader.process import Reader
from sop_dash.core.data import CheckedTables, read_tables
from sop_dash.core.data.mapping import Brought, bring, choices_from

_READER = Reader()
"""One for all files of a run: to start a process for each takes longer than to read it."""
atexit.register(_READER.close)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of some files."""

    brought: Brought
    checked: CheckedTables

    @property
    def accepted(self) -> bool:
        return self.checked.accepted

    @property
    def codes(self) -> set[str]:
        """Codes of all findings."""
        return {finding.kind.code for finding in self.checked.findings}

    @property
    def blocking(self) -> set[str]:
        """Codes of the findings that refuse the import."""
        return {finding.kind.code for finding in self.checked.findings if finding.blocks}

    @property
    def asked(self) -> set[str]:
        """What a person is asked: headings, or meanings no heading has."""
        return {question.name for question in self.brought.questions}

    @property
    def units(self) -> float:
        """Units sold in all."""
        return float(np.nansum(self.checked.frames["sales"]["units"]))

    @property
    def months(self) -> list[str]:
        """Months of the sales in order."""
        return sorted(set(self.checked.frames["sales"]["month"].astype(str)))

    @property
    def items(self) -> list[str]:
        """Items of the sales in order."""
        return sorted(set(self.checked.frames["sales"]["sku"].astype(str)))

    def column(self, name: str) -> list[Any]:
        """A column of the sales."""
        return list(self.checked.frames["sales"][name])

    def detail(self, code: str) -> str:
        """The sentences of all findings of one code."""
        return " ".join(f.detail for f in self.checked.findings if f.kind.code == code)


def outcome(files: Mapping[str, bytes | str], mapping: Mapping[str, Any] | None = None) -> Outcome:
    """Read files by name, as an import does."""
    contents = read_files(
        ((name, text.encode() if isinstance(text, str) else text) for name, text in files.items()), reader=_READER
    )
    brought = bring(contents.grids, choices_from(dict(mapping or {})))
    return Outcome(
        brought=brought, checked=read_tables(brought.tables, found=(*contents.file_findings, *brought.findings))
    )


def of(text: str | bytes, mapping: Mapping[str, Any] | None = None, *, name: str = "export.csv") -> Outcome:
    """Read a single file."""
    return outcome({name: text}, mapping)


def lines(header: str, *rows: Sequence[Any], sign: str = ",") -> str:
    """A text file from a header and rows."""
    return "\n".join([header, *(sign.join(map(str, row)) for row in rows)]) + "\n"
