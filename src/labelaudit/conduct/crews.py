"""Crews: people who are linked by shared units, each with a consensus of its own.

Two vendors, or two batches, without a common person or unit have no consensus in common; what
their people know and tend to answer can still be learned in each.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from labelaudit import behaviour
from labelaudit.behaviour.signal import MIN_PEOPLE
from labelaudit.conduct.groups import only
from labelaudit.truth import consensus, per_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.behaviour import Profiles, Work
    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.truth import Consensus

APART = "disconnected-annotators"


def models(ratings: Ratings) -> tuple[Consensus, Consensus]:
    """Fit Dawid-Skene and MACE at once: numpy lets go of the lock, and an audit needs either."""
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(consensus, "mace", ratings)
        return consensus("dawid-skene", ratings), beside.result()


def fits(work: Work, whole: Consensus) -> tuple[Consensus, ...]:
    """Return the fit of the whole, or of each crew of five people or more; those that are defined.

    Parameters
    ----------
    work
        N answers.
    whole
        The consensus of all of them, which is refused where people are not linked.

    """
    apart = whole.undefined == APART
    found = (
        per_group(whole.method, work.ratings(), min_annotators=MIN_PEOPLE) if apart else (whole,)
    )
    return tuple(fit for fit in found if fit.undefined is None)


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


def competences(known: Sequence[Consensus]) -> tuple[IntArray, FloatArray] | None:
    """Return the people whom the fits know, and their competence; None where there are none."""
    values = [fit.competence for fit in known if fit.competence is not None]
    if not values or len(values) < len(known):
        return None
    return np.concatenate([fit.annotators for fit in known]), np.concatenate(values)
