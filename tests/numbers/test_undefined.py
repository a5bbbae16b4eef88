"""Every degenerate case, through every coefficient: a reason code, never NaN, 0 or 1."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from label_tables import by_unit, measured
from labelaudit.coefficients import (
    COEFFICIENTS,
    REASONS,
    UNITS,
    Ratings,
    Spec,
    estimate,
    estimate_with,
    from_counts,
    from_ratings,
    ratings,
)
from random_labels import FROM_PATTERNS, TWO

PERCENT, COHEN, CONGER, FLEISS, SCOTT, BRENNAN, AC1, AC2, ALPHA = COEFFICIENTS
FREE = {PERCENT, BRENNAN, AC1, AC2}  # their chance term is no function of what was seen alone
DEFINED = None
# case: (units, reason for all, {coefficient: another reason, or None where it is defined})
CASES: dict[str, tuple[str, str | None, dict[str, str | None]]] = {
    "every unit labelled once": ("0. .1 0. .1", "no-overlap", {}),
    "one annotator": ("0 1 0 1", "single-annotator", {}),
    "all labels the same": ("00 00 00", "one-category", dict.fromkeys(FREE)),
    "one unit, agreed": ("00", "one-category", dict.fromkeys(FREE)),
    "one unit, disagreed": ("01", DEFINED, {}),
    "another label in a unit of one label only": (
        "00 00 .1",
        "one-category",
        dict.fromkeys(FREE | {FLEISS, SCOTT, CONGER}),
    ),
    "a constant annotator": ("00 01 00 01", DEFINED, {}),
    "an annotator who shares no unit": (
        "00. 11. 01. ..1",
        DEFINED,
        {
            CONGER: "disconnected-annotators",
            COHEN: "not-two-annotators",
            SCOTT: "not-two-annotators",
        },
    ),
    "two groups that share no unit": (
        "00.. 11.. ..01 ..10",
        "disconnected-annotators",
        dict.fromkeys((COHEN, SCOTT), "not-two-annotators"),
    ),
    "three annotators": (
        "000 111 010",
        DEFINED,
        {COHEN: "not-two-annotators", SCOTT: "not-two-annotators"},
    ),
}


@pytest.mark.parametrize("name", COEFFICIENTS)
@pytest.mark.parametrize("case", CASES)
def test_degenerate_labels(case, name):
    units, reason, others = CASES[case]
    found = measured(name, by_unit(units, "01"))
    assert found.undefined == others.get(name, reason)
    assert (found.value is None) == (found.undefined is not None)
    if found.undefined is not None:
        assert found.interval_undefined == found.undefined
        assert (found.low, found.high, found.se) == (None, None, None)


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_nothing_at_all(name):
    assert measured(name, ratings([], [], [], 2)).undefined == "no-labels"
    assert measured(name, from_counts(np.zeros((0, 2), int))).undefined == "no-labels"


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_counts_do_not_say_who_answered(name):
    reason = None if name in FROM_PATTERNS else "needs-annotators"
    assert measured(name, from_counts([[2, 0], [1, 1], [0, 2]])).undefined == reason


def two_sided() -> Ratings:
    return by_unit("01 10 12 22 00 11", "012")


def asked(name: str, spec: Spec) -> str | None:
    return estimate_with(COEFFICIENTS[name], two_sided(), spec, UNITS, 0.95).undefined


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_labels_that_do_not_fit_their_scale(name):
    negative = np.array([-1.0, 0.0, 1.0])
    assert asked(name, Spec("ratio", 3, negative)) == "negative-on-ratio-scale"
    assert asked(name, Spec("interval", 3)) == "labels-not-numeric"
    assert asked(name, Spec("interval", 3, np.array([1.0, np.nan, 2.0]))) == "labels-not-numeric"
    assert asked(name, Spec("ordinal", 3, ordered=False)) == "order-not-given"
    assert asked(name, Spec("text", 3)) == "scale-not-supported"


def test_what_a_coefficient_cannot_take():
    assert asked(ALPHA, Spec("set", 3)) == "labels-not-sets"
    assert asked(COHEN, Spec("nominal", 3, weights="linear")) == "weights-need-order"
    assert asked(AC1, Spec("ordinal", 3, weights="linear")) == "weights-not-supported"
    assert asked(COHEN, Spec("ordinal", 3, distance="ordinal")) == "weights-not-supported"
    far = np.array([0.0, 1.0, 9.0])
    assert asked(PERCENT, Spec("interval", 3, far, distance="interval")) == "weights-not-supported"


def test_one_declared_label_leaves_nothing_to_guess():
    for name in (BRENNAN, AC1, AC2):
        assert measured(name, by_unit("00 00", "0")).undefined == "one-category"


def test_weights_of_very_many_labels_are_refused_before_any_square_table():
    data = from_counts([[2, 0], [1, 1]])
    wide = replace(data, n_labels=1_000_000)
    assert estimate(ALPHA, wide, "ordinal", weights="linear").undefined == "too-many-labels"
    assert estimate(ALPHA, wide, "ordinal", weights="quadratic").undefined is None


def test_very_many_ordinal_labels_are_refused_before_any_square_table():
    distinct = from_ratings(np.repeat(np.arange(50_000), 2), np.arange(100_000), 100_000)
    assert estimate(ALPHA, distinct, "ordinal").undefined == "too-many-labels"
    assert estimate(PERCENT, distinct, "ordinal").undefined is None


@pytest.mark.parametrize("name", ["gwet-ac1", "gwet-ac2"])
def test_units_that_all_say_the_same_tell_nothing_about_uncertainty(name):
    found = measured(name, from_counts([[1, 1]], [20]))
    assert found.value is not None
    assert found.interval_undefined == "zero-variance"


def test_every_reason_is_explained_and_every_two_annotator_name_is_known():
    given = {
        reason for _, reason, others in CASES.values() for reason in (reason, *others.values())
    }
    assert given - {None} <= set(REASONS)
    assert {COHEN, SCOTT} == TWO


@pytest.mark.parametrize("weights", ["linear", "quadratic", "ratio"])
@pytest.mark.parametrize("labels", ["01", "00"])
def test_weights_on_a_single_unit_end_without_a_warning(weights, labels):
    found = measured("conger-kappa", by_unit(labels, "01"), "ordinal", weights=weights)
    assert (found.se, found.low) == (None, None)
