"""Do reviewers look at what they accept?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.intervals.bounds import binomial_bound
from labelaudit.signals.standing_out import standing_out

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray

MIN_REVIEWS = 20
MIN_WRONG = 10
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What one reviewer did.

    Attributes
    ----------
    reviewer
        The code.
    reviews, accepted
        How many there are, and how many let the label pass unchanged.
    accepts_more
        The deviation with the other reviewers: `effect` is the share accepted less their
        ordinary one; p one-sided, small for one who accepts more.
    wrong_seen, caught
        Reviews of labels known to be wrong, and those that did not let them pass.
    catch_low, catch_high
        Exact 95% interval of the catch rate; None where no wrong label was seen.
    catches_less
        The deviation of the catch rate with that of the others; p one-sided.
    median_s
        Median time of a review in seconds; None where no time is known.

    """

    reviewer: int
    reviews: int
    accepted: int
    accepts_more: Deviation
    wrong_seen: int
    caught: int
    catch_low: float | None
    catch_high: float | None
    catches_less: Deviation
    median_s: float | None


def reviewers(
    reviewer: IntArray,
    passed: npt.NDArray[np.bool_],
    wrong: npt.NDArray[np.bool_] | None = None,
    seconds: FloatArray | None = None,
) -> list[Reviewer]:
    """Who lets everything pass: against the other reviewers, and against known errors?

    A reviewer who accepts nearly everything may have good annotators; one who passes labels
    that are known to be wrong does not look. So both are given, with the time taken.

    Parameters
    ----------
    reviewer
        (N,) code of who reviewed.
    passed
        (N,) whether the label passed: accepted, and not edited.
    wrong
        (N,) whether the reviewed label is known to be wrong (seeded, or against gold).
    seconds
        (N,) time of the review; NaN where not known.

    Returns
    -------
    list of Reviewer
        By code. Not testable: `no-seeded-errors`; `too-few-batches` (under 5 other
        reviewers); `too-few-units` (under 20 reviews, or 10 of wrong labels).

    References
    ----------
    Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in
    Medicine 24, 1185-1202; Clopper & Pearson (1934), Biometrika 26, 404-413.

    Examples
    --------
    >>> who = np.repeat(np.arange(6), 50)
    >>> passed = np.tile(np.arange(50) % 5 > 0, 6) | (who == 5)
    >>> found = reviewers(who, passed, wrong=np.tile(np.arange(50) % 5 == 0, 6))
    >>> found[5].accepts_more.p < 0.01, found[5].caught, round(found[5].catch_high, 2)
    (True, 0, 0.31)

    """
    codes, slot = np.unique(reviewer, return_inverse=True)
    many = np.bincount(slot)
    accepted = np.bincount(slot, passed, len(codes)).astype(np.int64)
    more = standing_out(accepted, many, high=True, min_trials=MIN_REVIEWS, of="reviewers")
    known = np.zeros(len(slot), bool) if wrong is None else wrong
    seen = np.bincount(slot, known, len(codes)).astype(np.int64)
    caught = np.bincount(slot, known & ~passed, len(codes)).astype(np.int64)
    less = _catches(caught, seen)
    times = _median_times(slot, seconds, len(codes))
    return [
        Reviewer(
            int(codes[i]),
            int(many[i]),
            int(accepted[i]),
            more[i],
            int(seen[i]),
            int(caught[i]),
            *_catch_interval(int(caught[i]), int(seen[i])),
            less[i],
            times[i],
        )
        for i in range(len(codes))
    ]


def _catches(caught: IntArray, seen: IntArray) -> list[Deviation]:
    if not seen.any():
        none = not_testable("no-seeded-errors", f"{MIN_WRONG} reviews of labels known to be wrong")
        return [none] * len(seen)
    return standing_out(caught, seen, high=False, min_trials=MIN_WRONG, of="reviewers")


def _catch_interval(caught: int, seen: int) -> tuple[float | None, float | None]:
    if seen == 0:
        return None, None
    rate = caught / seen
    return binomial_bound(rate, seen, "lower", _TAIL), binomial_bound(rate, seen, "upper", _TAIL)


def _median_times(slot: IntArray, seconds: FloatArray | None, many: int) -> list[float | None]:
    if seconds is None:
        return [None] * many
    known = np.isfinite(seconds) & (seconds >= 0)
    order = np.lexsort((seconds[known], slot[known]))
    parts = np.split(seconds[known][order], np.cumsum(np.bincount(slot[known], minlength=many)))
    return [float(np.median(part)) if len(part) else None for part in parts[:many]]
