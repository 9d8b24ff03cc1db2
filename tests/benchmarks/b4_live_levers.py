"""B4: a slider dragged for three seconds in a real browser, against the same page whose live callback does nothing.

A painted state counts from the moment the gate sends the question to the frame in which the answer is drawn. Mouse
moves are sent without waiting for the browser, sixty a second; both servers are measured in turn.
"""

import asyncio
import math
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from dev import find_chromium
from sop_dash.pages import PAGES
from tests.benchmarks.lever_server import HOST
from tests.benchmarks.measure import CannotRun, Row, Times, wall_ratio

ID = "B4"
TITLE = "A slider dragged 3 s at 60 moves a second in a real browser"

_SECONDS, _MOVES_A_SECOND, _DRAGS = 3.0, 60, 6
_REACH_PIXELS, _OPENING_MS, _DRAWER_MS = 40, 120_000, 1500
_YARDSTICK = "an empty callback + the same gate and drawing"
_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True, kw_only=True)
class Drag:
    """One drag: milliseconds from question to picture of each painted state, and pictures after the last move."""

    painted_ms: tuple[float, ...]
    cycles_to_last: int


def run(data: Path | None) -> list[Row]:
    """Drag the demand slider on every page with levers."""
    chromium = find_chromium()
    if chromium is None:
        raise CannotRun("no Chromium was found")
    with (
        tempfile.TemporaryDirectory() as folder,
        _server(Path(folder)) as real,
        _server(Path(folder), "empty") as empty,
    ):
        paths = [page.path for page in sorted(PAGES, key=lambda page: page.order) if page.live is not None]
        measured = asyncio.run(_all_drags(chromium, real, empty, paths))
    return [_row(path, *measured[path]) for path in paths]


def _row(path: str, real: list[Drag], empty: list[Drag]) -> Row:
    states, bare = _states(real), _states(empty)
    frames, possible = (statistics.mean(len(drag.painted_ms) for drag in drags) for drags in (real, empty))
    cycles = max(drag.cycles_to_last for drag in real)
    share = f"{frames / possible:.0%} of {possible:.1f}" if possible else "none with the empty callback either"
    return Row(
        what=f"{path}: question to picture, {len(states)} painted states",
        times=Times(wall=states),
        goal="≤ 1.3 ×; ≥ 70 % of its pictures; last position after at most 2",
        ratio=wall_ratio(Times(wall=states), Times(wall=bare), _YARDSTICK) if states and bare else None,
        note=f"{frames:.1f} pictures a drag, {share}; last position after {cycles}",
    )


def _states(drags: list[Drag]) -> tuple[float, ...]:
    return tuple(ms for drag in drags for ms in drag.painted_ms)


@contextmanager
def _server(folder: Path, kind: str = "") -> Iterator[str]:
    port = _free_port()
    home = str(folder / (kind or "real"))
    command = [sys.executable, "-m", "tests.benchmarks.lever_server", home, str(port), *filter(None, [kind])]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://{HOST}:{port}/", process)
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            try:
                process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
            break
    raise CannotRun("the dashboard did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def _all_drags(
    chromium: Path, real: str, empty: str, paths: list[str]
) -> dict[str, tuple[list[Drag], list[Drag]]]:
    from playwright.async_api import async_playwright

    found = {}
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=chromium, args=_CHROMIUM)
        for path in paths:
            drags: tuple[list[Drag], list[Drag]] = ([], [])
            for number in range(_DRAGS + 1):
                for server, kept in zip((real, empty), drags, strict=True):
                    drag = await _one_drag(browser, f"{server}{path}")
                    if number:  # the first one warms up
                        kept.append(drag)
            found[path] = drags
        await browser.close()
    return found


async def _one_drag(browser: Any, address: str) -> Drag:
    page = await browser.new_page(viewport={"width": 1920, "height": 1080})
    await page.goto(address, timeout=_OPENING_MS)
    await page.wait_for_selector(".main-svg", state="attached", timeout=_OPENING_MS)
    opener = page.get_by_role("button", name="What if", exact=True)
    if await opener.count():
        await opener.click()
    thumb = page.locator("#lever-demand [role=slider]").first
    await thumb.wait_for(timeout=_OPENING_MS)
    await page.wait_for_load_state("networkidle", timeout=_OPENING_MS)
    await page.wait_for_timeout(_DRAWER_MS)  # the drawer slides in
    box = await thumb.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.evaluate("live.reset()")
    wire = await page.context.new_cdp_session(page)
    await _swing(wire, x, y)
    painted = await page.evaluate("[...live.stats.sendToPaintMs]")
    before = await page.evaluate("live.stats.painted")
    await _settled(page)
    after = await page.evaluate("live.stats.painted")
    await page.mouse.up()
    await page.close()
    return Drag(painted_ms=tuple(painted), cycles_to_last=after - before)


async def _settled(page: Any) -> None:
    """Wait until the last position asked for is drawn; the page's content policy forbids waiting inside it."""
    for _ in range(100):
        await page.wait_for_timeout(50)
        if await page.evaluate("live.stats.lastPainted === live.stats.sent"):
            return
    raise CannotRun("the last position was never drawn")


async def _swing(wire: Any, x: float, y: float) -> None:
    """Move to and fro round the middle; every move is sent on time, whether or not the browser keeps up."""
    loop, sent = asyncio.get_running_loop(), []
    start = loop.time()
    for move in range(int(_SECONDS * _MOVES_A_SECOND)):
        await asyncio.sleep(max(0.0, start + move / _MOVES_A_SECOND - loop.time()))
        at = {"x": x + _REACH_PIXELS * math.sin(move / 20.0), "y": y, "button": "left", "buttons": 1}
        sent.append(asyncio.ensure_future(wire.send("Input.dispatchMouseEvent", {"type": "mouseMoved", **at})))
    await asyncio.gather(*sent)
