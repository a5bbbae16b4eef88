"""Records: every answer that counts, row by row, whatever order the rows came in."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.conduct import Floors, conducts
from labelaudit.model import Columns, Question

COLUMNS = Columns(
    "item", "who", label="label", batch="batch", gold="gold",
    duration_s="seconds", submitted_at="done", document="doc",
)  # fmt: skip
NAMES = ("item", "who", "label", "batch", "gold", "seconds", "done", "doc")
TIMES = ("2026-05-01T10:00:00+00:00", "2026-05-01T10:00:07.500000+00:00")
PETS = Question("q", "nominal", ("cat", "dog"))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["i10", "i9", "ä", "Z"]),
        st.sampled_from(["w2", "w1", "W"]),
        st.sampled_from(["cat", "dog", None]),
        st.sampled_from(["b2", "b1"]),
        st.sampled_from([None, "cat", "dog"]),
        st.sampled_from([None, "3.5", "12"]),
        st.sampled_from([None, *TIMES]),
        st.sampled_from([None, "doc-1", "doc-2"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[:2],
)


@pytest.fixture(scope="session")
def recorded(taken):
    """Return the records of rows, as a context, with the conduct that holds them."""

    @contextmanager
    def record(rows, columns=COLUMNS, question=PETS):
        cells = {name: [row[at] for row in rows] for at, name in enumerate(NAMES)}
        with taken(cells, columns, question) as annotations:
            (conduct,) = conducts(annotations, Floors()).values()
            yield conduct.records, conduct

    return record


def plain(records, conduct):
    """Return the records in words: what a reader of the delivery would list."""
    texts, names = records.beside["document"], conduct.tally
    for n in range(len(records)):
        yield (
            records.item_id(records.item[n]),
            names.names.annotators[records.annotator[n]],
            conduct.labels[records.label[n]],
            names.names.batches[records.batch[n]],
            None if np.isnan(records.duration_s[n]) else records.duration_s[n],
            None if np.isnan(records.submitted_at[n]) else records.submitted_at[n],
            None if texts.code[n] < 0 else texts.names[texts.code[n]],
        )


def expected(rows):
    for item, who, label, batch, _, seconds, done, doc in sorted(rows, key=lambda row: row[:2]):
        if label is not None:
            took = None if seconds is None else float(seconds)
            moment = None if done is None else datetime.fromisoformat(done).timestamp()
            yield item, who, label, batch, took, moment, doc


@settings(max_examples=15)
@given(rows=ROWS)
def test_records_are_the_answers_sorted_by_item_then_annotator(recorded, rows):
    with recorded(rows) as (records, conduct):
        assert list(plain(records, conduct)) == list(expected(rows))


@settings(max_examples=15)
@given(rows=ROWS)
def test_gold_is_what_all_rows_of_an_item_say(recorded, rows):
    told = {}
    for item, _, _, _, gold, *_ in rows:
        told.setdefault(item, set()).update({gold} - {None})
    with recorded(rows) as (records, conduct):
        for code, item in enumerate(records.items.to_pylist()):
            name = conduct.labels[records.gold[code]] if records.gold[code] >= 0 else None
            assert name == (next(iter(told[item])) if len(told[item]) == 1 else None)


def test_columns_that_no_delivery_has_are_none(recorded):
    rows = [("i1", "w1", "cat", "b1", None, None, None, None)]
    with recorded(rows, Columns("item", "who", label="label", batch="batch")) as (records, _):
        assert (records.duration_s, records.started_at, records.submitted_at) == (None,) * 3
        assert (records.beside, records.vendor.tolist(), records.gold.tolist()) == ({}, [-1], [-1])


def test_numbers_written_differently_are_one_label(recorded):
    rows = [
        ("i1", who, label, "b1", "10.00", None, None, None)
        for who, label in (("w1", "10"), ("w2", "9.5"), ("w3", "10.0"))
    ]
    with recorded(rows, question=Question("q", "interval")) as (records, conduct):
        assert [conduct.labels[code] for code in records.label] == ["10", "9.5", "10"]
        assert conduct.labels[records.gold[0]] == "10"


def test_the_columns_of_people_bear_the_rest_of_their_row(taken):
    cells = {"item": ["i2", "i1"], "ann": ["cat", "dog"], "bob": [None, "cat"], "doc": ["d", "e"]}
    columns = Columns("item", annotators=("ann", "bob"), document="doc")
    with taken(cells, columns, PETS) as annotations:
        (conduct,) = conducts(annotations, Floors()).values()
        records, document = conduct.records, conduct.records.beside["document"]
        assert [document.names[code] for code in document.code] == ["e", "e", "d"]
        assert records.annotator.tolist() == [0, 1, 0]
