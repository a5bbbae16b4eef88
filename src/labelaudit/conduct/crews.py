"""Crews: people who are linked by shared units, each with a consensus of its own.

Two vendors, or two batches, without a common person or unit have no consensus in common; what
their people know and tend to answer can still be learned in each.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit import behaviour
from labelaudit.behaviour.signal import MIN_PEOPLE
from labelaudit.conduct.groups import only
from labelaudit.truth import consensus, groups_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.behaviour import Profiles, Signal, Work
    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.truth import Consensus

APART = "disconnected-annotators"
Method = Literal["mace", "dawid-skene"]


@dataclass(frozen=True, slots=True, eq=False)
class Crew:
    """Both fits of what linked people answered; `few` where an apart crew has under five."""

    mace: Consensus
    dawid_skene: Consensus
    few: bool = False


def models(ratings: Ratings) -> tuple[Consensus, Consensus]:
    """Fit Dawid-Skene and MACE at once: numpy lets go of the lock, and an audit needs either."""
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(consensus, "mace", ratings)
        return consensus("dawid-skene", ratings), beside.result()


def crews_of(ratings: Ratings, whole: Crew) -> tuple[Crew, ...]:
    """Return the whole, or each crew of three people or more where people are not linked."""
    if APART not in (whole.mace.undefined, whole.dawid_skene.undefined):
        return (whole,)
    return tuple(
        Crew(mace, dawid_skene, few=len(part.annotators()) < MIN_PEOPLE)
        for part in groups_of(ratings)
        for dawid_skene, mace in [models(part)]
    )


def of_method(known: Sequence[Crew], method: Method) -> tuple[Consensus, ...]:
    """Return the fit of the whole, or of each crew of five people or more; those defined."""
    told = [crew for crew in known if not crew.few]
    fits = [crew.mace if method == "mace" else crew.dawid_skene for crew in told]
    return tuple(fit for fit in fits if fit.undefined is None)


def profiles(work: Work, known: Sequence[Consensus]) -> Profiles | None:
    """Return what people tend to answer, by fits of crews; None where there are none.

    Priors are averaged by units. People outside the fits get even rows: leave them out.
    """
    priors = [fit.prior for fit in known if fit.prior is not None]
    rows = [fit.confusion for fit in known if fit.confusion is not None]
    if not known or len(priors) < len(known) or len(rows) < len(known):
        return None
    prior = np.average(np.stack(priors), axis=0, weights=[len(fit.units) for fit in known])
    people = np.concatenate([fit.annotators for fit in known])
    return behaviour.profiles(people, prior, np.concatenate(rows), work.n_annotators)


def known_only(work: Work, known: Sequence[Consensus]) -> Work:
    """Return the work of the people whom the fits know; all people stay in the table."""
    inside = np.zeros(work.n_annotators, dtype=bool)
    for fit in known:
        inside[fit.annotators] = True
    return only(work, inside[work.annotator])


def in_company(signal: Signal, work: Work) -> Signal:
    """Return the signal, not testable for people whom shared units link to too few others.

    Of two who disagree at first, neither can be said to have learned.
    """
    linked = np.zeros(work.n_annotators, dtype=bool)
    everybody = max(work.n_annotators, 1)
    for part in groups_of(work.ratings(), min_annotators=MIN_PEOPLE, max_groups=everybody):
        linked[part.annotators()] = True
    testable = signal.testable & linked
    if (testable == signal.testable).all():
        return signal
    needs = f"{signal.needs}, and {MIN_PEOPLE} people who share units"
    p = np.where(testable, signal.p, 1.0)
    return replace(signal, p=p, testable=testable, reason="too-few-annotators", needs=needs)


def competences(known: Sequence[Consensus]) -> tuple[IntArray, FloatArray] | None:
    """Return the people whom the fits know, and their competence; None where there are none."""
    values = [fit.competence for fit in known if fit.competence is not None]
    if not values or len(values) < len(known):
        return None
    return np.concatenate([fit.annotators for fit in known]), np.concatenate(values)
