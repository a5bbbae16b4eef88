"""A server of the review app in a process of its own, and what a reviewer's screen says."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.review import Filter

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from labelaudit.review import Store

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
_START = "from labelaudit.cli import main; main()"


@dataclass(slots=True)
class Served:
    """A running app: where it is, the store and the folder of runs that it reads."""

    url: str
    db: str
    runs: Path
    process: subprocess.Popen[bytes]

    def close(self) -> None:
        """End the server as Ctrl-C does; at once where it does not listen."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the server as a crash does."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def serve(
    db: str,
    runs: Path,
    name: str = "ann",
    config: Path | None = None,
    more: tuple[str, ...] = (),
    port: int | None = None,
    **variables: str,
) -> Served:
    """Start `labelaudit review` as somebody, and wait until it answers."""
    port = port or free_port()
    folders = [str(path.parent) for path in sorted(runs.glob("*/audit.json"))]
    named = [] if config is None else ["-c", str(config)]
    arguments = ["review", *folders, *named, "--db", db, "--port", str(port), *more]
    who = {"LOGNAME": name, "USER": name}
    process = subprocess.Popen(
        [sys.executable, "-c", _START, *arguments],
        cwd=runs.parent,
        env={
            **os.environ,
            **who,
            "PYTHONPATH": str(ROOT / "src"),
            **variables,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = Served(f"http://127.0.0.1:{port}", db, runs, process)
    _await(found, port)
    return found


def _await(served: Served, port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and served.process.poll() is None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asked:
                asked.request("GET", "/_stcore/health")
                if asked.getresponse().status == http.HTTPStatus.OK:
                    return
        except OSError:
            time.sleep(0.1)
    served.kill()
    raise AssertionError("the server did not start")


def item_on(page: Page) -> str | None:
    """Return the item of the card on screen."""
    found = page.locator(".la-card").first
    return found.get_attribute("data-item") if found.count() else None


def wait_for_card(page: Page, other_than: str | None = None) -> str:
    """Wait until a card (another card) is on screen, and return its item."""
    not_this = "" if other_than is None else f':not([data-item="{other_than}"])'
    page.locator(f".la-card{not_this}").first.wait_for()
    return str(item_on(page))


def look(page: Page) -> None:
    """Look at a card for as long as a key needs to count."""
    page.wait_for_timeout(400)


def press(page: Page, key: str) -> str:
    """Look, press a key, wait for the next card, and return the item that was on screen."""
    before = wait_for_card(page)
    look(page)
    page.keyboard.press(key)
    page.locator(f'.la-card:not([data-item="{before}"]), .la-finished').first.wait_for()
    return before


def decided(store: Store, run: str) -> dict[str, tuple[str, str | None]]:
    """Return item -> (kind, label) of what stands in a run."""
    flags = store.flags(Filter(run, status="decided"), size=500).flags
    last = ((flag.item_id, store.history(flag.id)[-1]) for flag in flags)
    return {item: (made.kind, made.label) for item, made in last}
