"""Who hands in empty or tiny answers where others do not?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.outliers import lower_tail

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray

MIN_UNITS = 20
MIN_ANNOTATORS = 5
TINY_FRACTION = 0.1


@dataclass(frozen=True, slots=True)
class Padding:
    """The tiny answers of one annotator.

    Attributes
    ----------
    annotator
        The code.
    excess
        The deviation: `effect` is the mean over shared units of (their answer is tiny) less
        the share of the others whose answer to the same unit is; p one-sided, against the
        spread between people.
    answers, tiny
        How many answers, and how many of them tiny.

    """

    annotator: int
    excess: Deviation
    answers: int
    tiny: int


def tiny_answers(unit: IntArray, size: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) which answers are empty, or under a tenth of the median size at their unit?

    Examples
    --------
    >>> tiny_answers(np.array([0, 0, 0, 1]), np.array([40.0, 50.0, 1.0, 0.0])).tolist()
    [False, False, True, True]

    """
    slot = np.unique(unit, return_inverse=True)[1]
    order = np.lexsort((size, slot))
    many = np.bincount(slot)
    start = np.cumsum(many) - many
    ordered = size[order]
    middle = (ordered[start + (many - 1) // 2] + ordered[start + many // 2]) / 2
    return np.asarray((size <= 0) | (size < TINY_FRACTION * middle[slot]))


def padding(unit: IntArray, annotator: IntArray, tiny: npt.NDArray[np.bool_]) -> list[Padding]:
    """Whose answers are empty or tiny where those of others, on the same unit, are not?

    A unit with nothing to mark is empty for everybody, so only the difference to the others
    at the same unit counts. Unit by unit x = (own is tiny) - (share of the others that is);
    the mean of x is held against the spread between people (`labelaudit.outliers`).

    Parameters
    ----------
    unit, annotator, tiny
        (N,) codes, and which answers are tiny (see `tiny_answers`).

    Returns
    -------
    list of Padding
        By annotator. Not testable: `too-few-units` (under 20 shared units),
        `too-few-annotators` (under 5 with that many).

    Examples
    --------
    >>> unit, person = np.divmod(np.arange(180), 6)
    >>> found = padding(unit, person, (person == 5) | (np.arange(180) % 17 == 0))
    >>> [each.annotator for each in found if each.excess.p < 0.01]
    [5]

    """
    slot = np.unique(unit, return_inverse=True)[1]
    codes, person = np.unique(annotator, return_inverse=True)
    size, small = np.bincount(slot), np.bincount(slot, tiny)
    shared = size[slot] > 1
    others = (small[slot] - tiny) / np.maximum(size[slot] - 1, 1)
    x = np.where(shared, tiny - others, 0.0)
    met, total, squares = (np.bincount(person, each, len(codes)) for each in (shared, x, x**2))
    mean = total / np.maximum(met, 1)
    enough = met >= MIN_UNITS
    variance = np.maximum(squares / np.maximum(met, 1) - mean**2, 0) / np.maximum(met - 1, 1)
    p = np.full(len(codes), np.nan)
    if enough.sum() >= MIN_ANNOTATORS:
        p[enough] = lower_tail(-mean[enough], variance[enough])
    answers, few = np.bincount(person), np.bincount(person, tiny)
    return [
        Padding(int(code), _excess(mean[i], met[i], p[i]), int(answers[i]), int(few[i]))
        for i, code in enumerate(codes)
    ]


def _excess(mean: float, met: float, p: float) -> Deviation:
    if met < MIN_UNITS:
        needs = f"{MIN_UNITS} units shared with others; there are {met:.0f}"
        return not_testable("too-few-units", needs, float(mean) if met else None)
    if np.isnan(p):
        needs = f"{MIN_ANNOTATORS} annotators with {MIN_UNITS} shared units"
        return not_testable("too-few-annotators", needs, float(mean))
    return Deviation(float(mean), p=float(p))
