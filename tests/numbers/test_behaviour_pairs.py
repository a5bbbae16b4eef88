"""Pairs who give the same wrong answers, and pairs nobody can tell anything of."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import LABELS, all_answered, careful, truth
from labelaudit.behaviour import profiles, same_answers, shared_errors, work
from labelaudit.truth import dawid_skene

UNITS, PEOPLE = 150, 9


def fitted(table):
    found = dawid_skene(table.ratings())
    return profiles(found.annotators, found.prior, found.confusion, table.n_annotators)


def looked_at(labels):
    table = all_answered(labels)
    return same_answers(table, fitted(table))


def test_one_who_copies_is_found_with_whom():
    labels = careful(UNITS, PEOPLE, mistakes=0.25)
    labels[:130, 4] = labels[:130, 2]
    (pair,) = looked_at(labels).found()
    assert (pair.first, pair.second) == (2, 4)
    assert pair.same_wrong > 3 * pair.same_wrong_expected
    assert pair.shared == UNITS


def test_the_evidence_is_a_list_of_units_both_got_wrong_alike():
    labels = careful(UNITS, PEOPLE, mistakes=0.25)
    labels[:, 4] = labels[:, 2]
    table = all_answered(labels)
    units = shared_errors(table, fitted(table), 2, 4)
    assert len(units) == same_answers(table, fitted(table)).found()[0].same_wrong
    wrong = labels[units, 4] != truth(UNITS)[units]
    assert wrong.mean() > 0.9


@pytest.mark.parametrize("seed", range(5))
def test_people_who_work_alone_are_left_in_peace(seed):
    assert looked_at(careful(UNITS, PEOPLE, seed=seed, mistakes=0.25)).found() == ()


def test_two_perfect_people_are_no_pair():
    labels = careful(UNITS, PEOPLE, mistakes=0.3)
    labels[:, 0] = labels[:, 1] = truth(UNITS)
    assert looked_at(labels).found() == ()


def test_too_little_overlap_is_said_and_is_no_pass():
    found = looked_at(careful(24, PEOPLE))
    assert found.undefined == "too-little-overlap"
    assert not found.looked_at(PEOPLE).any()
    assert "25 shared units" in found.needs


def test_two_labels_a_unit_tell_nothing_of_a_pair():
    labels = careful(10 * UNITS, PEOPLE, mistakes=0.05)
    unit, turn = np.divmod(np.arange(20 * UNITS), 2)
    who = (unit % PEOPLE + turn * (1 + unit // PEOPLE % (PEOPLE - 1))) % PEOPLE
    table = work(unit, who, labels[unit, who], LABELS)
    found = same_answers(table, fitted(table))
    assert (found.undefined, len(found.people)) == ("too-little-overlap", 0)
    assert "somebody else answered too" in found.needs
    assert shared_errors(table, fitted(table), 0, 1).size == 0


def test_pairs_are_counted_like_a_plain_count():
    rng = np.random.default_rng(0)
    unit, who = np.nonzero(rng.random((200, 8)) < 0.6)
    table = work(unit, who, rng.integers(0, LABELS, len(unit)), LABELS)
    found = same_answers(table, fitted(table))
    answers = [dict(zip(unit[who == j], table.label[who == j], strict=True)) for j in range(8)]
    for place in range(len(found.people)):
        pair = found.pair(place)
        one, other = answers[pair.first], answers[pair.second]
        shared = {u for u in one.keys() & other.keys() if sum(u in own for own in answers) > 2}
        assert pair.shared == len(shared)
        assert pair.same == sum(one[u] == other[u] for u in shared)


def test_a_unit_with_a_hundred_thousand_answers_does_not_explode():
    who = np.arange(100_000)
    table = work(np.zeros(100_000, dtype=int), who, who % LABELS, LABELS)
    even = profiles(np.zeros(0, int), np.full(3, 1 / 3), np.zeros((0, 3, 3)), 100_000)
    assert same_answers(table, even).undefined == "too-little-overlap"
