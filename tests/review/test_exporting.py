"""What goes back to the vendor, and stays as it was sent."""

from __future__ import annotations

import csv
import io
import json

import pytest

from labelaudit.comparing.asking import _asked
from labelaudit.errors import UsageError
from labelaudit.review import Choice, Filter, Planned, Wanted, open_store
from labelaudit.safe import unguarded
from review_runs import NOON, card, item, items, run_folder, write_cards

KINDS = ("label-wrong", "ambiguous", "bad-item", "label-ok", "skip")
SECRETS = ("the-right-one", "ann", "see the ears")


@pytest.fixture
def reviewed(store, taken_in, say):
    """Return a run of six units, five of them decided in every way."""
    run = taken_in(6)
    for kind in KINDS:
        flag = store.take_next(Filter(run), "ann", NOON)
        label = "the-right-one" if kind == "label-wrong" else None
        choice = Choice(kind, label, note="see the ears")
        store.decide(flag.id, flag.version, "ann", choice, NOON)
    return run


@pytest.fixture
def send(store, reviewed):
    """Export the run, and return the rows of the file."""

    def export(what="relabel", planned=(), **choices):
        done = store.export(reviewed, "lead", NOON, Wanted(what, **choices), planned=planned)
        rows = csv.DictReader(io.StringIO(done.text, newline=""))
        return [{key: unguarded(cell) for key, cell in row.items()} for row in rows]

    return export


def test_what_is_to_be_labeled_again_is_what_was_found_wrong_or_ambiguous(send):
    rows = send()
    assert [(row["item_id"], row["reason"]) for row in rows] == [
        ("i1", "label-wrong"),
        ("i2", "ambiguous"),
    ]
    assert (rows[0]["question_id"], rows[0]["old_label"]) == ("label", "cat")
    assert "Please label it again" in rows[0]["why"]


@pytest.mark.parametrize("form", ["csv", "jsonl", "label-studio"])
@pytest.mark.parametrize("what", ["relabel", "decisions"])
def test_the_vendor_is_not_told_what_reviewers_answered(store, reviewed, form, what):
    text = store.export(reviewed, "lead", NOON, Wanted(what, form)).text
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("form", ["csv", "jsonl", "label-studio"])
def test_the_answers_are_told_when_asked_for(store, reviewed, form):
    text = store.export(reviewed, "lead", NOON, Wanted(format=form, with_answers=True)).text
    assert [secret for secret in SECRETS if secret not in text] == []


def test_the_plan_stands_after_what_was_decided_and_leaves_decided_units_out(send):
    more = [Planned("label", name, "b1", "v1", "dog", 2) for name in ("i9", "i4")]
    rows = send(planned=more)
    assert [(row["item_id"], row["more_labels"]) for row in rows][2:] == [("i9", "2")]


def test_only_what_was_not_sent_before(send, store, reviewed):
    more = [Planned("label", "i9", "b1", "v1", "dog", 2)]
    send(planned=more)
    assert send(planned=more, only_new=True) == []
    store.decide(6, 0, "bob", Choice("label-wrong"), NOON)
    assert [row["item_id"] for row in send(planned=more, only_new=True)] == ["i6"]
    assert len(send()) == 3


def test_the_last_round_counts(send, store, reviewed):
    store.open_second_round(reviewed, 1.0, "lead", NOON)
    for flag in store.flags(Filter(reviewed, round=2)).flags:
        kind = "label-ok" if flag.item_id == "i1" else "ambiguous"
        store.decide(flag.id, 0, "bob", Choice(kind), NOON)
    assert [row["item_id"] for row in send()] == ["i2", "i3", "i4"]


def test_every_decision_is_listed_and_those_that_stand_are_told(send, store):
    store.undo(1, "ann", NOON)
    rows = send("decisions", with_answers=True)
    assert [(row["kind"], row["stands"]) for row in rows] == [
        ("label-wrong", "false"),
        *((kind, "true") for kind in KINDS[1:]),
        ("undo", "false"),
    ]
    assert send("decisions", only_new=True) == []


def test_what_was_sent_is_kept_with_its_export(store, reviewed, send):
    send()
    send("decisions", format="csv")
    second, first = store.exports(reviewed)
    assert (first.name, first.rows, first.what) == (f"{reviewed[:12]}-1", 2, "relabel")
    assert (second.id, second.actor, second.at) == (2, "lead", NOON)
    assert store.verify().broken is None


