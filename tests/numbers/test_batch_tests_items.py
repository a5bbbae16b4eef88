"""Which items were doubled, dropped, copied or leaked: the signals about items."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit

from labelaudit.signals import (
    dropped_items,
    gold_overlap,
    gold_position,
    groups,
    label_conflicts,
    near_duplicates,
    same_contents,
    selective_redundancy,
)
from labelaudit.signals.ranks import rank_sum


def test_the_rank_sum_is_that_of_scipy_with_ties():
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 9, 60).astype(float), rng.integers(0, 7, 45).astype(float)
    u = stats.mannwhitneyu(x, y, use_continuity=False, alternative="greater", method="asymptotic")
    found = rank_sum(x, y, "")
    assert found.p == pytest.approx(u.pvalue)
    assert found.effect == pytest.approx(u.statistic / (60 * 45))
    assert found.low < found.effect < found.high


def doubled(preference, seed=0, proxy_noise=1.2):
    """Double 400 of 2000 units, easy ones first; return what the signal sees and the truth."""
    rng = np.random.default_rng(seed)
    difficulty = rng.normal(0, 1.2, 2000)
    chosen = np.zeros(2000, bool)
    keys = rng.exponential(size=2000) / np.exp(-preference * difficulty)
    chosen[np.argsort(keys)[:400]] = True
    right = expit(2.2 - difficulty)
    agreement = right**2 + 0.6 * (1 - right) ** 2
    proxy = difficulty + rng.normal(0, proxy_noise, 2000)
    return selective_redundancy(proxy, chosen, agreement), agreement[
        chosen
    ].mean() - agreement.mean()


def test_doubling_easy_units_is_found_and_doubling_any_is_not():
    assert doubled(0.5)[0].easier.p < 1e-6
    assert doubled(0.0)[0].easier.p > 0.01


def test_the_inflation_is_told_exactly_by_a_true_difficulty_and_in_part_by_a_noisy_one():
    exact, truth = doubled(1.0, proxy_noise=0.0)
    noisy, _ = doubled(1.0)
    assert exact.inflation.effect == pytest.approx(truth, abs=0.02)
    assert 0.2 * truth < noisy.inflation.effect < truth


def test_nothing_known_of_difficulty_cannot_be_tested():
    none = selective_redundancy(np.full(50, np.nan), np.arange(50) < 25, np.ones(50))
    assert (none.easier.undefined, none.inflation.undefined) == ("no-difficulty", "no-difficulty")
    few = selective_redundancy(np.arange(50.0), np.arange(50) < 5, np.ones(50))
    assert few.easier.undefined == "too-few-units"


def test_missing_and_unexpected_items_are_named():
    found = dropped_items(np.array([5, 3, 8, 3]), np.array([3, 9]))
    assert (found.missing.tolist(), found.unexpected.tolist()) == ([5, 8], [9])
    assert found.share == pytest.approx(2 / 3)
    assert found.harder.undefined == "no-difficulty"


def test_hard_items_that_go_missing_are_no_accident():
    sent, rng = np.arange(500), np.random.default_rng(0)
    hard = rng.normal(size=500)
    lost = rng.random(500) < expit(2 * hard - 3)
    assert dropped_items(sent, sent[~lost], hard).harder.p < 1e-6
    assert dropped_items(sent, sent[~rng.permutation(lost)], hard).harder.p > 0.01


def test_slices_are_compared_by_chi_square():
    sent, slices = np.arange(300), np.repeat([4, 7, 9], 100)
    lost = np.concatenate([np.arange(5), 100 + np.arange(10), 200 + np.arange(30)])
    found = dropped_items(sent, np.setdiff1d(sent, lost), slices=slices)
    chi2 = stats.chi2_contingency([[5, 10, 30], [95, 90, 70]], correction=False)
    assert (found.by_slice.statistic, found.by_slice.p) == pytest.approx((chi2[0], chi2[1]))
    assert found.by_slice.effect == pytest.approx(0.30 - 0.15)


def test_without_a_manifest_nothing_can_be_missing():
    found = dropped_items(np.zeros(0, np.int64), np.array([1]))
    assert (found.share, found.harder.undefined) == (None, "no-manifest")


def test_copies_with_other_labels_are_named_and_weighed():
    content = np.repeat(np.arange(50), 2)
    label = np.where(np.arange(100) < 20, np.arange(100) % 2, 1)
    found = label_conflicts(content, label, usual=0.05)
    assert found.items.tolist() == list(range(20))
    assert found.differing.effect == pytest.approx(10 / 50)
    assert found.differing.p == pytest.approx(stats.binom.sf(9, 50, 0.05))


def test_copies_without_a_usual_rate_are_named_without_a_test():
    found = label_conflicts(np.array([0, 0, 1]), np.array([1, 0, 0]))
    assert (found.differing.effect, found.differing.p, found.copies) == (1.0, None, 1)
    alone = label_conflicts(np.arange(3), np.zeros(3, np.int64), usual=0.1)
    assert alone.differing.undefined == "no-duplicates"


def written(words, rng):
    return [f"w{k}" for k in np.minimum(rng.zipf(1.5, words), 3000)]


def edited(words, share, rng):
    """Delete, replace or insert a share of the words."""
    out = []
    for word in words:
        roll = rng.random() / share
        kept = [] if roll < 1 / 3 else [f"n{rng.integers(3000)}"] if roll < 2 / 3 else [word]
        out += kept if roll >= 1 or roll < 2 / 3 else [word, f"n{rng.integers(3000)}"]
    return out


def test_lightly_edited_texts_are_found_and_unlike_ones_are_not():
    rng = np.random.default_rng(0)
    originals = [written(60, rng) for _ in range(200)]
    texts = originals + [edited(words, 0.1, rng) for words in originals]
    found = near_duplicates([" ".join(words) for words in texts])
    true = found.second - found.first == 200
    assert true.sum() >= 0.9 * 200  # the published world: .97 for 60 words
    assert (~true).sum() <= 2


def test_a_stock_phrase_does_not_make_texts_alike():
    phrase = "thank you for your question here is the answer that you asked for today "
    texts = [phrase + " ".join(f"own{i}x{k}" for k in range(8)) for i in range(100)]
    assert len(near_duplicates(texts).first) == 0


def test_case_and_spacing_do_not_hide_a_copy():
    texts = ["The cat sat.", "the  CAT sat.", "A dog."]
    assert same_contents(texts).tolist() == [0, 0, 1]
    found = near_duplicates(texts)
    assert (found.first.tolist(), found.second.tolist(), found.jaccard.tolist()) == ([0], [1], [1])


@pytest.mark.parametrize("texts", [[], [""], ["", "", "one"], ["猫が座っている"] * 2])
def test_empty_and_short_texts_do_no_harm(texts):
    copies = len(texts) - len(set(texts))
    assert len(near_duplicates(texts).first) == copies


def test_the_order_of_texts_changes_the_positions_only():
    rng = np.random.default_rng(1)
    texts = [" ".join(written(30, rng)) for _ in range(40)]
    texts += [" ".join(edited(text.split(), 0.1, rng)) for text in texts]
    order = rng.permutation(80)
    pairs = {frozenset(p) for p in zip(*_ends(near_duplicates(texts)), strict=True)}
    again = near_duplicates([texts[k] for k in order])
    assert {frozenset(order[list(p)]) for p in zip(*_ends(again), strict=True)} == pairs


def _ends(found):
    return found.first.tolist(), found.second.tolist()


def test_chains_of_pairs_are_one_group():
    assert groups(np.array([0, 1]), np.array([1, 3]), 5).tolist() == [0, 0, 1, 0, 2]


def test_gold_that_stands_among_the_tasks_is_found_by_id_and_by_content():
    gold, task = np.array([1, 2, 3, 4]), np.array([2, 8, 9])
    found = gold_overlap(gold, task, np.array([10, 11, 12, 13]), np.array([50, 12, 51]))
    assert (found.ids.tolist(), found.contents.tolist(), found.share) == ([2], [12], 0.5)


def test_gold_that_always_comes_first_is_foreseeable_and_scattered_gold_is_not():
    person, when = np.repeat(np.arange(5), 100), np.tile(np.arange(100.0), 5)
    assert gold_position(person, when, when < 6).p < 1e-6
    scattered = np.random.default_rng(0).random(500) < 0.1
    assert gold_position(person, when, scattered).p > 0.05


@pytest.mark.parametrize(
    ("reason", "when", "gold"),
    [
        ("no-times", np.full(60, np.nan), np.arange(60) < 30),
        ("all-times-equal", np.ones(60), np.arange(60) < 30),
        ("no-gold", np.arange(60.0), np.zeros(60, bool)),
        ("too-few-answers", np.arange(60.0), np.arange(60) < 15),
    ],
)
def test_a_place_that_cannot_be_known_says_what_it_needs(reason, when, gold):
    found = gold_position(np.zeros(60, np.int64), when, gold)
    assert (found.undefined, found.p) == (reason, None)
    assert found.needs
