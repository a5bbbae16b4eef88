"""The relabeling plan: where do more labels mend most, and where are they wasted?"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.settings import Relabel

MOST = 3
"""More labels than this at once are better ordered after a look at the first ones."""
_PRIOR = 4.0  # labels that the annotators' usual rate weighs beside those the item received


@dataclass(frozen=True, slots=True)
class RelabelPlan:
    """What relabeling one question would bring. Counts and sums are over all its units.

    Attributes
    ----------
    undefined
        Why nothing can be planned; the numbers are then 0.
    method
        What the probabilities, and with them the order of the queue, come from.
    units
        Units whose label was judged.
    ambiguous
        Units that good annotators split over: more labels would not settle them.
    expected_wrong
        How many consensus labels are expected to be wrong now.
    items, labels
        How many units to relabel, and how many labels that takes.
    expected_fewer
        How many wrong consensus labels fewer are expected then.
    best_half_fewer
        The same if only the better half of the labels is ordered.
    gold_units, gold_expected, gold_wrong
        Units with gold, how many of their labels were expected to be wrong by the same
        reckoning, and how many are: errors that people share are expected by no model.
    cost
        At `price_per_label`; None where no price is set.

    """

    question_id: str
    undefined: str | None = None
    method: str | None = None
    units: int = 0
    ambiguous: int = 0
    expected_wrong: float = 0.0
    items: int = 0
    labels: int = 0
    expected_fewer: float = 0.0
    best_half_fewer: float = 0.0
    gold_units: int = 0
    gold_expected: float = 0.0
    gold_wrong: int = 0
    price_per_label: float | None = None
    cost: float | None = None


def gain(
    first: FloatArray, second: FloatArray, right: FloatArray, n_labels: int, more: int
) -> FloatArray:
    """How much likelier is a label to be right after `more` labels?

    E = sum over outcomes of max_k P(k) P(outcome | k), less max_k P(k); only the two best
    labels can win, so it is a lower bound beyond two labels and exact with two.

    Parameters
    ----------
    first, second
        (I,) probability of the best and the second best label.
    right
        (I,) how likely a new label is right; wrong ones fall evenly on the other labels.
    n_labels
        V, at least 2.
    more
        How many labels are added.

    Examples
    --------
    >>> half, nine = np.array([0.5]), np.array([0.9])
    >>> gain(half, half, nine, 2, 1).round(3).tolist()
    [0.4]
    >>> gain(np.array([0.99]), np.array([0.01]), nine, 2, 1).round(3).tolist()
    [0.0]

    """
    wrong, others = (1 - right) / (n_labels - 1), n_labels - 2
    total = np.zeros(len(first))
    for a in range(more + 1):
        for b in range(more + 1 - a):
            c = more - a - b
            ways = factorial(more) // (factorial(a) * factorial(b) * factorial(c))
            strange = (others * wrong) ** c
            best = np.maximum(first * right**a * wrong**b, second * wrong**a * right**b)
            total += ways * strange * best
    return np.maximum(total - first, 0.0)


def rate_on_item(usual: float, for_best: IntArray, sizes: IntArray, n_labels: int) -> FloatArray:
    """(I,) how likely a new label is right, given how the item's labels agreed so far.

    r = (4 usual + votes for the best label) / (4 + votes): an item that many labels could not
    settle promises less of the next one (the lesson of ActiveLab, Goh & Mueller 2023).
    """
    rate = (_PRIOR * usual + for_best) / (_PRIOR + sizes)
    return np.clip(rate, 1 / n_labels + 0.01, 0.99)


def choose(
    first: FloatArray,
    second: FloatArray,
    right: FloatArray,
    n_labels: int,
    least: float,
    allowed: npt.NDArray[np.bool_],
) -> tuple[IntArray, FloatArray]:
    """(I,) how many labels to add to each unit, and what they are expected to mend.

    The number maximises gain - `least` x labels; none where no number is worth it.
    """
    known = allowed & (1 - first >= least)  # more than the whole risk is never mended
    best = np.zeros(len(first))
    more, mended = np.zeros(len(first), dtype=np.int64), np.zeros(len(first))
    for number in range(1, MOST + 1):
        found = np.zeros(len(first))
        found[known] = gain(first[known], second[known], right[known], n_labels, number)
        better = known & (found - least * number > best)
        best[better] = (found - least * number)[better]
        more[better], mended[better] = number, found[better]
    return more, mended


def best_half(more: IntArray, mended: FloatArray) -> float:
    """Return what half of the labels mend if the best units get them.

    Examples
    --------
    >>> round(best_half(np.array([1, 1, 2]), np.array([0.3, 0.1, 0.5])), 2)
    0.55

    """
    chosen = np.flatnonzero(more)
    if len(chosen) == 0:
        return 0.0
    order = chosen[np.lexsort((chosen, -mended[chosen] / more[chosen]))]
    spent = np.cumsum(more[order])
    left = np.clip(spent[-1] / 2 - (spent - more[order]), 0, more[order])
    return float((mended[order] * left / more[order]).sum())


def summed(
    question_id: str,
    risk: FloatArray,
    ambiguous: int,
    more: IntArray,
    mended: FloatArray,
    rules: Relabel,
    gold_wrong: FloatArray,
) -> RelabelPlan:
    """Return the plan of a question in sums; `gold_wrong` (I,) is 1, 0, or NaN without gold."""
    labels, price = int(more.sum()), rules.price_per_label
    told = ~np.isnan(gold_wrong) & ~np.isnan(risk)
    return RelabelPlan(
        question_id=question_id,
        units=int((~np.isnan(risk)).sum()),
        ambiguous=ambiguous,
        expected_wrong=float(np.nansum(risk)),
        items=int((more > 0).sum()),
        labels=labels,
        expected_fewer=float(mended.sum()),
        best_half_fewer=best_half(more, mended),
        gold_units=int(told.sum()),
        gold_expected=float(risk[told].sum()),
        gold_wrong=int(gold_wrong[told].sum()),
        price_per_label=price,
        cost=None if price is None else price * labels,
    )
