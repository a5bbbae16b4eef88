"""Is agreement identified? Which annotators are linked through units they share?

Alpha, kappas and raw agreement compare labels of one unit. Where two groups of annotators
share no unit, directly or through others, nothing in the data compares them: both could
agree perfectly among themselves and mean the opposite. One figure over both is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.coefficients.ratings import Ratings

_FIRST_ROWS = 1 << 12  # most tables are seen to be linked from so many rows
_SPARE = 1 << 22  # cells of a table of all pairs of annotators


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Which group each annotator is in: (A,) the lowest code of the group, or -1.

    -1 stands for those who share no unit with anybody: there is nothing to compare them
    with, so they make no group of their own.
    """

    group: IntArray

    @classmethod
    def of(cls, first: IntArray, second: IntArray, annotators: int) -> Links:
        """Return the groups that pairs of annotators who met on a unit make, directly or not.

        Examples
        --------
        >>> Links.of(np.array([0, 1, 3]), np.array([1, 2, 4]), 6).group.tolist()
        [0, 0, 0, 3, 3, -1]

        """
        root = roots(*_once(first, second, annotators), annotators)
        size = np.bincount(root, minlength=annotators)
        return cls(np.where(size[root] > 1, root, -1))

    @classmethod
    def among_rows(cls, unit: IntArray, annotator: IntArray, annotators: int) -> Links:
        """Return the groups of annotators (N,) whose rows stand unit by unit (N,)."""
        return cls.of(*_neighbours(unit, annotator), annotators)

    def groups(self, among: IntArray | None = None) -> list[IntArray]:
        """Return the annotators of each group, ascending, the largest group first."""
        people = np.arange(len(self.group)) if among is None else np.unique(among)
        own = self.group[people]
        found = [people[own == code] for code in np.unique(own[own >= 0])]
        return sorted(found, key=lambda group: (-len(group), int(group[0])))

    def apart(self, among: IntArray | None = None) -> bool:
        """Say whether these annotators are of several groups."""
        own = self.group if among is None else self.group[among]
        own = own[own >= 0]
        return len(own) > 0 and int(own.min()) != int(own.max())


def overlap_groups(ratings: Ratings) -> list[IntArray]:
    """Which groups of annotators are linked by shared units, directly or through others?

    Annotators of different groups never met on a unit, not even through third people:
    nothing in the data compares them. Each group has its own agreement; a figure over all
    of them compares people who were never compared.

    Returns
    -------
    list of arrays
        Annotator codes of each group, ascending; the largest group first. Units with one
        label link nobody, so an annotator who shares no unit is a group of one.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> table = ratings([0, 0, 1, 1], [0, 1, 2, 3], [1, 1, 0, 0], n_labels=2)
    >>> [group.tolist() for group in overlap_groups(table)]
    [[0, 1], [2, 3]]

    """
    people, codes = np.unique(ratings.annotator, return_inverse=True)
    links = Links.among_rows(ratings.unit, codes, len(people))
    alone = [people[[code]] for code in np.flatnonzero(links.group < 0)]
    return [*(people[group] for group in links.groups()), *alone]


def are_apart(ratings: Ratings) -> bool:
    """Say whether annotators fall into several groups of at least two that share no unit."""
    unit, annotator = ratings.rows_by_unit()
    size = int(annotator.max(initial=-1)) + 1
    if size > _SPARE:
        annotator = np.unique(annotator, return_inverse=True)[1]
        size = int(annotator.max(initial=-1)) + 1
    if len(unit) > _FIRST_ROWS:
        some = Links.among_rows(unit[:_FIRST_ROWS], annotator[:_FIRST_ROWS], size)
        if not (some.group != 0).any():
            return False
    return Links.among_rows(unit, annotator, size).apart()


def _neighbours(unit: IntArray, annotator: IntArray) -> tuple[IntArray, IntArray]:
    """Return the annotators of rows that stand next to each other in one unit."""
    same = unit[1:] == unit[:-1]
    if same.all():
        return annotator[:-1], annotator[1:]
    return annotator[:-1][same], annotator[1:][same]


def _once(first: IntArray, second: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Return each pair once, where a table of all pairs is small."""
    if size**2 > _SPARE:
        return first, second
    met = np.zeros(size**2, dtype=np.bool_)
    met[first * size + second] = True
    one, other = np.divmod(np.flatnonzero(met), max(size, 1))
    return one, other


def roots(first: IntArray, second: IntArray, size: int) -> IntArray:
    """(size,) the lowest code that each is linked to, directly or through others.

    Examples
    --------
    >>> roots(np.array([0, 1]), np.array([1, 3]), 5).tolist()
    [0, 0, 2, 0, 4]

    """
    root = np.arange(size)
    while True:
        one, other = root[first], root[second]
        apart = one != other
        if not apart.any():
            return root
        first, second, one, other = first[apart], second[apart], one[apart], other[apart]
        # hook higher roots to lower ones
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        while bool(((further := root[root]) != root).any()):
            root = further
