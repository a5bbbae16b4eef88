"""Hayes & Krippendorff (2007), Communication Methods and Measures 1(1), 77-89.

40 units, 5 observers, ordinal levels 0 to 3: alpha = .7598 on the ordinal scale. The other
scales and the standard error are those of independent implementations.
"""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import by_unit, measured

UNITS = """
112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1
212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121.
22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1
"""


@pytest.fixture
def observers():
    return by_unit(UNITS, "0123")


@pytest.mark.parametrize(
    ("scale", "longer"),
    [
        ("nominal", 0.4765095674),
        ("ordinal", 0.7598291892),
        ("interval", 0.7573782772),
        ("ratio", 0.6621229662),
    ],
)
def test_alpha_on_four_scales(observers, scale, longer):
    estimate = measured("krippendorff-alpha", observers, scale, values=np.arange(4.0))
    assert estimate.value == pytest.approx(longer, abs=5e-11)


def test_the_printed_ordinal_alpha(observers):
    estimate = measured("krippendorff-alpha", observers, "ordinal")
    assert estimate.value == pytest.approx(0.7598, abs=5e-5)
    assert (estimate.units, estimate.annotations) == (40, 159)


def test_the_jackknife_standard_error_deletes_a_unit_and_ranks_anew(observers):
    assert measured("krippendorff-alpha", observers, "ordinal").se == pytest.approx(
        0.05395, abs=5e-6
    )
