"""Agreement made after the fact, anchors, reviewers, guidelines and padding."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from labelaudit.coefficients import from_ratings
from labelaudit.drift import Arms, ordinary, rao_scott
from labelaudit.signals import (
    agreement_above_others,
    anchoring,
    jump_by_annotator,
    near_equal_times,
    padding,
    pair_jumps,
    perfect_pairs,
    reviewers,
    tiny_answers,
)


def draw(size, seed=0):
    return np.random.default_rng(seed).random(size)


def pairs(units=300, people=6, seed=0):
    """Return two different people on every unit."""
    rng = np.random.default_rng(seed)
    crew = np.argsort(rng.random((units, people)), axis=1)[:, :2]
    return np.repeat(np.arange(units), 2), crew.ravel()


def test_a_batch_without_disagreement_stands_out_among_those_with():
    compared, disagreeing = np.full(9, 120), np.array([0, 22, 18, 25, 20, 17, 23, 19, 21])
    found = agreement_above_others(disagreeing, compared)
    assert found[0].p < 0.001
    assert found[0].effect == pytest.approx(-0.17, abs=0.01)
    assert min(each.p for each in found[1:]) > 0.05


def test_a_batch_is_held_against_the_ordinary_state_of_the_others_alone():
    disagreeing, compared = (
        np.array([2, 22, 18, 25, 20, 17]),
        np.array([90, 120, 110, 130, 100, 95]),
    )
    state = ordinary(disagreeing[1:], compared[1:])
    u = state.surprise(disagreeing[:1], compared[:1])[0]
    found = agreement_above_others(disagreeing, compared)[0]
    assert (found.statistic, found.p) == pytest.approx((u, stats.t.cdf(u, 4)))


def test_batches_that_differ_much_make_a_low_one_ordinary():
    spread = np.array([6, 60, 30, 75, 15, 45, 90, 20, 55])
    assert agreement_above_others(spread, np.full(9, 120))[0].p > 0.01


def test_few_other_batches_or_units_cannot_be_tested():
    few = agreement_above_others(np.array([0, 9, 8]), np.full(3, 100))
    assert [each.undefined for each in few] == ["too-few-batches"] * 3
    small = agreement_above_others(np.array([0, 9, 8, 7, 9, 8, 9]), np.array([10] + [100] * 6))
    assert (small[0].undefined, small[0].p) == ("too-few-units", None)


def clocks(copied):
    """Return answers of six people at the same hours; a share of seconds made from firsts."""
    (unit, person), rng = pairs(), np.random.default_rng(1)
    clock = np.zeros(len(unit))
    for who in range(6):
        own = np.flatnonzero(person == who)
        clock[own] = rng.uniform(0, 600) + np.cumsum(rng.lognormal(3, 0.5, len(own)))
    copies = np.flatnonzero(rng.random(300) < copied)
    clock[2 * copies + 1] = clock[2 * copies] + 1
    return unit, person, clock


def test_copied_answers_come_at_the_same_moment_and_honest_ones_do_not():
    assert near_equal_times(*clocks(0.2)).excess.p < 1e-6
    honest = near_equal_times(*clocks(0.0))
    assert honest.excess.p is None or honest.excess.p > 0.05


def test_people_who_stamp_everything_at_once_do_not_look_like_copies():
    unit, person, clock = clocks(0.0)
    stamped = near_equal_times(unit, person, np.floor(clock / 600) * 600)
    assert stamped.near > 0.1
    assert abs(stamped.near - stamped.expected) < 0.02
    assert stamped.excess.effect == pytest.approx(stamped.near - stamped.expected)


@pytest.mark.parametrize(
    ("reason", "clock", "units"),
    [
        ("no-times", np.full(600, np.nan), 300),
        ("all-times-equal", np.ones(600), 300),
        ("too-few-units", np.arange(600.0), 40),
    ],
)
def test_times_that_tell_nothing_say_what_is_needed(reason, clock, units):
    unit, person = pairs(units)
    found = near_equal_times(unit, person, clock[: 2 * units]).excess
    assert (found.undefined, found.p) == (reason, None)
    assert found.needs


def test_two_people_who_never_disagree_though_both_do_with_others_are_named():
    unit, person = np.divmod(np.arange(400), 4)
    label = (draw(400) < 0.5).astype(int)
    label[person == 1] = label[person == 0]
    found = perfect_pairs(unit, person, label)
    assert (found.first.tolist(), found.second.tolist()) == ([0], [1])
    assert found.rarest.p < 1e-9
    assert found.pairs == 6


def test_the_chance_of_a_perfect_pair_comes_from_the_answers_they_share_with_others():
    unit, person = np.divmod(np.arange(120), 3)
    label = np.where(person == 2, (unit % 4 == 0).astype(int), 0)
    found = perfect_pairs(unit, person, label)  # both differ from the third on 10 of 40 units
    assert found.rarest.p == pytest.approx(3 * 0.75**40)


def test_an_easy_question_makes_perfect_pairs_ordinary():
    unit, person = np.divmod(np.arange(160), 4)
    label = np.isin(np.arange(160), [0, 53]).astype(int)
    found = perfect_pairs(unit, person, label)
    assert found.first.tolist() == [2]
    assert found.rarest.p > 0.05


def test_pairs_that_share_little_cannot_be_tested():
    unit, person = np.divmod(np.arange(40), 2)
    assert perfect_pairs(unit, person, np.zeros(40, int)).rarest.undefined == "too-few-units"


def test_following_the_model_is_the_two_way_test_of_a_share():
    unit, person = pairs()
    shown, same = unit % 3 > 0, draw(600) < 0.7
    found = anchoring(same, shown, unit, person).followed
    arms = Arms(shown, same.astype(int), unit, person, 2)
    test = rao_scott(arms.by_content(), arms.by_annotator())
    assert found.effect == pytest.approx(same[shown].mean() - same[~shown].mean())
    assert found.statistic**2 == pytest.approx(test.statistic)
    assert min(found.p, 1 - found.p) == pytest.approx(test.p / 2)


def test_anchors_are_found_most_clearly_where_the_model_is_wrong():
    unit, person = pairs(800)
    shown, wrong = unit % 2 == 0, unit % 5 == 0
    follows = np.where(wrong, 0.1 + 0.4 * shown, 0.85 + 0.05 * shown)
    found = anchoring(draw(1600) < follows, shown, unit, person, wrong)
    assert found.followed_when_wrong.effect > found.followed.effect > 0
    assert found.followed_when_wrong.p < 1e-6


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("no-blind-items", lambda unit: unit >= 0),
        ("no-shown-items", lambda unit: unit < 0),
        ("too-few-answers", lambda unit: unit > 4),
    ],
)
def test_anchors_need_blind_and_shown_items(reason, shown):
    unit, person = pairs()
    found = anchoring(unit % 2 == 0, shown(unit), unit, person).followed
    assert (found.undefined, found.p) == (reason, None)


def reviewed(stamper_passes):
    """Return six reviewers of 60 labels each, a fifth of them wrong; the last one stamps."""
    who, wrong = np.repeat(np.arange(6), 60), np.tile(np.arange(60) % 5 == 0, 6)
    passed = np.where(wrong, np.arange(360) % 4 == 0, np.arange(360) % 10 > 0)
    return who, np.where(who == 5, stamper_passes(wrong), passed), wrong


def test_a_reviewer_who_lets_everything_pass_accepts_more_and_catches_less():
    found = reviewers(*reviewed(np.ones_like), seconds=np.full(360, 2.0))
    assert (found[5].accepted, found[5].caught, found[5].median_s) == (60, 0, 2.0)
    assert max(found[5].accepts_more.p, found[5].catches_less.p) < 0.01
    assert found[5].catch_high == pytest.approx(stats.beta.ppf(0.975, 1, 12))


def test_a_reviewer_of_good_annotators_accepts_more_and_still_catches():
    found = reviewers(*reviewed(lambda wrong: ~wrong))
    assert found[5].accepts_more.p > 0.01
    assert found[5].catches_less.p > 0.5


def test_reviews_without_known_errors_or_other_reviewers_cannot_be_tested():
    who, passed, _ = reviewed(lambda wrong: ~wrong)
    assert reviewers(who, passed)[0].catches_less.undefined == "no-seeded-errors"
    assert reviewers(who % 2, passed)[0].accepts_more.undefined == "too-few-batches"


def answers(confused, seed):
    """(300, 3) labels of five; labels 0 and 1 are mixed up with a given chance."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(5, (300, 1), p=[0.35, 0.25, 0.2, 0.1, 0.1])
    label = np.where(rng.random((300, 3)) < 0.1, rng.integers(0, 5, (300, 3)), truth)
    return np.where((rng.random((300, 3)) < confused) & (label < 2), 1 - label, label)


