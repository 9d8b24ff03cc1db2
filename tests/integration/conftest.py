"""The company that ships, brought in once for all tests that start from it."""

import shutil
from pathlib import Path

import pytest

from sop_dash.factory import create_services
from sop_dash.settings import read_settings


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an installation as its first start leaves it; nobody writes to it."""
    home = tmp_path_factory.mktemp("shipped") / "home"
    create_services(read_settings(home))
    return home


@pytest.fixture
def home(shipped_home: Path, tmp_path: Path) -> Path:
    """A home of the test's own with the company that ships."""
    return Path(shutil.copytree(shipped_home, tmp_path / "home"))
