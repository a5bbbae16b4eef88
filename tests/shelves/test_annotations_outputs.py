"""What `Annotations` hands over: frames, Parquet, and the schema teams can use themselves."""

from __future__ import annotations

import pandas as pd
import pyarrow.parquet as pq
import pytest
from pandera.errors import SchemaErrors

from labelaudit.annotations import schema
from labelaudit.model import Columns, Question

CANONICAL = [
    "annotator_id", "file", "line", "item_id", "question_id", "batch_id", "vendor",
    "annotator_kind", "attempt", "label", "duration_s", "started_at", "submitted_at",
]  # fmt: skip
PETS = Question("pet", "nominal", ("cat", "dog"))
CELLS = {
    "item": ["i", "j", "i"],
    "who": ["w", "w", "v"],
    "label": ["cat", None, "dog"],
    "batch": ["b", "b", "b"],
    "gold": ["cat", "dog", "cat"],
    "s": ["1", "2.5", None],
    "at": ["2024-03-05T10:00:00Z", None, "2024-03-05T12:00:00+02:00"],
}
COLUMNS = Columns(
    "item", "who", label="label", batch="batch", gold="gold", duration_s="s", submitted_at="at"
)


def test_the_frame_holds_what_counts_in_the_order_of_the_delivery(taken):
    with taken(CELLS, COLUMNS, PETS) as found:
        frame = found.to_frame()
    assert list(frame.columns) == CANONICAL
    people = frame[frame["annotator_kind"] == "human"]
    assert people["line"].tolist() == [2, 3, 4]
    assert people["duration_s"].tolist()[:2] == [1.0, 2.5]
    assert people["submitted_at"].iloc[0] == people["submitted_at"].iloc[2]
    assert people["label"].isna().tolist() == [False, True, False]


def test_gold_stands_in_rows_of_its_own_once_for_each_item(taken):
    with taken(CELLS, COLUMNS, PETS) as found:
        frame = found.to_frame()
    gold = frame[frame["annotator_kind"] == "gold"]
    assert dict(zip(gold["item_id"], gold["label"], strict=True)) == {"i": "cat", "j": "dog"}
    assert gold["annotator_id"].tolist() == ["gold", "gold"]


def test_parquet_holds_the_same_rows_as_the_frame(taken, tmp_path):
    with taken(CELLS, COLUMNS, PETS) as found:
        found.write_parquet(tmp_path / "annotations.parquet")
        frame = found.to_frame()
    written = pq.read_table(tmp_path / "annotations.parquet")
    by = ["line", "annotator_id"]
    columns = ["item_id", "annotator_id", "label", "duration_s", "line"]
    theirs = written.to_pandas().sort_values(by)[columns].reset_index(drop=True)
    ours = frame.sort_values(by)[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(theirs, ours, check_dtype=False)


def test_counts_outlive_the_engine_and_rows_do_not(taken):
    with taken(CELLS, COLUMNS, PETS) as found:
        pass
    assert found.tallies[0].every.units.sum() == 1
    with pytest.raises(Exception, match="closed"):
        found.to_frame()


def frame(**changes):
    """Return a canonical frame of one row."""
    row = {
        "item_id": "i",
        "question_id": "pet",
        "annotator_id": "w",
        "batch_id": "b",
        "label": "cat",
    }
    return pd.DataFrame([row | changes])


def test_the_schema_takes_canonical_frames_of_the_projects_questions():
    mine = schema([PETS, Question("size", "interval")])
    mine.validate(frame())
    mine.validate(frame(question_id="size", label="4.5"))
    mine.validate(frame(label=None).astype({"label": "str"}))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"label": "cow"}, "label-not-in-domain"),
        ({"question_id": "size", "label": "big"}, "label-not-on-scale"),
        ({"question_id": "other"}, "unknown-question"),
        ({"item_id": ""}, "missing-item"),
        ({"duration_s": -1.0}, "negative-duration"),
        ({"attempt": -1}, "negative-attempt"),
    ],
)
def test_the_schema_names_what_is_wrong_by_its_reason_code(changes, reason):
    mine = schema([PETS, Question("size", "interval")])
    with pytest.raises(SchemaErrors) as caught:
        mine.validate(frame(**changes), lazy=True)
    assert set(caught.value.failure_cases["check"]) == {reason}
