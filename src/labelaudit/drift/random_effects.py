"""How far do batches (or people) differ when nothing is wrong? Random effects on a rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Ordinary:
    """Rates in the ordinary state, on the arcsine scale.

    Attributes
    ----------
    centre
        Their mean m0.
    between
        tau^2, the variance between them beyond that of counting.
    centre_variance
        The variance of the mean.
    rates
        How many rates it rests on.

    """

    centre: float
    between: float
    centre_variance: float
    rates: int

    def surprise(self, errors: IntArray, checked: IntArray) -> FloatArray:
        """(T,) u = (y - m0) / sqrt(v + tau^2 + var m0) of further rates; 0 for none checked."""
        y, v = stabilised(errors, checked)
        u = (y - self.centre) / np.sqrt(v + self.between + self.centre_variance)
        return np.where(checked > 0, u, 0.0)


def stabilised(errors: IntArray, checked: IntArray) -> tuple[FloatArray, FloatArray]:
    """(T,), (T,) y = arcsin sqrt((x + 3/8) / (n + 3/4)) and its variance 1 / (4n + 2).

    Anscombe (1948), The transformation of Poisson, binomial and negative-binomial data,
    Biometrika 35, 246-254.
    """
    y = np.arcsin(np.sqrt((errors + 3 / 8) / (checked + 3 / 4)))
    return y, 1 / (4 * checked.astype(np.float64) + 2)


def ordinary(errors: IntArray, checked: IntArray) -> Ordinary:
    """Fit the ordinary state to (T0,) errors among (T0,) checked labels.

    w = 1/v, Q = sum w (y - m)^2, tau^2 = max(0, (Q - (T0 - 1)) / (sum w - sum w^2 / sum w));
    then m0 is the mean with weights 1 / (v + tau^2). Rates on no checked label are left out;
    at least two must remain.

    References
    ----------
    DerSimonian & Laird (1986), Meta-analysis in clinical trials, Controlled Clinical Trials
    7, 177-188.

    Examples
    --------
    >>> state = ordinary(np.array([8, 12, 5, 20]), np.array([100, 100, 100, 100]))
    >>> round(float(np.sin(state.centre)) ** 2, 3), round(state.between, 4)
    (0.11, 0.0075)

    """
    y, v = stabilised(errors[checked > 0], checked[checked > 0])
    assert len(y) >= 2
    w = 1 / v
    m = float(w @ y / w.sum())
    spread = float(w @ (y - m) ** 2)
    between = max(0.0, (spread - (len(y) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
    weight = 1 / (v + between)
    return Ordinary(float(weight @ y / weight.sum()), between, float(1 / weight.sum()), len(y))
