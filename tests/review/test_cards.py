"""What the store shows of a flag, also when the run folder is gone."""

from __future__ import annotations

from shutil import rmtree

import pytest

from labelaudit.errors import InputError
from labelaudit.review import Answer, Card, Filter, Shown, open_store
from review_runs import NOON, card, item, items, run_folder, write_cards

CAPTION = '[{"name": "caption", "text": "%s", "left_out": %d, "differs": true}]'


@pytest.fixture
def folder(tmp_path):
    return run_folder(tmp_path / "run", items(2))


def shown(store, folder):
    """Take a run in and return what is shown of its first flag."""
    run = store.import_run(folder, "lead", NOON).run
    return store.card(store.flags(Filter(run.id)).flags[0].id)


def test_a_card_is_shown_when_the_run_folder_is_gone(store, folder):
    write_cards(folder, [card(item("i1")), card(item("i2"), image="b.png")])
    expected = Card(
        question_id="label",
        scale="nominal",
        labels=("cat", "dog"),
        shown=(Shown("caption", "a cat", 0),),
        pair=(),
        image=None,
        answers=(Answer("w1", "human", "cat", 2.5),),
    )
    found = shown(store, folder)
    rmtree(folder)
    assert (found, store.card(2).image) == (expected, "b.png")


def test_a_run_of_before_there_were_cards_has_none(store, folder):
    assert shown(store, folder) is None
    assert store.card(99) is None


def test_another_round_shows_the_same_card(store, folder, say):
    write_cards(folder, [card(item("i1"))])
    first = shown(store, folder)
    say(store.runs()[0].id)
    store.open_second_round(store.runs()[0].id, 1.0, "lead", NOON)
    assert store.card(3) == first


def test_units_that_are_no_flags_leave_no_card(store, folder, tmp_path):
    write_cards(folder, [card(item("i1")), card(item("elsewhere"))])
    shown(store, folder)
    assert '"cards": 1' in event(store, tmp_path)


def test_what_cards_show_can_change_and_is_recorded(store, folder, tmp_path):
    shown(store, folder)
    write_cards(folder, [card(item("i1"), shown=CAPTION % ("longer", 7))])
    assert shown(store, folder).shown == (Shown("caption", "longer", 7, differs=True),)
    entries = store.verify().entries
    shown(store, folder)  # the same again is nothing new
    assert (entries, store.verify().entries, store.verify().broken) == (2, 2, None)


@pytest.mark.parametrize("broken", [{"shown": "["}, {"answers": "no"}])
def test_cards_that_cannot_be_read_are_refused_with_the_run(store, folder, broken):
    write_cards(folder, [card(item("i1"), **broken)])
    with pytest.raises(InputError, match="whole run folder"):
        shown(store, folder)
    assert store.runs() == ()


def test_half_a_file_of_cards_is_refused(store, folder):
    (folder / "cards.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match="whole run folder"):
        shown(store, folder)


def test_hostile_texts_are_shown_as_they_were(store, folder):
    text = "<script>\\u0000\\ud83d\\ude00\\u202e'; DROP TABLE cards"
    write_cards(folder, [card(item("i1"), shown=CAPTION % (text, 0), image="../../etc/passwd\x00")])
    found = shown(store, folder)
    assert found.shown[0].text == "<script>\x00\U0001f600\u202e'; DROP TABLE cards"
    assert found.image == "../../etc/passwd\x00"


def test_a_backup_holds_the_cards(store, folder, tmp_path):
    write_cards(folder, [card(item("i1"))])
    found = shown(store, folder)
    store.backup(tmp_path / "b.db")
    with open_store(str(tmp_path / "b.db")) as copy:
        assert copy.card(1) == found


def event(store, tmp_path) -> str:
    """Return what the first entry of the record says."""
    import sqlite3

    store.backup(tmp_path / "look.db")
    with sqlite3.connect(tmp_path / "look.db") as connection:
        (text,) = connection.execute("SELECT detail FROM events WHERE seq = 1").fetchone()
    connection.close()
    return text
