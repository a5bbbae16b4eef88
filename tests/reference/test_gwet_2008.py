"""Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1), 29-48.

A table with one dominant category, worked by hand from the paper's equations: eight units
(y,y), one (n,n), one (y,n): po .9, AC1 .8658 with pe .255, pi .6078, kappa .61538.
"""

from __future__ import annotations

import pytest

from label_tables import cross_table, measured, value

TABLE = [[8, 1], [0, 1]]


def test_ac1_and_its_chance():
    estimate = measured("gwet-ac1", cross_table(TABLE))
    assert estimate.expected == pytest.approx(1 - 0.255, abs=1e-12)
    assert estimate.value == pytest.approx(0.8658, abs=5e-5)


@pytest.mark.parametrize(
    ("coefficient", "expected"),
    [("percent-agreement", 0.9), ("scott-pi", 0.6078), ("cohen-kappa", 0.6154)],
)
def test_the_others_fall_with_prevalence(coefficient, expected):
    assert value(coefficient, cross_table(TABLE)) == pytest.approx(expected, abs=5e-5)
