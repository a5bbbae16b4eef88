"""The states of the review page in which something is missing, done or wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from app import load
from app.settings import Settings
from app_pages import press, words
from labelaudit.cli.work import audit_data
from labelaudit.review import Choice, Filter, open_store
from review_runs import NOON, item, items, run_folder


@pytest.fixture
def under(tmp_path):
    """Return what puts units under review in a store of their own."""
    opened = []

    def review(units):
        db = str(tmp_path / "reviews.db")
        folder = run_folder(tmp_path / "runs/r", units)
        store = open_store(db)
        opened.append(store)
        run = store.import_run(folder, "lead", NOON).run.id
        folder.rename(tmp_path / "runs" / run)
        Settings(runs=(str(tmp_path / "runs"),), db=db).store()
        return store, run

    yield review
    for store in opened:
        store.close()
    load._store.clear()


def test_before_any_run_the_page_says_what_to_do(empty, page):
    assert "labelaudit demo" in words(page("review"))


def test_a_run_without_flags_says_that_nothing_is_flagged(under, page):
    under([])
    assert "Nothing flagged" in words(page("review"))


def test_a_filter_that_fits_nothing_leads_back(under, page):
    under(items(3))
    test = page("review", find="no-such-item")
    assert "No card fits" in words(test)
    assert "All flags of the run" in words(test)


def test_when_all_is_decided_the_page_says_so_and_offers_the_random_sample(under, page):
    under(items(2))
    test = press(press(page("review"), "label-ok"), "skip")
    assert "All decided" in words(test)
    assert "1 were skipped" in words(test)
    assert "order=random-sample" in words(test)


def test_skipped_cards_come_again_when_asked_for(under, page):
    store, run = under(items(2))
    press(page("review"), "skip")
    test = press(page("review", status="skipped"), "label-ok")
    assert store.counts(Filter(run)) == {"open": 1, "skipped": 0, "decided": 1}
    assert not test.exception


def test_a_random_sample_says_how_many_labels_are_wrong(under, page):
    under([item(f"i{n}", rank=n, drawn="uniform", probability=0.1) for n in range(3)])
    test = press(page("review", order="random-sample"), "label-ok")
    assert "0.0% (95% interval 0.0% to 97.5%, 1 judged)" in words(test)


def test_a_decision_that_the_database_refuses_is_kept_and_recorded_later(under, page):
    store, run = under(items(2))
    test = page("review")
    with closing(sqlite3.connect(store.where, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        test = press(test, "label-ok")
        assert "Your decision (label ok) is kept here and not recorded yet" in words(test)
        assert all(b.disabled for b in test.button if b.key.startswith("label-ok"))
        other.execute("ROLLBACK")
    press(test, "retry")
    (flag,) = store.flags(Filter(run, status="decided")).flags
    assert flag.item_id == "i1"


@pytest.mark.parametrize(("way", "then"), [("next", "retry"), ("previous", "label-ok")])
def test_where_the_database_does_not_answer_no_card_is_lost(under, page, way, then):
    store, run = under(items(3))
    test = press(page("review"), "next")
    with closing(sqlite3.connect(store.where, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        test = press(test, way)
        said = [*test.error, *test.toast]
        assert "database does not answer" in said[0].value
        other.execute("ROLLBACK")
    assert "la-card" in words(press(test, then))
    assert sum(store.counts(Filter(run)).values()) == 3


def test_a_card_decided_meanwhile_is_not_decided_again(under, page):
    store, run = under(items(2))
    test = page("review")
    flag = store.flags(Filter(run)).flags[0]
    store.decide(flag.id, 0, "bob", Choice("label-ok"), NOON)
    test = press(test, "bad-item")
    assert "Already decided by bob at 12:00" in test.toast[0].value
    assert [made.reviewer for made in store.history(flag.id)] == ["bob"]


def test_a_changed_run_folder_is_stale(under, page, tmp_path):
    _, run = under(items(2))
    with (tmp_path / "runs" / run / "audit.json").open("a") as audit:
        audit.write(" ")
    assert "Stale" in words(page("review"))


def test_cards_can_be_decided_when_the_run_folder_is_gone(under, page, tmp_path):
    store, run = under(items(2))
    (tmp_path / "runs" / run).rename(tmp_path / "elsewhere")
    test = page("review")
    assert "is not where it was" in words(test)
    press(test, "label-ok")
    assert store.counts(Filter(run))["decided"] == 1


def test_a_card_left_for_another_queue_is_free_again_and_one_key_away(under, page):
    store, run = under([item("i1", batch_id="b1"), item("i2", batch_id="b2")])
    test = page("review")
    test.selectbox(key="batch").set_value("b2").run()
    first, second = store.flags(Filter(run)).flags
    assert (first.claimed_by, second.claimed_by is None) == (None, False)
    assert ">i1, label<" in words(press(test, "previous"))


def test_where_everybody_worked_alone_the_page_says_what_can_still_tell_errors(page, tmp_path):
    rows = "".join(f"i{n},w{n % 3},{'cat' if n % 2 else 'dog'},b1\n" for n in range(30))
    (tmp_path / "b1.csv").write_text("item,annotator,label,batch\n" + rows)
    run = audit_data((str(tmp_path / "b1.csv"),), None, tmp_path / "runs", 0, None).run
    db = str(tmp_path / "reviews.db")
    with open_store(db) as store:
        store.import_run(run, "lead", NOON)
    Settings(runs=(str(run.parent),), db=db).store()
    assert "Each item was labeled by one annotator" in words(page("review"))


def test_the_queue_is_listed_behind_a_toggle(under, page):
    under(items(60))
    test = page("review")
    assert len(test.dataframe) == 0
    test.toggle(key="queue").set_value(True).run()
    assert len(test.dataframe[0].value) == 50
    assert "1 to 50 of 60" in words(test)
