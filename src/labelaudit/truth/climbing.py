"""Expectation-maximisation: the loop that every model of the annotators shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import numpy as np

from labelaudit.coefficients.patterns import across
from labelaudit.errors import LabelAuditError

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray

P = TypeVar("P")
_NOISE = 1e-9  # of the objective: floats may wobble, EM may not fall


class Model(Protocol[P]):
    """A model of how labels come about, with parameters P."""

    def scores(self, parameters: P) -> FloatArray:
        """(U, V) log of (prior x likelihood of the unit's labels), for each true label."""

    def log_prior(self, parameters: P) -> float:
        """Return the log density of the parameters that the smoothing stands for."""

    def maximise(self, posterior: FloatArray, before: P) -> P:
        """Return parameters that fit the posterior (U, V) best, where `before` gave it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: a rise of at most `tolerance` per rating, or `max_iterations` rounds."""

    tolerance: float = 1e-9
    max_iterations: int = 500


@dataclass(frozen=True, slots=True, eq=False)
class Fit(Generic[P]):
    """Where the climb ended: the posterior follows from the parameters."""

    parameters: P
    posterior: FloatArray
    trace: tuple[float, ...]
    converged: bool


def climb(model: Model[P], start: P, ratings: int, limits: Limits) -> Fit[P]:
    """Climb the observed (penalised) log-likelihood until it rises no more.

    The objective is sum over units of log sum over labels exp(score), plus the log prior of
    the parameters: the one sum that a round of EM cannot lower.
    """
    parameters, trace, enough = start, list[float](), False
    while True:
        posterior, log_likelihood = normalised(model.scores(parameters))
        trace.append(log_likelihood + model.log_prior(parameters))
        enough = len(trace) > 1 and _rise(trace) <= limits.tolerance * ratings
        if enough or len(trace) >= limits.max_iterations:
            return Fit(parameters, posterior, tuple(trace), enough)
        parameters = model.maximise(posterior, parameters)


def normalised(scores: FloatArray) -> tuple[FloatArray, float]:
    """Return exp(scores) with rows that sum to 1, and the sum of the rows' log-sum-exp.

    The scores (U, V) are overwritten, to spare the memory of a second array.

    Examples
    --------
    >>> posterior, total = normalised(np.log([[1.0, 3.0]]))
    >>> posterior.round(2).tolist(), round(float(np.exp(total)), 2)
    ([[0.25, 0.75]], 4.0)

    """
    top = across(np.maximum, scores)
    scores -= top[:, None]
    np.exp(scores, out=scores)
    total = across(np.add, scores)
    scores /= total[:, None]
    return scores, float(top.sum() + np.log(total).sum())


def _rise(trace: list[float]) -> float:
    rise = trace[-1] - trace[-2]
    if rise < -_NOISE * abs(trace[-1]):
        raise LabelAuditError("consensus", f"the log-likelihood fell by {-rise:g}: a fault of ours")
    return rise
