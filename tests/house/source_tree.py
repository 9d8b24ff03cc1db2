"""The files of the project as house tests read them: what git tracks, or would."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {".git", ".venv", ".home", "__pycache__", "build", "dist"}


@cache
def project_files() -> tuple[Path, ...]:
    """All files that belong to the project; ignored and generated ones are left out."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
        return tuple(path for path in (ROOT / name for name in names) if path.is_file())
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return tuple(path for path in found if not SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts))


def text_files(*suffixes: str) -> list[Path]:
    """Project files with one of the endings; without any, all that are text."""
    binary = {".png", ".woff2", ".xlsx", ".ico", ".parquet", ".npz", ".pptx"}
    return [p for p in project_files() if (p.suffix in suffixes if suffixes else p.suffix not in binary)]


def product_modules(folder: str = "sop_dash") -> list[Path]:
    """Python modules of the product, or of one of its rooms."""
    return [path for path in text_files(".py") if path.is_relative_to(ROOT / folder)]


def short(path: Path) -> str:
    """A path as a person of the project says it."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """Places whose line matches a regular expression, as `file:line`."""
    wanted = re.compile(pattern)
    return [
        f"{short(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if wanted.search(line)
    ]
