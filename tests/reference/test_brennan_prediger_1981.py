"""Brennan & Prediger (1981), Educational and Psychological Measurement 41(3), 687-699.

The tables of pp. 689 and 691: kappa .27 and .29, while S is .40 for both.
"""

from __future__ import annotations

import pytest

from label_tables import cross_table, value


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[50, 0, 0], [10, 10, 10], [20, 0, 0]], 0.27),
        ([[50, 0, 10], [0, 10, 10], [10, 10, 0]], 0.29),
    ],
)
def test_margins_move_kappa_but_not_the_free_marginal_one(table, kappa):
    data = cross_table(table)
    assert value("cohen-kappa", data) == pytest.approx(kappa, abs=5e-3)
    assert value("brennan-prediger", data) == pytest.approx(0.40, abs=5e-3)
