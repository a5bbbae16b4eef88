"""Dawid & Skene (1979), Applied Statistics 28(1), table 1: five anaesthetists, 45 patients.

The first observer saw every patient three times, so nothing here may assume one label a
person and unit. The numbers are the converged maximum likelihood from vote shares.
"""

from __future__ import annotations

import numpy as np
import pytest

from labelaudit.coefficients.ratings import Ratings
from labelaudit.truth import Limits, dawid_skene, difference, majority

PATIENTS = """
111/1111 333/4334 112/2122 222/3121 222/3222 222/3322 112/2111 333/3433 222/2223 232/2223
444/4444 222/3343 111/1111 222/3212 121/1111 111/2111 111/1111 111/1111 222/2221 222/1322
222/2222 222/2221 222/3222 221/2222 111/1111 111/1111 232/2222 111/1111 111/1111 112/1121
111/1111 333/3233 111/1111 222/2222 222/3232 433/4343 221/2232 232/3233 333/3432 111/1111
111/1111 121/2111 232/2222 121/1111 222/2222
""".split()
LABELS = "142222132243121111222222112111131224233111212"
EXACT = Limits(tolerance=0.0, max_iterations=2_000)
ROWS = {  # observer: rows for the true labels 1, 2, 3, 4
    1: [[0.907, 0.093, 0, 0], [0.070, 0.877, 0.053, 0], [0, 0.339, 0.661, 0], [0, 0, 0.556, 0.444]],
    2: [[0.833, 0.167, 0, 0], [0.053, 0.633, 0.315, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    3: [[1, 0, 0, 0], [0.105, 0.789, 0.105, 0], [0, 0.404, 0.199, 0.398], [0, 0, 0.667, 0.333]],
    4: [[0.944, 0.056, 0, 0], [0.053, 0.843, 0.104, 0], [0, 0, 0.801, 0.199], [0, 0, 0.333, 0.667]],
    5: [[1, 0, 0, 0], [0.158, 0.735, 0.107, 0], [0, 0.209, 0.791, 0], [0, 0, 0.333, 0.667]],
}


def patients() -> Ratings:
    digits = np.array([[int(digit) for digit in text.replace("/", "")] for text in PATIENTS])
    observer = np.tile([0, 0, 0, 1, 2, 3, 4], len(PATIENTS))
    return Ratings(np.repeat(np.arange(45), 7), observer, digits.ravel() - 1, n_labels=4)


@pytest.fixture(scope="module")
def fitted():
    return dawid_skene(patients(), smoothing=0.0, limits=EXACT)


def test_the_shares_of_the_true_labels_and_the_likelihood(fitted):
    assert fitted.prior == pytest.approx([0.4, 0.4216, 0.1118, 0.0667], abs=5e-5)
    assert fitted.log_likelihood == pytest.approx(-190.7310, abs=5e-5)
    assert fitted.converged


@pytest.mark.parametrize("observer", ROWS)
def test_the_confusion_rows_of_every_observer(fitted, observer):
    assert fitted.confusion[observer - 1] == pytest.approx(np.array(ROWS[observer]), abs=6e-4)


def test_the_labels_of_the_patients(fitted):
    assert "".join(str(label + 1) for label in fitted.label) == LABELS


def test_two_patients_alone_stay_uncertain(fitted):
    assert (np.flatnonzero(fitted.confidence < 0.99) + 1).tolist() == [35, 38]
    assert fitted.posterior[34, 1:3] == pytest.approx([0.948, 0.052], abs=6e-4)
    assert fitted.posterior[37, 1:3] == pytest.approx([0.021, 0.979], abs=6e-4)


def test_majority_differs_on_three_patients(fitted):
    assert (difference(majority(patients()), fitted).differing + 1).tolist() == [2, 12, 36]


def test_smoothing_moves_one_label(fitted):
    assert (difference(dawid_skene(patients()), fitted).differing + 1).tolist() == [12]


def test_four_rounds_are_not_enough(fitted):
    stopped = dawid_skene(patients(), smoothing=0.0, limits=Limits(0.0, max_iterations=4))
    assert not stopped.converged
    assert np.abs(stopped.posterior - fitted.posterior).max() > 0.01
