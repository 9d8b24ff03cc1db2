"""The project as somebody else installs it."""

import os
import subprocess
import sys
import zipfile

import pytest

from tests.house.source_tree import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The package as it would be published."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as package:
        yield package


def test_a_wheel_carries_styles_fonts_and_the_company_that_ships(wheel):
    names = set(wheel.namelist())
    assert {
        "sop_dash/__main__.py",
        "sop_dash/assets/00-bootstrap.min.css",
        "sop_dash/assets/fonts/inter-latin-wght-normal.woff2",
        "sop_dash/assets/licenses/bootstrap.txt",
        "sop_dash/data/brightwater/sales.csv",
    } <= names
    top_level = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert top_level == {"sop_dash"}
    assert not [name for name in names if name.startswith("sop_dash/data/") and name.endswith(".py")]


def test_a_wheel_holds_every_asset_of_the_clone(wheel):
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "assets").rglob("*") if path.is_file()}
    assert {f"sop_dash/{name}" for name in shipped} <= set(wheel.namelist())


def test_an_installed_package_finds_what_it_ships(wheel, tmp_path):
    wheel.extractall(tmp_path)
    code = (
        "import sop_dash.settings as s; from pathlib import Path;"
        "print(Path(s.__file__).is_relative_to(Path.cwd()), (s.assets_folder() / '00-bootstrap.min.css').is_file(),"
        " (s.data_folder() / 'brightwater').is_dir())"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.split() == ["True", "True", "True"]


def test_the_console_script_exists(wheel):
    scripts = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "sop-dash = sop_dash.cli:main" in wheel.read(scripts).decode()
