"""Rows at fault are set aside with file, row, column, value and reason; none vanishes."""

from __future__ import annotations

import csv

import pytest

from labelaudit import read
from labelaudit.annotations import validate
from labelaudit.model import Columns, Question
from labelaudit.settings import Project

PETS = Question("pet", "nominal", ("cat", "dog"))
CELLS = {
    "item": ["i1", "i1", None, "i2", "i2", "i3"],
    "who": ["w1", "w2", "w1", None, "w2", "w1"],
    "label": ["cat", "Cat", "dog", "dog", "bird", None],
    "batch": ["b1", "b1", "b1", "b2", None, "b2"],
}


def cells(annotations):
    frame = annotations.rejected_frame().astype(object)
    return [tuple(row) for row in frame.where(frame.notna(), None).itertuples(index=False)]


@pytest.mark.parametrize("frame_rows", [200_000, -1])
def test_a_rejected_cell_keeps_its_place_value_and_reason(taken, monkeypatch, frame_rows):
    monkeypatch.setattr(validate, "FRAME_ROWS", frame_rows)
    with taken(CELLS, Columns("item", "who", label="label", batch="batch"), PETS) as found:
        assert cells(found) == [
            ("delivery.csv", 3, "b1", "pet", "label", "Cat", "label-not-in-domain"),
            ("delivery.csv", 4, "b1", "pet", "item_id", None, "missing-item"),
            ("delivery.csv", 5, "b2", "pet", "annotator_id", None, "missing-annotator"),
            ("delivery.csv", 6, None, "pet", "batch_id", None, "missing-batch"),
            ("delivery.csv", 6, None, "pet", "label", "bird", "label-not-in-domain"),
        ]
        assert found.rejected_rows == {"": 1, "b1": 2, "b2": 1}
        assert found.delivered_rows == {"": 1, "b1": 3, "b2": 2}
        assert found.files[0].rejected_rows == 4
        assert found.batches == ("b1", "b2")


def test_what_is_left_is_counted_and_an_empty_answer_is_missing(taken):
    with taken(CELLS, Columns("item", "who", label="label", batch="batch"), PETS) as found:
        (tally,) = found.tallies
        assert tally.every.units.sum() == 1
        assert tally.cube.count[tally.cube.label < 0].tolist() == [1]


def test_every_row_is_kept_rejected_or_set_aside(taken):
    repeated = {name: [*column, column[0]] for name, column in CELLS.items()}
    columns = Columns("item", "who", label="label", batch="batch")
    with taken(repeated, columns, PETS, duplicates="first") as found:
        counted, rejected = len(found.to_frame()), sum(found.rejected_rows.values())
        assert (counted, rejected, found.repeated) == (2, 4, {"b1": 1})


def test_a_delivery_of_nothing_but_faults_is_empty_and_says_so(taken):
    faulty = {"item": ["i1", "i2"], "who": ["w", "w"], "label": ["?", "!"], "batch": ["b", "b"]}
    with taken(faulty, Columns("item", "who", label="label", batch="batch"), PETS) as found:
        assert found.rejected_rows == {"b": 2}
        assert found.batches == ("b",)
        assert found.to_frame().empty
        assert found.tallies[0].every.units.sum() == 0


def test_the_labels_of_a_batch_that_failed_are_shown_once_each(taken):
    wrong = ["Cat", "bird", "Cat", "fish", "cow", "ant", "bee"]
    table = {"item": list("abcdefg"), "who": ["w"] * 7, "label": wrong, "batch": ["b"] * 7}
    with taken(table, Columns("item", "who", label="label", batch="batch"), PETS) as found:
        (rejection,) = found.rejections
        assert (rejection.count, rejection.batch_id, rejection.column) == (7, "b", "label")
        assert rejection.examples == ("Cat", "ant", "bee", "bird", "cow")


def test_kinds_that_nobody_knows_are_rejected_and_unnamed_ones_are_people(taken):
    table = {
        "item": ["i", "i", "i", "i"],
        "who": ["w1", "w2", "m", "x"],
        "label": ["cat", "dog", "dog", "cat"],
        "batch": ["b"] * 4,
        "kind": [None, "Human", "MODEL", "robot"],
    }
    columns = Columns("item", "who", label="label", batch="batch", annotator_kind="kind")
    with taken(table, columns, PETS) as found:
        assert [row[4:] for row in cells(found)] == [
            ("annotator_kind", "robot", "unknown-annotator-kind")
        ]
        assert found.tallies[0].names.annotators == ("w1", "w2")
        assert sorted(found.to_frame()["annotator_kind"]) == ["human", "human", "model"]


def test_rejected_csv_is_complete_and_no_spreadsheet_runs_it(tmp_path, taken):
    labels = ["=cmd()", "-5", "+x", "@y", "\uff1d1", "plain"]
    table = {"item": list("abcdef"), "who": ["w"] * 6, "label": labels, "batch": ["=b"] * 6}
    with taken(table, Columns("item", "who", label="label", batch="batch"), PETS) as found:
        found.write_rejected(tmp_path / "rejected.csv")
        assert found.rejected_rows == {"=b": 6}
    with (tmp_path / "rejected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["value"] for row in rows] == ["'=cmd()", "-5", "'+x", "'@y", "'\uff1d1", "plain"]
    assert {row["batch"] for row in rows} == {"'=b"}


def test_rows_of_several_files_are_told_apart(tmp_path):
    for name in ("one", "two"):
        text = f"item,who,label\n{name},w,cat\n{name},v,bird\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    project = Project(Columns("item", "who", label="label"), (PETS,))
    with read(tmp_path, project) as found:
        rejected = [(row[0].rsplit("/", 1)[-1], row[1], row[2]) for row in cells(found)]
    assert rejected == [("one.csv", 3, "one"), ("two.csv", 3, "two")]
    assert [file.rejected_rows for file in found.files] == [1, 1]
