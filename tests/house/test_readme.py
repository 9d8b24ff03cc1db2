"""The README is complete where a test can tell."""

from sop_dash.settings import SETTINGS
from tests.house.source_tree import ROOT

README = ROOT / "README.md"


def test_every_setting_is_in_the_readme():
    text = README.read_text(encoding="utf-8")
    rows = [f"| `{s.key}` | `{s.variable}` | `{s.default}` | {s.meaning} |" for s in SETTINGS]
    assert not [row for row in rows if row not in text]


def test_every_picture_of_the_readme_ships():
    text = README.read_text(encoding="utf-8")
    pictures = [part.split(")")[0] for part in text.split("](")[1:] if part.split(")")[0].endswith(".png")]
    assert not [name for name in pictures if not (ROOT / name).is_file()]


def test_the_readme_draws_every_room():
    text = README.read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "sop_dash").iterdir() if (path / "__init__.py").is_file()}
    core = {path.name for path in (ROOT / "sop_dash/core").iterdir() if (path / "__init__.py").is_file()}
    assert not [room for room in rooms | core if room not in text]
