"""Where disagreement comes from: the parts add up to the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from label_tables import by_unit, measured, value
from labelaudit.coefficients import COEFFICIENTS, Spec, from_counts
from labelaudit.decompositions import (
    confused_labels,
    one_vs_rest,
    specific_agreement,
    unit_disagreement,
)
from random_labels import tables

ALPHA = COEFFICIENTS["krippendorff-alpha"]
NOMINAL, ORDINAL = Spec("nominal", 4), Spec("ordinal", 4)


@settings(max_examples=30)
@given(data=tables("krippendorff-alpha"))
def test_alpha_is_the_weighted_mean_of_each_label_against_the_rest(data):
    patterns = data.patterns()
    parts = [part for part in one_vs_rest(ALPHA, patterns) if part.value is not None]
    assume(parts)
    weights = [part.expected for part in parts]
    mean = np.average([part.value for part in parts], weights=weights)
    assert mean == pytest.approx(value(ALPHA.name, patterns), abs=1e-12)


def test_a_label_nobody_gave_has_no_agreement():
    parts = one_vs_rest(ALPHA, from_counts([[2, 0, 0], [1, 1, 0], [0, 2, 0]]))
    assert [part.undefined for part in parts] == [None, None, "one-category"]


def test_specific_agreement_is_another_number_than_one_against_the_rest():
    data = from_counts([[2, 0], [1, 1], [0, 2]], [80, 10, 10])
    assert specific_agreement(data) == pytest.approx([160 / 170, 20 / 30], abs=1e-12)
    kappas = [part.value for part in one_vs_rest(COEFFICIENTS["fleiss-kappa"], data)]
    assert kappas == pytest.approx([1 - 0.1 / (2 * 0.85 * 0.15)] * 2, abs=1e-12)
    assert np.isnan(specific_agreement(from_counts([[2, 0]]))[1])


@pytest.mark.parametrize("spec", [NOMINAL, ORDINAL])
@settings(max_examples=30)
@given(data=tables("krippendorff-alpha"))
def test_shares_of_confused_labels_add_up(spec, data):
    pairs = confused_labels(ALPHA, data.patterns(), spec)
    assert bool(pairs) == (data.pairable().patterns().lengths.max() > 1)
    if pairs:
        assert sum(pair.share for pair in pairs) == pytest.approx(1.0, abs=1e-12)
        assert [pair.share for pair in pairs] == sorted((p.share for p in pairs), reverse=True)


def test_the_most_confused_labels_come_first():
    data = by_unit("01 01 01 02 00 22 11", "012")
    pairs = confused_labels(ALPHA, data.patterns(), Spec("nominal", 3))
    found = [(pair.first, pair.second, pair.pairs, pair.share) for pair in pairs]
    assert found == [(0, 1, 6.0, 0.75), (0, 2, 2.0, 0.25)]


@pytest.mark.parametrize("spec", [NOMINAL, ORDINAL])
@settings(max_examples=30)
@given(data=tables("krippendorff-alpha"))
def test_units_add_up_to_observed_disagreement(spec, data):
    patterns = data.patterns()
    apart = unit_disagreement(ALPHA, patterns, spec)
    whole = measured(ALPHA.name, patterns, spec.scale)
    assume(whole.observed is not None)
    many = patterns.sizes > 1
    mean = np.average(apart[many], weights=(patterns.units * patterns.sizes)[many])
    assert mean == pytest.approx(whole.observed, rel=1e-12)
    assert np.isnan(apart[~many]).all()
