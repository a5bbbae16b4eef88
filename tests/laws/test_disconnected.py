"""Is agreement identified? Annotators who are never compared with others refuse a number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

import labelaudit
from label_tables import by_unit, measured, value
from labelaudit.coefficients import COEFFICIENTS, ratings
from labelaudit.overlap import Links, are_apart, overlap_groups
from random_labels import FROM_PATTERNS, TWO, table, tables

MANY = sorted(FROM_PATTERNS - TWO)
PEOPLE = 12
PAIRS = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)), max_size=20)


@pytest.mark.parametrize("name", MANY)
@settings(max_examples=15)
@given(data=st.data())
def test_two_tables_of_different_people_have_no_common_number(name, data):
    one, other = (data.draw(tables(name)) for _ in range(2))
    apart = ratings(
        np.concatenate([one.unit, other.unit + 100]),
        np.concatenate([one.annotator, other.annotator + 10]),
        np.concatenate([one.label, other.label]),
        4,
    )
    found = measured(name, apart)
    assert (found.value, found.undefined) == (None, "disconnected-annotators")


@pytest.mark.parametrize("name", MANY)
@settings(max_examples=15)
@given(data=st.data())
def test_one_unit_that_both_groups_label_is_enough(name, data):
    grids = [np.array([[0, 1, 2, 3], [1, 1, 0, 0]]), np.array([[2, 2, 1, 0], [3, 0, 3, 1]])]
    apart = np.full((5, 8), -1)
    apart[:2, :4], apart[2:4, 4:] = grids
    assert measured(name, table(apart)).value is None
    apart[4, data.draw(st.integers(0, 3))] = apart[4, data.draw(st.integers(4, 7))] = 1
    assert measured(name, table(apart)).value is not None


@pytest.mark.parametrize("name", MANY)
def test_people_who_share_no_unit_refuse_nothing(name):
    met = "00.. 11.. 01.. 10.. "
    assert value(name, by_unit(met + "..1. ...0", "01")) is not None


@given(pairs=PAIRS)
def test_groups_are_those_of_an_independent_search(pairs):
    first, second = np.array([*zip(*pairs, strict=True)] or [[], []], dtype=np.int64)
    links = Links.of(first, second, PEOPLE)
    graph = coo_array((np.ones(len(first)), (first, second)), shape=(PEOPLE, PEOPLE))
    component = connected_components(graph, directed=False)[1]
    expected = {tuple(np.flatnonzero(component == code)) for code in np.unique(component)}
    assert {tuple(group) for group in links.groups()} == {x for x in expected if len(x) > 1}


def test_a_long_table_is_searched_to_its_end():
    unit = np.repeat(np.arange(60_000), 2)
    late = np.tile([0, 1], 60_000)
    late[-4:] = [2, 3, 2, 3]
    assert are_apart(ratings(unit, late, late % 2, 2))
    late[-4:-2] = [1, 2]
    assert not are_apart(ratings(unit, late, late % 2, 2))


def test_very_many_annotators_are_linked_without_a_square_table():
    size = 300_000
    chain = np.stack([np.arange(size), np.arange(size) + 1], axis=1).ravel()
    data = ratings(np.repeat(np.arange(size), 2), chain, chain % 2, 2)
    assert [len(group) for group in overlap_groups(data)] == [size + 1]


def test_python_names_the_groups():
    rows = [("1", "ann"), ("1", "ben"), ("2", "eve"), ("2", "dan"), ("3", "joy"), ("3", "dan")]
    frame = pd.DataFrame(rows, columns=["item_id", "annotator_id"]).assign(label=list("abbaab"))
    assert labelaudit.agreement(frame).undefined == "disconnected-annotators"
    assert labelaudit.annotator_groups(frame) == (("dan", "eve", "joy"), ("ann", "ben"))


def test_counts_name_nobody():
    with pytest.raises(labelaudit.UsageError, match="does not say who answered"):
        labelaudit.annotator_groups(pd.DataFrame({"a": [1], "b": [1]}), layout="counts")


def test_every_coefficient_that_takes_patterns_cannot_know():
    data = by_unit("00.. 11.. 01.. ..01 ..10 ..11", "01")
    for name in sorted(FROM_PATTERNS & set(COEFFICIENTS)):
        assert measured(name, data.patterns()).undefined is None
