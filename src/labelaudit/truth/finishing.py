"""From a fitted model to a consensus: the best label, or the tie, of every unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from labelaudit.truth.consensus import NO_LABEL, Consensus

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.truth.climbing import Fit
    from labelaudit.truth.table import Table

P = TypeVar("P")
_SAME = 1e-9  # posteriors this close are one: symmetric labels must tie on every machine


def finished(
    method: str,
    table: Table,
    fit: Fit[P],
    *,
    left_out: IntArray,
    prior: FloatArray,
    competence: FloatArray,
    confusion: FloatArray | None = None,
) -> Consensus:
    """Read labels, ties and confidence off the posterior of a fit."""
    confidence = fit.posterior.max(axis=1)
    top = fit.posterior >= confidence[:, None] - _SAME
    tied = top.sum(axis=1) > 1
    tie_row, tie_label = np.nonzero(top & tied[:, None])
    return Consensus(
        method,
        table.n_labels,
        units=table.units,
        label=np.where(tied, NO_LABEL, fit.posterior.argmax(axis=1)),
        confidence=confidence,
        sizes=table.sizes,
        tie_unit=table.units[tie_row],
        tie_label=tie_label,
        left_out=left_out,
        posterior=fit.posterior,
        prior=prior,
        annotators=table.annotators,
        competence=competence,
        confusion=confusion,
        iterations=len(fit.trace),
        converged=fit.converged,
        log_likelihood=fit.trace[-1],
        trace=fit.trace,
    )
