"""Does one rate stand out from the others of its kind, beyond their usual spread?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.random_effects import ordinary
from labelaudit.drift.tails import above, t_quantile

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from labelaudit.coefficients import IntArray

MIN_OTHERS = 5


def standing_out(
    events: IntArray,
    trials: IntArray,
    *,
    high: bool,
    min_trials: int,
    of: str,
) -> list[Deviation]:
    """Which rates lie above (or under) all the others, beyond their spread?

    For each rate, the ordinary state of the *others* is fitted (random effects on the
    arcsine scale), so that nobody widens the limits they are held against. Effect: the rate
    less that ordinary rate; u = (y - m0) / sqrt(v + tau^2 + var m0), tested with t on as
    many degrees of freedom as there are others less one; one-sided. The interval is that of
    where such a rate should lie, turned around the effect.

    Parameters
    ----------
    events, trials
        (T,) counts.
    high
        Whether a high rate is suspicious, or a low one.
    min_trials
        Rates on fewer are neither tested nor used.
    of
        What the rates are of, in the plural, for the words of `needs`.

    Returns
    -------
    list of Deviation
        One per rate. Not testable: `too-few-batches` (under 5 others), `too-few-units`.

    Examples
    --------
    >>> import numpy as np
    >>> events, trials = np.array([20, 22, 18, 21, 19, 1]), np.full(6, 100)
    >>> low = standing_out(events, trials, high=False, min_trials=20, of="batches")[-1]
    >>> round(low.effect, 2), low.p < 0.01
    (-0.19, True)

    """
    usable = trials >= min_trials
    return [
        _one(events, trials, usable, position, high=high, needs=f"{MIN_OTHERS} other {of}")
        if usable[position]
        else not_testable("too-few-units", f"{min_trials} answers; there are {trials[position]}")
        for position in range(len(trials))
    ]


def _one(
    events: IntArray,
    trials: IntArray,
    usable: npt.NDArray[np.bool_],
    position: int,
    *,
    high: bool,
    needs: str,
) -> Deviation:
    others = usable.copy()
    others[position] = False
    many = int(others.sum())
    if many < MIN_OTHERS:
        return not_testable("too-few-batches", needs)
    state = ordinary(events[others], trials[others])
    own = slice(position, position + 1)
    u = float(state.surprise(events[own], trials[own])[0])
    rate = float(events[position] / trials[position])
    variance = 1 / (4 * float(trials[position]) + 2) + state.between + state.centre_variance
    reach = t_quantile(many - 1) * math.sqrt(variance)
    ends = [_rate(state.centre + reach), _rate(state.centre - reach)]
    p = above(u if high else -u, many - 1)
    return Deviation(rate - _rate(state.centre), rate - ends[0], rate - ends[1], u, many - 1.0, p)


def _rate(y: float) -> float:
    """Take the arcsine scale back to a share."""
    return math.sin(min(max(y, 0.0), math.pi / 2)) ** 2
