"""Where does disagreement come from? By label, by pair of labels, by unit.

Two figures per label go by similar names and are kept apart here: `one_vs_rest` asks a
coefficient about "this label or not", `specific_agreement` is the plain chance that a
second annotator repeats a given label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import ordinal
from labelaudit.coefficients.distances import cell_pairs
from labelaudit.coefficients.estimating import estimate_with, reading_for
from labelaudit.coefficients.patterns import Patterns, add_up, merge
from labelaudit.coefficients.reading import Spec
from labelaudit.coefficients.resampling import UNITS
from labelaudit.coefficients.unit_agreement import count_rows

if TYPE_CHECKING:
    from labelaudit.coefficients import Coefficient, FloatArray
    from labelaudit.coefficients.distances import Distance
    from labelaudit.model import Estimate


@dataclass(frozen=True, slots=True)
class LabelPair:
    """Two label codes that units received together, first < second.

    `pairs` counts ordered pairs of labels within units, each unit divided by m - 1 (the
    coincidences of both orders); `share` is their part of all observed disagreement.
    """

    first: int
    second: int
    pairs: float
    share: float


def one_vs_rest(
    coefficient: Coefficient, patterns: Patterns, confidence: float = 0.95
) -> list[Estimate]:
    """How well do people agree on each label against all others?

    Each label in turn is kept and the others become one; the coefficient is estimated on
    the two that remain. For alpha and Fleiss' kappa on nominal labels this is the category
    coefficient of Fleiss (1971), and the whole is its mean weighted by p (1 - p).

    Parameters
    ----------
    coefficient
        One that needs no annotators.
    patterns
        P patterns over V labels.
    confidence
        Of the intervals.

    Returns
    -------
    list of V estimates
        In the order of the label codes; `one-category` where nobody gave the label.

    References
    ----------
    Fleiss (1971), Psychological Bulletin 76(5), 378-382, eq. 18-20.

    """
    spec = Spec("nominal", 2)
    split = (_one_or_rest(patterns, label) for label in range(patterns.n_labels))
    return [estimate_with(coefficient, two, spec, UNITS, confidence) for two in split]


def specific_agreement(patterns: Patterns) -> FloatArray:
    """If one annotator gives this label, how often does another one too?

    sum_u x_c (x_c - 1) / (m - 1) over sum_u x_c, over units with two labels or more.

    Returns
    -------
    (V,) shares in 0..1
        NaN for a label that no pairable unit received. Nothing is taken off for chance.

    References
    ----------
    Cicchetti & Feinstein (1990), Journal of Clinical Epidemiology 43(6), 551-558; several
    annotators: Uebersax (1982), Psychological Bulletin 92(2).

    Examples
    --------
    >>> from labelaudit.coefficients import from_counts
    >>> specific_agreement(from_counts([[2, 0], [1, 1], [0, 2], [0, 2]])).round(3).tolist()
    [0.667, 0.8]

    """
    pairable = patterns.pairable()
    x = pairable.counts.astype(np.float64)
    units = pairable.cell_units.astype(np.float64)
    others = np.repeat(pairable.sizes - 1, pairable.lengths)
    same = add_up(pairable.codes, units * x * (x - 1) / others, pairable.n_labels)
    given = add_up(pairable.codes, units * x, pairable.n_labels)
    with np.errstate(invalid="ignore"):
        return same / given


def unit_disagreement(coefficient: Coefficient, patterns: Patterns, spec: Spec) -> FloatArray:
    """How far do the labels of each unit lie apart?

    x'Dx / (m (m-1)): the mean distance between two of its labels.

    Returns
    -------
    (P,) mean distances
        One per pattern, 0 where all agree; NaN for patterns of a single label.

    """
    rows = count_rows(patterns)
    m = patterns.sizes.astype(np.float64)
    apart = _distance(coefficient, patterns, spec).within(rows)
    return np.where(m > 1, apart / np.where(m > 1, m * (m - 1), 1.0), np.nan)


def confused_labels(coefficient: Coefficient, patterns: Patterns, spec: Spec) -> list[LabelPair]:
    """Which labels are given to the same unit, and how much of all disagreement is that?

    Returns
    -------
    list of LabelPair
        Largest share first; the shares add up to 1. Empty where nobody disagreed.

    """
    pairable = patterns.pairable()
    distance = _distance(coefficient, patterns, spec)
    v = patterns.n_labels
    weight = pairable.units / np.maximum(pairable.sizes - 1, 1)
    row_of = np.repeat(np.arange(len(pairable)), pairable.lengths)
    found: dict[int, float] = {}
    for left, right in cell_pairs(pairable.starts, len(pairable.codes)):
        key = pairable.codes[left] * v + pairable.codes[right]
        amount = weight[row_of[left]] * pairable.counts[left] * pairable.counts[right]
        kinds, at = np.unique(key, return_inverse=True)
        sums = add_up(at, 2 * amount, len(kinds))
        for kind, total in zip(kinds.tolist(), sums.tolist(), strict=True):
            found[kind] = found.get(kind, 0.0) + total
    return _ranked(found, distance, v)


def _ranked(found: dict[int, float], distance: Distance, v: int) -> list[LabelPair]:
    kinds = np.array(sorted(found), dtype=np.int64)
    pairs = np.array([found[kind] for kind in kinds.tolist()])
    first, second = np.divmod(kinds, v)
    apart = pairs * distance.between(first, second)
    shares = apart / apart.sum() if apart.sum() > 0 else apart
    order = np.lexsort((kinds, -shares))
    columns = (first, second, pairs, shares)
    rows = zip(*(column[order].tolist() for column in columns), strict=True)
    return [LabelPair(*row) for row in rows if row[3] > 0]


def _one_or_rest(patterns: Patterns, label: int) -> Patterns:
    """Return the patterns over two labels: 0 for this one, 1 for any other."""
    row_of = np.repeat(np.arange(len(patterns)), patterns.lengths)
    side = (patterns.codes != label).astype(np.int64)
    counts = np.bincount(row_of * 2 + side, patterns.counts, 2 * len(patterns)).astype(np.int64)
    cells = np.flatnonzero(counts)
    starts = np.flatnonzero(np.diff(cells // 2, prepend=-1))
    return merge([Patterns(starts, cells % 2, counts[cells], patterns.units, 2)])


def _distance(coefficient: Coefficient, patterns: Patterns, spec: Spec) -> Distance:
    reading = reading_for(coefficient, patterns, spec)
    return reading.distance or ordinal.distance_of(patterns.pairable())
