"""Fleiss (1971), Psychological Bulletin 76(5), 378-382: 30 patients, 6 psychiatrists each.

Printed: kappa .430, mean agreement .5556, chance .2201; per category .245 .245 .520 .471
.566. Alpha and the free-marginal kappa of the same table are those of other tools.
"""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import by_unit, measured, value
from labelaudit.coefficients import COEFFICIENTS, Spec
from labelaudit.decompositions import one_vs_rest, unit_disagreement

PATIENTS = """
444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333
144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224
111155 224444 133333 555555
"""
ITEM_AGREEMENT = """
1 .4 .4 1 .4 .467 .467 .267 .467 1 .667 .4 .4 .667 .267 .667 .267 .667 .467 .267 1 .667 .267
.467 .4 .667 .467 .467 .667 1
"""


@pytest.fixture
def patients():
    return by_unit(PATIENTS, "12345")


def test_kappa_and_its_parts(patients):
    estimate = measured("fleiss-kappa", patients)
    assert estimate.value == pytest.approx(0.430, abs=5e-4)
    assert 1 - estimate.observed == pytest.approx(0.5556, abs=5e-5)
    assert 1 - estimate.expected == pytest.approx(0.2199, abs=5e-5)


@pytest.mark.parametrize(
    ("coefficient", "longer"),
    [
        ("fleiss-kappa", 0.4302445201),
        ("krippendorff-alpha", 0.4334098283),
        ("brennan-prediger", 0.4444444444),
    ],
)
def test_longer_values(patients, coefficient, longer):
    assert value(coefficient, patients) == pytest.approx(longer, abs=5e-11)


def test_each_category_against_the_rest(patients):
    found = [part.value for part in one_vs_rest(COEFFICIENTS["fleiss-kappa"], patients.patterns())]
    assert found == pytest.approx([0.245, 0.245, 0.520, 0.471, 0.566], abs=5e-4)


def test_agreement_on_each_patient(patients):
    apart = unit_disagreement(
        COEFFICIENTS["fleiss-kappa"], patients.unit_patterns(), Spec("nominal", 5)
    )
    printed = [float(cell) for cell in ITEM_AGREEMENT.split()]
    assert 1 - apart == pytest.approx(np.array(printed), abs=5e-4)
