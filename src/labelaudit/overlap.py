"""Is agreement identified? Which annotators are linked through units they share?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.coefficients.ratings import Ratings


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
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    people, annotator = np.unique(ratings.annotator, return_inverse=True)
    unit = np.unique(ratings.unit, return_inverse=True)[1] + len(people)
    nodes = int(unit.max(initial=len(people) - 1)) + 1
    graph = coo_array((np.ones(len(unit)), (annotator, unit)), shape=(nodes, nodes))
    component = connected_components(graph, directed=False)[1][: len(people)]
    groups = [people[component == code] for code in np.unique(component)]
    return sorted(groups, key=lambda group: (-len(group), int(group[0])))
