"""The project's one tool: set-up, app, checks, tests and benchmarks. Standard library only, on any system.

    python3 dev.py setup                       make or refresh .venv from requirements.lock
    python3 dev.py app [--port N]              the dashboard, with its data in the git-ignored .home/
    python3 dev.py check                       format, lint, types, import contracts
    python3 dev.py test [pytest arguments]     all tests, or those named
    python3 dev.py bench [--data DIR] [ids]    the benchmarks, or those named

Every command sets up first when the lock file or the project file has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

OLDEST_PYTHON = (3, 11)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHROMIUM_PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
CHECKS = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "import contracts": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
}


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is the command's own."""
    commands = {"setup": setup, "app": app, "check": check, "test": test, "bench": bench}
    if sys.version_info < OLDEST_PYTHON:
        return refuse(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    command, rest = commands[arguments[0]], arguments[1:]
    return setup([]) or (0 if command is setup else command(rest))


def refuse(sentence: str) -> int:
    """Say why nothing more is done."""
    print(sentence, file=sys.stderr)
    return 1


def setup(_: list[str]) -> int:
    """Bring .venv in line with the lock file and the project file; nothing to do costs nothing."""
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        try:
            venv.create(VENV, with_pip=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(VENV, ignore_errors=True)
            return refuse("This Python cannot make a virtual environment; install its venv package (python3-venv).")
    steps = (
        # The list is complete, and leaves out what stockpyl names but never loads (a tool for writing documentation).
        (
            LOCK,
            "Installing the packages of requirements.lock (about 250 MB the first time) ...",
            ("--no-deps", "-r", str(LOCK)),
        ),
        # Not isolated: the build tools are in the lock as well, so nothing unpinned is ever fetched.
        (PROJECT, "Installing sop-dash from this folder ...", ("--no-deps", "--no-build-isolation", "-e", str(ROOT))),
    )
    for source, sentence, what in steps:
        stamp = VENV / f".{source.name}.sha256"
        wanted = hashlib.sha256(source.read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            continue
        print(sentence, flush=True)
        if code := python("-m", "pip", "install", "-qq", "--no-compile", "--disable-pip-version-check", *what):
            return code or refuse("The installation failed; see above.")
        stamp.write_text(wanted, encoding="ascii")
    return 0


def app(arguments: list[str]) -> int:
    """Serve the dashboard with its database, cache and secret in .home/."""
    return python("-m", "sop_dash", "--home", str(ROOT / ".home"), "serve", *arguments)


def check(_: list[str]) -> int:
    """Run every check, then say which failed."""
    codes = {}
    for name, command in CHECKS.items():
        print(f"--- {name}", flush=True)
        codes[name] = python(*command)
    print("\n" + "\n".join(f"{'FAILED' if code else 'ok':8}{name}" for name, code in codes.items()))
    return int(any(codes.values()))


def test(arguments: list[str]) -> int:
    """Run pytest; browser tests need a Chromium, which CI must have and others are told about."""
    paths = [argument for argument in arguments if argument.startswith("tests")]
    wants_browser = not paths or any(path.rstrip("/") == "tests" or "browser" in path for path in paths)
    chromium = find_chromium() or (install_chromium() if wants_browser else None)
    environment = {"SOP_CHROMIUM": str(chromium)} if chromium else {}
    code = python("-m", "pytest", *arguments, environment=environment) if arguments else all_tests(environment)
    if wants_browser and not chromium:
        print("Browser tests: not run, no Chromium was found. Install one, or name it in SOP_CHROMIUM.")
    return code


def all_tests(environment: dict[str, str]) -> int:
    """Run the browser tests beside all others, in the time of the longer half; their report follows at the end."""
    print("Browser tests run beside the others; their report follows.", flush=True)
    command = [str(PYTHON), "-m", "pytest", "tests/browser"]
    environment = {**environment, "OPENBLAS_NUM_THREADS": "1"}  # two runs that share the machine
    settings = {**os.environ, "PYTHONUTF8": "1", **environment}
    with tempfile.TemporaryFile() as report:
        browser = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=report, stderr=subprocess.STDOUT)
        others = python("-m", "pytest", "--ignore=tests/browser", environment=environment)
        if others >= 128:  # ended from outside
            browser.terminate()
        code = browser.wait()
        report.seek(0)
        print(report.read().decode("utf-8", "replace"), flush=True)
    return others or code


def bench(arguments: list[str]) -> int:
    """Run the benchmarks; what cannot run says why."""
    return python("-m", "tests.benchmarks", *arguments)


def python(*arguments: str, environment: dict[str, str] | None = None) -> int:
    """Run the environment's Python from the project folder; return its exit code."""
    settings = {**os.environ, "PYTHONUTF8": "1", **(environment or {})}
    process = subprocess.Popen([str(PYTHON), *arguments], cwd=ROOT, env=settings)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # the process was interrupted as well, and ends in its own time
        return code if code >= 0 else 128 - code


def find_chromium() -> Path | None:
    """Find the browser for tests: SOP_CHROMIUM, then the search path, then the usual places."""
    if named := os.environ.get("SOP_CHROMIUM"):
        return Path(named) if Path(named).exists() else None
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    usual = (place for place in CHROMIUM_PLACES if Path(place).exists())
    found = next((place for place in (*on_path, *usual) if place), None)
    return Path(found) if found else None


def install_chromium() -> Path | None:
    """Install Chromium with the system's packages where that needs no password; None where it does not work."""
    if not (sys.platform == "linux" and shutil.which("apt-get") and os.geteuid() == 0):
        return None
    print("Installing Chromium with the system's packages ...", flush=True)
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium")):
        if subprocess.run(command, env=settings, stdin=subprocess.DEVNULL, check=False).returncode:
            return None
    return find_chromium()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
