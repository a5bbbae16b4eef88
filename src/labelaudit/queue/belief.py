"""What is believed of each unit's label, and how surely: MACE, else Dawid-Skene, else votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import counted
from labelaudit.truth import NO_LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.conduct import Conduct
    from labelaudit.truth import Consensus

VOTES = "entropy"
"""The method's name where no model of the annotators could be fitted."""
_FAR_MORE, _SLACK = 2.0, 0.01
USUAL_RATE = 0.8
"""How often an answer is taken to be right where no model of the annotators tells."""


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """Of I items and A annotators.

    Attributes
    ----------
    method
        What the probabilities come from; None where units cannot be ranked.
    undefined
        Why there is none.
    label
        (I,) the label believed, `NO_LABEL` where labels tie or nothing is known.
    first, second
        (I,) probability of the best and of the second best label, NaN where nothing is known.
    competence
        (A,) how often each annotator is believed to be right, 0..1; NaN where nothing tells.

    """

    method: str | None
    undefined: str | None
    label: IntArray
    first: FloatArray
    second: FloatArray
    competence: FloatArray

    @property
    def risk(self) -> FloatArray:
        """(I,) the probability that the label is wrong."""
        return np.asarray(1.0 - self.first)

    def usual_rate(self, annotator: IntArray) -> float:
        """Return how often an answer is right, over the answers of these annotators."""
        right = self.competence[annotator]
        return USUAL_RATE if np.isnan(right).all() else float(np.nanmean(right))


def belief(conduct: Conduct) -> Belief:
    """Return what is believed of every item of a question whose answers can be compared.

    MACE ranks wrong labels best where there is no model of the items and labels are about
    equally frequent, else Dawid-Skene, then the entropy of the votes. Where annotators fall
    into groups that share no unit, each group is fitted by itself.
    """
    items, people = len(conduct.records.items), len(conduct.people)
    if conduct.majority.undefined:
        return _empty(None, conduct.majority.undefined, items, people)
    if len(counted(conduct.work.label)[0]) < 2:
        return _empty(None, "one-category", items, people)
    found = _fits(conduct)
    return _from_models(found, items, people) if found else _from_votes(conduct, items, people)


def _fits(conduct: Conduct) -> Sequence[Consensus]:
    """Return the better fit, of each group of annotators where units do not link them."""
    fits = [_better(crew.mace, crew.dawid_skene) for crew in conduct.crews]
    return [fit for fit in fits if fit.posterior is not None]


def _better(mace: Consensus, dawid_skene: Consensus) -> Consensus:
    """Return MACE, but Dawid-Skene where MACE sees far more errors.

    MACE takes labels to be equally frequent. Where one label dominates and units have few
    labels it takes careful people for blind ones, and then most rare labels for true.
    """
    if mace.posterior is None or dawid_skene.posterior is None:
        return dawid_skene if mace.posterior is None else mace
    errors, fewer = ((1 - fit.confidence).sum() for fit in (mace, dawid_skene))
    slack = _SLACK * len(mace.units)
    return mace if errors <= _FAR_MORE * fewer + slack else dawid_skene


def _empty(method: str | None, undefined: str | None, items: int, people: int) -> Belief:
    return Belief(
        method,
        undefined,
        np.full(items, NO_LABEL, dtype=np.int64),
        np.full(items, np.nan),
        np.full(items, np.nan),
        np.full(people, np.nan),
    )


def _from_models(fits: Sequence[Consensus], items: int, people: int) -> Belief:
    methods = " and ".join(dict.fromkeys(fit.method for fit in fits))
    known = _empty(methods, None, items, people)
    for fit in fits:
        assert fit.posterior is not None, "only fits with a posterior are asked"
        known.label[fit.units] = fit.label
        two = np.partition(fit.posterior, -2, axis=1)[:, -2:]
        known.second[fit.units], known.first[fit.units] = two.T
        if fit.competence is not None:
            blind = (1 - fit.competence) / fit.n_labels if fit.method == "mace" else 0.0
            known.competence[fit.annotators] = fit.competence + blind
    return known


def _from_votes(conduct: Conduct, items: int, people: int) -> Belief:
    """Half the entropy of the votes, in parts of what it could be: 0 agreed, 1/2 all unlike."""
    known, found = _empty(VOTES, None, items, people), conduct.majority
    cells = conduct.work.ratings().unit_patterns()
    row = np.repeat(np.arange(len(cells)), cells.lengths)
    share = cells.counts / cells.sizes[row]
    entropy = np.bincount(row, -share * np.log(share), len(cells))
    risk = 0.5 * entropy / np.log(np.maximum(cells.sizes, 2))
    risk[cells.sizes < 2] = np.nan
    known.label[found.units] = found.label
    known.first[found.units], known.second[found.units] = 1 - risk, risk
    return known
