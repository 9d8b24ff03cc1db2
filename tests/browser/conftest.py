"""The real dashboard in a real browser: one server process, an empty home, and no patience with errors.

A test that takes `page` fails when the browser's console shows an error, when a script throws, when an answer is a
server error, or when anything is asked of another host.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, WebError, expect

from dev import find_chromium

HERE = Path(__file__).parent
START_SECONDS = 120
# Patience, not a measurement: other work on the machine must not decide whether a page is right.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Installation:
    """One installation of the dashboard, served by a process of its own until it is stopped."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.log = home.parent / f"{home.name}.log"
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, the same after a restart."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and return once it answers."""
        command = [sys.executable, "-m", "sop_dash", "--home", str(self.home), "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._ended(within=0.2) or time.monotonic() > deadline:
                self.stop()
                pytest.fail("The dashboard did not start:\n" + self.log.read_text(encoding="utf-8")[-4000:])

    def stop(self) -> None:
        """End the server process."""
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Stop and start again on the same home and port; leave the page first, it may be asking the server."""
        self.stop()
        self.start()

    def _ended(self, within: float) -> bool:
        """Whether the server ends within so many seconds."""
        try:
            return self._process is None or self._process.wait(timeout=within) is not None
        except subprocess.TimeoutExpired:
            return False

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Start the system's Chromium; without one the tests are not run, and in CI that is a failure."""
    chromium = find_chromium()
    if chromium is None:
        sentence = "not run: no Chromium was found; install one or name it in SOP_CHROMIUM"
        pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)
    return {**browser_type_launch_args, "executable_path": str(chromium), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """Pages are opened at the smaller of the two sizes the dashboard is made for; nothing fades in or slides."""
    return {**browser_context_args, "viewport": {"width": 1366, "height": 768}, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running dashboard with the company that ships; tests share it and name what they add after themselves."""
    running = Installation(tmp_path_factory.mktemp("installation") / "home")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def base_url(installation: Installation) -> str:
    """Address of the running dashboard; `page.goto("/supply")` is relative to it."""
    return installation.url


@pytest.fixture(scope="session")
def window(browser: Browser, browser_context_args: dict) -> Iterator[BrowserContext]:
    """One window for the whole run: scripts and styles are fetched and compiled once, as in a working day."""
    opened = browser.new_context(**browser_context_args)
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


@pytest.fixture
def context(window: BrowserContext, base_url: str) -> Iterator[BrowserContext]:
    """The window as if nobody had used it before; what it complains of fails the test."""
    with complaining(window, base_url):
        yield window
        for page in window.pages:
            forget(page)
            page.close()


def forget(page: Page) -> None:
    """Leave nothing behind that a browser keeps for the next page; what a tab keeps goes with it."""
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")


@contextmanager
def complaining(context: BrowserContext, base_url: str) -> Iterator[None]:
    """Fail for errors on the console, scripts that throw, answers of 500 and more, and requests to another host."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def thrown(error: WebError) -> None:
        complaints.append(f"script: {error.error}")

    def answered(answer: Response) -> None:
        if answer.status >= 500:
            complaints.append(f"answer {answer.status}: {answer.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{base_url}/", "data:", "blob:", "about:")):
            complaints.append(f"request to another host: {request.url}")

    listeners = {"console": said, "weberror": thrown, "response": answered, "request": asked}
    for event, listener in listeners.items():
        context.on(event, listener)
    yield
    for event, listener in listeners.items():
        context.remove_listener(event, listener)
    assert not complaints
