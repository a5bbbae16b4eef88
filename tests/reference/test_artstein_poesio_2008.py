"""Artstein & Poesio (2008), Computational Linguistics 34(4), 555-596, the table of p. 558.

Printed: observed agreement .7, S .4, pi .341, kappa .348.
"""

from __future__ import annotations

import pytest

from label_tables import cross_table, value

TABLE = [[20, 10], [20, 50]]


@pytest.mark.parametrize(
    ("coefficient", "printed"),
    [
        ("percent-agreement", 0.7),
        ("brennan-prediger", 0.4),
        ("scott-pi", 0.341),
        ("cohen-kappa", 0.348),
    ],
)
def test_four_coefficients_of_one_table(coefficient, printed):
    assert value(coefficient, cross_table(TABLE)) == pytest.approx(printed, abs=5e-4)
