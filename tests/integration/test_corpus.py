"""The labelled corpus: no crash, no silently wrong total, the right answer with the right words; and damaged copies."""

import pytest

from tests.corpus.cases import LOCALES, encoding_cases, locale_cases
from tests.corpus.judge import survives, verdict
from tests.corpus.mutations import mutated, mutated_books
from tests.corpus.odd import every_case

CASES = [*locale_cases(), *encoding_cases(), *every_case()]
SEED = 20_251


def test_the_corpus_is_large_and_every_case_has_a_name_of_its_own():
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)
    assert len(LOCALES) == 12


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_file_gets_its_right_answer(case):
    assert verdict(case) == ""


def test_damaged_files_are_answered_clearly():
    texts = [case for case in CASES if not any(name.endswith(".xlsx") for name in case.files)]
    assert [case.name for case in mutated(texts, 300, SEED) if survives(case)] == []


def test_damaged_workbooks_are_answered_clearly():
    assert [case.name for case in mutated_books(12, SEED) if survives(case)] == []
