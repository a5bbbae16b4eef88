"""Pairs of people who give the same wrong answers more often than their habits explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.meetings import Meetings, encounters, meetings, places
from labelaudit.behaviour.profiles import softmax
from labelaudit.coefficients.patterns import add_up

if TYPE_CHECKING:
    from labelaudit.behaviour.profiles import Profiles
    from labelaudit.behaviour.work import BoolArray, Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

MIN_SHARED = 25
MORE_THAN = 20
LEAST_ANSWERS = 3
"""Answers to a unit that tells of a pair: without a third nobody speaks for or against them."""
CUT_OFF = 6.0
MIN_EXCESS = 0.05
_TO_SD = 1.4826
_LEAST_SPREAD = 0.1  # z-values spread about 1: far less is a null of too few distinct pairs


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people on the units they share: what was seen, and what was to be expected."""

    first: int
    second: int
    shared: int
    same: int
    same_expected: float
    same_wrong: int
    same_wrong_expected: float
    excess: float
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """All pairs with enough shared units (P of them), in parallel arrays.

    Attributes
    ----------
    people
        Who they are and how many units they share.
    same, same_expected
        (P,) equal answers, seen and expected from both profiles.
    same_wrong, same_wrong_expected
        (P,) equal answers that the others speak against, seen and expected.
    excess
        (P,) (same - same_expected) / shared.
    score
        (P,) g: the robust z of both surprises together, among all pairs.
    flagged
        (P,) score above the cut-off and excess above the floor.
    undefined, needs
        A reason code where no pair is testable: no pair then counts as looked at.

    """

    people: Meetings
    same: IntArray
    same_expected: FloatArray
    same_wrong: IntArray
    same_wrong_expected: FloatArray
    excess: FloatArray
    score: FloatArray
    flagged: BoolArray
    undefined: str | None
    needs: str

    def pair(self, place: int) -> Pair:
        """Return one pair as plain numbers."""
        return Pair(
            int(self.people.first[place]),
            int(self.people.second[place]),
            int(self.people.shared[place]),
            int(self.same[place]),
            float(self.same_expected[place]),
            int(self.same_wrong[place]),
            float(self.same_wrong_expected[place]),
            float(self.excess[place]),
            float(self.score[place]),
        )

    def found(self) -> tuple[Pair, ...]:
        """Return the flagged pairs, the highest score first."""
        order = np.argsort(-self.score, kind="stable")
        return tuple(self.pair(place) for place in order[self.flagged[order]].tolist())

    def looked_at(self, n_annotators: int) -> BoolArray:
        """(A,) whether anything can be said of a person: at least one pair was testable."""
        seen = np.zeros(n_annotators, dtype=bool)
        if self.undefined is None:
            seen[self.people.first] = seen[self.people.second] = True
        return seen


def same_answers(work: Work, profiles: Profiles) -> Pairs:
    """Which two people agree, above all on wrong answers, beyond what both tend to answer?

    With T the posterior without the two, q_i = sum_k T_ik sum_l pi_xkl pi_ykl is the expected
    agreement and w_i = sum over l != c_i of pi_x,c,l pi_y,c,l that on a wrong answer, where
    c_i = argmax T. z_c = (same - sum q)/sqrt(sum q(1 - q) + 1/2), z_w likewise with w;
    g = robz((robz(z_c) + robz(z_w))/sqrt 2) over all pairs with 25 shared units or more.
    Units that only the two answered tell nothing of them and do not count. Flagged where g > 6
    and (same - sum q)/shared > 0.05.

    Parameters
    ----------
    work
        N answers by A annotators.
    profiles
        Of a smoothed Dawid-Skene fit of the same answers.

    Returns
    -------
    Pairs
        Not testable: `too-little-overlap` where 20 pairs or fewer share 25 units. One cause is
        copying, one a person with two ids, one a shared misunderstanding: look at the units.

    References
    ----------
    The idea, agreement on wrong answers given ability: KhudaBukhsh, Carbonell & Jansen (2014),
    Detecting non-adversarial collusion in crowdsourcing, HCOMP, doi 10.1609/hcomp.v2i1.13157.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.profiles import Profiles
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(1600), 8)
    >>> wrong = np.random.default_rng(0).random(1600).reshape(200, 8) < 0.2
    >>> wrong[:, 7] = wrong[:, 6]  # the last two err together
    >>> table = work(unit, who, (unit + wrong.ravel()) % 3, n_labels=3)
    >>> rows = np.tile(np.full((3, 3), 0.1) + 0.7 * np.eye(3), (8, 1, 1))
    >>> found = same_answers(table, Profiles(np.full(3, 1 / 3), rows)).found()
    >>> [(pair.first, pair.second, pair.same_wrong) for pair in found]
    [(6, 7, 38)]

    """
    needs = (
        f"{MIN_SHARED} shared units that somebody else answered too,"
        f" for more than {MORE_THAN} pairs of people"
    )
    people = meetings(work, MIN_SHARED, least=LEAST_ANSWERS)
    same, wrong = _sums(work, profiles, people)
    excess = (same.seen - same.expected) / np.maximum(people.shared, 1)
    enough = len(people) > MORE_THAN
    both = (_robust(same.surprise) + _robust(wrong.surprise)) / np.sqrt(2)
    score = _robust(both) if enough else np.zeros(len(people))
    flagged = (score > CUT_OFF) & (excess > MIN_EXCESS)
    counts = same.seen.astype(np.int64), wrong.seen.astype(np.int64)
    reason = None if enough else "too-little-overlap"
    return Pairs(
        people, counts[0], same.expected, counts[1], wrong.expected, excess, score, flagged,
        reason, needs,
    )  # fmt: skip


