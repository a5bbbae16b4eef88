"""Are items with the same content labelled the same?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from labelaudit.dense import placed
from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.overlap import roots

if TYPE_CHECKING:
    from labelaudit.coefficients import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class LabelConflicts:
    """Items with one content and different labels.

    Attributes
    ----------
    differing
        The deviation: `effect` is the share of copies whose label is not the most frequent
        one of their content; p of that many, when each differs at the usual rate.
    items
        (M,) positions of the items in the contents with a conflict, content by content.
    content
        (M,) the content code of each.
    contents, copies
        Contents that occur on several items, and the items beyond the first of each.

    """

    differing: Deviation
    items: IntArray
    content: IntArray
    contents: int
    copies: int


def label_conflicts(
    content: IntArray, label: IntArray, usual: float | None = None
) -> LabelConflicts:
    """Which copies of one content were given different labels, and is that more than usual?

    Parameters
    ----------
    content
        (I,) code of each item's content, equal for copies (see `same_contents`), or of the
        group of near-duplicates it belongs to (see `groups`).
    label
        (I,) code of the item's consensus label; negative where it has none.
    usual
        How often two people give different labels to one and the same item. Without it there
        is no p, for nothing tells how many conflicts to expect.

    Returns
    -------
    LabelConflicts
        Not testable: `no-duplicates`, `too-few-answers` (no usual rate is known).

    References
    ----------
    The exact binomial test: Clopper & Pearson (1934), Biometrika 26, 404-413.

    Examples
    --------
    >>> found = label_conflicts(np.array([0, 0, 1, 1, 2]), np.array([1, 1, 0, 1, 0]), usual=0.1)
    >>> found.differing.effect, found.items.tolist(), round(found.differing.p, 2)
    (0.5, [2, 3], 0.19)

    """
    known = np.flatnonzero(label >= 0)
    codes, slot = np.unique(content[known], return_inverse=True)
    size = np.bincount(slot)
    copies = int((size - 1).sum())
    if copies == 0:
        none = np.zeros(0, np.int64)
        return LabelConflicts(
            not_testable("no-duplicates", "items with equal content"), none, none, 0, 0
        )
    off = size - _most(slot, label[known], len(codes))
    torn = np.flatnonzero(off[slot] > 0)
    torn = torn[np.lexsort((known[torn], slot[torn]))]
    share, wrong = float(off.sum() / copies), int(off.sum())
    if usual is None:
        needs = "items labelled by two people, to know how often people differ on one item"
        compared = not_testable("too-few-answers", needs, share)
    else:
        p = float(special.betainc(wrong, copies - wrong + 1, usual)) if wrong else 1.0
        compared = Deviation(share, p=p)
    return LabelConflicts(compared, known[torn], codes[slot[torn]], int((size > 1).sum()), copies)


def _most(slot: IntArray, label: IntArray, many: int) -> IntArray:
    """(G,) how often the most frequent label of each group stands in it."""
    span = int(label.max()) + 1
    key, count = np.unique(slot * span + label, return_counts=True)
    most = np.zeros(many, dtype=np.int64)
    np.maximum.at(most, key // span, count)
    return most


def groups(first: IntArray, second: IntArray, many: int) -> IntArray:
    """(I,) a group code per item, equal for items that pairs link directly or through others.

    Examples
    --------
    >>> groups(np.array([0, 1]), np.array([1, 3]), 5).tolist()
    [0, 0, 1, 0, 2]

    """
    return placed(roots(first, second, many))[1]
