"""Consensus labels: what the annotators together say of each unit, and how sure that is.

To add a method, write the module and name it in `METHODS`. Which method a label comes from
is always stated; none replaces another silently (Dawid-Skene loses to majority on some real
deliveries), so compare two with `difference`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.truth.climbing import Limits
from labelaudit.truth.comparing import Accuracy, Difference, accuracy, difference
from labelaudit.truth.consensus import NO_LABEL, Consensus
from labelaudit.truth.dawid_skene import dawid_skene
from labelaudit.truth.mace import mace
from labelaudit.truth.majority import majority
from labelaudit.truth.one_coin import one_coin
from labelaudit.truth.table import linked

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.coefficients.ratings import Ratings

METHODS: dict[str, Callable[[Ratings], Consensus]] = {
    "majority": majority,
    "dawid-skene": dawid_skene,
    "one-coin": one_coin,
    "mace": mace,
}

__all__ = [
    "METHODS",
    "NO_LABEL",
    "Accuracy",
    "Consensus",
    "Difference",
    "Limits",
    "accuracy",
    "consensus",
    "dawid_skene",
    "difference",
    "groups_of",
    "mace",
    "majority",
    "one_coin",
    "per_group",
]


def consensus(name: str, ratings: Ratings) -> Consensus:
    """Which label do the annotators together give to each unit, by this method?

    Parameters
    ----------
    name
        A name of `METHODS`.
    ratings
        N ratings by people: answers of models and gold are compared with people, never
        counted among them.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> table = ratings([0, 0, 0], [0, 1, 2], [1, 1, 0], n_labels=2)
    >>> found = consensus("majority", table)
    >>> found.label.tolist(), found.confidence.round(2).tolist()
    ([1], [0.67])

    """
    return METHODS[name](ratings)


def per_group(
    name: str, ratings: Ratings, *, min_annotators: int = 3, max_groups: int = 200
) -> tuple[Consensus, ...]:
    """Fit a method to every group of annotators that units link, each on its own.

    Where a delivery is refused as `disconnected-annotators` (two vendors with no unit in
    common) this gives a consensus per group, the largest first; people of different groups
    remain uncompared.

    Parameters
    ----------
    name
        A name of `METHODS`.
    ratings
        N ratings by people.
    min_annotators
        Groups with fewer people get no consensus: of two, nothing tells who is right.
    max_groups
        So many groups at most, to bound the work on a delivery that falls into crumbs.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> apart = ratings([0, 0, 0, 1, 1, 1], [0, 1, 2, 3, 4, 5], [1, 1, 0, 0, 0, 1], n_labels=2)
    >>> consensus("mace", apart).undefined, len(per_group("mace", apart))
    ('disconnected-annotators', 2)

    """
    parts = groups_of(ratings, min_annotators=min_annotators, max_groups=max_groups)
    return tuple(METHODS[name](part) for part in parts)


def groups_of(
    ratings: Ratings, *, min_annotators: int = 3, max_groups: int = 200
) -> tuple[Ratings, ...]:
    """Return the ratings of every group of annotators that units link, as `per_group` fits them.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> apart = ratings([0, 0, 0, 1, 1], [0, 1, 2, 3, 4], [1, 1, 0, 0, 0], n_labels=2)
    >>> [len(group) for group in groups_of(apart, min_annotators=1)]
    [3, 2]

    """
    group = linked(ratings) if len(ratings) else np.zeros(0, dtype=np.int64)
    order = np.argsort(group, kind="stable")
    order = order[(group[order] >= 0) & (group[order] < max_groups)]
    ends = np.flatnonzero(np.diff(group[order])) + 1
    parts = [_rows(ratings, rows) for rows in np.split(order, ends)]
    return tuple(part for part in parts if len(part.annotators()) >= max(min_annotators, 1))


def _rows(ratings: Ratings, rows: IntArray) -> Ratings:
    columns = ratings.unit[rows], ratings.annotator[rows], ratings.label[rows]
    return replace(ratings, unit=columns[0], annotator=columns[1], label=columns[2])
