"""Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.: the data of its R package irrCAC.

`raw4raters` (12 units, 4 annotators), `distrib.6raters` (15 units, 6 labels each) and the
first 15 units of Hayes & Krippendorff (2007). Values, standard errors and intervals are
rounded as the package prints them. Alpha's standard error is the R package's .14548; the
Python package of that name prints .14557, for it puts the corrected agreement where R has
the uncorrected one. The jackknife, our default, is another variance: see the last test.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from label_tables import by_annotator, by_unit, count_groups, measured, value
from labelaudit.coefficients import Resampling
from labelaudit.coefficients.alpha import fixed_tally
from labelaudit.coefficients.distances import Nominal
from labelaudit.coefficients.linearised import uncorrected

RAW_4_RATERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . .
. 3 3 3 2 3 4 2 2 5 1 3
1 2 3 3 2 4 4 1 2 5 1 .
"""
SIX_RATERS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
"""
FIVE_OBSERVERS = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1
"""
PUBLISHED = Resampling("linearised")
RAW_TABLE = [
    # coefficient, pe, value, SE, lower end
    ("percent-agreement", 0.0, 0.81818, 0.12561, 0.542),
    ("gwet-ac1", 0.19032, 0.77544, 0.14295, 0.461),
    ("fleiss-kappa", 0.23872, 0.76117, 0.15302, 0.424),
    ("conger-kappa", 0.23343, 0.76282, 0.14917, 0.435),
    ("brennan-prediger", 0.2, 0.77273, 0.14472, 0.454),
]


@pytest.mark.parametrize(("coefficient", "pe", "kappa", "se", "low"), RAW_TABLE)
def test_raw_4_raters(coefficient, pe, kappa, se, low):
    data = by_annotator(RAW_4_RATERS, "12345")
    estimate = measured(coefficient, data, resampling=PUBLISHED)
    assert estimate.observed == pytest.approx(1 - 0.81818, abs=5e-6)
    assert estimate.expected == pytest.approx(1 - pe, abs=5e-6)
    assert estimate.value == pytest.approx(kappa, abs=5e-6)
    assert estimate.se == pytest.approx(se, abs=5e-6)
    assert (estimate.low, estimate.high) == (pytest.approx(low, abs=5e-4), 1.0)


def test_alpha_of_raw_4_raters():
    estimate = measured(
        "krippendorff-alpha", by_annotator(RAW_4_RATERS, "12345"), resampling=PUBLISHED
    )
    assert estimate.value == pytest.approx(0.74342, abs=5e-6)
    assert estimate.se == pytest.approx(0.14548, abs=5e-6)


def test_conger_looks_at_who_gave_the_single_label():
    moved = RAW_4_RATERS.replace("5 . .\n", "5 . 3\n").replace("5 1 3\n", "5 1 .\n")
    estimate = measured("conger-kappa", by_annotator(moved, "12345"))
    assert estimate.value == pytest.approx(0.76207, abs=5e-6)
    assert estimate.expected == pytest.approx(1 - 0.23584, abs=5e-6)


@pytest.mark.parametrize(
    ("coefficient", "kappa", "se"),
    [
        ("gwet-ac1", 0.4448007, 0.08418757),
        ("fleiss-kappa", 0.4139265, 0.08119291),
        ("brennan-prediger", 0.4388889, 0.08312142),
    ],
)
def test_six_raters(coefficient, kappa, se):
    estimate = measured(coefficient, count_groups(SIX_RATERS), resampling=PUBLISHED)
    assert estimate.value == pytest.approx(kappa, abs=5e-8)
    assert estimate.se == pytest.approx(se, abs=5e-9)


@pytest.mark.parametrize(
    ("coefficient", "kappa", "se", "quadratic"),
    [
        ("gwet-ac2", 0.49662, 0.12197, 0.83043),
        ("fleiss-kappa", 0.45762, 0.12045, 0.75072),
        ("krippendorff-alpha", 0.48053, 0.11351, 0.77186),
        ("conger-kappa", 0.46927, 0.11666, 0.76179),
        ("brennan-prediger", 0.48741, 0.12089, 0.80622),
    ],
)
def test_five_observers(coefficient, kappa, se, quadratic):
    data = by_unit(FIVE_OBSERVERS, "0123")
    estimate = measured(coefficient, data, "nominal", resampling=PUBLISHED)
    assert estimate.value == pytest.approx(kappa, abs=5e-6)
    assert estimate.se == pytest.approx(se, abs=1e-4)
    weighted = value(coefficient, data, "ordinal", weights="quadratic")
    assert weighted == pytest.approx(quadratic, abs=5e-6)


@pytest.mark.parametrize(
    ("coefficient", "before", "after"),
    [
        ("krippendorff-alpha", 0.6, 0.6),
        ("gwet-ac1", 0.56098, 0.62887),
        ("fleiss-kappa", 0.55, 0.44615),
    ],
)
def test_single_rated_units_count_in_chance_but_not_for_alpha(coefficient, before, after):
    assert value(coefficient, by_unit("111 121 222", "12")) == pytest.approx(before, abs=5e-6)
    more = by_unit("111 121 222 2.. 2.. 2..", "12")
    assert value(coefficient, more) == pytest.approx(after, abs=5e-6)


def test_alpha_of_six_raters_where_the_package_has_two_standard_errors():
    """Its function for raw labels moves chance twice, that for counts once: .08243228."""
    tally = replace(fixed_tally(count_groups(SIX_RATERS), Nominal()), parts=uncorrected)
    (observed, expected), (by_observed, by_chance) = tally.total(), tally.influence()
    estimate = measured("krippendorff-alpha", count_groups(SIX_RATERS), resampling=PUBLISHED)
    assert estimate.value == pytest.approx(0.4204384, abs=5e-8)
    kept = 89 / 90  # of 90 labels: the small-sample correction
    once = kept * (observed * by_chance / expected**2 / 2 - by_observed / expected)
    assert np.sqrt(15 / 14 * tally.weights @ once**2) == pytest.approx(0.08243228, abs=5e-9)
    twice = observed * by_chance / expected**2 - by_observed / expected
    assert estimate.se == pytest.approx(np.sqrt(15 / 14 * tally.weights @ twice**2), abs=1e-12)


def test_the_jackknife_is_another_variance_than_the_linearised_one():
    data = by_annotator(RAW_4_RATERS, "12345")
    assert measured("krippendorff-alpha", data).se == pytest.approx(0.146327, abs=5e-7)
