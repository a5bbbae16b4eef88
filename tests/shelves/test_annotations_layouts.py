"""How deliveries are laid out: long or wide, in annotators or in questions, with vendors."""

from __future__ import annotations

import pytest

from labelaudit.model import Columns, Question

PET, WET = Question("pet", "nominal", ("cat", "dog")), Question("wet", "nominal", ("y", "n"))
LONG = {
    "item": ["i", "i", "j", "j", "k"],
    "who": ["w", "v", "w", "v", "w"],
    "pet": ["cat", "dog", "cat", "cat", None],
    "wet": ["y", "y", None, "n", "y"],
    "batch": ["b1", "b1", "b2", "b2", "b2"],
}


def counts(annotations):
    """Return what was counted of each question, by names."""
    found = {}
    for tally in annotations.tallies:
        names, cube = tally.names, tally.cube
        labels = [*names.labels.names, None]
        columns = (cube.batch, cube.vendor, cube.annotator, cube.label, cube.count)
        found[tally.question.question_id] = {
            (
                names.batches[batch],
                [*names.vendors, None][vendor],
                names.annotators[who],
                labels[label],
            ): n
            for batch, vendor, who, label, n in zip(*(c.tolist() for c in columns), strict=True)
        }
    return found


def test_several_questions_side_by_side(taken):
    questions = [
        Question(one.question_id, one.scale, one.labels, column=one.question_id)
        for one in (PET, WET)
    ]
    with taken(LONG, Columns("item", "who", batch="batch"), *questions) as found:
        by_name = counts(found)
    assert by_name["pet"]["b2", None, "w", None] == 1
    assert by_name["pet"]["b1", None, "v", "dog"] == 1
    assert by_name["wet"]["b2", None, "w", "y"] == 1
    assert {name: sum(cells.values()) for name, cells in by_name.items()} == {"pet": 5, "wet": 5}


def molten():
    """Return the same answers with a row for each question."""
    rows = [
        {"item": item, "who": who, "batch": batch, "aspect": aspect, "answer": answer}
        for aspect in ("pet", "wet")
        for item, who, batch, answer in zip(
            LONG["item"], LONG["who"], LONG["batch"], LONG[aspect], strict=True
        )
    ]
    return {name: [row[name] for row in rows] for name in rows[0]}


def test_several_questions_under_each_other_give_the_same_counts(taken):
    wide = [
        Question(one.question_id, one.scale, one.labels, column=one.question_id)
        for one in (PET, WET)
    ]
    long = Columns("item", "who", label="answer", question="aspect", batch="batch")
    with (
        taken(LONG, Columns("item", "who", batch="batch"), *wide) as one,
        taken(molten(), long, PET, WET) as other,
    ):
        assert counts(one) == counts(other)


def test_a_question_that_nobody_asked_for_rejects_its_rows(taken):
    columns = Columns("item", "who", label="answer", question="aspect", batch="batch")
    cells = molten()
    cells["aspect"][-1] = None
    with taken(cells, columns, PET) as found:
        frame = found.rejected_frame()
        assert set(frame["reason"]) == {"unknown-question"}
        assert frame["value"].dropna().tolist() == ["wet"] * 4
        assert found.delivered_rows == {"b1": 4, "b2": 6}
        assert found.rejected_rows == {"b1": 2, "b2": 3}


def test_a_question_without_rows_has_nothing_counted(taken):
    columns = Columns("item", "who", label="answer", question="aspect", batch="batch")
    with taken(molten(), columns, PET, WET, Question("safe", "ordinal", ("1", "2"))) as found:
        empty = found.tallies[2]
        assert (len(empty.every), empty.names.annotators, len(empty.cube.count)) == (0, (), 0)
        assert empty.names.labels.names == ("1", "2")


WIDE = {
    "item": ["i", "j", "k"],
    "w": ["cat", "cat", None],
    "v": ["dog", "cat", None],
    "batch": ["b1", "b2", "b2"],
}


def test_a_column_for_each_annotator(taken):
    columns = Columns("item", annotators=("w", "v"), batch="batch")
    with taken(WIDE, columns, PET) as found:
        assert counts(found)["pet"] == {
            ("b1", None, "v", "dog"): 1,
            ("b1", None, "w", "cat"): 1,
            ("b2", None, "v", "cat"): 1,
            ("b2", None, "w", "cat"): 1,
        }


def test_a_wide_row_at_fault_is_rejected_once_for_each_answer(taken):
    cells = WIDE | {"item": ["i", None, "k"], "v": ["cow", "cat", None]}
    with taken(cells, Columns("item", annotators=("w", "v"), batch="batch"), PET) as found:
        rows = found.rejected_frame()[["row", "column", "value", "reason"]].astype(object)
        assert rows.where(rows.notna(), None).to_numpy().tolist() == [
            [2, "label", "cow", "label-not-in-domain"],
            [3, "item_id", None, "missing-item"],
            [3, "item_id", None, "missing-item"],
        ]
        assert found.rejected_rows == {"b1": 1, "b2": 2}
        assert found.delivered_rows == {"b1": 2, "b2": 2}


def test_a_thousand_annotator_columns_are_read(taken):
    people = tuple(f"annotator {number}" for number in range(1200))
    cells = {"item": ["i", "j"]} | {name: ["cat", None] for name in people}
    with taken(cells, Columns("item", annotators=people), PET) as found:
        assert found.tallies[0].every.sizes.tolist() == [1200]


def test_a_wide_file_may_have_a_question_gold_and_times(taken):
    cells = WIDE | {
        "aspect": ["pet", "pet", "dry"],
        "gold": ["cat", None, None],
        "at": ["2024-03-05T10:00:00Z"] * 3,
    }
    mapped = {"batch": "batch", "gold": "gold", "question": "aspect", "submitted_at": "at"}
    columns = Columns("item", annotators=("w", "v"), **mapped)
    with taken(cells, columns, PET) as found:
        assert found.tallies[0].gold.correct.tolist() == [0, 1]
        assert found.rejected_frame()["reason"].tolist() == ["unknown-question"]
        assert found.to_frame()["submitted_at"].notna().sum() == 4


@pytest.mark.parametrize("constant", [True, False])
def test_a_vendor_is_a_column_or_one_for_all(taken, constant):
    cells = LONG | {"vendor": ["north"] * 5}
    columns = Columns(
        "item", "who", label="pet", batch="batch", vendor=None if constant else "vendor"
    )
    choices = {"vendor": "north"} if constant else {}
    with taken(cells, columns, PET, **choices) as found:
        assert found.tallies[0].names.vendors == ("north",)
        assert {vendor for _, vendor, *_ in counts(found)["pet"]} == {"north"}


def test_rows_without_a_vendor_are_in_no_vendors_slice(taken):
    cells = LONG | {"vendor": ["north", None, "south", None, None]}
    with taken(cells, Columns("item", "who", label="pet", vendor="vendor"), PET) as found:
        (tally,) = found.tallies
        assert tally.names.vendors == ("north", "south")
        assert tally.by_vendor.patterns.sizes.tolist() == [1, 1]
        assert sorted(tally.every.sizes.tolist()) == [2, 2]