UNIT = np.repeat(np.arange(300), 3)


def test_the_pair_of_labels_that_a_new_guideline_confuses_is_named():
    before, after = (from_ratings(UNIT, answers(c, s).ravel(), 5) for c, s in ((0, 1), (0.2, 2)))
    jumps = pair_jumps(before, after).jumps
    assert (jumps[0].first, jumps[0].second) == (0, 1)
    assert jumps[0].adjusted_p < 1e-6
    assert jumps[0].before < jumps[0].after
    assert all(jump.adjusted_p > 0.05 for jump in jumps[1:])


def test_the_rate_of_a_pair_is_that_of_counting_pairs_of_answers():
    label = answers(0.2, 3)
    jump = pair_jumps(*[from_ratings(UNIT, label.ravel(), 5)] * 2).jumps[0]
    among = [
        x != y
        for row in label
        for x, y in (row[[0, 1]], row[[0, 2]], row[[1, 2]])
        if {x, y} <= {jump.first, jump.second}
    ]
    assert jump.before == pytest.approx(np.mean(among))
    assert (jump.z, jump.p) == (0, 0.5)


def shares(label, first, second):
    """Return per unit of m answers the pairs that differ, and those within two labels."""
    counts = np.array([(label == first).sum(axis=1), (label == second).sum(axis=1)])
    m = label.shape[1]
    x = counts[0] * counts[1]
    return 2 * x / (m * (m - 1)), 2 * (x + (counts * (counts - 1) / 2).sum(axis=0)) / (m * (m - 1))


