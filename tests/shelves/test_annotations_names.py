"""Odd names: of columns, people, items and batches. All are data, none is syntax."""

from __future__ import annotations

import pytest

from labelaudit.annotations.aliases import near_aliases
from labelaudit.annotations.batch_names import batch_names
from labelaudit.model import Columns, Question

ODD = [
    'say "hi"', "it's", "file", "line", "label", "code", "name", "select", "__annotator", "item_id",
    "c_6c", "a.b", "a b", "x;drop table source", "\u00e9", "\U0001f600", "filename", "{}", "%s",
    "\\", "1", "line\nbreak", "*", "question_id", "batch_id", "count", "x.label", "null",
]  # fmt: skip


@pytest.mark.parametrize("column", ODD)
def test_a_column_may_have_any_name(taken, column):
    cells = {column: ["i", "i"], f"{column} ": ["w", "v"], f" {column}": ["cat", "dog"]}
    columns = Columns(column, f"{column} ", label=f" {column}")
    with taken(cells, columns) as found:
        assert sorted(found.to_frame()["label"]) == ["cat", "dog"]
        assert found.tallies[0].every.sizes.tolist() == [2]


def test_columns_that_differ_in_case_alone_stay_apart(taken):
    cells = {"item": ["i"], "Label": ["upper"], "label": ["lower"], "who": ["w"], "Who": ["x"]}
    for label, who in (("label", "who"), ("Label", "Who")):
        with taken(cells, Columns("item", who, label=label)) as found:
            frame = found.to_frame()
            assert frame["label"].tolist() == cells[label]
            assert frame["annotator_id"].tolist() == cells[who]


def test_wide_annotators_may_differ_in_case_alone(taken):
    cells = {"item": ["i"], "Ann": ["a"], "ann": ["b"], "label": ["c"], "file": ["d"]}
    with taken(cells, Columns("item", annotators=("Ann", "ann", "label", "file"))) as found:
        assert found.tallies[0].names.annotators == ("Ann", "ann", "file", "label")


def test_any_text_is_a_name_of_an_item_person_batch_vendor_or_label(taken):
    cells = dict.fromkeys(("item", "who", "label", "batch", "vendor"), ODD)
    columns = Columns("item", "who", label="label", batch="batch", vendor="vendor", gold="label")
    with taken(cells, columns, Question("q", "nominal", tuple(ODD))) as found:
        (tally,) = found.tallies
        assert found.rejections == ()
        assert tally.names.labels.names == tuple(ODD)
        for names in (tally.names.annotators, tally.names.batches, tally.names.vendors):
            assert names == tuple(sorted(ODD))
        assert tally.gold.correct.sum() == len(ODD)


def test_any_text_is_the_id_of_a_question(taken):
    cells = {"item": ["i"], "who": ["w"], "label": ["a"]}
    for name in ODD:
        question = Question(name, "nominal", ("b",), column="label")
        with taken(cells, Columns("item", "who"), question) as found:
            assert found.rejected_frame()["question"].tolist() == [name]


def test_ids_survive_as_they_stand(taken):
    ids = ["007", "7", "1e5", "1234567890123456789", "1234567890123456788", " 7", "\u0667", "NA"]
    cells = {"item": ids, "who": ids[::-1], "label": ["x"] * len(ids)}
    with taken(cells, Columns("item", "who", label="label")) as found:
        frame = found.to_frame()
        assert dict(zip(frame["item_id"], frame["annotator_id"], strict=True)) == dict(
            zip(ids, reversed(ids), strict=True)
        )


ALIKE = {
    "item": ["i-1", "i_1", "j", "k", "l"],
    "who": ["w", "W", "v", "v", "v"],
    "label": ["cat", "Cat", "c\u0430t", "dog", "dog"],
    "batch": ["b", "b ", "c", "c", "c"],
    "vendor": ["n", "n", "n", "N", "n"],
}


def test_names_that_look_alike_are_told_and_never_merged(taken):
    columns = Columns("item", "who", label="label", batch="batch", vendor="vendor")
    with taken(ALIKE, columns) as found:
        assert dict(found.aliases) == {
            "annotators": ("W", "w"),
            "batches": ("b", "b "),
            "items": ("i-1", "i_1"),
            "labels of q": ("Cat", "cat", "c\u0430t"),
            "vendors": ("N", "n"),
        }
        assert found.tallies[0].every.units.sum() == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stra\u00dfe", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("no\u200bt", "not"),
        ("a\u00a0b", "a  b"),
        ("\uff21", "a"),
        ("\u03b1", "a"),
    ],
)
def test_look_alikes_in_case_form_and_alphabet_are_found(one, other):
    assert near_aliases([one, other, "else"]) == (tuple(sorted((one, other))),)


def test_names_that_differ_are_not_alike():
    assert near_aliases(["cat", "cats", "car", "item-1", "item-11", "1.0", "10"]) == ()


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["nw-01.csv", "nw-02.csv"], ("nw-01", "nw-02")),
        (["nw.2024.csv", "nw.2025.csv"], ("nw.2024", "nw.2025")),
        (["b.csv.gz", "c.jsonl.zst"], ("b", "c")),
        (["v1/may.csv", "v2/may.csv"], ("v1/may", "v2/may")),
        (["a\\b.csv"], ("b",)),
        (["b.csv", "b.csv.gz"], ("b.csv", "b.csv.gz")),
        (["noending"], ("noending",)),
    ],
)
def test_a_file_is_a_batch_of_its_own_name(paths, names):
    assert batch_names(paths) == names
