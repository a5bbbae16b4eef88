"""MACE: an annotator either knows the label or answers blindly from a habit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import add_up
from labelaudit.truth.climbing import Limits, climb
from labelaudit.truth.consensus import Consensus
from labelaudit.truth.finishing import finished
from labelaudit.truth.refusing import usable

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.truth.table import Table

_START = 0.7
_PSEUDO = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Blindness:
    """`knows` (A,) theta_j, and `habit` (A, V) xi_jl: what j answers when not looking."""

    knows: FloatArray
    habit: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Mace:
    """The model on a table of ratings.

    `said` (N,) is the code of annotator and label, `place` (N,) that of unit and label, and
    `given` (A, V) how often each annotator gave each label.
    """

    table: Table
    said: IntArray
    place: IntArray
    given: FloatArray

    def scores(self, parameters: Blindness) -> FloatArray:
        """(U, V) sum over the unit's labels of log((1 - theta) xi_l + theta 1[l = k])."""
        units, labels = len(self.table.units), self.table.n_labels
        blind = (1 - parameters.knows)[:, None] * parameters.habit
        log_blind = np.log(blind)
        gain = np.log(blind + parameters.knows[:, None]) - log_blind
        scores = add_up(self.place, gain.ravel()[self.said], units * labels)
        scores = scores.reshape(units, labels)
        scores += self.table.by_unit(log_blind.ravel()[self.said])[:, None]
        scores -= np.log(labels)
        return scores

    def log_prior(self, parameters: Blindness) -> float:
        """Return the log of the Beta and Dirichlet densities, up to a constant."""
        knows = np.log(parameters.knows) + np.log1p(-parameters.knows)
        return _PSEUDO * float(knows.sum() + np.log(parameters.habit).sum())

    def maximise(self, posterior: FloatArray, before: Blindness) -> Blindness:
        """Count how often each annotator knew, and what they said when they did not."""
        right = add_up(self.said, posterior.ravel()[self.place], self.given.size)
        knew = before.knows[:, None]
        known = right.reshape(self.given.shape) * knew / (knew + (1 - knew) * before.habit)
        knows = (known.sum(axis=1) + _PSEUDO) / (self.given.sum(axis=1) + 2 * _PSEUDO)
        habit = self.given - known + _PSEUDO
        return Blindness(knows, habit / habit.sum(axis=1, keepdims=True))


def mace(ratings: Ratings, *, limits: Limits | None = None) -> Consensus:
    """Which label has each unit, if people sometimes answer without looking?

    Annotator j knows with probability theta_j and else draws from a habit xi_j:
    P(k | labels of u) proportional to prod_j ((1 - theta_j) xi_j,l + theta_j 1[l = k]). EM
    from theta = 0.7 and even habits, half a pseudo-count on everything.

    Parameters
    ----------
    ratings
        N ratings of U units by A annotators with V labels.
    limits
        When to stop.

    Returns
    -------
    Consensus
        With posterior (under an even prior) and competence = theta_j, which stays meaningful
        where one label dominates and raw agreement does not. Undefined as in `dawid_skene`.

    References
    ----------
    Hovy, Berg-Kirkpatrick, Vaswani & Hovy (2013), Learning whom to trust with MACE, NAACL,
    section 3.

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> who, label = [0, 1, 2] * 4, [0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1]
    >>> found = mace(ratings([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], who, label, 2))
    >>> found.label.tolist(), found.competence.round(2).tolist()
    ([0, 1, 0, 1], [0.8, 0.8, 0.27])

    """
    data = usable(ratings, confusion=False)
    if isinstance(data, str):
        return Consensus("mace", ratings.n_labels, undefined=data)
    table, left_out = data
    people, labels = len(table.annotators), table.n_labels
    start = Blindness(np.full(people, _START), np.full((people, labels), 1 / labels))
    given = table.by_annotator_and_label(np.ones(len(table.unit)))
    model = Mace(table, table.given_by, table.unit * table.n_labels + table.label, given)
    fit = climb(model, start, len(table.unit), limits or Limits())
    return finished(
        "mace",
        table,
        fit,
        left_out=left_out,
        prior=np.full(labels, 1 / labels),
        competence=fit.parameters.knows,
    )
