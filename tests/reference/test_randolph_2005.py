"""Randolph (2005), Free-marginal multirater kappa, Joensuu Learning and Instruction Symposium.

Two tables of four units and three raters: the fixed-marginal kappa is .33 and -.20, the
free-marginal one .33 for both.
"""

from __future__ import annotations

import pytest

from label_tables import by_unit, value


@pytest.mark.parametrize(
    ("units", "fixed"), [("YYY YYN NNY NNN", 0.33), ("YYY YYN YYN YYY", -0.20)]
)
def test_fixed_and_free_margins(units, fixed):
    data = by_unit(units, "YN")
    assert value("fleiss-kappa", data) == pytest.approx(fixed, abs=5e-3)
    assert value("brennan-prediger", data) == pytest.approx(0.33, abs=5e-3)
