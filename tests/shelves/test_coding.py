"""Frames become codes: whatever their order and their kinds of ids, the table is the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelaudit import InputError, agreement
from labelaudit.coding import code_counts, code_long
from labelaudit.coefficients import from_counts, merge, ratings

COLUMNS = {"item": "item_id", "annotator": "annotator_id", "label": "label"}
rows = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 4)),
    min_size=1,
    max_size=60,
    unique_by=lambda row: row[:2],
)


def frame(table: object) -> pd.DataFrame:
    """Make a long frame of rows of item, annotator and label."""
    return pd.DataFrame(table, columns=list(COLUMNS.values()))


def many(units: int = 2_000, annotators: int = 3, labels: int = 5) -> pd.DataFrame:
    """Make a long frame with more ids than are coded one by one."""
    rng = np.random.default_rng(0)
    unit, person = np.divmod(np.arange(units * annotators), annotators)
    label = (unit + rng.integers(0, 2, len(unit))) % labels
    return frame(np.stack([unit, person, label], axis=1))


def content(patterns) -> list[list[int]]:
    """Return patterns in one order, to be compared."""
    merged = merge([patterns])
    parts = (merged.starts, merged.codes, merged.counts, merged.units)
    return [part.tolist() for part in parts]


@given(rows)
def test_the_patterns_are_those_of_the_shelf(table):
    coded = code_long(frame(table), "nominal", list(range(5)), COLUMNS)
    unit, person, label = np.array(table).T
    expected = ratings(unit, person, label, 5)
    assert content(coded.data.patterns()) == content(expected.patterns())
    assert coded.data.annotators().tolist() == list(range(len(expected.annotators())))
    assert len(coded.data.pairable()) == len(expected.pairable())


@given(rows)
def test_the_table_is_sorted_by_unit_then_annotator(table):
    data = code_long(frame(table), "nominal", None, COLUMNS).data
    pairs = list(zip(data.unit.tolist(), data.annotator.tolist(), strict=True))
    assert pairs == sorted(pairs)
    assert len(data) == len(table)


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=20))
def test_counts_are_patterns_however_wide_the_table_is(table):
    narrow = pd.DataFrame(table)
    wide = pd.concat([narrow] + [narrow * 0] * 9, axis=1)
    for counts in (narrow, wide):
        patterns = code_counts(counts, "nominal").data
        assert content(patterns) == content(from_counts(counts.to_numpy()))


@pytest.mark.parametrize("coefficient", ["krippendorff-alpha", "conger-kappa", "gwet-ac1"])
def test_the_order_of_the_rows_changes_nothing(coefficient):
    data = many()
    mixed = data.sample(frac=1, random_state=1)
    assert agreement(mixed, coefficient) == agreement(data, coefficient)


@pytest.mark.parametrize(
    "kind",
    [
        lambda ids: "item " + ids.astype(str),
        lambda ids: ("item " + ids.astype(str)).astype("category"),
        lambda ids: ids / 8,
        lambda ids: ids.astype(object),
        lambda ids: ids * 10**14 - 7,
        lambda ids: (ids + 2**62).astype("uint64") * np.uint64(2),
    ],
    ids=["text", "category", "float", "object", "far-apart", "unsigned"],
)
def test_the_kind_of_the_ids_changes_nothing(kind):
    data = many()
    assert agreement(data.assign(item_id=kind(data["item_id"]))) == agreement(data)


def test_small_integers_do_not_overflow():
    ids = pd.Series([-128, -128, 127, 127], dtype="int8")
    data = frame({"item_id": ids, "annotator_id": [1, 2, 1, 2], "label": ["a", "a", "b", "b"]})
    assert agreement(data).units == 2


@pytest.mark.parametrize("annotators", [2, 7, 30, 70])
def test_units_of_any_length_are_counted(annotators):
    data = many(units=40, annotators=annotators)
    counts = pd.crosstab(data["item_id"], data["label"])
    expected = agreement(counts, layout="counts")
    assert agreement(data).value == pytest.approx(expected.value, abs=1e-12)


def test_a_repeated_annotation_is_named_among_many_rows_in_any_order():
    data = many().astype({"item_id": str})
    again = pd.concat([data, data.iloc[[4_000]]]).sample(frac=1, random_state=2)
    with pytest.raises(InputError) as caught:
        agreement(again)
    assert caught.value.examples == ("item 1333, annotator 1",)


def test_a_function_is_asked_about_labels_and_not_about_codes():
    asked = set()

    def distance(one: object, other: object) -> float:
        asked.add(one)
        return float(one != other)

    wide = pd.DataFrame({"ann": ["cat", "dog"], "ben": ["cat", "cat"]})
    agreement(wide, layout="wide", distance=distance)
    assert asked == {"cat", "dog"}


def test_real_numbers_cost_no_table_of_all_their_pairs():
    rng = np.random.default_rng(0)
    truth = rng.normal(size=50_000)
    wide = pd.DataFrame({"ann": truth, "ben": truth + rng.normal(scale=0.1, size=50_000)})
    assert agreement(wide, scale="interval", layout="wide").value == pytest.approx(0.995, abs=1e-3)


@pytest.mark.parametrize("label", [["a"], {"a"}])
def test_a_list_on_a_nominal_scale_is_refused_with_what_to_do(label):
    data = frame([(1, "x", label), (1, "y", label)])
    with pytest.raises(InputError, match="single labels"):
        agreement(data)


@pytest.mark.parametrize(
    ("member", "text"),
    [("True", "True"), (True, "true"), (None, "null"), (1.0, "1.0"), (np.int64(7), "7")],
)
def test_members_of_sets_are_those_that_a_delivery_would_hold(member, text):
    rows = pd.DataFrame(
        {"item_id": ["1", "1"], "annotator_id": ["a", "b"], "label": [{member}, {"other"}]}
    )
    coded = code_long(rows, "set", None, COLUMNS)
    assert set(coded.stands_for) == {frozenset({text}), frozenset({"other"})}
