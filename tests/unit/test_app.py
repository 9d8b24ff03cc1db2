"""The file a person starts: what it does depends on who loads it."""

import runpy
from pathlib import Path

APP = Path(__file__).parents[2] / "app.py"


def test_the_process_of_a_background_job_builds_no_dashboard() -> None:
    assert "app" not in runpy.run_path(str(APP), run_name="__mp_main__")
