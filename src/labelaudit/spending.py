"""How the consumer's risk is spent over looks at one batch: a tenth, two, three and four.

A batch that is topped up and looked at again has several chances to pass. Each look spends a
part of the risk, for both of its bounds, and together they spend no more than all of it, so a
batch at its floor passes no more often than with one look. A look at as many labels as were
planned spends all that is left: there is nothing to wait for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEDULE = (1, 2, 3, 4)
"""Tenths of the consumer's risk that the first, second, third and fourth look spend."""
ALL = sum(SCHEDULE)
ASKABLE = tuple(
    sorted({*SCHEDULE, *(ALL - sum(SCHEDULE[:looks]) for looks in range(len(SCHEDULE)))})
)
"""Every number of tenths that a look can spend: bounds are needed at these levels alone."""
MOST_LOOKS = len(SCHEDULE)
NEARLY = 0.75
"""A batch that comes with so much of the planned size came whole: its plan is an estimate, too."""
STRETCH = 1.25
"""A batch is topped up to so many times the planned size: what several looks cost."""


def tenths(spent: Sequence[int], n: int, planned: int | None, max_looks: int = MOST_LOOKS) -> int:
    """How many tenths of the risk does the next look spend? None are left: 0.

    Parameters
    ----------
    spent
        What each earlier look of the plan spent.
    n
        Units, or answers on gold, that the look is at.
    planned
        How many a decision needs, None where that cannot be told. At the first look three
        quarters of it are enough.
    max_looks
        The last look spends all that is left.

    Examples
    --------
    >>> [tenths(spent, 70, 203) for spent in ([], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4])]
    [1, 2, 3, 4, 0]
    >>> tenths([], 203, 203), tenths([1], 210, 203), tenths([10], 250, 203)
    (10, 9, 0)
    >>> tenths([], 160, 203), tenths([1], 160, 203), tenths([1], 70, 203, max_looks=2)
    (10, 2, 9)

    """
    left, looks = ALL - sum(spent), len(spent) + 1
    if left <= 0 or looks > max_looks:
        return 0
    whole = planned if spent or planned is None else NEARLY * planned
    enough = whole is not None and n >= whole
    return left if enough or looks == max_looks else SCHEDULE[looks - 1]


def level(confidence: float, spent: int) -> float:
    """Return the confidence of each bound of a look that spends so many tenths.

    Examples
    --------
    >>> round(level(0.95, 1), 6), level(0.95, ALL)
    (0.995, 0.95)

    """
    return confidence if spent == ALL else 1 - (1 - confidence) * spent / ALL
