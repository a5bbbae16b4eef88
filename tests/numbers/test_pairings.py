"""Who agrees with whom, and what one annotator does to the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from label_tables import by_unit, measured, value
from labelaudit.coefficients import COEFFICIENTS, Spec, ratings
from labelaudit.overlap import overlap_groups
from labelaudit.pairings import influences, mean_kappa, pairings
from random_labels import tables

NOMINAL = Spec("nominal", 4)
CARELESS = "0003 1112 2220 0001 1113 222. 000. 1110 222. 0002"


@pytest.mark.parametrize("spec", [NOMINAL, Spec("ordinal", 4, weights="linear")])
@settings(max_examples=25)
@given(data=tables("krippendorff-alpha"))
def test_each_pair_is_cohens_kappa_on_the_units_they_share(spec, data):
    for pair in pairings(data, spec):
        two = data.select(np.isin(data.annotator, [pair.first, pair.second])).pairable()
        found = measured("cohen-kappa", two, spec.scale, weights=spec.weights)
        assert pair.units == found.units
        assert pair.kappa == (
            None if found.value is None else pytest.approx(found.value, abs=1e-12)
        )


def test_pairs_that_never_met_are_not_listed():
    found = pairings(by_unit("01.. ..11 10..", "01"), Spec("nominal", 2))
    assert [(pair.first, pair.second, pair.units) for pair in found] == [(0, 1, 2), (2, 3, 1)]


def test_the_mean_kappa_and_its_jackknife():
    data = by_unit(CARELESS, "0123")
    kappas = [pair.kappa for pair in pairings(data, NOMINAL)]
    found = mean_kappa(data, NOMINAL)
    assert found.value == pytest.approx(np.mean(kappas), abs=1e-12)
    units = np.unique(data.unit)
    without = [mean_kappa(data.select(data.unit != unit), NOMINAL).value for unit in units]
    se = np.sqrt(9 / 10 * np.sum((np.array(without) - np.mean(without)) ** 2))
    assert found.se == pytest.approx(se, abs=1e-12)
    assert found.low < found.value < found.high


def test_the_mean_of_two_annotators_is_their_kappa():
    data = by_unit("01 11 22 00 21 11 22 00", "0123")
    assert mean_kappa(data, NOMINAL).value == pytest.approx(value("cohen-kappa", data), abs=1e-12)


def test_a_mean_with_an_undefined_pair_is_undefined():
    assert mean_kappa(by_unit("000 001", "0123"), NOMINAL).undefined == "one-category"
    assert mean_kappa(by_unit("0.. .1.", "0123"), NOMINAL).undefined == "no-overlap"


@pytest.mark.parametrize("name", ["krippendorff-alpha", "conger-kappa"])
def test_the_careless_annotator_lowers_agreement_most(name):
    found = influences(COEFFICIENTS[name], by_unit(CARELESS, "0123"), NOMINAL)
    assert min(found, key=lambda each: each.influence).annotator == 3
    assert found[3].without == pytest.approx(1.0, abs=1e-12)
    assert found[3].labels == 7


def test_an_annotator_without_whom_nothing_is_left():
    data = ratings([0, 0, 1, 1], [0, 1, 0, 2], [0, 1, 1, 0], 4)
    found = influences(COEFFICIENTS["krippendorff-alpha"], data, NOMINAL)
    assert (found[0].without, found[0].influence) == (None, None)


def test_groups_that_never_met():
    data = by_unit("01... .11.. ...01 ...1.", "01")
    assert [group.tolist() for group in overlap_groups(data)] == [[0, 1, 2], [3, 4]]
    assert [group.tolist() for group in overlap_groups(ratings([], [], [], 2))] == []
