"""Learning: were a person's first answers worse than what followed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from labelaudit.behaviour.decay import BURN_IN
from labelaudit.behaviour.others import others
from labelaudit.behaviour.sequences import NEEDS_ORDER, NO_ORDER, sequences
from labelaudit.behaviour.signal import Signal, shares, untestable

if TYPE_CHECKING:
    from labelaudit.behaviour.others import Others
    from labelaudit.behaviour.sequences import Sequences
    from labelaudit.behaviour.work import BoolArray, Work
    from labelaudit.coefficients.patterns import FloatArray

NAME = "learning-curve"


def learning_curve(
    work: Work,
    *,
    min_units: int = 30,
    burn_in: int = BURN_IN,
    floor: float = 0.08,
    seen: Others | None = None,
) -> Signal:
    """Did each person agree less with the others at first than later on?

    The score is mean residual after the first answers less that of the first answers (`others`);
    p the upper tail of Welch's t. A learning curve is no fault: it says which answers to look
    at again, and that decay was judged without them.

    Parameters
    ----------
    work
        N answers by A annotators, with moments.
    min_units
        Shared units after the first ones below which a person is not testable.
    burn_in
        How many answers count as the first ones.
    floor
        The effect up to which p is 1.
    seen
        `others(work)`, where it is at hand.

    Returns
    -------
    Signal
        score = effect, a difference of agreement. Not testable: `no-order`, `too-few-units`.

    References
    ----------
    Welch (1947), The generalization of Student's problem, Biometrika 34(1-2), 28-35.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> unit, who = np.divmod(np.arange(600), 6)
    >>> label = np.where((who == 5) & (unit < 15), 1 - unit % 2, unit % 2)
    >>> found = learning_curve(work(unit, who, label, n_labels=2, end=unit))
    >>> found.effect.round(2).tolist(), bool(found.p[5] < 0.001)
    ([-0.15, -0.15, -0.15, -0.15, -0.15, 0.75], True)

    """
    needs = f"{NEEDS_ORDER}, and {min_units} shared units after the first {burn_in}"
    in_order = sequences(work)
    if in_order is None:
        return untestable(NAME, work.n_annotators, NO_ORDER, needs)
    seen = others(work) if seen is None else seen
    met = seen.count[in_order.row] > 0
    residual, first = seen.residual[in_order.row], in_order.place < burn_in
    early, early_error, early_n = _mean(in_order, residual, first & met)
    late, late_error, late_n = _mean(in_order, residual, ~first & met)
    testable = in_order.ordered & (late_n >= min_units) & (early_n >= burn_in / 2)
    rise = np.where(testable, late - early, 0.0)
    error = np.maximum(early_error + late_error, np.finfo(float).tiny)
    df = error**2 / np.maximum(
        shares(early_error**2, early_n - 1) + shares(late_error**2, late_n - 1),
        np.finfo(float).tiny,
    )
    tail = np.asarray(stdtr(np.maximum(df, 1.0), -rise / np.sqrt(error)))
    p = np.where(testable & (rise > floor), tail, 1.0)
    count = (early_n + late_n).astype(np.int64)
    reason = "too-few-units" if in_order.ordered.any() else NO_ORDER
    return Signal(NAME, rise, rise, p, count, testable, reason, needs)


def _mean(
    order: Sequences, values: FloatArray, keep: BoolArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(A,) mean, its squared standard error, and count, over the answers to keep."""
    count = order.totals(keep.astype(np.float64))
    mean = shares(order.totals(values * keep), count)
    squares = order.totals((values - mean[order.person]) ** 2 * keep)
    return mean, shares(shares(squares, count - 1), count), count
