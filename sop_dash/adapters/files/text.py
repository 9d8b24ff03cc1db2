"""A text file as a grid, read in the limited process; what cannot be read is a finding."""

from sop_dash.adapters.files.encoding import ENCODING_NAMES, likely_encodings
from sop_dash.adapters.reader.limits import ReadingLimits, Refused
from sop_dash.adapters.reader.process import Reader
from sop_dash.core.data.grid import UNEVEN_ROWS, Grid
from sop_dash.core.model.findings import Finding, FindingKind, Severity

ENCODING_GUESSED = FindingKind(
    code="encoding-guessed",
    severity=Severity.WARNS,
    title="Encoding of the file guessed",
    remedy="Check names with accents, or save the file as UTF-8.",
)
NOT_TEXT = FindingKind(
    code="not-text",
    severity=Severity.BLOCKS,
    title="Not a text table",
    remedy="Save it as CSV from the program that made it.",
)
TOO_LARGE = FindingKind(
    code="too-large",
    severity=Severity.BLOCKS,
    title="File too large",
    remedy="Split the file, leave out what is not needed, or raise the limits in the settings.",
)
NOT_READ = FindingKind(
    code="not-read",
    severity=Severity.BLOCKS,
    title="File not read to its end",
    remedy="Try again. If it happens again, split the file or save it anew.",
)
_REFUSALS = {"not-text": NOT_TEXT, "large": TOO_LARGE, "uneven": UNEVEN_ROWS, "ended": NOT_READ}


def read_grid(
    reader: Reader, name: str, content: bytes, *, source: str, limits: ReadingLimits
) -> tuple[Grid | None, list[Finding]]:
    """Read one text file; None with a blocking finding when it is no text table or its reader was ended.

    Args:
        reader: Where it is read.
        name: Name of the table.
        content: Its bytes.
        source: Name of the file, for display.
        limits: Largest sizes allowed.
    """
    try:
        table = reader.text(content, limits, likely_encodings(content))
    except Refused as refused:
        rows = (refused.row,) if refused.row else ()
        return None, [Finding(kind=_REFUSALS[refused.reason], table=name, rows=rows, detail=str(refused))]
    grid = Grid(name=name, source=source, file=source, columns=table.columns, rows=table.rows, lengths=table.lengths)
    guessed, example = table.opened.guessed, table.opened.example
    if not guessed:
        return grid, []
    shown = f", for example “{example}”" if example else ""
    return grid, [Finding(kind=ENCODING_GUESSED, table=name, detail=f"Read as {ENCODING_NAMES[guessed]}{shown}.")]
