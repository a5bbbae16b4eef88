"""Does a share differ between two arms, when items and annotators move together?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.label_mix import MIN_ANNOTATORS, MIN_CONTENTS
from labelaudit.drift.rao_scott import rao_scott
from labelaudit.drift.tails import above, t_quantile

if TYPE_CHECKING:
    from labelaudit.coefficients import IntArray
    from labelaudit.drift.arms import Arms


def rate_rise(arms: Arms, names: tuple[str, str] = ("baseline", "batch")) -> Deviation:
    """Is the share of label 1 larger in the second arm than in the first?

    Effect p1 - p0; t = effect / sqrt(V) with the two-way cluster covariance and degrees of
    freedom of `rao_scott` (t^2 is its F for two labels). p is one-sided, small for a rise.

    Parameters
    ----------
    arms
        N labels of 0 and 1, in two arms.
    names
        What to call the arms where more of them is needed.

    Returns
    -------
    Deviation
        Not testable: `empty-arm`, `one-category`, `too-few-clusters` (under 8 contents in an
        arm), `too-few-annotators` (under 5 in an arm), `zero-variance`.

    Examples
    --------
    >>> from labelaudit.drift.arms import Arms
    >>> row = np.arange(400)
    >>> rare, often = row % 11 == 0, row % 3 == 0
    >>> says = np.where(row < 200, rare, often).astype(int)
    >>> found = rate_rise(Arms(row >= 200, says, row // 2, row % 10, 2))
    >>> round(found.effect, 3), found.p < 0.001
    (0.24, True)

    """
    assert arms.n_labels == 2
    sides = [arms.label[arms.in_batch == side] for side in (False, True)]
    if min(len(side) for side in sides) == 0:
        return not_testable("empty-arm", f"answers in the {names[0]} and in the {names[1]}")
    effect = float(sides[1].mean() - sides[0].mean())
    fault = _fault(arms, names)
    if fault is not None:
        return not_testable(*fault, effect)
    test = rao_scott(arms.by_content(), arms.by_annotator())
    if test is None:
        return not_testable("zero-variance", "answers that differ within an arm", effect)
    se = math.sqrt(float(test.covariance[1, 1]))
    reach, t = t_quantile(test.df2) * se, effect / se
    return Deviation(effect, effect - reach, effect + reach, t, test.df2, above(t, test.df2))


def _fault(arms: Arms, names: tuple[str, str]) -> tuple[str, str] | None:
    if arms.label.min() == arms.label.max():
        return "one-category", "answers of both kinds"
    where = f"in the {names[0]} and in the {names[1]}"
    if _fewest(arms, arms.content) < MIN_CONTENTS:
        return "too-few-clusters", f"{MIN_CONTENTS} documents or items {where}"
    if arms.annotator is not None and _fewest(arms, arms.annotator) < MIN_ANNOTATORS:
        return "too-few-annotators", f"{MIN_ANNOTATORS} annotators {where}"
    return None


def _fewest(arms: Arms, codes: IntArray) -> int:
    """Return the number of different codes in the arm that has fewer."""
    return min(len(np.unique(codes[arms.in_batch == side])) for side in (False, True))
