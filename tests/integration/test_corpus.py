"""The labelled corpus: no crash, no silently wrong total, the right answer with the right words; and damaged copies."""

import pytest

from tests.corpus.bombs import bombs
from tests.corpus.cases import LOCALES
from tests.corpus.cost import cost_of
from tests.corpus.every import labelled
from tests.corpus.judge import survives, verdict
from tests.corpus.mutations import mutated, mutated_books
from tests.own_files import outcome

CASES = list(labelled())
SEED = 20_251


def test_the_corpus_is_large_and_every_case_has_a_name_of_its_own():
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)
    assert len(LOCALES) == 12


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_file_gets_its_right_answer(case):
    assert verdict(case) == ""


def test_damaged_files_are_answered_clearly():
    texts = [case for case in CASES if not case.has_workbook]
    assert [case.name for case in mutated(texts, 300, SEED) if survives(case)] == []


def test_damaged_workbooks_are_answered_clearly():
    assert [case.name for case in mutated_books(12, SEED) if survives(case)] == []


@pytest.mark.parametrize("bomb", list(bombs()), ids=lambda bomb: bomb.name)
def test_a_hostile_file_is_refused_soon_and_in_little_memory(bomb):
    """Processor time, which does not depend on what else the machine does; memory of both processes."""
    content, answers = bomb.make(), []
    cost = cost_of(lambda: answers.append(outcome({bomb.file: content})))
    assert bomb.codes & (answers[0].blocking or {"accepted"})
    assert cost.cpu_seconds <= 5.0
    assert max(cost.own_bytes, cost.child_bytes) <= 100_000_000
