"""Leaning: does a person answer higher, or lower, than the others on an ordered scale?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.coefficients.patterns import add_up

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work

_CLEAR, _TIMES = 0.3, 3.0


@dataclass(frozen=True, slots=True)
class Leaning:
    """On which shares of the shared units a person answered higher and lower than the others."""

    higher: float
    lower: float

    @property
    def side(self) -> Literal["higher", "lower"] | None:
        """The side that explains most of what differs; None where neither clearly does."""
        more, less = max(self.higher, self.lower), min(self.higher, self.lower)
        if more < _CLEAR or more < _TIMES * less:
            return None
        return "higher" if self.higher > self.lower else "lower"


def leaning(work: Work, code: int) -> Leaning:
    """Does one person answer higher or lower than the mean of the others on the same units?

    A unit counts as higher where the answer lies half a step or more above that mean. Somebody
    harsh or lenient leans to one side; somebody who guesses differs on both.

    Parameters
    ----------
    work
        N answers, label codes in the order of the scale.
    code
        The person.

    Examples
    --------
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(30), 3)
    >>> table = work(unit, who, unit % 3 + (who == 2), n_labels=4)
    >>> found = leaning(table, 2)
    >>> found.higher, found.lower, found.side
    (1.0, 0.0, 'higher')

    """
    own = np.flatnonzero(work.annotator == code)
    units = work.unit[own]
    others = np.bincount(work.unit, minlength=1)[units] - 1
    own, units, others = own[others > 0], units[others > 0], others[others > 0]
    if len(own) == 0:
        return Leaning(0.0, 0.0)
    total = add_up(work.unit, work.label.astype(np.float64), work.n_units)[units]
    apart = work.label[own] - (total - work.label[own]) / others
    return Leaning(float((apart >= 1 / 2).mean()), float((apart <= -1 / 2).mean()))
