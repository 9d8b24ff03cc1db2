"""Who may import whom: the contracts hold, and they would notice a room without a floor."""

import subprocess
import sys
import tomllib

import pytest

from tests.house.source_tree import ROOT, imported, product_modules, short

NUMBERS_ONLY = {"numpy", "pandas", "scipy", "statsmodels", "highspy"}
# Files, processes, networks, clocks, chance without a seed and the environment.
NOT_FOR_THE_CORE = {
    "asyncio", "ctypes", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "pickle", "platform",
    "random", "secrets", "shelve", "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "time",
    "urllib", "uuid", "zipfile",
}  # fmt: skip


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _lint_imports(folder) -> subprocess.CompletedProcess:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_import_contracts_hold():
    outcome = _lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    "module,source,broken",
    [
        ("sop_dash/utils.py", "", "every room has a floor"),
        ("sop_dash/core/helpers.py", "", "Floors of the core"),
        ("sop_dash/services/plans.py", "import sop_dash.pages", "imports point down"),
        ("sop_dash/core/money.py", "import sop_dash.settings", "rooms on one floor are strangers"),
        ("sop_dash/core/demand/peek.py", "import sop_dash.core.supply", "Floors of the core"),
        ("sop_dash/pages/supply.py", "import sop_dash.pages.demand", "Pages never import one another"),
        ("sop_dash/core/model/chart.py", "import plotly", "The core knows numbers only"),
    ],
)
def test_the_contracts_notice(tmp_path, module, source, broken):
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    rooms = ["", "core", "core/model", "core/demand", "core/supply", "services", "pages", "pages/demand"]
    for room in rooms:
        (tmp_path / "sop_dash" / room).mkdir(parents=True, exist_ok=True)
        (tmp_path / "sop_dash" / room / "__init__.py").touch()
    (tmp_path / "sop_dash/settings.py").touch()
    assert _lint_imports(tmp_path).returncode == 0
    (tmp_path / module).write_text(source, encoding="utf-8")
    outcome = _lint_imports(tmp_path)
    assert outcome.returncode == 1
    assert broken in " ".join(outcome.stdout.split("BROKEN")[0].split()[-30:])


def test_the_core_imports_numbers_only():
    for path in product_modules("sop_dash/core"):
        foreign = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names - {"sop_dash"}
        assert foreign <= NUMBERS_ONLY, short(path)
        assert not {name.split(".")[0] for name in imported(path)} & NOT_FOR_THE_CORE, short(path)


def test_what_the_product_imports_is_declared():
    project = _project()["project"]
    declared = {name.split(">")[0].replace("-", "_") for name in project["dependencies"]}
    for path in [*product_modules(), ROOT / "app.py"]:
        foreign = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names
        assert foreign <= declared | {"sop_dash"}, short(path)


def test_the_development_tool_needs_nothing_but_python():
    assert {name.split(".")[0] for name in imported(ROOT / "dev.py")} <= set(sys.stdlib_module_names)
