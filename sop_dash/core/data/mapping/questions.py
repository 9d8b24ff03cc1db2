"""What only a person can answer: a column that can be read in two ways, or a meaning no column clearly has."""

from dataclasses import dataclass

from sop_dash.core.model.findings import Finding, FindingKind, Severity

OPEN_QUESTION = FindingKind(
    code="open-question",
    severity=Severity.BLOCKS,
    title="Two readings are possible",
    remedy="Choose one of the readings, or answer in the mapping.",
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to read it.

    Args:
        answer: What stands in the mapping when it is chosen.
        label: The same in words.
        preview: A few cells and what they become.
    """

    answer: str
    label: str
    preview: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with the readings to choose from.

    Args:
        key: Part of the mapping that answers it: "date_order", "decimal", "weeks", "sheets" or "columns".
        name: Name inside that part: the heading, or what the column means.
        text: The question as one sentence.
        readings: At least two; the person chooses one.
    """

    key: str
    name: str
    text: str
    readings: tuple[Reading, ...]

    @property
    def sentence(self) -> str:
        """The question with its readings, for places without buttons."""
        return f"{self.text} {' or '.join(f'{r.label}{_brackets(r)}' for r in self.readings)}?"

    @property
    def example(self) -> dict[str, dict[str, str]]:
        """A mapping that answers it with its first reading."""
        return {self.key: {self.name: self.readings[0].answer}}


def finding_of(question: Question, table: str) -> Finding:
    """The question as an issue of the import."""
    shown = "; ".join(f"{reading.label}{_brackets(reading)}" for reading in question.readings)
    return Finding(kind=OPEN_QUESTION, table=table, place=question.name, detail=f"{question.text} {shown}.")


def _brackets(reading: Reading) -> str:
    return f" ({', '.join(f'{cell} is {value}' for cell, value in reading.preview)})" if reading.preview else ""
