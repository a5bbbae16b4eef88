"""Groups of annotators: scoring people within their own group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.work import Work

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray


def within_groups(work: Work, group: IntArray) -> Work:
    """Split every unit by the group of those who answered it, so that peers share a group.

    Where a group has a consistent view of its own, the others' view is no yardstick for it.
    Every signal of the result compares people of one group only. A unit code is then that of
    a unit and a group: unit = code // G with G = the largest group and one.

    Parameters
    ----------
    work
        N answers by A annotators.
    group
        (A,) the group of each annotator, from 0; -1 (not known) is a group of its own.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> table = work([0, 0, 0], [0, 1, 2], [1, 1, 0], n_labels=2)
    >>> split = within_groups(table, np.array([0, 1, 0]))
    >>> split.unit.tolist(), split.annotator.tolist()
    ([0, 0, 1], [0, 2, 1])

    """
    known = np.where(group < 0, group.max(initial=-1) + 1, group)
    unit = work.unit * (int(known.max(initial=0)) + 1) + known[work.annotator]
    order = np.lexsort((work.annotator, unit))
    timing = (
        None if column is None else column[order]
        for column in (work.duration, work.start, work.end)
    )
    return Work(
        unit[order],
        work.annotator[order],
        work.label[order],
        work.n_annotators,
        work.n_labels,
        *timing,
    )
