"""Public data of several shapes through the commands, no file edited: the totals are right and a plan comes out.

Skipped where `SOP_PUBLIC_DATA` names no folder that holds any of them; see `tests/public_files.py`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from sop_dash.cli import main
from tests.public_files import PublicSet, named_folders, public_sets

PLACES = range(4)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> list[PublicSet]:
    return list(public_sets(named_folders(), tmp_path_factory.mktemp("public")))


@pytest.mark.parametrize("place", PLACES)
def test_files_as_they_are_become_a_plan(
    sets: list[PublicSet], place: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if place >= len(sets):
        pytest.skip("SOP_PUBLIC_DATA names no folder with this set")
    one = sets[place]
    (tmp_path / "map.json").write_text(json.dumps(one.mapping))
    home = ["--home", str(tmp_path / "home")]
    assert main([*home, "import", str(one.path), "--map", str(tmp_path / "map.json"), "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["qty"] == pytest.approx(one.units, rel=1e-9)
    assert (answer["skus"], answer["first_month"], answer["last_month"]) == (one.items, one.first_month, one.last_month)
    assert main([*home, "plan", "--out", str(tmp_path / "plan.json")]) == 0
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert plan["horizon"][0] > one.last_month
    assert all(row["holds"] for row in plan["identities"])
