"""One coin: every annotator is right with one probability, whatever the true label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.truth.climbing import Limits, climb
from labelaudit.truth.consensus import Consensus
from labelaudit.truth.finishing import finished
from labelaudit.truth.refusing import usable

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.truth.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Coins:
    """`log_prior` (V,) of the labels, `log_right` and `log_wrong` (A,) of each answer."""

    log_prior: FloatArray
    log_right: FloatArray
    log_wrong: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class OneCoin:
    """`right` and `wrong` are the pseudo-counts that smooth every annotator's coin."""

    table: Table
    right: float
    wrong: float

    def scores(self, parameters: Coins) -> FloatArray:
        """(U, V) log p_k + sum over labels of log s_j if l = k, else log (1 - s_j)/(V - 1)."""
        # A coin that never fails has log_wrong = -inf; one finite stand-in keeps sums exact.
        wrong = np.maximum(parameters.log_wrong, np.log(np.finfo(float).tiny))
        gain = np.maximum(parameters.log_right, np.log(np.finfo(float).tiny)) - wrong
        scores = self.table.by_unit_and_label(gain[self.table.annotator])
        scores += self.table.by_unit(wrong[self.table.annotator])[:, None]
        scores += parameters.log_prior
        return scores

    def log_prior(self, parameters: Coins) -> float:
        """Return the log of the Beta density of all coins, up to a constant."""
        if self.right == self.wrong == 0:
            return 0.0
        logs = self.right * parameters.log_right + self.wrong * parameters.log_wrong
        return float(logs.sum())

    def maximise(self, posterior: FloatArray, before: Coins | None = None) -> Coins:
        """Count how often each annotator's label was the true one."""
        given = self.table.by_annotator(np.ones(len(self.table.unit)))
        right = self.table.by_annotator(self.table.given(posterior))
        share = (right + self.right) / (given + self.right + self.wrong)
        share = np.clip(share, 0.0, 1.0)
        others = posterior.shape[1] - 1
        with np.errstate(divide="ignore"):
            prior = np.log(posterior.mean(axis=0))
            return Coins(prior, np.log(share), np.log((1 - share) / others))


def one_coin(
    ratings: Ratings, *, smoothing: float = 0.5, limits: Limits | None = None
) -> Consensus:
    """Which label has each unit, if every annotator has one rate of right answers?

    Dawid-Skene with pi_jkl = s_j where k = l, else (1 - s_j)/(V - 1): one number a person, so
    that few labels suffice. Wrong answers are taken to be even over the other labels.

    Parameters
    ----------
    ratings
        N ratings of U units by A annotators with V labels.
    smoothing
        Adds 1.25 x smoothing right and 0.25 x smoothing (V - 1) wrong answers to everybody.
    limits
        When to stop.

    Returns
    -------
    Consensus
        With posterior, prior and competence = s_j. Undefined as in `dawid_skene`.

    References
    ----------
    Dawid & Skene (1979), Applied Statistics 28(1), with the rows of a person tied together;
    the homogeneous model of Li & Yu (2014), Error rate bounds and iterative weighted majority
    voting for crowdsourcing, section 2.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> who, label = [0, 1, 2] * 4, [0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1]
    >>> found = one_coin(ratings([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], who, label, 2))
    >>> found.label.tolist(), found.competence.round(2).tolist()
    ([0, 1, 0, 1], [0.97, 0.97, 0.55])

    """
    data = usable(ratings, confusion=False)
    if isinstance(data, str):
        return Consensus("one-coin", ratings.n_labels, undefined=data)
    table, left_out = data
    model = OneCoin(table, 1.25 * smoothing, 0.25 * smoothing * (table.n_labels - 1))
    shares = table.votes() / table.sizes[:, None]
    fit = climb(model, model.maximise(shares), len(table.unit), limits or Limits())
    return finished(
        "one-coin",
        table,
        fit,
        left_out=left_out,
        prior=np.exp(fit.parameters.log_prior),
        competence=np.exp(fit.parameters.log_right),
    )
