"""The one result of every consensus method: labels, how sure, and what was learned of people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray

BoolArray = npt.NDArray[np.bool_]
NO_LABEL = -1
"""Stands in `Consensus.label` where several labels tie: labelaudit never picks one."""


def _none() -> IntArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """What the annotators together say of each unit (U units, A annotators, V labels).

    Attributes
    ----------
    method
        A name of `METHODS`.
    undefined
        A reason code where the method refused; every array is then empty or None.
    units
        (U,) codes of the units that got a consensus, ascending.
    label
        (U,) the consensus label, `NO_LABEL` where the best labels tie.
    confidence
        (U,) 0..1: the posterior of the best label, or its share of the votes (majority).
    sizes
        (U,) how many labels the unit received. With 1, confidence rests on the person alone.
    tie_unit, tie_label
        (Z,) the tied labels of each unit without a consensus label, in parallel.
    left_out
        Codes of units without a consensus: their annotators share no unit with anybody.
    posterior
        (U, V) probability of each label, rows sum to 1; None where the method has none.
    prior
        (V,) estimated share of each label among units, or None.
    annotators
        (A,) codes of the annotators that the method learned about, ascending.
    competence
        (A,) 0..1: the probability of a right answer (MACE: of not answering blindly).
    confusion
        (A, V, V) [annotator, true label, given label]; rows sum to 1. None where not modelled.
    iterations, converged
        How many rounds, and whether the objective had stopped rising.
    log_likelihood
        The observed log-likelihood, plus the log prior of the parameters where smoothed.
    trace
        `log_likelihood` after every round: it never falls.

    """

    method: str
    n_labels: int
    undefined: str | None = None
    units: IntArray = field(default_factory=_none)
    label: IntArray = field(default_factory=_none)
    confidence: FloatArray = field(default_factory=lambda: np.zeros(0))
    sizes: IntArray = field(default_factory=_none)
    tie_unit: IntArray = field(default_factory=_none)
    tie_label: IntArray = field(default_factory=_none)
    left_out: IntArray = field(default_factory=_none)
    posterior: FloatArray | None = None
    prior: FloatArray | None = None
    annotators: IntArray = field(default_factory=_none)
    competence: FloatArray | None = None
    confusion: FloatArray | None = None
    iterations: int = 0
    converged: bool = True
    log_likelihood: float | None = None
    trace: tuple[float, ...] = ()

    @property
    def tied(self) -> BoolArray:
        """(U,) whether the best labels of the unit tie."""
        return np.asarray(self.label == NO_LABEL)

    def candidates(self, unit: int) -> tuple[int, ...]:
        """Return the label of a unit, or its tied labels; empty where there is no consensus."""
        place = int(np.searchsorted(self.units, unit))
        if place == len(self.units) or self.units[place] != unit:
            return ()
        if self.label[place] != NO_LABEL:
            return (int(self.label[place]),)
        return tuple(self.tie_label[self.tie_unit == unit].tolist())
