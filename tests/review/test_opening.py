"""Opening a store: made, migrated, refused, or unavailable, and always said in words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from labelaudit.errors import UsageError
from labelaudit.review import Choice, StoreUnavailableError, open_store
from labelaudit.review.connecting import _file_system, address
from labelaudit.review.migrating import VERSION_TABLE
from labelaudit.review.tables import METADATA
from review_runs import NOON


def test_the_migrations_make_the_tables_that_the_code_knows(store, db):
    engine = create_engine(address(db))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_eight_may_open_a_new_store_at_once(db):
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(db), range(8)))
    assert [store.verify().entries for store in stores] == [0] * 8
    for store in stores:
        store.close()


def test_a_newer_store_is_refused(store, db):
    engine = create_engine(address(db))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    engine.dispose()
    with pytest.raises(UsageError, match="found 9999: a newer labelaudit made it"):
        open_store(db)


def test_another_programs_database_is_left_alone(tmp_path):
    with closing(sqlite3.connect(tmp_path / "theirs.db")) as theirs:
        theirs.execute("CREATE TABLE events (id)")
    with pytest.raises(UsageError, match="another program's database"):
        open_store(str(tmp_path / "theirs.db"))


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be taken for one" * 9)
    with pytest.raises(UsageError, match="not a readable review store"):
        open_store(str(path))
    assert path.read_text().startswith("not a database")


def test_a_locked_database_says_that_nothing_was_recorded(tmp_path, taken_in, store, monkeypatch):
    monkeypatch.setattr("labelaudit.review.connecting.BUSY_MS", 50)
    with open_store(str(tmp_path / "locked.db")) as locked:
        with closing(sqlite3.connect(tmp_path / "locked.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailableError, match="database is locked") as said:
                locked.decide(1, 0, "ann", Choice("label-ok"), NOON)
        assert "try again" in said.value.next_step
        assert locked.verify().entries == 0


@pytest.mark.parametrize(
    ("db", "said"),
    [
        ("mysql://u:secret@h/d", "mysql is not supported"),
        ("://", "is no URL"),
        ("sqlite://", "would lose every decision"),
        ("postgresql://u:secret@127.0.0.1:1/d", "does not answer"),
        ("no/such/folder/reviews.db", "does not answer"),
    ],
)
def test_a_store_that_cannot_be_had_is_said_without_its_password(db, said):
    with pytest.raises(UsageError, match=said) as error:
        open_store(db)
    assert "secret" not in error.value.block()


def test_a_network_drive_is_told_from_a_local_disk(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("a / ext4 rw 0 0\nb /team nfs4 rw 0 0\nc /team/local ext4 rw 0 0\n")
    kinds = [
        _file_system(tmp_path.__class__(p), mounts) for p in ("/x", "/team/r", "/team/local/r")
    ]
    assert kinds == ["ext4", "nfs4", "ext4"]


@pytest.mark.parametrize("package", ["sqlalchemy", "alembic"])
def test_without_the_extra_it_says_what_to_install(package):
    code = (
        f"import sys; sys.modules['{package}'] = None\n"
        "from labelaudit.cli import main; sys.argv = ['labelaudit', 'reviews', 'restore', 'x']\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, "pip install 'labelaudit[app]'" in done.stderr) == (2, True)
