"""A running app for browser tests: one server, and a run of its own for each test.

A test takes `served` (the server, started once), `sample` (the id of the sample deliveries' run
in its store) or `take_in` (puts a run of some units there and returns its id), and `open_page`
(opens an address of the app in a fresh browser session).
"""

from __future__ import annotations

from datetime import UTC, datetime
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from browser_files import Opened
from browser_sizes import LAPTOP
from browser_work import CHROMIUM, FLAGS, serve
from labelaudit.review import open_store
from review_runs import items, run_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser_work import Served
    from labelaudit.review import Store

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def chromium():
    """Return a headless browser, or skip."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served_as(tmp_path_factory) -> Iterator[Callable[[str], Served]]:
    """Return what starts a server as somebody: each name once, all over one store."""
    place = tmp_path_factory.mktemp("served")
    (place / "runs").mkdir()
    started: dict[str, Served] = {}

    def by(name: str) -> Served:
        if name not in started:
            started[name] = serve(str(place / "reviews.db"), place / "runs", name)
        return started[name]

    yield by
    for served in started.values():
        served.close()


@pytest.fixture
def served(served_as) -> Served:
    """Return a server as ann; `sample` puts the sample run into its store."""
    return served_as("ann")


@pytest.fixture
def store(served) -> Iterator[Store]:
    """Return the store that the server writes into."""
    with open_store(served.db) as opened:
        yield opened


@pytest.fixture
def sample(served, store, sample_run) -> str:
    """Put the run of the sample deliveries into the store, once, and return its id."""
    if not (served.runs / sample_run.name).exists():
        copytree(sample_run, served.runs / sample_run.name)
    return store.import_run(served.runs / sample_run.name, "lead", NOW).run.id


@pytest.fixture
def take_in(served, store, request) -> Callable[..., str]:
    """Return what puts a run into the store: so many units, or these; it returns the run's id."""

    def taken(units=12, findings=()) -> str:
        units = items(units) if isinstance(units, int) else units
        unique = request.node.nodeid + str(len(store.runs()))
        folder = run_folder(served.runs / f"run{len(store.runs())}", units, findings, unique)
        run = store.import_run(folder, "lead", NOW).run.id
        folder.rename(served.runs / run)
        return run

    return taken


@pytest.fixture
def open_page(served, chromium):
    """Return what opens an address of the app in a browser session of its own."""
    contexts = []

    def opened(path: str, of: Served | None = None, **choices):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 720}, **choices})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a busy machine is no fault
        page.goto(f"{(of or served).url}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def reviewing(take_in, open_page):
    """Return what opens the review page on a fresh run: it gives the page and the run's id."""

    def opened(units=12, **choices):
        run = take_in(units)
        return open_page(f"review?run={run}", **choices), run

    return opened


@pytest.fixture
def opened(chromium, tmp_path):
    """Open a page from a file, offline; return it with all that it asked for."""
    contexts = []

    def show(text: str, size=LAPTOP, scheme="light") -> Opened:
        (tmp_path / "report.html").write_text(text, encoding="utf-8")
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
        )
        contexts.append(context)
        found = Opened(context.new_page())
        found.page.on("request", found.ask)
        found.page.on("dialog", found.alert)
        found.page.on("console", found.say)
        found.page.goto((tmp_path / "report.html").as_uri())
        return found

    yield show
    for context in contexts:
        context.close()
