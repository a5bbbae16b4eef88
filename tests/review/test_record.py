"""The record names what was tampered with; a backup holds all of it."""

from __future__ import annotations

import pytest

from labelaudit.errors import InputError, UsageError
from labelaudit.review import Filter, open_store


@pytest.fixture
def worked(run, say) -> str:
    """Return a run upon which five entries stand."""
    for kind in ("label-ok", "skip", "ambiguous"):
        say(run, kind=kind)
    return run


def test_an_untouched_record_is_whole(store, worked):
    found = store.verify()
    assert (found.entries, found.broken, len(found.head)) == (4, None, 64)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE events SET actor = 'eve' WHERE seq = 2", "entry 2 was changed"),
        ("DELETE FROM events WHERE seq = 2", "entry 2 is missing"),
        ("DELETE FROM events WHERE seq = 4", "entry 4 is missing"),
        ("UPDATE events SET prev_hash = hash WHERE seq = 3", "entry 3 does not follow"),
        ("UPDATE decisions SET note = 'x' WHERE id = 2", "decision 2 is not what entry 3 says"),
        ("UPDATE decisions SET kind = 'label-ok' WHERE id = 3", "decision 3 is not what entry 4"),
        ("DELETE FROM decisions WHERE id = 3", "decision 3 of entry 4 is missing"),
        ("DELETE FROM head", "entry 5 is missing"),
        ("UPDATE flags SET status = 'open' WHERE id = 1", "flag 1 is open at version 1"),
        ("UPDATE flags SET status = 'decided' WHERE id = 2", "flag 2 is decided at version 1"),
        ("UPDATE flags SET version = 7 WHERE id = 3", "flag 3 is decided at version 7"),
        ("UPDATE flags SET version = 0, status = 'open' WHERE id = 1", "flag 1 is open"),
    ],
)
def test_the_first_broken_entry_is_named(store, worked, tamper, statement, said):
    tamper(statement)
    assert said in store.verify().broken


def test_a_decision_that_nobody_recorded_is_found(store, worked, tamper):
    tamper(
        "INSERT INTO decisions SELECT 9, flag_id, 9, round, 'eve', kind, label, note, queue_order,"
        " probability, shown_ms, NULL, NULL, at FROM decisions WHERE id = 1"
    )
    assert store.verify().broken == "decision 9 stands in no entry"


def test_the_database_refuses_a_second_decision_upon_the_same_state(store, worked, tamper):
    with pytest.raises(Exception, match=r"(?i)unique"):
        tamper(
            "INSERT INTO decisions SELECT 9, flag_id, version, round, 'eve', kind, label, note,"
            " queue_order, probability, shown_ms, NULL, NULL, at FROM decisions WHERE id = 1"
        )


def test_a_backup_restores_to_the_same_record_and_work_goes_on(store, worked, say, tmp_path):
    assert store.backup(tmp_path / "backup.db") == 4
    with open_store(str(tmp_path / "new.db")) as restored:
        assert restored.restore(tmp_path / "backup.db") == 4
        assert restored.verify() == store.verify()
        pages = [each.flags(Filter(worked)) for each in (restored, store)]
    assert pages[0] == pages[1]
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup.db"]


def test_a_backup_can_be_restored_into_this_kind_of_database(store, tmp_path, db):
    with open_store(str(tmp_path / "other.db")) as other:
        other.backup(tmp_path / "empty.db")
    assert store.restore(tmp_path / "empty.db") == 0


def test_a_backup_replaces_no_file(store, tmp_path):
    (tmp_path / "b.db").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        store.backup(tmp_path / "b.db")
    assert (tmp_path / "b.db").read_text() == "mine"


def test_a_restore_replaces_nothing(store, worked, tmp_path):
    store.backup(tmp_path / "b.db")
    with pytest.raises(UsageError, match="replaces nothing"):
        store.restore(tmp_path / "b.db")


def test_a_backup_whose_record_is_broken_is_not_restored(store, worked, tamper, tmp_path):
    tamper("UPDATE events SET actor = 'eve' WHERE seq = 2")
    store.backup(tmp_path / "b.db")
    with open_store(str(tmp_path / "n.db")) as new:
        with pytest.raises(InputError, match="entry 2 was changed"):
            new.restore(tmp_path / "b.db")
        assert new.runs() == ()


def test_a_backup_that_is_not_there_is_an_input_error(store, tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        store.restore(tmp_path / "gone.db")
