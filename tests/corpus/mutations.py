"""Seeded damage to the files of the corpus; `python -m tests.corpus 10000 [SEED]` tries so many and prints the seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.corpus.cases import Case
from tests.workbooks import packed, parts

_SPLICES = (
    *(b",", b";", b"\n", b'"', b"\0", b"\xff", b"=", b"-", b"\r", b"\t"),
    *(b"1e999", b"NaN", b"\xef\xbb\xbf", b"2025-02-30"),
)


def mutated(cases: Sequence[Case], count: int, seed: int) -> Iterator[Case]:
    """So many damaged copies of the cases; the same seed gives the same files."""
    chance = random.Random(seed)
    for number in range(count):
        case = chance.choice(cases)
        name = chance.choice(sorted(case.files))
        damaged = {**case.files, name: _damaged(case.files[name], chance)}
        yield replace(case, name=f"{case.name} (mutation {number} of seed {seed})", files=damaged)


def mutated_books(count: int, seed: int) -> Iterator[Case]:
    """Workbooks damaged inside, before they are packed, so that the damage reaches the reader of cells."""
    chance = random.Random(seed)
    rows = [["Date", "Item", "Qty"], *[[f"2025-{m:02d}-17", "A", 10 * m] for m in range(1, 7)]]
    for number in range(count):
        made = parts({"Data": rows})
        name = chance.choice(sorted(made))
        made[name] = _damaged(made[name], chance)
        yield Case(name=f"{name} (mutation {number} of seed {seed})", files={"b.xlsx": packed(made)})


def _damaged(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0 if data:
                data[place % len(data)] = chance.randrange(256)
            case 1:
                del data[place : place + chance.randint(1, 40)]
            case 2:
                data[place:place] = chance.choice(_SPLICES)
            case 3:
                data[place:place] = data[place : place + chance.randint(1, 200)]
            case 4:
                del data[place:]
            case _:
                start = chance.randrange(len(data) + 1)
                data[place:place] = data[start : start + 30]
    return bytes(data)
