"""Try damaged files: `python -m tests.corpus [COUNT] [SEED]`; stops by itself, 1 when one was not answered clearly."""

import sys
import time

from tests.corpus.cases import Case, encoding_cases, locale_cases
from tests.corpus.judge import survives
from tests.corpus.mutations import mutated, mutated_books
from tests.corpus.odd import every_case

_BOOKS_SHARE = 0.02
"""Every workbook is read in a process of its own, which takes a quarter of a second."""


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 10_000
    seed = int(arguments[1]) if len(arguments) > 1 else time.time_ns() % 1_000_000
    sys.stdout.write(f"{count:,} damaged files, seed {seed}\n")
    texts = [case for case in (*locale_cases(), *encoding_cases(), *every_case()) if not _has_book(case)]
    books = int(count * _BOOKS_SHARE)
    wrong = 0
    for case in (*mutated(texts, count - books, seed), *mutated_books(books, seed)):
        said = survives(case)
        if said:
            wrong += 1
            sys.stdout.write(f"{case.name}: {said}\n")
    sys.stdout.write(f"{count - wrong:,} answered clearly, {wrong:,} not\n")
    return int(wrong > 0)


def _has_book(case: Case) -> bool:
    return any(name.endswith(".xlsx") for name in case.files)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
