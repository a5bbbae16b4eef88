"""Tables of unusual shape: each is counted in bounded time and memory, or refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from labelaudit.coefficients import estimate
from labelaudit.engine.tally import MAX_LABELS
from labelaudit.errors import InputError
from labelaudit.model import Question

SIZE = Question("size", "interval")


def test_one_item_with_a_hundred_thousand_labels_is_one_unit(tallied):
    rows = [("hot", f"w{n}", "ab"[n % 2]) for n in range(100_000)]
    rows += [("i", "w1", "a"), ("i", "w2", "b")]
    tally = tallied(rows)
    assert sorted(tally.every.sizes.tolist()) == [2, 100_000]
    assert len(tally.pairs.first) == 1
    assert tally.duplicates == 0
    alpha = estimate("krippendorff-alpha", tally.every, "nominal")
    assert alpha.value == pytest.approx(0.0, abs=1e-4)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "preference", "ratio"])
def test_more_labels_than_a_domain_can_have_are_refused(tallied, scale):
    rows = [(f"i{n}", "w", f"{n}") for n in range(MAX_LABELS + 1)]
    with pytest.raises(InputError, match="10,001 distinct labels") as caught:
        tallied(rows, Question("essay", scale))
    assert caught.value.where == "question 'essay'"
    assert "interval" in caught.value.next_step
    assert tallied(rows[1:], Question("essay", scale)).every.units.sum() == MAX_LABELS


def test_a_million_distinct_labels_are_refused_before_they_are_counted(tallied):
    rows = [(f"i{n}", "w", f"essay {n}") for n in range(1_000_000)]
    with pytest.raises(InputError, match="1,000,000 distinct labels"):
        tallied(rows)


def test_two_hundred_thousand_annotators_with_one_label_each(tallied):
    rows = [(f"i{n // 2}", f"w{n}", "ab"[n % 3 == 0]) for n in range(200_000)]
    tally = tallied(rows)
    assert len(tally.names.annotators) == 200_000
    assert len(tally.pairs.first) == 100_000
    assert tally.peers.count.sum() == 200_000
    assert tally.every.units.sum() == 100_000


def test_a_hundred_thousand_distinct_numbers(tallied):
    numbers = np.random.default_rng(1).permutation(100_000)
    rows = [(f"i{n // 2}", f"w{n % 2}", f"{numbers[n] / 8}") for n in range(100_000)]
    tally = tallied(rows, SIZE)
    assert tally.names.labels.values.tolist() == (np.arange(100_000) / 8).tolist()
    alpha = estimate(
        "krippendorff-alpha", tally.every, "interval", values=tally.names.labels.values
    )
    assert alpha.value == pytest.approx(0.0, abs=0.02)
    assert alpha.units == 50_000


def test_numbers_that_are_equal_are_one_label(tallied):
    rows = [
        ("i", "w1", "4"),
        ("i", "w2", "4.0"),
        ("i", "w3", " 4e0"),
        ("j", "w1", "-0.0"),
        ("j", "w2", "0"),
    ]
    tally = tallied(rows, SIZE)
    assert tally.names.labels.names == ("0", "4")
    assert tally.every.counts.tolist() == [2, 3]


def test_one_annotator_has_no_peers(tallied):
    tally = tallied([(f"i{n}", "w", "ab"[n % 2]) for n in range(9)])
    assert (len(tally.peers.count), len(tally.pairs.first)) == (0, 0)
    assert estimate("krippendorff-alpha", tally.every, "nominal").undefined == "no-overlap"


def test_one_category_is_counted(tallied):
    tally = tallied([("i", "w1", "a"), ("i", "w2", "a"), ("j", "w1", "a"), ("j", "w2", "a")])
    assert tally.pairs.agreeing.tolist() == [2]
    assert estimate("krippendorff-alpha", tally.every, "nominal").undefined == "one-category"


def test_names_beyond_the_code_space_are_refused_in_words(tallied):
    question = Question("many", "nominal", tuple(f"{n}" for n in range(MAX_LABELS)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("labelaudit.engine.packing.CODE_BITS", 16)
        with pytest.raises(InputError, match="10,000 labels x 9 annotators") as caught:
            tallied([("i", f"w{n}", "1") for n in range(9)], question)
    assert caught.value.where == "question 'many'"


def test_gold_that_fits_no_code_is_counted_beside_it(tallied):
    question = Question("q", "nominal", tuple("abcdefgh"))
    rows = [("i", "w1", "a", "b", "v", "a"), ("i", "w2", "b", "b", "v", None), ("j", "w1", "c")]
    rows += [
        ("k", "w1", "a", "b", "v", "a"),
        ("k", "w2", None, "b", "v", "c"),
        ("k", "g", "a", "b", "v", None, "gold"),
    ]
    counts = []
    for bits in (62, 7):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("labelaudit.engine.packing.CODE_BITS", bits)
            found = tallied(rows, question)
            counts.append((found.gold.answered.tolist(), found.gold_units, found.gold_conflicts))
    assert counts[0] == counts[1] == ([1, 1], 2, 1)


@pytest.mark.parametrize("labels", ["ab", "abcdefghijklmnopqrstuvwxyz"])
@pytest.mark.parametrize("size", [2, 3, 4, 9, 12, 13, 40])
def test_units_of_any_size_over_any_domain_keep_their_labels(tallied, labels, size):
    rows = [
        (f"i{unit}", f"w{n}", labels[(n * unit) % len(labels)])
        for unit in range(5)
        for n in range(size)
    ]
    tally = tallied(rows)
    assert tally.every.units.sum() == 5
    assert (tally.every.label_counts() > 0).sum() == len({row[2] for row in rows})
    assert tally.every.label_counts().sum() == 5 * size
