"""Who agrees with whom in a batch, and what a page says of it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit.dossier.batches import BatchLine, Change
from labelaudit.dossier.causes import because, causes, explained, first_line, not_looked_at
from labelaudit.dossier.courses import around, mixes, neighbours
from labelaudit.dossier.meetings import meetings
from labelaudit.dossier.roll import Roll
from labelaudit.dossier.rows import rejected_cells
from labelaudit.errors import InputError
from labelaudit.model import BatchVerdict, Finding


@pytest.fixture
def run(tmp_path):
    """Return what writes the annotations of one batch, and returns their run."""

    def written(rows, kind="human"):
        names = ("item_id", "annotator_id", "label")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        always = {"batch_id": "b", "question_id": "q", "annotator_kind": kind}
        columns |= {name: [value] * len(rows) for name, value in always.items()}
        pq.write_table(pa.table(columns), tmp_path / "annotations.parquet")
        return tmp_path

    return written


TWELVE = [
    (f"i{n}", who, "x" if who == "ben" and n < 3 else "y")
    for n in range(12)
    for who in ("ann", "ben")
]


def test_two_people_agree_on_the_share_of_items_with_equal_labels(run):
    (pair,) = meetings(run(TWELVE), "b", "q", "nominal").pairs
    assert (pair.first, pair.second, pair.units, pair.agreement) == ("ann", "ben", 12, 0.75)


def test_a_pair_with_few_shared_items_is_counted_and_not_shown(run):
    found = meetings(run(TWELVE[:18]), "b", "q", "nominal")
    assert (found.pairs, found.pairs_hidden) == ((), 1)


def test_confused_labels_are_named_with_the_items_that_received_both(run):
    (pair,) = meetings(run(TWELVE), "b", "q", "ordinal").confused
    assert (pair.label, pair.other_label, pair.units, pair.share) == ("x", "y", 3, 1.0)


def test_each_annotator_stands_against_the_others_lowest_first(run):
    cal = [(f"i{n}", "cal", "y") for n in range(12)]
    workers = meetings(run([*TWELVE, *cal]), "b", "q", "nominal").workers
    assert [one.annotator_id for one in workers] == ["ben", "ann", "cal"]
    assert workers[0].agreement.value == pytest.approx(0.75)
    assert workers[1].agreement.value == pytest.approx(0.875)


@pytest.mark.parametrize(
    ("rows", "scale", "reason"),
    [
        (TWELVE, "interval", "scale-not-supported"),
        (TWELVE[::2], "nominal", "no-overlap"),
        ([("i1", "ann", "")], "nominal", "no-labels"),
    ],
)
def test_where_nobody_can_be_compared_the_reason_is_said(run, rows, scale, reason):
    assert meetings(run(rows), "b", "q", scale).undefined == reason


def test_only_people_are_compared(run):
    assert meetings(run(TWELVE, kind="model"), "b", "q", "nominal").undefined == "no-labels"


def test_a_run_without_annotations_says_so(tmp_path):
    with pytest.raises(InputError, match="whole run"):
        meetings(tmp_path, "b", "q", "nominal")


def test_rejected_cells_are_those_of_the_batch(tmp_path):
    (tmp_path / "rejected.csv").write_text("file,row,batch\nf,1,a\nf,2,b\n", encoding="utf-8")
    assert rejected_cells(tmp_path, "b", 5) == ({"file": "f", "row": "2", "batch": "b"},)


SEEN = (
    Finding("low-agreement", "warning", "medium", "undecided", "q"),
    Finding("label-drift", "unknown", "low", "too few"),
    Finding("low-gold-accuracy", "breach", "high", "too low"),
    Finding("low-agreement", "breach", "high", "under", "r"),
)


def test_findings_are_grouped_by_check_breaches_first():
    assert [(one.check, one.is_breach, len(one.findings)) for one in causes(SEEN)] == [
        ("low-gold-accuracy", True, 1),
        ("low-agreement", True, 2),
    ]


def test_what_could_not_be_looked_at_stands_apart():
    assert [one.check for one in not_looked_at(SEEN)] == ["label-drift"]


def test_reasons_of_a_verdict_are_told_by_their_gravest_finding():
    verdict = BatchVerdict("b", (), "reject", ("low-agreement", "no-threshold"), 1, 1, 1)
    assert because(verdict, SEEN) == ("under (r)", "no threshold")


def test_a_check_has_a_page_and_one_that_is_not_ours_has_none():
    assert "**What to do**" in explained("low-agreement")
    assert first_line("my-own-check") == ""


def line(name, vendor):
    change = Change(None, "first-batch")
    return BatchLine(name, (vendor,), "accept", (), 1, 1, None, None, None, None, 0, change)


def test_the_batches_around_one_are_of_its_vendor():
    lines = [line(f"b{n}", "ab"[n % 2]) for n in range(10)]
    assert [one.batch_id for one in around(lines, "b8", most=3)] == ["b4", "b6", "b8"]


def test_neighbours_end_where_batches_end():
    assert neighbours(("a", "b"), "a") == (None, "b")
    assert neighbours(("a", "b"), "b") == ("a", None)


def test_a_mix_stands_beside_that_of_all_others():
    roll = Roll({}, {}, {"q": {"a": {"x": 1, "y": 3}, "b": {"x": 2}, "c": {"x": 2, "y": 4}}})
    assert mixes(roll, "q", "a") == {
        "this batch": {"x": 0.25, "y": 0.75},
        "all others": {"x": 0.5, "y": 0.5},
    }


def test_a_single_batch_has_no_others():
    assert mixes(Roll({}, {}, {"q": {"a": {"x": 1}}}), "q", "a") == {}