def test_a_decision_that_was_sent_is_not_undone_but_decided_anew(store, reviewed, send):
    send()
    with pytest.raises(UsageError, match="was sent to the vendor") as said:
        store.undo(1, "ann", NOON)
    assert "anew" in said.value.next_step
    done = store.decide_anew(1, 1, "bob", Choice("label-ok"), NOON)
    assert (done.accepted, done.decision.supersedes, done.flag.version) == (True, 1, 2)
    assert not store.decide_anew(1, 1, "ann", Choice("bad-item"), NOON).accepted
    assert [row["item_id"] for row in send()] == ["i2"]
    assert store.verify().broken is None


@pytest.mark.parametrize(("flag", "kind"), [(4, "label-ok"), (1, "skip")])
def test_only_what_was_sent_is_decided_anew(store, send, flag, kind):
    send()
    with pytest.raises(UsageError, match="decided anew"):
        store.decide_anew(flag, 1, "ann", Choice(kind), NOON)


def test_a_run_that_is_not_there_sends_nothing(store):
    with pytest.raises(UsageError, match="is not in this store"):
        store.export("0123", "lead", NOON)
    assert store.exports() == ()


HOSTILE = ["=cmd()", "+1", "-1", "@x", "\t=x", "\r=x", "'tis", "''", "\uff1dx", " =x", 'a"b,\nc']


def test_no_cell_is_a_formula_and_each_can_be_read_back(store, taken_in, say):
    units = [item(text, consensus=text, batch_id=text, vendor=text) for text in HOSTILE]
    run = taken_in(units)
    for _ in units:
        say(run, kind="label-wrong", label="=1")
    text = store.export(run, "lead", NOON, Wanted(with_answers=True)).text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@\uff1d") - {""}]
    assert {unguarded(row["item_id"]) for row in rows} == set(HOSTILE)
    assert [unguarded(row["old_label"]) for row in rows] == [
        unguarded(row["item_id"]) for row in rows
    ]


def test_what_was_sent_is_read_back_as_what_was_asked(store, taken_in, say, tmp_path):
    run = taken_in([item(text) for text in HOSTILE])
    for _ in HOSTILE:
        say(run, kind="ambiguous")
    sent = tmp_path / "relabel.csv"
    text = store.export(run, "lead", NOON).text
    sent.write_text(text, encoding="utf-8", newline="")
    assert {unit for unit, _ in _asked(sent)} == {("label", name) for name in HOSTILE}


SCALES = [
    ("nominal", "cat", {"choices": ["cat"]}),
    ("interval", "3.5", {"number": 3.5}),
    ("set", '["a"]', {"choices": ["a"]}),
    ("set", "no json", None),
    ("text", "a cat", {"text": ["a cat"]}),
    ("boxes", "[]", None),
]


@pytest.mark.parametrize(("scale", "label", "value"), SCALES)
def test_a_task_shows_the_item_and_predicts_the_label_delivered(
    store, tmp_path, scale, label, value
):
    folder = run_folder(tmp_path / "run", [item("i1", consensus=label)])
    write_cards(folder, [card(item("i1"), scale=scale, image="i1.png")])
    run = store.import_run(folder, "lead", NOON).run.id
    store.decide(1, 0, "ann", Choice("label-wrong"), NOON)
    (task,) = json.loads(store.export(run, "lead", NOON, Wanted(format="label-studio")).text)
    assert (task["data"]["caption"], task["data"]["image"]) == ("a cat", "i1.png")
    assert (task["meta"]["item_id"], task["data"]["reason"]) == ("i1", "label-wrong")
    found = task.get("predictions", [{}])[0].get("result", [{}])[0]
    assert (found.get("value"), found.get("to_name")) == (value, "caption" if value else None)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE sent SET item_id = 'x' WHERE id = 1", "export 1 is not what was sent"),
        ("DELETE FROM sent WHERE id = 2", "export 1 is not what was sent"),
        ("UPDATE exports SET rows = 9 WHERE id = 1", "export 1 is not what entry 7 says"),
    ],
)
def test_what_was_changed_after_it_was_sent_is_named(store, send, tamper, statement, said):
    send()
    tamper(statement)
    assert said in store.verify().broken


def test_a_backup_holds_what_was_sent(store, reviewed, send, tmp_path):
    send()
    store.backup(tmp_path / "b.db")
    with open_store(str(tmp_path / "b.db")) as copy:
        assert copy.exports() == store.exports()
        with pytest.raises(UsageError, match="was sent"):
            copy.undo(1, "ann", NOON)


def test_many_rows_are_sent_as_few_are(store, tmp_path):
    run = store.import_run(run_folder(tmp_path / "run", items(1)), "lead", NOON).run.id
    more = [Planned("label", f"p{n}", "b", None, None, 1) for n in range(300)]
    assert store.export(run, "lead", NOON, planned=more).export.rows == 300
    assert store.verify().broken is None
