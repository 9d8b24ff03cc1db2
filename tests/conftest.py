"""What every test may rely on: the same examples every run, and data that lies outside the clone when it is there."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Other work on the machine must not decide whether a law holds; the same examples run everywhere.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("house")


def _folder_in(variable: str) -> Path:
    named = os.environ.get(variable)
    if not named or not Path(named).is_dir():
        pytest.skip(f"not run: {variable} names no folder")
    return Path(named)


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """Folder of the real sample company, named by SOP_SAMPLE_DATA; absent, the test says it was not run."""
    return _folder_in("SOP_SAMPLE_DATA")
