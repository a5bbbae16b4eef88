"""One annotation per unit, annotator and attempt: stop, or keep one of each and count the rest."""

from __future__ import annotations

import pytest

from labelaudit import read
from labelaudit.errors import InputError
from labelaudit.model import Columns, Intake, Question
from labelaudit.settings import Project

COLUMNS = Columns("item", "who", label="label", batch="batch", submitted_at="at")
DAY = "2024-03-05T{}:00:00Z"


def table(*rows):
    """Return a delivery of (item, annotator, label, hour) rows."""
    names = ("item", "who", "label", "at")
    cells = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    cells["at"] = [hour and DAY.format(hour) for hour in cells["at"]]
    return cells | {"batch": ["b"] * len(rows)}


def kept(taken, rows, policy):
    with taken(table(*rows), COLUMNS, duplicates=policy) as found:
        frame = found.to_frame()
        return dict(zip(frame["item_id"], frame["label"], strict=True))


REPEATED = [
    ("i", "w", "second", "11"),
    ("i", "w", "first", "10"),
    ("i", "w", "third", "12"),
    ("j", "w", "alone", "10"),
]


def test_by_default_repetitions_stop_with_the_lines_they_stand_on(taken):
    with pytest.raises(InputError, match="1 time") as caught, taken(table(*REPEATED), COLUMNS):
        pass
    (example,) = caught.value.examples
    lines = ", ".join(f"delivery.csv:{line}" for line in (2, 3, 4))
    assert example == f"item i, annotator w: 'first' and 'second' and 'third' at {lines}"
    assert 'duplicates = "first"' in caught.value.next_step


def test_many_repetitions_are_counted_and_five_are_shown(taken):
    rows = [(f"i{number}", "w", label, None) for number in range(8) for label in ("a", "b")]
    with pytest.raises(InputError, match="8 times") as caught, taken(table(*rows), COLUMNS):
        pass
    assert (len(caught.value.examples), caught.value.count) == (5, 8)


@pytest.mark.parametrize(("policy", "label"), [("first", "first"), ("last", "third")])
def test_time_decides_which_of_them_counts(taken, policy, label):
    assert kept(taken, REPEATED, policy) == {"i": label, "j": "alone"}
    assert kept(taken, REPEATED[::-1], policy) == {"i": label, "j": "alone"}


@pytest.mark.parametrize(("policy", "label"), [("first", "above"), ("last", "below")])
def test_without_times_the_row_decides(taken, policy, label):
    rows = [("i", "w", "above", None), ("i", "w", "below", None)]
    assert kept(taken, rows, policy) == {"i": label}


@pytest.mark.parametrize("policy", ["first", "last"])
def test_a_row_with_a_time_goes_before_one_without(taken, policy):
    rows = [("i", "w", "never", None), ("i", "w", "timed", "10"), ("i", "w", "never", None)]
    assert kept(taken, rows, policy) == {"i": "timed"}


@pytest.mark.parametrize(("policy", "label"), [("first", "early"), ("last", "late")])
def test_the_start_stands_in_for_the_end(taken, policy, label):
    columns = Columns("item", "who", label="label", batch="batch", started_at="at")
    rows = table(("i", "w", "late", "11"), ("i", "w", "early", "10"))
    with taken(rows, columns, duplicates=policy) as found:
        assert found.to_frame()["label"].tolist() == [label]


@pytest.mark.parametrize(("policy", "label"), [("first", "a"), ("last", "b")])
def test_the_file_decides_before_the_row(tmp_path, policy, label):
    (tmp_path / "1.csv").write_text("item,who,label\nx,v,z\ni,w,a\n", encoding="utf-8")
    (tmp_path / "2.csv").write_text("item,who,label\ni,w,b\n", encoding="utf-8")
    columns, questions = Columns("item", "who", label="label"), (Question("q", "nominal"),)
    with read(tmp_path, Project(columns, questions, Intake(duplicates=policy))) as found:
        assert found.to_frame().set_index("item_id")["label"]["i"] == label
        assert sum(found.repeated.values()) == 1


def test_repetitions_are_counted_in_the_batch_they_came_with(taken):
    cells = table(("i", "w", "a", None), ("i", "w", "a", None), ("i", "w", "a", None))
    cells["batch"] = ["b1", "b1", "top-up"]
    with taken(cells, COLUMNS, duplicates="first") as found:
        assert found.repeated == {"b1": 1, "top-up": 1}
        assert found.tallies[0].duplicates == 0


def test_the_same_annotator_under_two_questions_is_no_repetition(taken):
    cells = table(("i", "w", "a", None)) | {"other": ["b"]}
    questions = [Question("p", "nominal", column="label"), Question("q", "nominal", column="other")]
    with taken(cells, Columns("item", "who", batch="batch"), *questions) as found:
        assert [tally.every.units.sum() for tally in found.tallies] == [1, 1]


def test_an_empty_answer_beside_a_given_one_is_no_repetition(taken):
    rows = [("i", "w", None, None), ("i", "w", "a", None)]
    with taken(table(*rows), COLUMNS) as found:
        assert found.tallies[0].cube.count.tolist() == [1, 1]


def test_a_later_attempt_supersedes_the_earlier_ones(taken):
    rows = [("i", "w", "old", "12"), ("i", "w", "new", "10"), ("i", "v", "only", "10")]
    cells = table(*rows) | {"attempt": ["0", "2", None]}
    columns = Columns("item", "who", label="label", batch="batch", attempt="attempt")
    with taken(cells, columns) as found:
        assert sorted(found.to_frame()["label"]) == ["new", "only"]
        assert (found.superseded, found.repeated) == (1, {})


def test_the_same_attempt_twice_is_a_repetition(taken):
    rows = [("i", "w", "a", None), ("i", "w", "b", None), ("i", "w", "c", None)]
    cells = table(*rows) | {"attempt": ["0", "1", "1"]}
    columns = Columns("item", "who", label="label", batch="batch", attempt="attempt")
    with pytest.raises(InputError, match="1 time"), taken(cells, columns):
        pass
    with taken(cells, columns, duplicates="last") as found:
        assert found.to_frame()["label"].tolist() == ["c"]
        assert (found.superseded, found.repeated) == (1, {"b": 1})
