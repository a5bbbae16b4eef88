"""The two-way cluster test against its formula, step by step, and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from drift_arms import arms
from labelaudit.drift import Arms, rao_scott


def scores(data):
    """Return what each label adds to the difference, for all labels but the last."""
    y = np.eye(data.n_labels)[data.label][:, :-1]
    size = [(~data.in_batch).sum(), data.in_batch.sum()]
    mean = np.array([y[~data.in_batch].mean(axis=0), y[data.in_batch].mean(axis=0)])
    arm = data.in_batch.astype(int)
    weight = np.where(data.in_batch, 1 / size[1], -1 / size[0])
    return weight[:, None] * (y - mean[arm]), mean[1] - mean[0], y.mean(axis=0), size


def outer(s, codes):
    sums = [s[codes == code].sum(axis=0) for code in np.unique(codes)]
    return sum(np.outer(t, t) for t in sums), len(sums)


def clustered(data, codes, inverse, s):
    """Return (V, df) of one clustering, crossed or nested."""
    both = np.intersect1d(codes[data.in_batch], codes[~data.in_batch])
    if len(both):
        total, many = outer(s, codes)
        return many / (many - 1) * total, many - 1
    parts = [outer(s[data.in_batch == arm], codes[data.in_batch == arm]) for arm in (False, True)]
    each = [many / (many - 1) * total for total, many in parts]
    t = [np.trace(inverse @ v) for v in each]
    df = sum(t) ** 2 / sum(t[i] ** 2 / (parts[i][1] - 1) for i in (0, 1))
    return each[0] + each[1], df


def by_the_book(data):
    """Return F, df1, df2, p and the design effect, with matrices and loops."""
    s, delta, p, size = scores(data)
    inverse = np.linalg.inv((np.diag(p) - np.outer(p, p)) * (1 / size[0] + 1 / size[1]))
    v_i, df_i = clustered(data, data.content, inverse, s)
    v_a, df_a = clustered(data, data.annotator, inverse, s)
    v_r = s.T @ s
    v = max((v_i + v_a - v_r, v_i, v_a), key=lambda each: np.trace(inverse @ each))
    d = inverse @ v
    f, df1 = delta @ inverse @ delta / np.trace(d), np.trace(d) ** 2 / np.trace(d @ d)
    t_i = np.trace(inverse @ v_i)
    t_a = max(np.trace(inverse @ v_a) - np.trace(inverse @ v_r), 0)
    df2 = max((t_i + t_a) ** 2 / (t_i**2 / df_i + t_a**2 / df_a), 1)
    return f, df1, df2, stats.f.sf(f, df1, df2), np.trace(d) / len(p)


def answers(data):
    test = rao_scott(data.by_content(), data.by_annotator())
    return test.statistic, test.df1, test.df2, test.p, test.design_effect


@pytest.mark.parametrize("newcomers", [0, 5])
@pytest.mark.parametrize("labels", [2, 3, 6])
@pytest.mark.parametrize("seed", range(4))
def test_it_equals_the_formula_step_by_step(seed, labels, newcomers):
    data = arms(seed, labels=labels, newcomers=newcomers)
    assert answers(data) == pytest.approx(by_the_book(data), rel=1e-9)


def test_items_in_both_arms_are_one_cluster():
    once = arms(3, items=(30, 30))
    again = Arms(once.in_batch, once.label, once.content % 30, once.annotator, 3)
    assert answers(again) == pytest.approx(by_the_book(again), rel=1e-9)
    assert answers(again) != pytest.approx(answers(once), rel=1e-3)


def test_one_way_and_crossed_it_is_the_cluster_covariance_of_statsmodels():
    sm = pytest.importorskip("statsmodels.api")
    data = arms(5, labels=2)
    people = data.by_annotator()
    model = sm.OLS(data.label == 0, sm.add_constant(data.in_batch.astype(float)))
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": data.annotator})
    n = len(data.label)
    variance = fit.cov_params()[1, 1] * (n - 2) / (n - 1)  # statsmodels' own factor taken off
    test = rao_scott(people, None)
    assert test.covariance[0, 0] == pytest.approx(variance, rel=1e-9)
    assert test.statistic == pytest.approx(fit.params[1] ** 2 / variance, rel=1e-9)


def test_labels_that_stand_alone_give_welch():
    rng = np.random.default_rng(8)
    label, in_batch = rng.integers(0, 2, 300), np.arange(300) >= 200
    data = Arms(in_batch, label, np.arange(300), None, 2)
    test = rao_scott(data.by_content(), None)
    welch = stats.ttest_ind(label[in_batch], label[~in_batch], equal_var=False)
    assert test.statistic == pytest.approx(welch.statistic**2, rel=1e-9)
    assert test.p == pytest.approx(welch.pvalue, rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_rows_labels_and_names_may_come_in_any_order(seed):
    data, rng = arms(seed), np.random.default_rng(seed)
    order = rng.permutation(len(data.label))
    mixed = Arms(
        data.in_batch[order],
        rng.permutation(3)[data.label][order],
        rng.permutation(900)[data.content][order],
        rng.permutation(70)[data.annotator][order],
        3,
    )
    assert answers(mixed) == pytest.approx(answers(data), rel=1e-12)


def test_the_order_of_rows_does_not_change_the_last_digit():
    data, order = arms(4), np.random.default_rng(4).permutation(180)
    parts = (data.in_batch, data.label, data.content, data.annotator)
    mixed = Arms(*(part[order] for part in parts), 3)
    assert answers(mixed) == answers(data)


def test_swapping_the_arms_changes_nothing():
    data = arms(6, newcomers=5)
    swapped = Arms(~data.in_batch, data.label, data.content, data.annotator, 3)
    assert answers(swapped) == pytest.approx(answers(data), rel=1e-12)


def test_one_cluster_in_an_arm_tells_nothing():
    data = arms(0, items=(20, 1))
    assert rao_scott(data.by_content(), None) is None
