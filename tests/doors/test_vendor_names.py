"""How vendors call their columns: small deliveries of our own under the names of each."""

from __future__ import annotations

import pytest

import labelaudit
from deliveries import answers, write

VENDORS = {
    "appen": {
        "_unit_id": "item", "_worker_id": "annotator", "judgment": "label", "_trust": None,
        "_tainted": None, "_golden": None, "judgment_gold": "gold",
    },
    "mturk": {
        "HITId": "item", "WorkerId": "annotator", "Answer.pet": "label", "Input.url": None,
        "WorkTimeInSeconds": "duration_s", "AssignmentStatus": None, "AssignmentId": None,
    },
    "toloka": {
        "ASSIGNMENT:task_id": "item", "ASSIGNMENT:worker_id": "annotator", "INPUT:image": None,
        "OUTPUT:pet": "label", "GOLDEN:pet": "gold", "ASSIGNMENT:status": None, "HINT:text": None,
    },
    "crowd-kit": {"task": "item", "worker": "annotator", "label": "label"},
    "toloka research": {"task": "item", "performer": "annotator", "output": "label"},
    "label studio": {
        "id": "item", "annotator": "annotator", "choice": "label", "annotation_id": None,
        "lead_time": "duration_s", "image": None,
    },
    "labelbox": {
        "ID": None, "DataRow ID": "item", "Created By": "annotator", "Label": "label",
        "Seconds to Label": "duration_s", "External ID": None,
    },
    "scale": {"task_id": "item", "contributor_id": "annotator", "response": "label"},
    "prodigy": {
        "_input_hash": "item", "_annotator_id": "annotator", "answer": "label",
        "_task_hash": None, "_session_id": None,
    },
    "potato": {"user": "annotator", "instance_id": "item", "label": "label"},
}  # fmt: skip
CELLS = {"item": "item", "annotator": "who", "label": "label", "gold": "gold"}


def delivery(names):
    """Return answers under a vendor's names."""
    return [
        {
            name: "7" if role == "duration_s" else row.get(CELLS.get(role), "x")
            for name, role in names
        }
        for row in answers(units=12)
    ]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendors_names_are_known_and_nothing_else_is_taken(vendor, tmp_path):
    names = VENDORS[vendor]
    taken = {name: role for name, role in names.items() if role}
    with labelaudit.read(write(tmp_path / "labels.csv", delivery(names.items()))) as found:
        columns, (tally,) = found.project.columns, found.tallies
    named = {role: getattr(columns, role) for role in columns.__slots__}
    assert {name: role for role, name in named.items() if name} == taken
    assert (tally.every.units.sum(), len(tally.names.annotators)) == (12, 3)


@pytest.mark.parametrize("column", ["_tainted", "AssignmentStatus", "ASSIGNMENT:status"])
def test_answers_that_a_vendor_marks_as_void_are_counted_and_it_says_so(column, tmp_path):
    rows = [{**row, "annotator": row["who"], column: "Rejected"} for row in answers(units=9)]
    with labelaudit.read(write(tmp_path / "labels.csv", rows)) as found:
        assert any(line.startswith(f"not read: {column}; answers") for line in found.said)


def test_times_that_nobody_declared_are_left_out_where_none_can_be_read(tmp_path):
    names = {"HITId": "item", "WorkerId": "annotator", "Answer.pet": "label", "AcceptTime": None}
    rows = [{**row, "AcceptTime": "Wed Jan 24 09:48 PST 2018"} for row in delivery(names.items())]
    with labelaudit.read(write(tmp_path / "labels.csv", rows)) as found:
        assert (found.rejections, found.project.columns.started_at) == ((), None)
        assert found.said[-1].startswith("left out: started_at = AcceptTime, where no value can")


@pytest.mark.parametrize(
    ("names", "doubt"),
    [
        (("doc_id", "seg_id", "rater", "category"), "item: could be any of 'doc_id', 'seg_id'"),
        (("image_id", "box_id", "worker", "label"), "item: could be any of 'image_id', 'box_id'"),
        (("HITId", "WorkerId", "Answer.a", "Answer.b"),
         "label: could be any of 'Answer.a', 'Answer.b'"),
        (("_input_hash", "_annotator_id", "label", "answer"),
         "label: could be any of 'label', 'answer'"),
        (("HITId", "WorkerId", "Answer.taskAnswers"), "label: no column is named like one"),
        (("item", "worker", "label", "a", "a_gold", "b", "b_gold"),
         "gold: could be any of 'a_gold', 'b_gold'"),
    ],
)  # fmt: skip
def test_what_is_ambiguous_stops_and_points_to_init(names, doubt, run, tmp_path):
    data = write(tmp_path / "labels.csv", [dict.fromkeys(names, "1")])
    done = run("audit", data, "-o", tmp_path / "runs")
    assert done.code == 4
    assert f"    {doubt}\n  next: labelaudit init DATA" in done.err


@pytest.mark.parametrize(
    ("segment", "why"),
    [("{n}", "no seg_id stands in two doc_id"), ("{m}", "join the two into one column")],
)
def test_init_says_how_documents_and_segments_go_together(segment, why, run, tmp_path):
    rows = [
        {"doc_id": f"d{n // 3}", "seg_id": segment.format(n=n, m=n % 3), "rater": who, "label": "x"}
        for n in range(9)
        for who in "ab"
    ]
    said = run("init", write(tmp_path / "labels.csv", rows), "-o", tmp_path / "l.toml").out
    assert "OPEN     item: could be doc_id or seg_id; seg_id" in said
    assert why in said


def test_init_takes_several_columns_of_answers_for_several_questions(run, tmp_path):
    rows = [
        {"ASSIGNMENT:task_id": row["item"], "ASSIGNMENT:worker_id": row["who"],
         "INPUT:kind": row["label"], "OUTPUT:pet": row["label"], "OUTPUT:sure": row["gold"]}
        for row in answers(differ=9)
    ]  # fmt: skip
    config = tmp_path / "labelaudit.toml"
    run("init", write(tmp_path / "labels.csv", rows), "-o", config)
    assert '[questions."OUTPUT:pet"]' in config.read_text()
    assert '[questions."INPUT:kind"]' not in config.read_text()