def test_z_is_the_ratio_over_its_linearised_error_with_units_as_clusters():
    rng = np.random.default_rng(4)
    labels = [np.where(rng.random((60, 4)) < p, 1, rng.integers(0, 2, (60, 4))) for p in (0.5, 0.2)]
    arms = [shares(label, 0, 1) for label in labels]
    rate = [x.sum() / d.sum() for x, d in arms]
    pooled = sum(x.sum() for x, _ in arms) / sum(d.sum() for _, d in arms)
    error = [60 / 59 * ((x - pooled * d) ** 2).sum() / d.sum() ** 2 for x, d in arms]
    unit = np.repeat(np.arange(60), 4)
    jump = pair_jumps(*[from_ratings(unit, label.ravel(), 3) for label in labels]).jumps[0]
    assert jump.z == pytest.approx((rate[1] - rate[0]) / np.sqrt(sum(error)))


@pytest.mark.parametrize(("touched", "risen"), [(range(6), 6), ([2], 1)])
def test_a_jump_that_belongs_to_all_is_told_from_one_persons(touched, risen):
    unit, person = np.repeat(np.arange(600), 6), np.tile(np.arange(6), 600)
    after, label = unit >= 300, unit % 2
    strays = after & np.isin(person, list(touched)) & (draw(3600) < 0.3)
    spread = jump_by_annotator(after, unit, person, np.where(strays, 1 - label, label), (0, 1))
    assert spread.compared == 6
    assert spread.risen >= risen


def test_too_few_units_leave_no_pair_to_test():
    small = from_ratings(UNIT[:30], answers(0.2, 1).ravel()[:30], 5)
    found = pair_jumps(small, small)
    assert (found.jumps, found.undefined) == ((), "too-few-units")
    assert found.needs.startswith("20 units")


def test_empty_answers_count_against_the_others_on_the_same_unit_only():
    unit, person = np.divmod(np.arange(600), 6)
    nothing_there, lazy = unit % 4 == 0, (person == 2) & (unit % 3 == 0)
    found = padding(unit, person, nothing_there | lazy)
    assert [each.annotator for each in found if each.excess.p < 0.01] == [2]
    assert found[2].excess.effect == pytest.approx(0.25, abs=0.02)


def test_sizes_are_tiny_beside_those_of_others_on_the_same_unit():
    unit, size = np.array([0, 0, 0, 1, 1, 1]), np.array([100.0, 90, 5, 4, 5, 0])
    assert tiny_answers(unit, size).tolist() == [False, False, True, False, False, True]


def test_padding_needs_shared_units_and_enough_people():
    unit, person = np.divmod(np.arange(300), 3)
    found = padding(unit, person, person == 0)
    assert {each.excess.undefined for each in found} == {"too-few-annotators"}
    alone = padding(np.arange(60), np.arange(60) % 6, np.arange(60) < 9)
    assert {each.excess.undefined for each in alone} == {"too-few-units"}
