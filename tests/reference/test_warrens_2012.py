"""Warrens (2012), Advances in Data Analysis and Classification: 30 units, 4 annotators.

With complete data Conger's kappa is Hubert's (and Davies & Fleiss'): .802479; annotators 1
and 2 alone have kappa 8/11.
"""

from __future__ import annotations

import pytest

from label_tables import by_unit, value
from labelaudit.coefficients import Spec
from labelaudit.pairings import pairings

UNITS = " ".join(["1111"] * 10 + ["1010"] * 2 + ["1000"] * 2 + ["0001"] + ["0000"] * 15)


def test_many_annotators_each_with_their_own_habits():
    assert value("conger-kappa", by_unit(UNITS, "01")) == pytest.approx(0.802479, abs=5e-7)


def test_one_pair_of_them():
    first = pairings(by_unit(UNITS, "01"), Spec("nominal", 2))[0]
    assert (first.first, first.second, first.units) == (0, 1, 30)
    assert first.kappa == pytest.approx(8 / 11, abs=1e-12)
