"""Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.

The reliability data of its sections B (binary) and C to E (four observers, missing data);
the latter also Krippendorff (2004), Content Analysis, 2nd ed., ch. 11. Values are rounded
to 3 in print; the longer ones are those of an independent implementation.
"""

from __future__ import annotations

import pytest

from label_tables import by_annotator, measured, value

BINARY = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""
FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


@pytest.fixture
def four_observers():
    return by_annotator(FOUR_OBSERVERS, "12345")


def test_binary_data():
    assert value("krippendorff-alpha", by_annotator(BINARY, "01")) == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize(
    ("scale", "printed", "longer"),
    [
        ("nominal", 0.743, 0.7434210526),
        ("ordinal", 0.815, 0.8153875038),
        ("interval", 0.849, 0.8491071429),
        ("ratio", 0.797, 0.7974027747),
    ],
)
def test_four_observers(four_observers, scale, printed, longer):
    alpha = value("krippendorff-alpha", four_observers, scale)
    assert alpha == pytest.approx(printed, abs=5e-4)
    assert alpha == pytest.approx(longer, abs=5e-11)


@pytest.mark.parametrize(
    ("scale", "observed", "expected"), [("nominal", 0.200, 0.779), ("interval", 0.433, 2.872)]
)
def test_both_disagreements(four_observers, scale, observed, expected):
    estimate = measured("krippendorff-alpha", four_observers, scale)
    assert estimate.observed == pytest.approx(observed, abs=5e-4)
    assert estimate.expected == pytest.approx(expected, abs=5e-4)


def test_the_unit_with_one_label_is_left_out(four_observers):
    estimate = measured("krippendorff-alpha", four_observers)
    assert (estimate.units, estimate.annotations) == (11, 40)
