"""Dawid-Skene: every annotator has a row of habits for each true label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.truth.climbing import Limits, climb
from labelaudit.truth.consensus import Consensus
from labelaudit.truth.finishing import finished
from labelaudit.truth.refusing import usable

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from labelaudit.coefficients.patterns import FloatArray
    from labelaudit.coefficients.ratings import Ratings

_OFF = 0.25  # an unseen wrong answer weighs a quarter of what an unseen right one adds


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """`log_prior` (V,) of the labels, `log_rows` (A, given, true) of the annotators."""

    log_prior: FloatArray
    log_rows: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class DawidSkene:
    """`cells` (U, A*V) counts who gave what to which unit; `pseudo` (V, V) smooths the rows."""

    cells: csr_array
    pseudo: FloatArray

    def scores(self, parameters: Habits) -> FloatArray:
        """(U, V) log p_k + sum over the unit's labels of log pi_jkl."""
        rows = parameters.log_rows.reshape(self.cells.shape[1], -1)
        scores = np.asarray(self.cells @ rows)
        scores += parameters.log_prior
        return scores

    def log_prior(self, parameters: Habits) -> float:
        """Return the log of the Dirichlet density of all rows, up to a constant."""
        if not self.pseudo.any():
            return 0.0
        return float((parameters.log_rows.sum(axis=0) * self.pseudo).sum())

    def maximise(self, posterior: FloatArray, before: Habits | None = None) -> Habits:
        """Count what was given where, smooth, and make shares of it."""
        n_labels = posterior.shape[1]
        counts = np.asarray(self.cells.T @ posterior).reshape(-1, n_labels, n_labels)
        counts += self.pseudo
        total = counts.sum(axis=1, keepdims=True)
        shares = np.where(total > 0, counts / np.where(total > 0, total, 1), 1 / n_labels)
        with np.errstate(divide="ignore"):
            return Habits(np.log(posterior.mean(axis=0)), np.log(shares))


def dawid_skene(
    ratings: Ratings, *, smoothing: float = 0.5, limits: Limits | None = None
) -> Consensus:
    """Which label has each unit, if every annotator confuses labels in a way of their own?

    P(k | labels of u) proportional to p_k prod_j pi_j,k,l_uj, by EM from the vote shares, with
    pi_jkl proportional to sum_u P(k | u) 1[l_uj = l] + smoothing (1[k = l] + 1/4).

    Parameters
    ----------
    ratings
        N ratings of U units by A annotators with V labels.
    smoothing
        Pseudo-counts that keep rare cells off 0; 0 is the paper's maximum likelihood.
    limits
        When to stop.

    Returns
    -------
    Consensus
        With posterior, prior, confusion rows, and competence = sum_k p_k pi_jkk. Undefined:
        `no-labels`, `no-overlap`, `one-category`, `single-annotator`,
        `disconnected-annotators`, `too-many-labels`.

    References
    ----------
    Dawid & Skene (1979), Maximum likelihood estimation of observer error-rates using the EM
    algorithm, Applied Statistics 28(1), equations 2.3 to 2.5.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> who, label = [0, 1, 2] * 4, [0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1]
    >>> found = dawid_skene(ratings([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], who, label, 2))
    >>> found.label.tolist(), found.competence.round(2).tolist()
    ([0, 1, 0, 1], [0.95, 0.95, 0.59])

    """
    data = usable(ratings, confusion=True)
    if isinstance(data, str):
        return Consensus("dawid-skene", ratings.n_labels, undefined=data)
    table, left_out = data
    pseudo = smoothing * (np.eye(table.n_labels) + _OFF)
    model = DawidSkene(table.cells(), pseudo)
    shares = table.votes() / table.sizes[:, None]
    fit = climb(model, model.maximise(shares), len(table.unit), limits or Limits())
    prior = np.exp(fit.parameters.log_prior)
    confusion = np.ascontiguousarray(np.exp(fit.parameters.log_rows).transpose(0, 2, 1))
    return finished(
        "dawid-skene",
        table,
        fit,
        left_out=left_out,
        prior=prior,
        competence=np.einsum("k,jkk->j", prior, confusion),
        confusion=confusion,
    )
