"""Consensus against gold, and one method against another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.truth.consensus import NO_LABEL

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.truth.consensus import Consensus


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How a consensus fares on gold: `units` compared, `right`, `tied`, and the `value`.

    A tie of t labels that holds the gold label counts 1/t, as a fair draw would. The value is
    None where no unit has both.
    """

    units: int
    right: int
    tied: int
    value: float | None


def accuracy(consensus: Consensus, unit: npt.ArrayLike, gold: npt.ArrayLike) -> Accuracy:
    """How often is the consensus label the gold label?

    Parameters
    ----------
    consensus
        Of any method.
    unit, gold
        (G,) codes of gold units, each once, and their gold labels.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> from labelaudit.truth import majority
    >>> table = ratings([0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 0, 1], n_labels=2)
    >>> accuracy(majority(table), [0, 1], [1, 1])
    Accuracy(units=2, right=1, tied=1, value=0.75)

    """
    wanted, truth = np.asarray(unit, np.int64), np.asarray(gold, np.int64)
    place, known = _find(consensus.units, wanted)
    label = consensus.label[place[known]]
    right = int((label == truth[known]).sum())
    units, tied = int(known.sum()), int((label == NO_LABEL).sum())
    if units == 0:
        return Accuracy(0, 0, 0, None)
    open_units = wanted[known][label == NO_LABEL]
    credit = _tie_credit(consensus, open_units, truth[known][label == NO_LABEL])
    return Accuracy(units, right, tied, (right + credit) / units)


def _tie_credit(consensus: Consensus, unit: IntArray, truth: IntArray) -> float:
    order = np.argsort(unit)
    place, known = _find(unit[order], consensus.tie_unit)
    place = order[place[known]]
    size = np.bincount(place, minlength=len(unit))
    hit = consensus.tie_label[known] == truth[place]
    return float((1 / size[place[hit]]).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Two methods on the same units: `units` both speak of, `differing` unit codes, `share`.

    A unit where one method ties and the other does not counts as differing; one where both
    tie does not. The share is None where they have no unit in common.
    """

    units: int
    differing: IntArray
    share: float | None


def difference(first: Consensus, second: Consensus) -> Difference:
    """Where do two methods come to another label?

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> from labelaudit.truth import majority
    >>> table = ratings([0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 0, 1], n_labels=2)
    >>> difference(majority(table), majority(table)).share
    0.0

    """
    place, known = _find(second.units, first.units)
    units = int(known.sum())
    one, other = first.label[known], second.label[place[known]]
    unlike = one != other
    share = float(unlike.mean()) if units else None
    return Difference(units, first.units[known][unlike], share)


def _find(haystack: IntArray, needles: IntArray) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    """Return the place of each needle in ascending codes, and whether it is there."""
    place = np.searchsorted(haystack, needles)
    inside = place < len(haystack)
    found = np.zeros(len(needles), dtype=bool)
    found[inside] = haystack[place[inside]] == needles[inside]
    return place, found
