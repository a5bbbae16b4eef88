"""Did one pair of labels begin to be confused, by everybody? A guideline may have changed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.tails import normal_above
from labelaudit.outliers import adjusted_p
from labelaudit.signals.label_pairs import label_pairs

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import IntArray, Patterns
    from labelaudit.signals.label_pairs import LabelPairs

MIN_UNITS = 20
MIN_DISAGREEING = 5
MIN_COMPARISONS = 10


@dataclass(frozen=True, slots=True)
class PairJump:
    """How much more two labels are confused after than before.

    Attributes
    ----------
    first, second
        The label codes.
    before, after
        Among pairs of answers to one unit that are both one of the two labels: the share
        that differ.
    z, p
        Of a rise, units as clusters; one-sided.
    adjusted_p
        Benjamini-Hochberg, over all pairs of labels that were tested.
    units
        Units that showed both labels, before and after.

    """

    first: int
    second: int
    before: float
    after: float
    z: float
    p: float
    adjusted_p: float
    units: int


@dataclass(frozen=True, slots=True)
class PairJumps:
    """The tested pairs of labels, the least likely first, or why there are none.

    `undefined` is `too-few-units` where no pair of labels can be tested; `needs` says what
    would let one be.
    """

    jumps: tuple[PairJump, ...] = ()
    undefined: str | None = None
    needs: str | None = None


def pair_jumps(before: Patterns, after: Patterns) -> PairJumps:
    """Which pairs of labels are confused more in the second set of batches?

    For labels k and l the rate is X / (X + S_k + S_l): of all pairs of answers to one unit
    that are both k or l, those that differ; each unit of m labels with weight 2 / (m(m-1)).
    It does not move when other labels take over. z from the linearised variance over units
    at the pooled rate.

    Parameters
    ----------
    before, after
        Patterns of the units of the two sets of batches, over one domain.

    Returns
    -------
    PairJumps
        Of pairs of labels with 20 units in each set that have two answers among the two, and
        5 units that show both labels in all. Not testable: `too-few-units`.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., sec. 6.4 (the ratio and its variance).

    Examples
    --------
    >>> from labelaudit.coefficients import from_counts
    >>> before = from_counts([[2, 0], [0, 2], [1, 1]], units=[45, 45, 10])
    >>> after = from_counts([[2, 0], [0, 2], [1, 1]], units=[30, 30, 40])
    >>> jump = pair_jumps(before, after).jumps[0]
    >>> jump.before, jump.after, round(jump.z, 2)
    (0.1, 0.4, 4.87)

    """
    old, new = label_pairs(before), label_pairs(after)
    keys = np.union1d(old.keys, new.keys)
    found = [jump for key in keys.tolist() if (jump := _jump(old, new, key)) is not None]
    if not found:
        needs = f"{MIN_UNITS} units with two answers among two labels, before and after, and"
        return PairJumps((), "too-few-units", f"{needs} {MIN_DISAGREEING} that show both labels")
    adjusted = adjusted_p(np.array([jump[5] for jump in found]))
    jumps = [
        PairJump(*jump[:6], float(p), jump[6]) for jump, p in zip(found, adjusted, strict=True)
    ]
    return PairJumps(tuple(sorted(jumps, key=lambda jump: (jump.p, jump.first, jump.second))))


def _jump(
    old: LabelPairs, new: LabelPairs, key: int
) -> tuple[int, int, float, float, float, float, int] | None:
    first, second = divmod(key, old.n_labels)
    sums = [each.sums(first, second) for each in (old, new)]
    units = int(sums[0].both + sums[1].both)
    if min(each.units for each in sums) < MIN_UNITS or units < MIN_DISAGREEING:
        return None
    pooled = sum(each.differing for each in sums) / sum(each.total for each in sums)
    spread = math.sqrt(sum(each.variance(pooled) for each in sums))
    rates = [each.differing / each.total for each in sums]
    if spread <= 0:
        return None
    z = (rates[1] - rates[0]) / spread
    return first, second, rates[0], rates[1], z, normal_above(z), units


@dataclass(frozen=True, slots=True)
class Spread:
    """Whether a jump belongs to everybody.

    Attributes
    ----------
    compared
        Annotators with 10 comparisons on the two labels before and after.
    risen
        How many of them differ from the others more often than before.

    """

    compared: int
    risen: int


def jump_by_annotator(
    in_after: npt.NDArray[np.bool_],
    unit: IntArray,
    annotator: IntArray,
    label: IntArray,
    pair: tuple[int, int],
) -> Spread:
    """Did everybody begin to confuse the two labels, or only some?

    A guideline touches all; a new or careless person touches the units they meet. For each
    annotator: among their comparisons with others on a unit where both gave one of the two
    labels, the share that differ, before and after.

    Parameters
    ----------
    in_after, unit, annotator, label
        (N,) rows of both sets of batches.
    pair
        The two label codes.

    Examples
    --------
    >>> row = np.arange(240)
    >>> label = np.where(row < 120, row // 2 % 2, row % 2)
    >>> jump_by_annotator(row >= 120, row // 2, row % 6, label, (0, 1))
    Spread(compared=6, risen=6)

    """
    inside = np.isin(label, pair)
    arm, person = (
        in_after[inside].astype(np.int64),
        np.unique(annotator[inside], return_inverse=True)[1],
    )
    is_second = (label[inside] == pair[1]).astype(np.int64)
    slot = np.unique(unit[inside] * 2 + arm, return_inverse=True)[1]
    size, seconds = np.bincount(slot), np.bincount(slot, is_second)
    others = size[slot] - 1
    unlike = np.where(is_second == 1, size[slot] - seconds[slot], seconds[slot])
    cell, many = arm * (int(person.max(initial=-1)) + 1) + person, int(person.max(initial=-1)) + 1
    total = np.bincount(cell, others, 2 * many).reshape(2, -1)
    differ = np.bincount(cell, unlike, 2 * many).reshape(2, -1)
    enough = (total >= MIN_COMPARISONS).all(axis=0)
    rate = differ[:, enough] / total[:, enough]
    return Spread(int(enough.sum()), int((rate[1] > rate[0]).sum()))
