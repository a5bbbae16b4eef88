"""Drawing the review queue: the riskiest units under caps, and a uniform part beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from labelaudit.dense import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.settings import Queue

MIN_RISK = 0.01
"""Nobody is sent to look at a unit whose label is believed wrong with less than this."""
_ROUNDING = 1e-9
SCANNED = 200
"""How many ranked units are considered for each place in the queue, caps in force."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Which of I units were drawn, and how.

    Attributes
    ----------
    by_risk, uniform
        (I,) drawn because of the risk, or by chance among the others; never both.
    probability
        (I,) of being in the queue: 1 by risk, the same for all others. It adds up to the
        length of the queue, and its inverse weights what reviewers find into a rate of
        errors over all units (Horvitz-Thompson).

    """

    by_risk: npt.NDArray[np.bool_]
    uniform: npt.NDArray[np.bool_]
    probability: FloatArray

    @property
    def sampled(self) -> npt.NDArray[np.bool_]:
        """(I,) in the queue."""
        return np.asarray(self.by_risk | self.uniform)


def draw(
    risk: FloatArray,
    blamed: Callable[[int], IntArray],
    batch: IntArray,
    people: int,
    rules: Queue,
    seed: Sequence[int],
) -> Drawn:
    """Draw a queue: the riskiest units, and a fixed share of the queue drawn uniformly.

    The share holds for every length, rounded up to whole units, so that a short queue is not
    filled by chance; where no unit is worth a look, the uniform part of a full queue is drawn
    by itself, and where nothing is ranked the whole queue is.

    Parameters
    ----------
    risk
        (I,) expected harm, NaN where nothing is known.
    blamed
        Returns the annotators of a unit who gave another label than the consensus, or all of
        its annotators where nobody did: a cap counts them.
    batch
        (I,) batch codes.
    people
        A, how many annotators there are.
    rules
        Length and caps. A cap is never below twice an even share, so that a small staff, or
        a delivery of one batch, can fill a queue.
    seed
        Of the uniform part.

    """
    units = len(risk)
    room = min(rules.max_items_count, units)
    chance = math.ceil(rules.uniform_fraction * room - _ROUNDING)
    taken = _riskiest(ranked(risk, rules), blamed, batch, people, rules, room - chance)
    by_risk, uniform = np.zeros(units, dtype=bool), np.zeros(units, dtype=bool)
    by_risk[taken] = True
    others = np.flatnonzero(~by_risk)
    if np.isnan(risk).all():
        chance = room
    elif taken:
        odds = rules.uniform_fraction / (1 - rules.uniform_fraction)
        chance = math.ceil(len(taken) * odds - _ROUNDING)
    else:
        chance = math.ceil(rules.uniform_fraction * rules.max_items_count - _ROUNDING)
    chance = min(chance, len(others), room - len(taken))
    drawn = np.random.default_rng(list(seed)).choice(len(others), chance, replace=False)
    uniform[others[drawn]] = True
    probability = np.where(by_risk, 1.0, chance / max(len(others), 1))
    return Drawn(by_risk, uniform, probability)


def ranked(risk: FloatArray, rules: Queue) -> IntArray:
    """Return the units worth a look, riskiest first: as many as a queue could need.

    Examples
    --------
    >>> from labelaudit.settings import Queue
    >>> ranked(np.array([0.2, np.nan, 0.001, 0.5]), Queue()).tolist()
    [3, 0]

    """
    worth = np.flatnonzero(np.nan_to_num(risk) >= MIN_RISK)
    order = worth[np.lexsort((worth, -risk[worth]))]
    return order[: SCANNED * max(rules.max_items_count, 1)]


def _riskiest(
    order: IntArray,
    blamed: Callable[[int], IntArray],
    batch: IntArray,
    people: int,
    rules: Queue,
    wanted: int,
) -> list[int]:
    of_person = cap(rules.max_annotator_fraction, wanted, people)
    of_batch = cap(rules.max_batch_fraction, wanted, len(counted(batch)[0]))
    person_load = np.zeros(max(people, 1), dtype=np.int64)
    batch_load = np.zeros(int(batch.max(initial=0)) + 1, dtype=np.int64)
    taken: list[int] = []
    for unit in order.tolist():
        if len(taken) >= wanted:
            break
        who = blamed(unit)
        if batch_load[batch[unit]] < of_batch and (person_load[who] < of_person).all():
            taken.append(unit)
            batch_load[batch[unit]] += 1
            person_load[who] += 1
    return taken


def cap(fraction: float, wanted: int, among: int) -> int:
    """Return how many places of `wanted` one of `among` may have.

    Examples
    --------
    >>> cap(0.25, 100, 20), cap(0.25, 100, 4), cap(0.25, 100, 1)
    (25, 50, 100)

    """
    share = min(max(fraction, 2 / max(among, 1)), 1.0)
    return max(int(np.ceil(share * wanted)), 1)
