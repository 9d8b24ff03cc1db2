"""All labelled cases, good, odd and hostile."""

from collections.abc import Iterator

from tests.corpus.cases import Case, encoding_cases, locale_cases, month_name_cases
from tests.corpus.odd import every_case
from tests.corpus.wholes import whole_cases


def labelled() -> Iterator[Case]:
    """One after the other, in the same order every time."""
    yield from locale_cases()
    yield from month_name_cases()
    yield from encoding_cases()
    yield from every_case()
    yield from whole_cases()
