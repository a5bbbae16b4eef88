"""Every slice is measured by itself: all, each batch, each vendor; counts go with the numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace

import numpy as np
import pytest

from labelaudit.coefficients import estimate, from_ratings
from labelaudit.measure import measure
from labelaudit.model import Columns, Question

LABELS = ("a", "b", "c")
QUESTION = Question("q", "nominal", LABELS)
COLUMNS = Columns("item", "who", label="label", batch="batch", vendor="vendor", gold="gold")
NAMES = ("item", "who", "label", "batch", "vendor", "gold")
COEFFICIENTS = ("percent-agreement", "krippendorff-alpha")


def rows():
    """Return answers of vendors who share items; some answers are missing."""
    rng = np.random.default_rng(11)
    found = []
    for unit in range(90):
        truth = LABELS[rng.integers(3)]
        for person in rng.permutation(8)[: rng.integers(1, 6)].tolist():
            label = None if rng.random() < 0.05 else truth
            label = LABELS[rng.integers(3)] if rng.random() < 0.3 else label
            vendor = [None, "north", "south", "south"][person % 4]
            gold = truth if unit % 3 == 0 else None
            found.append((f"i{unit}", f"w{person}", label, f"b{unit % 4}", vendor, gold))
    return found


@pytest.fixture(scope="module")
def delivered():
    return rows()


@pytest.fixture(scope="module")
def measured(taken, delivered):
    cells = {name: [row[at] for row in delivered] for at, name in enumerate(NAMES)}
    with taken(cells, COLUMNS, QUESTION) as annotations:
        return measure(annotations, COEFFICIENTS)


def by_hand(kept):
    """Return alpha and raw agreement of some rows, and the number of people who answered."""
    given = [row for row in kept if row[2] is not None]
    units = np.unique([row[0] for row in given], return_inverse=True)[1]
    patterns = from_ratings(units, [LABELS.index(row[2]) for row in given], len(LABELS))
    people = len({row[1] for row in given})
    return [
        replace(estimate(name, patterns, "nominal"), question_id="q", annotators=people)
        for name in COEFFICIENTS
    ]


@pytest.mark.parametrize(
    ("place", "field", "names"),
    [
        (None, None, [None]),
        (3, "batch_id", ["b0", "b1", "b2", "b3"]),
        (4, "vendor", ["north", "south"]),
    ],
)
def test_agreement_of_a_slice_is_that_of_its_own_rows(measured, delivered, place, field, names):
    for name in names:
        kept = [row for row in delivered if place is None or row[place] == name]
        where = {} if field is None else {field: name}
        for expected in by_hand(kept):
            found = measured.find(expected.coefficient, "q", **where)
            assert asdict(found) == pytest.approx(asdict(replace(expected, **where)))


@pytest.mark.parametrize(
    ("place", "field"), [(None, None), (1, "annotator_id"), (3, "batch_id"), (4, "vendor")]
)
def test_gold_accuracy_of_a_slice_is_that_of_its_own_rows(measured, delivered, place, field):
    golden = [row for row in delivered if row[5] is not None and row[2] is not None]
    for name in {row[place] for row in golden} - {None} if place else {None}:
        kept = [row for row in golden if place is None or row[place] == name]
        found = measured.find("gold-accuracy", "q", **({field: name} if field else {}))
        assert (found.units, found.annotators) == (len(kept), len({row[1] for row in kept}))
        assert found.value == pytest.approx(sum(row[2] == row[5] for row in kept) / len(kept))


def test_what_a_batch_holds_is_counted(measured, delivered):
    for counts in measured.batches:
        kept = [row for row in delivered if row[3] == counts.batch_id]
        given = [row for row in kept if row[2] is not None]
        sizes = Counter(row[0] for row in given)
        assert counts.vendors == tuple(sorted({row[4] for row in kept} - {None}))
        assert (counts.units, counts.annotations) == (len(sizes), len(given))
        assert counts.overlapping == sum(size > 1 for size in sizes.values())
        assert counts.annotators == len({row[1] for row in given})
        assert counts.missing == len(kept) - len(given)
    assert [counts.batch_id for counts in measured.batches] == ["b0", "b1", "b2", "b3"]


def test_what_was_not_measured_is_not_found(measured):
    assert measured.find("gwet-ac1", "q") is None
    assert measured.find("krippendorff-alpha", "q", batch_id="b9") is None
    assert measured.find("krippendorff-alpha", "other") is None


def test_without_gold_there_is_no_gold_accuracy(taken):
    cells = {"item": ["i", "i"], "who": ["w", "v"], "label": ["a", "a"], "gold": [None, None]}
    columns = Columns("item", "who", label="label", gold="gold")
    with taken(cells, columns, QUESTION) as annotations:
        found = measure(annotations, COEFFICIENTS)
    assert "gold-accuracy" not in {one.coefficient for one in found.estimates}


def test_an_empty_question_is_measured_as_undefined(taken):
    cells = {"item": ["i"], "who": ["w"], "label": [None]}
    with taken(cells, Columns("item", "who", label="label"), QUESTION) as annotations:
        found = measure(annotations, COEFFICIENTS)
    assert [one.value for one in found.estimates] == [None] * len(found.estimates)
    assert all(one.undefined for one in found.estimates)
    (counts,) = found.batches
    assert (counts.units, counts.annotators, counts.missing) == (0, 0, 1)
