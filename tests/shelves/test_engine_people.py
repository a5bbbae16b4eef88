"""Who answered what: pairs, leave-one-out, gold and repetitions against plain Python."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.engine import kernel
from labelaudit.model import Question

LABELS = ("a", "b", "c")
QUESTION = Question("q", "nominal", LABELS)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["i1", "i2", "i3", "i4"]),
        st.sampled_from(["w1", "w2", "w3", "w4", "w5"]),
        st.sampled_from([*LABELS, None]),
        st.sampled_from(["b1", "b2"]),
        st.sampled_from(["v1", None]),
        st.sampled_from([None, None, *LABELS, "outside"]),
    ),
    max_size=30,
)


def units(rows):
    """Return the (annotator, label) answers of each item."""
    found = {}
    for item, who, label, *_ in rows:
        if label is not None:
            found.setdefault(item, []).append((who, label))
    return found


def all_pairs(rows):
    """Count pairs of answers to one unit: (first, second) -> (together, agreeing)."""
    together, agreeing = Counter(), Counter()
    for answers in units(rows).values():
        for (one, gave), (two, took) in combinations(sorted(answers), 2):
            together[one, two] += 1
            agreeing[one, two] += gave == took
    return {pair: (count, agreeing[pair]) for pair, count in together.items()}


def counted_pairs(tally):
    who, pairs = tally.names.annotators, tally.pairs
    columns = (pairs.first, pairs.second, pairs.together, pairs.agreeing)
    listed = zip(*(column.tolist() for column in columns), strict=True)
    return {(who[one], who[two]): (many, same) for one, two, many, same in listed}


def all_peers(rows):
    """Count answers by (annotator, m, n_uc, sum of n_uc^2) in units of two or more."""
    found = Counter()
    for answers in units(rows).values():
        given = Counter(label for _, label in answers)
        squares = sum(count**2 for count in given.values())
        if len(answers) >= 2:
            found.update((who, len(answers), given[label], squares) for who, label in answers)
    return found


def counted_peers(tally):
    peers = tally.peers
    columns = (peers.annotator, peers.size, peers.same, peers.squares, peers.count)
    listed = zip(*(column.tolist() for column in columns), strict=True)
    return Counter({(tally.names.annotators[who], *key): n for who, *key, n in listed})


def all_gold(rows):
    """Count (annotator, batch, vendor) -> (answered, correct) on units of one gold label."""
    golds = {item: {row[5] for row in rows if row[0] == item} & set(LABELS) for item in units(rows)}
    answered, correct = Counter(), Counter()
    for item, who, label, batch, vendor, _ in rows:
        if label is not None and len(golds[item]) == 1:
            answered[who, batch, vendor] += 1
            correct[who, batch, vendor] += label in golds[item]
    conflicts = sum(len(gold) > 1 for gold in golds.values())
    return answered, +correct, sum(map(bool, golds.values())), conflicts


def counted_gold(tally):
    names, gold = tally.names, tally.gold
    vendors = [*names.vendors, None]
    columns = (gold.annotator, gold.batch, gold.vendor, gold.answered, gold.correct)
    answered, correct = Counter(), Counter()
    for who, batch, vendor, many, right in zip(*(c.tolist() for c in columns), strict=True):
        key = names.annotators[who], names.batches[batch], vendors[vendor]
        answered[key], correct[key] = many, right
    return answered, +correct, tally.gold_units, tally.gold_conflicts


@given(ROWS)
@settings(max_examples=25)
def test_pairs_leave_one_out_gold_and_repetitions_equal_counting_by_hand(tallied, rows):
    tally = tallied(rows, QUESTION)
    assert counted_pairs(tally) == all_pairs(rows)
    assert counted_peers(tally) == all_peers(rows)
    assert counted_gold(tally) == all_gold(rows)
    repeats = sum(n for (one, two), (n, _) in all_pairs(rows).items() if one == two)
    assert tally.duplicates == repeats
    assert tally.gold_outside == len({row[5] for row in rows} & {"outside"})


@given(ROWS)
@settings(max_examples=15)
def test_agreeing_pairs_add_up_to_pairs_of_equal_labels(tallied, rows):
    tally = tallied(rows, QUESTION)
    cells = tally.every.counts * (tally.every.counts - 1) // 2 * tally.every.cell_units
    assert tally.pairs.agreeing.sum() == cells.sum()


def crowd(size):
    return [("i", f"w{n:04}", LABELS[n % 2]) for n in range(size)]


@pytest.mark.parametrize(
    ("labels", "pairs", "peers"),
    [
        (kernel.MAX_PAIR_LABELS, True, True),
        (kernel.MAX_PAIR_LABELS + 1, False, True),
        (kernel.MAX_PEER_LABELS, False, True),
        (kernel.MAX_PEER_LABELS + 1, False, False),
    ],
)
def test_a_crowded_unit_is_left_out_of_pairs_first_and_of_peers_later(
    tallied, labels, pairs, peers
):
    tally = tallied(crowd(labels))
    assert (len(tally.pairs.first) > 0) == pairs
    assert (len(tally.peers.count) > 0) == peers
    assert tally.every.sizes.tolist() == [labels]


@pytest.mark.parametrize("labels", [3, kernel.MAX_PAIR_LABELS + 5])
def test_an_annotator_who_answers_twice_is_seen_in_units_of_any_size(tallied, labels):
    again = [("i", "w0001", "c"), ("i", "w0001", "b")]
    assert tallied(crowd(labels)).duplicates == 0
    assert tallied(crowd(labels) + again[:1]).duplicates > 0
    assert tallied(crowd(labels) + again).duplicates > 1


def test_gold_rows_count_like_a_gold_column(tallied):
    column = [("i", "w1", "a", "b", "v", "a"), ("i", "w2", "b", "b", "v", "a")]
    rows = [(*row[:5], None) for row in column]
    as_rows = [*rows, ("i", "key", "a", "b", "v", None, "gold")]
    assert counted_gold(tallied(column, QUESTION)) == counted_gold(tallied(as_rows, QUESTION))


def test_gold_of_a_unit_holds_for_every_row_wherever_it_stands(tallied):
    rows = [("i", "w1", "a", "b1", "v", None), ("i", "w2", "b", "b2", "v", None)]
    gold = ("i", "w3", None, "b1", "v", "a")
    answered, correct, *_ = counted_gold(tallied([*rows, gold], QUESTION))
    assert answered == {("w1", "b1", "v"): 1, ("w2", "b2", "v"): 1}
    assert correct == {("w1", "b1", "v"): 1}


def test_every_count_is_an_integer(tallied):
    tally = tallied([("i", "w1", "a", "b", "v", "a"), ("i", "w2", "a", "b", "v", "a")])
    for table in (tally.cube, tally.pairs, tally.peers, tally.gold):
        for name in table.__slots__:
            assert getattr(table, name).dtype == np.int64
