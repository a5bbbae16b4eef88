"""Cohen (1960), Educational and Psychological Measurement 20(1), 37-46, the table of p. 45.

200 units in three categories, two judges; weighted kappa is that of Cohen (1968),
Psychological Bulletin 70(4), 213-220, on the same table.

Printed: po .70, pe .41, kappa .492; weighted kappa .348 with the disagreement weights of
the later paper. The large-sample standard errors are those of Fleiss, Cohen & Everitt
(1969), as statsmodels computes them.
"""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import cross_table, measured, value
from labelaudit.coefficients import Resampling

JUDGES = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
WEIGHTS = np.array([[0.0, 1, 3], [1, 0, 6], [3, 6, 0]])
PUBLISHED = Resampling("linearised")


def test_kappa_and_its_parts():
    estimate = measured("cohen-kappa", cross_table(JUDGES), resampling=PUBLISHED)
    assert estimate.observed == pytest.approx(1 - 0.70, abs=1e-12)
    assert estimate.expected == pytest.approx(1 - 0.41, abs=1e-12)
    assert estimate.value == pytest.approx(0.492, abs=5e-4)
    assert estimate.value == pytest.approx(0.4915254237, abs=5e-11)
    assert estimate.se == pytest.approx(0.051002, abs=5e-7)


def test_weighted_kappa():
    data = cross_table(JUDGES)
    estimate = measured("cohen-kappa", data, distance=WEIGHTS, resampling=PUBLISHED)
    assert estimate.value == pytest.approx(0.348, abs=5e-4)
    assert estimate.value == pytest.approx(0.3478260870, abs=5e-11)
    assert estimate.se == pytest.approx(0.075504, abs=5e-7)


@pytest.mark.parametrize(("coefficient", "expected"), [("scott-pi", 0.48718), ("gwet-ac1", 0.5760)])
def test_other_coefficients_on_the_same_table(coefficient, expected):
    assert value(coefficient, cross_table(JUDGES)) == pytest.approx(expected, abs=5e-5)
