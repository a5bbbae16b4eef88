"""Do people follow a model's label because it is shown to them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.arms import Arms
from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.rate import rate_rise

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import IntArray

MIN_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Agreement with a model's label where it was shown and where it was not.

    Attributes
    ----------
    followed
        The deviation: `effect` is the share of answers equal to the model's label where it
        was shown, less that on blind items; p one-sided.
    followed_when_wrong
        The same on items where the model is known to be wrong: a gain of right answers can
        be help, a gain of wrong ones cannot.

    """

    followed: Deviation
    followed_when_wrong: Deviation


def anchoring(
    same_as_model: npt.NDArray[np.bool_],
    shown: npt.NDArray[np.bool_],
    content: IntArray,
    annotator: IntArray,
    model_wrong: npt.NDArray[np.bool_] | None = None,
) -> Anchoring:
    """Do answers agree with the model's label more when it is shown than when it is not?

    A difference of two shares with two-way clusters. Whether an item was blind must have
    been decided without looking at it: blind items that are harder make honest work look
    anchored.

    Parameters
    ----------
    same_as_model
        (N,) whether the answer equals the model's label for the item.
    shown
        (N,) whether that label was in view.
    content, annotator
        (N,) codes of the document (else the item) and of the person.
    model_wrong
        (N,) whether the model's label is known to be wrong; False where it is right or not
        known.

    Returns
    -------
    Anchoring
        Not testable: `no-shown-items`, `no-blind-items`, `too-few-answers` (under 20 of a
        kind), `too-few-clusters`, `too-few-annotators`, `one-category`, `zero-variance`.

    References
    ----------
    Tversky & Kahneman (1974), Judgment under uncertainty, Science 185, 1124-1131; for the
    test see `labelaudit.drift.rao_scott`.

    Examples
    --------
    >>> row = np.arange(600)
    >>> shown = row % 2 == 0
    >>> same = np.where(shown, row % 9 > 0, row // 2 % 4 > 0)
    >>> found = anchoring(same, shown, row, row // 2 % 6)
    >>> round(found.followed.effect, 2), found.followed_when_wrong.undefined
    (0.14, 'no-gold')

    """
    arms = Arms(shown, same_as_model.astype(np.int64), content, annotator, 2)
    if model_wrong is None or not model_wrong.any():
        unknown = not_testable("no-gold", "gold labels of items the model is wrong on")
        return Anchoring(_followed(arms), unknown)
    return Anchoring(_followed(arms), _followed(arms.select(model_wrong)))


def _followed(arms: Arms) -> Deviation:
    shown = int(arms.in_batch.sum())
    blind = len(arms.label) - shown
    if shown == 0:
        return not_testable("no-shown-items", f"{MIN_ANSWERS} answers with the model's label shown")
    if blind == 0:
        return not_testable("no-blind-items", f"{MIN_ANSWERS} answers on blind items")
    if min(shown, blind) < MIN_ANSWERS:
        needs = f"{MIN_ANSWERS} answers with the model's label shown and {MIN_ANSWERS} without"
        return not_testable("too-few-answers", needs)
    return rate_rise(arms, ("blind answers", "answers with the label shown"))
