"""The corpus from the command line; every run prints its seed and ends with 1 when an answer was wrong.

python -m tests.corpus                                the labelled files: how many got the right answer
python -m tests.corpus --mutations 10000 --seed 1     damaged copies of them: every answer must be clear
python -m tests.corpus --bombs                        hostile files: seconds and memory of each refusal
"""

import argparse
import sys
import time
from collections.abc import Iterator

from tests.corpus.bombs import bombs
from tests.corpus.cases import Case
from tests.corpus.cost import cost_of
from tests.corpus.every import labelled
from tests.corpus.judge import survives, verdict
from tests.corpus.mutations import mutated, mutated_books
from tests.own_files import Outcome, outcome

_BOOKS_SHARE = 0.02
"""A damaged workbook ends the process that reads it, and to start another one takes longer than a text file."""
_MEGABYTE = 1_000_000


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Try imports on labelled, damaged and hostile files.")
    parser.add_argument("--mutations", type=int, metavar="N", help="try so many damaged copies")
    parser.add_argument("--seed", type=int, help="the same seed gives the same files; a new one when not given")
    parser.add_argument("--bombs", action="store_true", help="measure the refusal of hostile files")
    given = parser.parse_args(arguments)
    if given.bombs:
        return _told(_defused())
    if given.mutations is None:
        return _told((case.name, verdict(case)) for case in labelled())
    seed = time.time_ns() % 1_000_000 if given.seed is None else given.seed
    sys.stdout.write(f"{given.mutations:,} damaged files, seed {seed}\n")
    return _told((case.name, survives(case)) for case in _damaged(given.mutations, seed))


def _damaged(count: int, seed: int) -> Iterator[Case]:
    texts = [case for case in labelled() if not case.has_workbook]
    books = int(count * _BOOKS_SHARE)
    yield from mutated(texts, count - books, seed)
    yield from mutated_books(books, seed)


def _defused() -> Iterator[tuple[str, str]]:
    for bomb in bombs():
        name, content, answers = bomb.file, bomb.make(), list[Outcome]()
        cost = cost_of(lambda name=name, content=content, answers=answers: answers.append(outcome({name: content})))
        wrong = "" if bomb.codes & told(answers[0]) else f"refused otherwise: {sorted(answers[0].codes)}"
        sys.stdout.write(
            f"{cost.seconds:5.1f} s  {cost.cpu_seconds:5.1f} s of processor  +{cost.own_bytes // _MEGABYTE} MB  "
            f"reader {cost.child_bytes // _MEGABYTE} MB  {bomb.name}\n"
        )
        yield bomb.name, wrong


def told(answer: Outcome) -> set[str]:
    """Codes of a refusal; "accepted" when there is none."""
    return answer.blocking or {"accepted"}


def _told(verdicts: Iterator[tuple[str, str]]) -> int:
    right = wrong = 0
    for name, said in verdicts:
        right, wrong = right + (not said), wrong + bool(said)
        if said:
            sys.stdout.write(f"{name}: {said}\n")
    sys.stdout.write(f"{right:,} right, {wrong:,} wrong\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
