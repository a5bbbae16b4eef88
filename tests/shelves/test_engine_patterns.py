"""Patterns of every slicing, against counting units one by one in plain Python."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.engine import kernel, shapes
from labelaudit.model import Question

LABELS = ("a", "b", "c", "d")
QUESTION = Question("q", "nominal", LABELS)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["i1", "i2", "i3", "i4", "i5"]),
        st.sampled_from(["w1", "w2", "w3", "w4", "w5", "w6"]),
        st.sampled_from([*LABELS, None]),
        st.sampled_from(["b1", "b2"]),
        st.sampled_from(["v1", "v2", None]),
    ),
    max_size=40,
)
BATCH, VENDOR = 3, 4


def one_by_one(rows, place=None):
    """Count (slice, sorted labels of a unit) by going through the rows."""
    units = {}
    for row in rows:
        name = "" if place is None else row[place]
        if row[2] is not None and name is not None:
            units.setdefault((name, row[0]), []).append(row[2])
    return Counter((name, tuple(sorted(labels))) for (name, _), labels in units.items())


def counted(patterns, labels, name=""):
    """Write patterns as (slice, sorted labels) with their number of units."""
    found = Counter()
    for start, length, units in zip(patterns.starts, patterns.lengths, patterns.units, strict=True):
        cells = slice(start, start + length)
        codes = np.repeat(patterns.codes[cells], patterns.counts[cells])
        found[name, tuple(labels[code] for code in codes)] += int(units)
    return found


def sliced(slicing, names, labels):
    parts = [counted(slicing.of(code), labels, name) for code, name in enumerate(names)]
    return sum(parts, Counter())


def check(rows, tally):
    labels = tally.names.labels.names
    assert counted(tally.every, labels) == one_by_one(rows)
    assert sliced(tally.by_batch, tally.names.batches, labels) == one_by_one(rows, BATCH)
    assert sliced(tally.by_vendor, tally.names.vendors, labels) == one_by_one(rows, VENDOR)


@given(ROWS)
@settings(max_examples=30)
def test_units_that_straddle_batches_and_vendors_count_in_each(tallied, rows):
    check(rows, tallied(rows, QUESTION))


@given(ROWS)
@settings(max_examples=20)
def test_patterns_that_fit_no_key_are_counted_too(tallied, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "_KEY_BITS", 7)
        check(rows, tallied(rows, QUESTION))


@given(ROWS)
@settings(max_examples=20)
def test_blocks_of_any_size_give_the_same_patterns(tallied, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "_BLOCK", 3)
        check(rows, tallied(rows, QUESTION))


@pytest.mark.parametrize("bits", [62, 7])
def test_the_order_of_rows_does_not_change_the_order_of_patterns(tallied, bits):
    rng = np.random.default_rng(5)
    names = [[f"i{n}" for n in range(60)], list("uvwxyz"), LABELS, ["b1", "b2"], ["v1", None]]
    rows = [tuple(name[rng.integers(len(name))] for name in names) for _ in range(400)]
    found = []
    for _ in range(2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shapes, "_KEY_BITS", bits)
            shuffled = [rows[at] for at in rng.permutation(len(rows))]
            tables = [tallied(shuffled).every, tallied(shuffled).by_vendor.patterns]
        found.append(
            [getattr(table, one.name).tolist() for table in tables for one in fields(table)[:4]]
        )
    assert found[0] == found[1]


def test_a_unit_of_many_labels_over_a_large_domain_has_one_pattern(tallied):
    rows = [("i", f"w{n:03}", f"label {n:03}", "b", "v") for n in range(150)]
    tally = tallied(rows)
    assert tally.every.sizes.tolist() == [150]
    check(rows, tally)


def test_one_label_in_the_domain_takes_no_bits(tallied):
    rows = [
        ("i", "w1", "yes", "b", "v"),
        ("i", "w2", "yes", "b", "v"),
        ("j", "w1", "yes", "b", "v"),
    ]
    check(rows, tallied(rows))


def test_nothing_but_missing_answers_has_no_pattern(tallied):
    tally = tallied([("i", "w1", None), ("i", "w2", None)])
    assert len(tally.every) == 0
    assert tally.cube.count.tolist() == [1, 1]
    assert tally.cube.label.tolist() == [-1, -1]


def test_no_rows_at_all_have_no_names_and_no_pattern(tallied):
    tally = tallied([], QUESTION)
    assert (tally.names.annotators, tally.names.batches) == ((), ())
    assert (len(tally.every), len(tally.by_batch.patterns), tally.gold_units) == (0, 0, 0)


def test_only_people_are_counted(tallied):
    rows = [
        ("i", "w1", "a", "b", None, None, "human"),
        ("i", "m1", "b", "b", None, None, "model"),
        ("i", "r1", "c", "b", None, None, "reviewer"),
    ]
    tally = tallied(rows, QUESTION)
    assert counted(tally.every, LABELS) == {("", ("a",)): 1}
    assert tally.names.annotators == ("w1",)
