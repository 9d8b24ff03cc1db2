"""All labelled cases, good, odd and hostile."""

from collections.abc import Iterator

from tests.corpus.cases import Case, encoding_cases, locale_cases
from tests.corpus.odd import every_case


def labelled() -> Iterator[Case]:
    """One after the other, in the same order every time."""
    yield from locale_cases()
    yield from encoding_cases()
    yield from every_case()