def shared_errors(work: Work, profiles: Profiles, first: int, second: int) -> IntArray:
    """(E,) the units on which both gave one answer that the others speak against.

    This is the evidence for a flagged pair: units a reviewer can open.
    """
    rows = [np.flatnonzero(work.annotator == person) for person in (first, second)]
    units = work.unit[rows[0]], work.unit[rows[1]]
    shared, one, other = np.intersect1d(units[0], units[1], return_indices=True)
    heard = np.bincount(work.unit, minlength=1)[shared] >= LEAST_ANSWERS
    one, other = rows[0][one[heard]], rows[1][other[heard]]
    without = _without(work, profiles.scores(work), np.log(profiles.rows), one, other)
    label = work.label[one]
    wrong = (label == work.label[other]) & (label != without.argmax(axis=1))
    return np.asarray(work.unit[one][wrong])


@dataclass(frozen=True, slots=True, eq=False)
class _Sum:
    """(P,) how often something was seen, expected, and the variance of that."""

    seen: FloatArray
    expected: FloatArray
    variance: FloatArray

    @property
    def surprise(self) -> FloatArray:
        return (self.seen - self.expected) / np.sqrt(self.variance + 0.5)

    def plus(self, place: IntArray, seen: BoolArray, chance: FloatArray) -> _Sum:
        size = len(self.seen)
        return _Sum(
            self.seen + add_up(place, seen.astype(np.float64), size),
            self.expected + add_up(place, chance, size),
            self.variance + add_up(place, chance * (1 - chance), size),
        )


def _sums(work: Work, profiles: Profiles, people: Meetings) -> tuple[_Sum, _Sum]:
    scores, log_rows = profiles.scores(work), np.log(profiles.rows)
    rows = profiles.rows
    agree = np.einsum("pkl,pkl->pk", rows[people.first], rows[people.second])
    same = wrong = _Sum(*np.zeros((3, len(people))))
    for met in encounters(work, least=LEAST_ANSWERS):
        near = places(work, people, *met)
        one, other, place = (part[near >= 0] for part in (*met, near))
        without = _without(work, scores, log_rows, one, other)
        top, equal = without.argmax(axis=1), work.label[one] == work.label[other]
        x, y = work.annotator[one], work.annotator[other]
        missed = agree[place, top] - rows[x, top, top] * rows[y, top, top]
        same = same.plus(place, equal, (without * agree[place]).sum(axis=1))
        wrong = wrong.plus(place, equal & (work.label[one] != top), np.clip(missed, 0, 1))
    return same, wrong


def _without(
    work: Work, scores: FloatArray, log_rows: FloatArray, one: IntArray, other: IntArray
) -> FloatArray:
    """(R, V) the posterior of each shared unit as all but the two tell it."""
    rest = scores[work.unit[one]]
    for row in (one, other):
        rest = rest - log_rows[work.annotator[row], :, work.label[row]]
    return softmax(rest) if len(rest) else rest


def _robust(values: FloatArray) -> FloatArray:
    if len(values) == 0:
        return values
    away = values - np.median(values)
    return np.asarray(away / max(_TO_SD * float(np.median(np.abs(away))), _LEAST_SPREAD))
