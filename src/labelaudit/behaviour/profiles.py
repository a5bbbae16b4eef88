"""Confusion profiles: what each annotator tends to answer for each true label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import across, add_up

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """`prior` (V,) of the true labels; `rows` (A, V, V) [annotator, true, given] shares > 0."""

    prior: FloatArray
    rows: FloatArray

    def scores(self, work: Work) -> FloatArray:
        """(U, V) log of prior x likelihood of each unit's answers, for each true label."""
        said = work.annotator * work.n_labels + work.label
        scores = np.empty((work.n_units, work.n_labels))
        for label in range(work.n_labels):
            log_rows = np.log(self.rows[:, label]).ravel()
            scores[:, label] = add_up(work.unit, log_rows[said], work.n_units)
        return scores + np.log(self.prior)


_LEAST = 1e-12  # keeps logs finite where a fit without smoothing saw nothing


def profiles(
    annotators: IntArray, prior: FloatArray, confusion: FloatArray, n_annotators: int
) -> Profiles:
    """Put the confusion rows of a Dawid-Skene fit at the annotators' codes.

    Parameters
    ----------
    annotators, prior, confusion
        (F,), (V,), (F, V, V): `annotators`, `prior` and `confusion` of the consensus.
    n_annotators
        A. Annotators outside the fit get even rows: nothing is known of them.

    Examples
    --------
    >>> import numpy as np
    >>> rows = np.array([[[0.9, 0.1], [0.2, 0.8]]])
    >>> profiles(np.array([1]), np.array([0.5, 0.5]), rows, 2).rows.round(2).tolist()
    [[[0.5, 0.5], [0.5, 0.5]], [[0.9, 0.1], [0.2, 0.8]]]

    """
    n_labels = len(prior)
    rows = np.full((n_annotators, n_labels, n_labels), 1 / n_labels)
    rows[annotators] = np.maximum(confusion, _LEAST)
    return Profiles(np.maximum(prior, _LEAST), rows)


def softmax(scores: FloatArray) -> FloatArray:
    """(R, V) rows of exp(scores) that sum to 1.

    Examples
    --------
    >>> softmax(np.log([[1.0, 3.0]])).round(2).tolist()
    [[0.25, 0.75]]

    """
    weights = np.exp(scores - across(np.maximum, scores)[:, None])
    return np.asarray(weights / across(np.add, weights)[:, None])
