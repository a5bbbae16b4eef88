"""The kappa cases of scikit-learn's own tests: 100 units, three labels, three weightings.

Their printed values: .9315 unweighted, .9412 linear, .9541 quadratic.
"""

from __future__ import annotations

import pytest

from label_tables import by_annotator, value

FIRST = "0" * 46 + "1" * 44 + "2" * 10
SECOND = "0" * 50 + "1" * 40 + "2" * 10


@pytest.mark.parametrize(
    ("weights", "printed"), [("identity", 0.9315), ("linear", 0.9412), ("quadratic", 0.9541)]
)
def test_three_weightings(weights, printed):
    data = by_annotator(" ".join(FIRST) + "\n" + " ".join(SECOND), "012")
    kappa = value("cohen-kappa", data, "ordinal", weights=weights)
    assert kappa == pytest.approx(printed, abs=5e-5)
