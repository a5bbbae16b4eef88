"""What a batch and its baseline gave: added up from parts, the same as counted from the rows."""

from __future__ import annotations

import numpy as np
import pytest

from labelaudit.coefficients import merge
from labelaudit.drifting.rows import Rows

BATCHES, UNITS, LABELS = 100, 200, 4


def rows(*, documents: bool) -> Rows:
    """Return three answers to each unit; documents go through all the batches."""
    rng = np.random.default_rng(3)
    item = np.repeat(np.arange(BATCHES * UNITS), 3)
    content = item % 700 if documents else item
    person, label = rng.integers(0, 30, len(item)), rng.integers(0, LABELS, len(item))
    starts = np.arange(BATCHES + 1) * 3 * UNITS
    return Rows(
        starts, item, content, person, label, None, np.arange(len(item)), LABELS, content.max() + 1
    )


def plain(patterns):
    return [
        column.tolist()
        for column in (patterns.starts, patterns.codes, patterns.counts, patterns.units)
    ]


@pytest.mark.parametrize("documents", [False, True])
@pytest.mark.parametrize("others", [range(1, BATCHES), (5, 7), (1,)])
def test_parts_add_up_to_what_the_rows_say(documents, others):
    table = rows(documents=documents)
    content, people = table.mixes(0, tuple(others))
    arms = table.arms(0, tuple(others))
    assert plain(merge([content])) == plain(arms.by_content())
    assert plain(merge([people])) == plain(arms.by_annotator())


def test_a_long_baseline_is_thinned_by_whole_contents():
    table = rows(documents=False)
    arms = table.arms(0, tuple(range(1, BATCHES)))
    baseline = arms.content[~arms.in_batch]
    assert arms.in_batch.sum() == 3 * UNITS
    assert np.unique(baseline % 2).tolist() == [0]
    assert np.bincount(np.bincount(baseline)[baseline]).nonzero()[0].tolist() == [3]
