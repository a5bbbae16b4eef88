"""A store that an older version made: opened with all that is in it, and worked upon."""

from __future__ import annotations

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, NullPool, create_engine, insert, select

from labelaudit.model import Finding
from labelaudit.review import Choice, Filter, open_store
from labelaudit.review.connecting import address
from labelaudit.review.migrating import VERSION_TABLE, _script
from review_runs import NOON, card, item, run_folder, write_cards

OLD = {"version_table": VERSION_TABLE, "transactional_ddl": True}


def worked(place, folder):
    """Return every row of a store with a decision and an undo in it, by table."""
    with open_store(str(place)) as store:
        run = store.import_run(folder, "lead", NOON).run
        made = store.decide(1, 0, "ann", Choice("label-wrong", "dog"), NOON)
        store.decide(2, 0, "ann", Choice("ambiguous"), NOON)
        store.undo(made.decision.id, "ann", NOON)
    engine, found = create_engine(address(str(place)), poolclass=NullPool), MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        rows = {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in found.tables.items()
        }
    return run.id, rows


def made_by(version, db, rows):
    """Make a database as an older version did, and put what it knew of the rows into it."""
    engine, known = create_engine(address(db), poolclass=NullPool), MetaData()
    with engine.begin() as connection:
        script = _script()
        options = {**OLD, "fn": lambda at, _: script._upgrade_revs(version, at)}
        context = MigrationContext.configure(connection, opts=options)
        with Operations.context(context):
            context.run_migrations()
    known.reflect(engine)
    with engine.begin() as connection:
        for table in known.sorted_tables:
            if table.name != VERSION_TABLE and rows[table.name]:
                connection.execute(table.delete())
                names = {column.name for column in table.c}
                kept = [{n: row[n] for n in row if n in names} for row in rows[table.name]]
                connection.execute(insert(table), kept)
    engine.dispose()


@pytest.fixture
def folder(tmp_path):
    """Return a run as an old version wrote it: with no cards."""
    found = [
        Finding("constant-answering", "breach", "high", "one-sided", "label", annotator_id="w1")
    ]
    return run_folder(tmp_path / "run", [item("a"), item("b"), item("c")], found)


@pytest.fixture(params=["0001", "0002", "0003"])
def old(request, db, folder, tmp_path):
    """Return the id of a run in a store of an older version."""
    run, rows = worked(tmp_path / "new.db", folder)
    made_by(request.param, db, rows)
    return run


def test_everything_is_there_and_the_record_is_whole(db, old):
    with open_store(db) as store:
        assert store.counts(Filter(old)) == {"open": 2, "skipped": 0, "decided": 1}
        assert [made.kind for made in store.history(1)] == ["label-wrong", "undo"]
        assert (store.verify().entries, store.verify().broken) == (4, None)
        assert store.card(1) is None


def test_work_goes_on(db, old):
    with open_store(db) as store:
        assert store.decide(1, 2, "bob", Choice("label-ok"), NOON).accepted
        assert store.verify().broken is None


def test_the_same_run_again_brings_what_older_versions_did_not_keep(db, old, folder):
    write_cards(folder, [card(item("a"))])
    with open_store(db) as store:
        store.import_run(folder, "lead", NOON)
        assert store.card(1).shown[0].text == "a cat"
        assert [flag.annotator_id for flag in store.people(old)] == ["w1"]
        assert store.verify().broken is None
