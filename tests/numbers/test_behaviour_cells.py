"""The labels of each unit, against counting by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from labelaudit.behaviour.cells import cells
from labelaudit.medians import median, medians

ROWS, UNITS = 600, 90


def answers(labels: int):
    rng = np.random.default_rng(labels)
    return np.sort(rng.integers(0, UNITS, ROWS)), rng.integers(0, labels, ROWS)


@pytest.mark.parametrize("labels", [1, 2, 3, 40])
def test_the_favourite_is_what_most_of_the_others_gave(labels):
    unit, label = answers(labels)
    found = cells(unit, label, labels)
    for row, favourite in enumerate(found.favourite[found.of_row].tolist()):
        others = label[(unit == unit[row]) & (np.arange(ROWS) != row)].tolist()
        ranked = Counter(others).most_common(2)
        alone = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
        assert favourite == (ranked[0][0] if alone else -1)


@pytest.mark.parametrize("labels", [1, 3])
def test_the_two_best_are_the_most_frequent_labels_of_each_unit(labels):
    unit, label = answers(labels)
    found = cells(unit, label, labels)
    for place, code in enumerate(np.unique(unit).tolist()):
        counts = sorted(Counter(label[unit == code].tolist()).values(), reverse=True)
        assert [best[place] for best in found.two_best] == [*counts, 0][:2]


@pytest.mark.parametrize("groups", [2, 500])
def test_medians_of_large_and_of_small_groups_are_numpy_s(groups):
    rng = np.random.default_rng(1)
    group, values = rng.integers(0, groups, ROWS), rng.random(ROWS)
    found = medians(group, values, groups)
    for code in np.unique(group).tolist():
        assert found[code] == np.median(values[group == code]) == median(values[group == code])
