"""The four lists against a plain count in Python; and what asking for bad-looking items does."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelaudit.comparing.changing import Changes
from labelaudit.comparing.judging import differences
from relabeled import LABELS, request_of, rows_of

UNITS = 6
ANSWERS = st.lists(
    st.tuples(
        st.integers(0, UNITS - 1),
        st.integers(0, 3),
        st.integers(0, len(LABELS) - 1),
        st.integers(0, 1),
        st.integers(0, 1),
    ),
    max_size=18,
    unique_by=lambda row: row[:2],
)
ASKS = st.dictionaries(
    st.integers(0, UNITS - 1),
    st.tuples(st.one_of(st.none(), st.integers(0, 2)), st.integers(0, 2)),
)


def settled(votes):
    """Return the label with most votes, None where labels tie."""
    ranked = votes.most_common(2)
    tied = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return ranked[0][0] if ranked and not tied else None


def as_asked(before, after, wanted, more):
    """Say whether a unit is as asked, in plain words of Python."""
    if wanted is not None:
        return settled(after) == wanted
    if more and after.total() - before.total() >= more:
        return True
    return settled(after) not in {None, settled(before)}


def expected(before, after, ask):
    """Return the list that a unit stands in, None where in none."""
    if not before or not after:
        return "missing-though-asked" if before and ask else None
    if before == after:
        return "unchanged-though-asked" if ask else None
    if not ask:
        return "changed-not-asked"
    return "changed-as-asked" if as_asked(before, after, *ask) else "changed-otherwise"


def votes_of(rows, unit):
    return Counter(row[2] for row in rows if row[0] == unit)


@given(ANSWERS, ANSWERS, ASKS)
def test_each_unit_stands_in_the_list_that_a_plain_count_says(before, after, asks):
    changes = Changes(rows_of([before, after], UNITS), request_of(asks))
    for unit in range(UNITS):
        own = expected(votes_of(before, unit), votes_of(after, unit), asks.get(unit))
        found = [kind for kind, mask in changes.kinds.items() if mask[unit]]
        assert found == ([own] if own else [])


@given(ANSWERS, ANSWERS, ASKS)
def test_a_unit_is_counted_where_it_changed_else_where_it_is(before, after, asks):
    changes = Changes(rows_of([before, after], UNITS), request_of(asks))
    whole, *parts = changes.counts()
    assert whole.units == len({row[0] for row in [*before, *after]})
    assert {(part.batch_id, part.vendor) for part in parts} <= {
        (f"b{row[3]}", f"v{row[4]}") for row in [*before, *after]
    }
    assert sum(part.units for part in parts) >= whole.units
    assert sum(part.changed_not_asked for part in parts) >= whole.changed_not_asked


@given(ANSWERS, ANSWERS)
def test_the_other_way_round_the_same_units_changed(before, after):
    forth = Changes(rows_of([before, after], UNITS), request_of({}))
    back = Changes(rows_of([after, before], UNITS), request_of({}))
    assert (forth.changed == back.changed).all()


@pytest.fixture(scope="module")
def nobody_improves():
    """Relabel the units that three people split over, by people no better than before."""
    draw, units = np.random.default_rng(20), 600
    truth = draw.integers(0, 3, units)

    def answers(asked):
        wrong = (truth[asked] + draw.integers(1, 3, (3, len(asked)))) % 3
        given = np.where(draw.random((3, len(asked))) < 0.15, wrong, truth[asked])
        return [(unit, who, int(given[who, at]), 0, 0)
                for at, unit in enumerate(asked.tolist()) for who in range(3)]  # fmt: skip

    before = answers(np.arange(units))
    split = np.array([len(votes_of(before, unit)) > 1 for unit in range(units)])
    kept = [row for row in before if not split[row[0]]]
    after = sorted([*kept, *answers(np.flatnonzero(split))])
    asks = {int(unit): (None, 0) for unit in np.flatnonzero(split)}
    changes = Changes(rows_of([before, after], units, truth), request_of(asks))
    return {(one.part, one.measure): one
            for one in differences(changes, request_of(asks), "krippendorff-alpha")
            if one.batch_id is None}  # fmt: skip


def test_asked_items_improve_even_where_nobody_works_better(nobody_improves):
    asked = nobody_improves["asked", "krippendorff-alpha"]
    assert asked.low > 0.5
    assert nobody_improves["asked", "gold-accuracy"].low > 0
    assert nobody_improves["all", "krippendorff-alpha"].low > 0
    assert nobody_improves["not-asked", "krippendorff-alpha"].difference == 0


def test_the_page_shows_these_very_numbers(nobody_improves, root):
    page = (root / "docs" / "ci.md").read_text(encoding="utf-8")
    told = re.findall(
        r"^\| (asked|all|not asked) \| ([-\d.]+) \| ([-\d.]+) \|$", page, re.MULTILINE
    )
    assert len(told) == 3
    for part, before, after in told:
        one = nobody_improves[part.replace(" ", "-"), "krippendorff-alpha"]
        assert (f"{one.before:.2f}", f"{one.after:.2f}") == (before, after)
    gold = nobody_improves["all", "gold-accuracy"]
    assert f"from {gold.before:.2f} to {gold.after:.2f} right on gold" in page
