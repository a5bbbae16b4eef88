"""Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 3: the weight families.

The first 15 units of Hayes & Krippendorff (2007), levels 1 to 4, under each family. Values
(rounded to 9 digits) are those of irrCAC 0.4.4 for Python, which shares no code with ours.
"Alpha with ordinal weights" is not Krippendorff's ordinal alpha: the last test shows both.
"""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import by_unit, value
from labelaudit.coefficients.weights import NAMES, weighted

FIVE_OBSERVERS = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1
"""
COLUMNS = ("gwet-ac2", "fleiss-kappa", "krippendorff-alpha", "conger-kappa", "brennan-prediger")
PUBLISHED = {
    "identity": (0.496622055, 0.457621687, 0.48053024, 0.469274279, 0.487407407),
    "linear": (0.689639423, 0.611850044, 0.635208221, 0.624052416, 0.665777778),
    "quadratic": (0.830433573, 0.750719128, 0.771864809, 0.761788061, 0.806222222),
    "ordinal": (0.785341794, 0.701221118, 0.723477595, 0.713119042, 0.759407407),
    "radical": (0.597025099, 0.534035754, 0.55748401, 0.546135875, 0.578596415),
    "ratio": (0.763359765, 0.720573707, 0.748540505, 0.724719421, 0.734426239),
    "circular": (0.603970902, 0.557593854, 0.580795525, 0.566010199, 0.582222222),
    "bipolar": (0.792183203, 0.71029067, 0.731584992, 0.721512057, 0.767236971),
}


@pytest.mark.parametrize("family", PUBLISHED)
@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_five_coefficients_under_each_family(family, column):
    data = by_unit(FIVE_OBSERVERS, "0123")
    found = value(COLUMNS[column], data, "ordinal", weights=family)
    assert found == pytest.approx(PUBLISHED[family][column], abs=5e-9)


@pytest.mark.parametrize("family", PUBLISHED)
def test_every_family_is_a_distance_of_at_most_one(family):
    labels = np.arange(5)
    d = weighted(family, np.arange(1.0, 6.0)).between(labels[:, None], labels[None, :])
    assert d == pytest.approx(d.T)
    assert (np.diag(d) == 0).all()
    assert d.max() == pytest.approx(1.0, abs=1e-12)


def test_all_families_are_here():
    assert set(PUBLISHED) == set(NAMES)


def test_a_matrix_of_weights_is_the_family_it_spells_out():
    data = by_unit(FIVE_OBSERVERS, "0123")
    steps = 1 - np.abs(np.subtract.outer(np.arange(4.0), np.arange(4.0))) / 3
    by_matrix = value("gwet-ac2", data, "ordinal", weights=steps)
    assert by_matrix == pytest.approx(PUBLISHED["linear"][0], abs=5e-9)


def test_ordinal_weights_are_not_the_ordinal_distance():
    data = by_unit(FIVE_OBSERVERS, "0123")
    assert value("krippendorff-alpha", data, "ordinal") != pytest.approx(0.723477595, abs=0.01)
