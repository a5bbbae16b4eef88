"""Run the signals on a delivery, and hold what they say against what is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bench.worlds.people import KINDS, BoolArray, IntArray, People
from labelaudit.behaviour import Profiles, Suite, Work, profiles, same_answers, suite
from labelaudit.truth import dawid_skene, per_group

if TYPE_CHECKING:
    from bench.worlds.world import Delivery


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One delivery judged.

    Attributes
    ----------
    kind, flagged
        (A,) what people are, and whether the suite flags them.
    in_pair
        (A,) whether they stand in a flagged pair.
    pairs_planted, pairs_found, pairs_false
        Counts of pairs.
    pairs_testable
        Whether there was enough overlap to look for pairs.

    """

    kind: IntArray
    flagged: BoolArray
    in_pair: BoolArray
    pairs_planted: int
    pairs_found: int
    pairs_false: int
    pairs_testable: bool

    def rate(self, name: str) -> tuple[int, int]:
        """Return how many of a kind are flagged by the suite, and how many there are."""
        own = self.kind == KINDS.index(name)
        return int((self.flagged & own).sum()), int(own.sum())

    @property
    def honest_flagged(self) -> int:
        """How many honest people the suite or a pair names."""
        return int(((self.flagged | self.in_pair) & (self.kind == 0)).sum())

    @property
    def named(self) -> int:
        """How many people the suite or a pair names."""
        return int((self.flagged | self.in_pair).sum())


def screened(work: Work) -> Suite:
    """Run the suite as a caller would: MACE first, its competences beside the work."""
    fits = [fit for fit in per_group("mace", work.ratings()) if fit.competence is not None]
    competences = [fit.competence for fit in fits if fit.competence is not None]
    annotators = [fit.annotators for fit in fits]
    return suite(work, (np.concatenate(annotators), np.concatenate(competences)))


def fitted_profiles(work: Work) -> Profiles:
    """Return the confusion profiles of a Dawid-Skene fit, as a caller would."""
    fit = dawid_skene(work.ratings())
    if fit.prior is None or fit.confusion is None:
        raise ValueError(fit.undefined)
    return profiles(fit.annotators, fit.prior, fit.confusion, work.n_annotators)


def judged(delivery: Delivery) -> Judged:
    """Judge one delivery of a world."""
    people, found = delivery.people, screened(delivery.work)
    pairs = same_answers(delivery.work, fitted_profiles(delivery.work))
    named = pairs.found() if pairs.undefined is None else ()
    in_pair = np.zeros(len(people.kind), dtype=bool)
    in_pair[[code for pair in named for code in (pair.first, pair.second)]] = True
    true = sum(_planted(people, pair.first, pair.second) for pair in named)
    return Judged(
        people.kind,
        found.flagged,
        in_pair,
        int((people.leader >= 0).sum()),
        true,
        len(named) - true,
        pairs.undefined is None,
    )


def _planted(people: People, first: int, second: int) -> bool:
    return bool(people.leader[first] == second or people.leader[second] == first)
