"""Who agrees with whom, and what does one annotator do to the whole?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit import intervals
from labelaudit.coefficients.annotators import without_annotators
from labelaudit.coefficients.cohen import COHEN_KAPPA, TwoSides, sides_tally
from labelaudit.coefficients.distances import Nominal, Rows, cell_pairs
from labelaudit.coefficients.estimating import estimate_with, reading_for
from labelaudit.coefficients.patterns import add_up
from labelaudit.coefficients.resampling import UNITS, value_of
from labelaudit.coefficients.tally import group_rows
from labelaudit.coefficients.undefined import DISCONNECTED, values_fault
from labelaudit.model import Estimate
from labelaudit.overlap import are_apart

if TYPE_CHECKING:
    from labelaudit.coefficients import Coefficient, FloatArray, IntArray, Ratings, Spec
    from labelaudit.coefficients.distances import Distance

MAX_UNIT_LABELS = 1_000
"""Units with more labels form no pairs: pairs grow as the square of the labels."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two annotators on the units they share.

    `kappa` is Cohen's, None where both gave one and the same label throughout; `agreement`
    is 1 - the mean distance between their labels.
    """

    first: int
    second: int
    units: int
    agreement: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Influence:
    """What taking away all labels of one annotator does to a coefficient.

    `without` is the value that remains, None if undefined; `influence` is the whole value
    less that: positive for one who raises agreement, negative for one who lowers it.
    """

    annotator: int
    labels: int
    without: float | None
    influence: float | None


def pairings(ratings: Ratings, spec: Spec) -> list[Pairing]:
    """How well does each pair of annotators agree on the units they share?

    The sparse annotator x annotator matrix: pairs that share no unit are not listed. Only
    weights or a distance given in `spec` are used; without them labels are equal or not.

    Returns
    -------
    list of Pairing
        In the order of the annotator codes.

    Examples
    --------
    >>> from labelaudit.coefficients import Spec, ratings
    >>> table = ratings([0, 0, 1, 1, 2, 2], [4, 7] * 3, [0, 0, 1, 1, 0, 1], n_labels=2)
    >>> pairing = pairings(table, Spec("nominal", 2))[0]
    >>> pairing.first, pairing.second, round(pairing.agreement, 3), round(pairing.kappa, 3)
    (4, 7, 0.667, 0.4)

    """
    met = _Met.of(ratings)
    if len(met.first) == 0:
        return []
    distance = _distance(ratings, spec)
    labels = ratings.n_labels
    cells = np.stack([ratings.label[met.left], ratings.label[met.right] + labels], axis=1)
    starts = np.arange(0, cells.size, 2)
    rows = Rows(starts, cells.ravel(), np.ones(cells.size), 2 * labels)
    apart = distance.between(ratings.label[met.left], ratings.label[met.right])
    observed = add_up(met.pair, apart, len(met.first)) / met.units
    grouped = group_rows(rows, np.ones(len(rows)), met.pair)
    expected = TwoSides(distance, labels).within(grouped) / met.units.astype(np.float64) ** 2
    kappa = value_of((observed, expected))
    columns = (met.first, met.second, met.units, 1 - observed, kappa)
    listed = zip(*(column.tolist() for column in columns), strict=True)
    return [
        Pairing(first, second, units, agreement, None if np.isnan(value) else value)
        for first, second, units, agreement, value in listed
    ]


def mean_kappa(ratings: Ratings, spec: Spec, confidence: float = 0.95) -> Estimate:
    """How well do two annotators agree beyond chance, on average over all pairs?

    The mean of Cohen's kappa over the pairs of annotators that share units. Each pair
    counts once, however many units it shares.

    Returns
    -------
    Estimate
        Coefficient `cohen-kappa`, with a delete-one-unit jackknife on log(1 - value). It is
        a mean of ratios, so `observed` is 1 - value and `expected` is 1. Undefined where a
        pair is (`one-category`), and over groups that share no unit.

    References
    ----------
    Light (1971), Psychological Bulletin 76(5), 365-377.

    """
    met = _Met.of(ratings)
    shared = ratings.pairable()
    patterns = shared.patterns()
    blank = Estimate(
        COHEN_KAPPA.name,
        spec.scale,
        confidence=confidence,
        units=int(patterns.units.sum()),
        annotations=len(shared),
        annotators=len(shared.annotators()),
    )
    reason = values_fault(COHEN_KAPPA, patterns.codes, spec) if len(met.first) else "no-overlap"
    reason = reason or (DISCONNECTED if are_apart(ratings) else None)
    if reason is not None:
        return replace(blank, undefined=reason, interval_undefined=reason)
    distance = _distance(ratings, spec)
    kappas, without = _kappas(met, ratings, distance)
    if np.isnan(kappas).any():
        return replace(blank, undefined="one-category", interval_undefined="one-category")
    value = float(kappas.mean())
    known = replace(blank, value=value, observed=1 - value, expected=1.0)
    spread = intervals.jackknife(value + without / len(kappas), np.ones(len(without)))
    if spread.se is None:
        return replace(known, interval_undefined=spread.undefined)
    method = intervals.JACKKNIFE_LOG
    return intervals.with_interval(replace(known, se=spread.se, df=spread.df, method=method))


def influences(coefficient: Coefficient, ratings: Ratings, spec: Spec) -> list[Influence]:
    """What does each annotator do to the coefficient?

    Returns
    -------
    list of Influence
        In the order of the annotator codes; empty where the coefficient is undefined.

    """
    whole = estimate_with(coefficient, ratings, spec, UNITS, 0.95).value
    if whole is None:
        return []
    reading = reading_for(coefficient, ratings.patterns(), spec)
    left = without_annotators(coefficient, ratings, reading)
    people, labels = np.unique(ratings.annotator, return_counts=True)
    rows = zip(people.tolist(), labels.tolist(), left.tolist(), strict=True)
    return [
        Influence(who, given, None, None)
        if np.isnan(value)
        else Influence(who, given, value, whole - value)
        for who, given, value in rows
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Met:
    """Every meeting of two annotators on a unit (M of them), and the pairs they form (K)."""

    left: IntArray  # (M,) row of the ratings of the first
    right: IntArray  # (M,) and of the second
    pair: IntArray  # (M,)
    first: IntArray  # (K,) annotator codes
    second: IntArray
    units: IntArray  # (K,) units they share

    @classmethod
    def of(cls, ratings: Ratings) -> _Met:
        sizes = np.unique(ratings.unit, return_counts=True)[1]
        small = np.repeat(sizes <= MAX_UNIT_LABELS, sizes)
        rows = np.flatnonzero(small)
        lengths = sizes[sizes <= MAX_UNIT_LABELS]
        blocks = list(cell_pairs(np.cumsum(lengths) - lengths, len(rows)))
        none = np.zeros(0, dtype=np.int64)
        left = rows[np.concatenate([none, *(block[0] for block in blocks)])]
        right = rows[np.concatenate([none, *(block[1] for block in blocks)])]
        span = int(ratings.annotator.max(initial=0)) + 1
        key = ratings.annotator[left] * span + ratings.annotator[right]
        kinds, pair, shared = np.unique(key, return_inverse=True, return_counts=True)
        first, second = np.divmod(kinds, span)
        return cls(left, right, pair, first, second, shared)


def _distance(ratings: Ratings, spec: Spec) -> Distance:
    return reading_for(COHEN_KAPPA, ratings.patterns(), spec).distance or Nominal()


def _kappas(met: _Met, ratings: Ratings, distance: Distance) -> tuple[FloatArray, FloatArray]:
    """(K,) kappas, and (U,) by how much their sum moves when each shared unit is deleted."""
    order = np.argsort(met.pair, kind="stable")
    ends = np.cumsum(met.units)
    unit_row = np.unique(ratings.unit[met.left], return_inverse=True)[1]
    moved = np.zeros(int(unit_row.max()) + 1)
    kappas = np.zeros(len(met.first))
    for pair, (end, size) in enumerate(zip(ends.tolist(), met.units.tolist(), strict=True)):
        here = order[end - size : end]
        labels = ratings.label[met.left[here]], ratings.label[met.right[here]]
        tally = sides_tally(*labels, distance, ratings.n_labels)
        observed, expected = tally.total()
        kappas[pair] = 1 - observed / expected if expected > 0 else np.nan
        moved[unit_row[here]] += value_of(tally.without()) - kappas[pair]
    return kappas, moved
