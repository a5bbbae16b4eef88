"""Whose doing is a drift: other behaviour, another share of the work, or other people?"""

from __future__ import annotations

import numpy as np
import pytest

from drift_arms import arms
from labelaudit.drift import Arms, mix_split


def planted(share, ones):
    """Give each annotator `share[arm][a]` labels, of which `ones[arm][a]` are label 1."""
    rows = [
        (arm, person, int(k < ones[arm][person]))
        for arm in (0, 1)
        for person in range(len(share[arm]))
        for k in range(share[arm][person])
    ]
    arm, person, label = np.array(rows).T
    return Arms(arm == 1, label, np.arange(len(rows)), person, 2)


def sizes(share, ones):
    return {name: round(value, 6) for name, value in mix_split(planted(share, ones)).sizes.items()}


def test_the_same_people_answering_otherwise_is_behaviour():
    found = sizes([[10, 10], [10, 10]], [[5, 5], [7, 7]])
    assert found == {"behaviour": 0.2, "annotator-mix": 0, "new-annotators": 0}


def test_more_work_for_one_of_them_is_annotator_mix():
    found = sizes([[10, 10], [15, 5]], [[10, 0], [15, 0]])
    assert found == {"behaviour": 0, "annotator-mix": 0.25, "new-annotators": 0}


def test_people_who_come_and_go_are_new_annotators():
    found = sizes([[10, 10, 0], [10, 0, 10]], [[5, 5, 0], [5, 0, 10]])
    assert found == {"behaviour": 0, "annotator-mix": 0, "new-annotators": 0.25}


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_and_each_sums_to_nothing(seed):
    data = arms(seed, people=8)
    kept = ~((data.annotator == 0) & data.in_batch) & ~((data.annotator == 1) & ~data.in_batch)
    split, (baseline, batch) = mix_split(data.select(kept)), data.select(kept).shares()
    parts = [split.behaviour, split.annotator_mix, split.new_annotators]
    assert sum(parts) == pytest.approx(batch - baseline, abs=1e-12)
    assert [part.sum() for part in parts] == pytest.approx([0, 0, 0], abs=1e-12)
    assert (split.common, split.joined, split.left) == (6, 1, 1)


def test_nobody_in_common_cannot_be_tested():
    split = mix_split(arms(0, newcomers=5))
    assert split.test.undefined == "no-common-annotators"
    assert split.sizes["new-annotators"] > 0


def test_too_few_answers_each_cannot_be_tested():
    split = mix_split(arms(0, items=(40, 20)))
    assert split.test.undefined == "too-few-annotators"
    assert split.test.effect == pytest.approx(split.sizes["behaviour"])


def test_without_names_there_is_nothing_to_split():
    data = arms(0)
    assert mix_split(Arms(data.in_batch, data.label, data.content, None, 3)) is None


def test_changed_behaviour_is_found_and_unchanged_is_not():
    data = arms(1, items=(300, 300))
    changed = np.where(data.in_batch & (data.content % 4 == 0), 0, data.label)
    moved = Arms(data.in_batch, changed, data.content, data.annotator, 3)
    assert mix_split(data).test.p > 0.05
    assert mix_split(moved).test.p < 0.001


def within(data, sizes):
    """Return each label's score: w / n (y - own mix), with n / (n - 1) for its spread."""
    y, score = np.eye(3)[data.label], np.zeros((len(data.label), 3))
    share = [sizes[arm] / sizes[arm].sum() for arm in (0, 1)]
    for arm, person in np.ndindex(2, 6):
        own = (data.in_batch == arm) & (data.annotator == person)
        w, n = (share[0][person] + share[1][person]) / 2, own.sum()
        score[own] = (2 * arm - 1) * w / np.sqrt(n * (n - 1)) * (y[own] - y[own].mean(axis=0))
    return score


def contributions(data, sizes):
    """(6, 3) what each annotator adds to the behaviour part, and their (6,) weights."""
    y, each = np.eye(3)[data.label], []
    w = sum(sizes[arm] / sizes[arm].sum() for arm in (0, 1)) / 2
    for person in range(6):
        own = [y[(data.in_batch == arm) & (data.annotator == person)] for arm in (0, 1)]
        each.append(w[person] * (own[1].mean(axis=0) - own[0].mean(axis=0)))
    return np.array(each), w


def test_the_test_of_behaviour_is_the_two_way_formula_within_annotators():
    data = arms(3, items=(150, 120))
    sizes = np.array([np.bincount(data.annotator[data.in_batch == arm]) for arm in (0, 1)])
    (each, w), score = contributions(data, sizes), within(data, sizes)
    apart = each - np.outer(w, each.sum(axis=0) / w.sum())
    v_a, v_r, v_i = 6 / 5 * apart.T @ apart, score.T @ score, np.zeros((3, 3))
    for items in (np.arange(150), np.arange(150, 270)):
        sums = np.array([score[data.content == item].sum(axis=0) for item in items])
        v_i += len(items) / (len(items) - 1) * sums.T @ sums
    g = 1 / (np.bincount(data.label) / len(data.label))
    sizes_of = {name: g @ np.diag(v) for name, v in (("a", v_a), ("i", v_i), ("r", v_r))}
    largest = max(sizes_of["a"] + sizes_of["i"] - sizes_of["r"], sizes_of["a"], sizes_of["i"])
    b = each.sum(axis=0)
    assert mix_split(data).test.statistic == pytest.approx(g @ b**2 / largest)


def test_people_with_little_work_are_pooled_for_the_test_and_not_left_out():
    data = arms(3, items=(150, 120), people=8)
    few = data.in_batch & (data.annotator >= 6) & (data.content % 6 > 0)
    some = data.select(~few)
    pooled = Arms(
        some.in_batch, some.label, some.content, np.minimum(some.annotator, 6), some.n_labels
    )
    assert mix_split(some).test.p == pytest.approx(mix_split(pooled).test.p)
    assert mix_split(some).common == 8


def test_names_and_order_of_rows_change_nothing():
    data, rng = arms(2, items=(200, 200)), np.random.default_rng(2)
    order, names = rng.permutation(1200), rng.permutation(50)
    other = data.select(order)
    renamed = Arms(other.in_batch, other.label, other.content, names[other.annotator], 3)
    assert mix_split(renamed).test.p == pytest.approx(mix_split(data).test.p, rel=1e-9)
