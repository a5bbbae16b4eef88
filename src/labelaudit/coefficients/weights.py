"""Gwet's families of agreement weights, as distances d = 1 - w between numbered labels.

Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 3. The numbers y are 1..q on
an ordinal scale and the labels' own values on interval and ratio scales. Each family is a
gap between two numbers, divided by its largest value over the *declared* domain.

"ordinal" weights are not Krippendorff's ordinal distance: these depend on the positions of
the labels, that one on how often each label was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.distances import Distance, Interval, Nominal, Pairwise

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.coefficients.patterns import FloatArray, IntArray

MAX_LABELS = 2_000
"""Weights compare every pair of declared labels: beyond this the domain is refused."""


def linear(a: FloatArray, b: FloatArray, values: FloatArray) -> FloatArray:
    """Return |a - b|."""
    return np.abs(a - b)


def radical(a: FloatArray, b: FloatArray, values: FloatArray) -> FloatArray:
    """Return sqrt(|a - b|)."""
    return np.sqrt(np.abs(a - b))


def ordinal(a: FloatArray, b: FloatArray, values: FloatArray) -> FloatArray:
    """Return how many pairs of labels lie within a..b: C(|i - j| + 1, 2) of the positions."""
    steps = np.abs(np.searchsorted(values, a) - np.searchsorted(values, b))
    return np.asarray(steps * (steps + 1) / 2)


def ratio(a: FloatArray, b: FloatArray, values: FloatArray) -> FloatArray:
    """Return ((a - b) / (a + b))^2, 0 between two zeros."""
    total = a + b
    return np.asarray(((a - b) / np.where(total > 0, total, 1.0)) ** 2)


def circular(a: FloatArray, b: FloatArray, values: FloatArray) -> FloatArray:
    """Return sin^2(pi (a - b) / (range + 1)): the last label is next to the first."""
    return np.asarray(np.sin(np.pi * (a - b) / (np.ptp(values) + 1)) ** 2)


def bipolar(a: FloatArray, b: FloatArray, values: FloatArray) -> FloatArray:
    """Return (a - b)^2 / ((a + b - 2 min)(2 max - a - b)): wide at the two poles."""
    room = (a + b - 2 * values[0]) * (2 * values[-1] - a - b)
    return np.asarray((a - b) ** 2 / np.where(room > 0, room, 1.0))


FAMILIES: dict[str, Callable[[FloatArray, FloatArray, FloatArray], FloatArray]] = {
    "linear": linear,
    "radical": radical,
    "ordinal": ordinal,
    "ratio": ratio,
    "circular": circular,
    "bipolar": bipolar,
}
"""Families by name; `identity` and `quadratic` have their own fast distances."""

NAMES: tuple[str, ...] = ("identity", "quadratic", *FAMILIES)


def weighted(family: str, values: FloatArray) -> Distance:
    """Return d = 1 - w of a family for the numbers (V,) of the declared labels, V >= 2.

    Examples
    --------
    >>> d = weighted("linear", np.array([1.0, 2.0, 3.0]))
    >>> d.between(np.array([0, 0]), np.array([1, 2])).tolist()
    [0.5, 1.0]

    """
    if family == "identity":
        return Nominal()
    if family == "quadratic":
        return Interval(values / np.ptp(values))
    gap, ordered = FAMILIES[family], np.sort(values)

    def between(c: IntArray, k: IntArray) -> FloatArray:
        return gap(values[c], values[k], ordered)

    largest = Pairwise(between).widest(np.ones(len(values)))
    return Pairwise(lambda c, k: np.asarray(between(c, k) / largest))
