"""Passonneau (2006), Measuring Agreement on Set-valued Items (MASI), LREC.

distance = 1 - J M with M = 1, 2/3, 1/3 or 0. The cases are nltk's, rounded to 4; an empty
set against an empty set, on which nltk stops, is no disagreement.
"""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import measured
from labelaudit.coefficients import Ratings, ratings
from labelaudit.coefficients.sets import jaccard, masi

ANSWERS = [("", ""), ("A", ""), ("A", "A"), ("A", "B"), ("AB", "A"), ("AB", "AC")]
ANSWERS += [("ABC", "ABC"), ("C", "AC"), ("C", "AC")]


def distance(make, first: str, second: str) -> float:
    return float(make([set(first), set(second)]).between(np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("12", "1234", 0.6667), ("1", "12", 0.6667), ("12", "23", 0.8889), ("1", "2", 1), ("", "", 0)],
)
def test_masi(first, second, expected):
    assert distance(masi, first, second) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("123", "345", 0.8), ("12", "1234", 0.5), ("", "", 0.0), ("", "A", 1.0)],
)
def test_jaccard(first, second, expected):
    assert distance(jaccard, first, second) == pytest.approx(expected, abs=1e-12)


def answers() -> tuple[Ratings, list[frozenset[str]]]:
    domain = sorted({answer for pair in ANSWERS for answer in pair})
    codes = [domain.index(answer) for pair in ANSWERS for answer in pair]
    units, annotators = np.repeat(np.arange(9), 2), np.tile([0, 1], 9)
    return ratings(units, annotators, codes, len(domain)), [frozenset(label) for label in domain]


def test_equality_of_sets_is_the_nominal_alpha():
    data, sets = answers()
    estimate = measured("krippendorff-alpha", data, "set", values=sets, distance="nominal")
    assert estimate.value == pytest.approx(0.238806, abs=5e-7)


def test_graded_distances_see_more_agreement():
    data, sets = answers()
    graded = measured("krippendorff-alpha", data, "set", values=sets).value
    assert (
        0.238806
        < graded
        < measured("krippendorff-alpha", data, "set", values=sets, distance="jaccard").value
    )
