"""The page Export and log: what is sent, what was decided, the record, and the policy."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

import pytest

from app import settings, state
from app.state import Me
from labelaudit.review import Choice, Filter
from labelaudit.safe import unguarded
from review_runs import NOON

HOSTILE = "<b>=x</b> ![i](http://a)"


@pytest.fixture
def run(review):
    """Return the id of the sample run, three of its flags decided."""
    run = review.runs()[0].id
    for kind in ("label-wrong", "ambiguous", "label-ok"):
        flag = review.take_next(Filter(run), "ann", NOON)
        review.decide(flag.id, flag.version, "ann", Choice(kind, note=HOSTILE), NOON)
    return run


@pytest.fixture
def exports(page, run):
    """Return what opens a part of the page."""
    return lambda part="Send", **query: page("exports", part=part, **query)


def said(test) -> str:
    """Return everything that a page says, as one text without escapes."""
    parts = [*test.markdown, *test.caption, *test.get("html"), *test.subheader, *test.warning]
    parts += [*test.success, *test.error, *test.info]
    words = (str(getattr(part, "value", None) or part.body) for part in parts)
    return "\n".join(words).replace("\\", "")


def table(test):
    return test.dataframe[0].value


def test_without_a_run_the_first_steps_are_told(page, empty):
    assert "labelaudit demo" in said(page("exports"))


def test_it_says_what_is_to_be_labeled_again_and_that_nothing_was_sent(exports):
    words = said(exports())
    assert "**2** units of this run are decided to be labeled again" in words
    assert "Nothing yet." in words


def test_a_file_is_made_listed_and_kept_as_sent(exports, review, run):
    found = exports().button(key="export-make").click().run()
    (sent,) = review.exports(run)
    assert (sent.rows, sent.actor, sent.with_answers) == (2, state.me().name, False)
    assert list(table(found)["Export"]) == [sent.name]
    made = found.session_state["export-made"]
    rows = list(csv.DictReader(io.StringIO(made.text, newline="")))
    assert [unguarded(row["reason"]) for row in rows] == ["label-wrong", "ambiguous"]


def test_the_plan_and_the_answers_stand_in_the_file_when_asked_for(exports, review, run):
    found = exports()
    found.checkbox(key="export-plan").check()
    found.checkbox(key="export-answers").check()
    found.button(key="export-make").click().run()
    assert review.exports(run)[0].rows > 2
    assert HOSTILE in found.session_state["export-made"].text


def test_who_is_no_lead_sees_what_was_sent_and_sends_nothing(exports, monkeypatch):
    monkeypatch.setattr(state, "me", lambda: Me("eve", "reviewer", verified=True))
    found = exports()
    assert found.button(key="export-make").disabled
    assert "Only a lead sends" in said(found)


def test_a_callback_of_who_is_no_lead_any_more_sends_nothing(exports, review, run, monkeypatch):
    found = exports()
    monkeypatch.setattr(state, "me", lambda: Me("eve", "viewer", verified=True))
    found.button(key="export-make").click().run()
    assert "needs a lead" in found.exception[0].message
    assert review.exports(run) == ()


def test_decisions_are_listed_as_they_were_written(exports):
    rows = table(exports("Decisions"))
    assert list(rows["Decision"]) == ["label-ok", "ambiguous", "label-wrong"]
    assert set(rows["Note"]) == {HOSTILE}


def test_decisions_are_filtered_in_the_store(exports):
    found = exports("Decisions")
    found.selectbox(key="decision-kind").set_value("ambiguous").run()
    assert list(table(found)["Decision"]) == ["ambiguous"]
    found.text_input(key="decision-by").set_value("nobody").run()
    assert "No decision fits." in said(found)


def test_many_decisions_come_a_page_at_a_time(exports, review, run):
    for _ in range(57):
        flag = review.take_next(Filter(run), "bob", NOON)
        review.decide(flag.id, flag.version, "bob", Choice("label-ok"), NOON)
    found = exports("Decisions")
    assert (len(table(found)), "1 to 50 of 60 decisions" in said(found)) == (50, True)


def test_a_run_that_nobody_decided_says_so(page, review):
    assert "Nobody has decided anything yet." in said(page("exports", part="Decisions"))


def test_the_record_shows_its_head_and_who_did_what(exports, review):
    found = exports("Record")
    assert found.code[0].value == review.head()[1]
    assert list(table(found)["Action"]) == ["decide", "decide", "decide", "import"]
    assert table(found)["What it tells"][0] == f"label-ok, {HOSTILE}"
    found.text_input(key="event-text").set_value("label-wrong").run()
    assert list(table(found)["Upon"]) == ["flag 1"]


def test_the_record_is_verified_when_asked(exports, review, run):
    found = exports("Record").button(key="verify").click().run()
    assert "All 4 entries" in said(found)
    flag = review.take_next(Filter(run), "bob", NOON)
    review.decide(flag.id, flag.version, "bob", Choice("skip"), NOON)
    assert "4 entries were whole; 1 came since" in said(found.run())


def test_a_broken_record_is_named(exports, review):
    with sqlite3.connect(settings.current().db) as connection:
        connection.execute("UPDATE decisions SET kind = 'label-ok' WHERE id = 2")
    connection.close()
    found = exports("Record").button(key="verify").click().run()
    assert "decision 2 is not what entry 3 says" in said(found)


def test_the_policy_is_read_only_and_has_its_command(exports):
    found = exports("Policy")
    command, written = (code.value for code in found.code)
    assert command.startswith("labelaudit gate ")
    assert "-c " in command
    assert "min_agreement = 0.667" in written
    assert list(table(found)["At least"])[:2] == ["0.9", "0.667"]
    assert not [*found.text_input, *found.text_area, *found.number_input]


def test_another_configuration_than_the_runs_is_told(exports, tmp_path, review):
    now, changed = settings.current(), tmp_path / "labelaudit.toml"
    changed.write_text(Path(str(now.config)).read_text().replace("0.667", "0.5"))
    settings.Settings(runs=now.runs, db=now.db, config=str(changed)).store()
    assert "not what this run was audited with" in said(exports("Policy"))


def test_without_a_folder_the_store_still_lists_and_sends(exports, review, run, tmp_path):
    now = settings.current()
    settings.Settings(runs=(str(tmp_path),), db=now.db, config=None).store()
    found = exports()
    assert found.checkbox(key="export-plan").disabled
    found.button(key="export-make").click().run()
    assert review.exports(run)[0].rows == 2
    assert "None was named" in said(exports("Policy"))


@pytest.fixture
def decide_anew(review, run):
    """Show what deciding anew the oldest decision of the run takes."""
    from streamlit.testing.v1 import AppTest

    return lambda: AppTest.from_string(
        "from app import load\nfrom app.components.anew import anew\n"
        "from labelaudit.review import DecisionFilter\n"
        f"anew(load.store().decisions(DecisionFilter({run!r}, kind='label-wrong'))[0][-1])\n",
        default_timeout=30,
    ).run()


def test_what_was_sent_can_be_decided_anew(decide_anew, review, run):
    review.export(run, "lead", NOON)
    found = decide_anew()
    found.selectbox[0].set_value("label-ok")
    found.text_input(key="anew-note-1-1").set_value("seen again")
    found.button[0].click().run()
    (_, now) = review.history(1)
    assert (now.kind, now.supersedes, now.note) == ("label-ok", 1, "seen again")


def test_what_was_not_sent_is_not_decided_anew(decide_anew):
    assert not decide_anew().button


def test_a_viewer_decides_nothing_anew(decide_anew, review, run, monkeypatch):
    review.export(run, "lead", NOON)
    monkeypatch.setattr(state, "me", lambda: Me("eve", "viewer", verified=True))
    assert not decide_anew().button
