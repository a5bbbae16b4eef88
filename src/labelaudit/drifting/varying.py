"""How much the batches of a course vary where nothing is wrong, for the test of one of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift import Measured
from labelaudit.drift.agreement import log_error
from labelaudit.drift.tails import t_quantile
from labelaudit.drift.variation import LEAST_BATCHES
from labelaudit.drifting.comparing import alpha_of, gold_rate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from labelaudit.coefficients import IntArray
    from labelaudit.drift import AgreementDrift, Deviation, LabelMixDrift, Usual
    from labelaudit.drifting.course import Compared, Course

    Tell = Callable[[Sequence[Measured], IntArray], Usual | None]

_PER_SD = math.sqrt(2 / math.pi) / 2
"""What a standard deviation of a share adds to the mean total variation."""


def varying(
    course: Course,
    one: Compared,
    measured: Mapping[int, Measured],
    strange: Collection[int],
    tell: Tell,
) -> Usual | None:
    """How much do batches vary, told by those that one batch is held against?

    Where these are fewer than four, all batches beside it tell it, each around the mean of its
    vendor and of its side (the delivery's, the baseline's). None where that are too few as well.
    """
    known = [code for code in course.order if code in measured and code != one.batch]
    against, baseline = {*one.others, *strange}, {*course.baseline}
    same = [code for code in known if code in against]
    for pool in (same, known):
        kept = [code for code in pool if code not in strange]
        sides = [(code >= course.own, code in baseline, course.vendors[code])
                 for code in kept]  # fmt: skip
        groups = {side: place for place, side in enumerate(dict.fromkeys(sides))}
        if len(pool) - max(len(groups) - 1, 0) < LEAST_BATCHES:
            continue
        codes = np.array([groups[side] for side in sides], dtype=np.int64)
        found = tell([measured[code] for code in kept], codes)
        if found is not None:
            return found
    return None


def sizes(course: Course, one: Compared) -> list[int]:
    """Return how many answers each batch holds that a batch is held against."""
    return [int(course.sizes[code]) for code in one.others]


def _shares(course: Course, one: Compared) -> tuple[int, int]:
    return sum(sizes(course, one)), int(course.sizes[one.batch])


def mix_measured(course: Course, one: Compared, found: LabelMixDrift) -> Measured | None:
    """Return where the mix of a batch lies, in roots of what is usual for each label."""
    tv = found.tv
    if tv.statistic is None or found.design_effect is None or found.df1 is None:
        return None
    before, after = _shares(course, one)
    free = max(int(np.count_nonzero(found.baseline + found.batch)) - 1, 1)
    own = found.design_effect * free / after
    total = found.design_effect * free * (1 / before + 1 / after)
    root = np.sqrt(course.label_shares)
    at = np.divide(found.batch, root, out=np.zeros_like(root), where=root > 0)
    return Measured(at, own, total, tv.statistic * total, found.df1, tv.df or 1.0)


def usual_variation(course: Course, known: Usual) -> float:
    """Return the mean total variation of a batch from the mean of all, where nothing is wrong."""
    return _PER_SD * float(known.sd @ np.sqrt(course.label_shares))


def gold_measured(course: Course, one: Compared, change: Deviation) -> Measured | None:
    """Return the accuracy on gold of a batch."""
    error = _error(change, change.low, change.high)
    if error is None or change.effect is None:
        return None
    (_, before), (rate, after) = (gold_rate(course, each) for each in (one.others, [one.batch]))
    own = error**2 * before / (before + after)
    return Measured(np.array([rate]), own, error**2, change.effect**2, 1.0, change.df or 1.0)


def times_measured(course: Course, one: Compared, ratio: Deviation) -> Measured | None:
    """Return the log ratio of the times of a batch to those of its baseline."""
    if ratio.effect is None or ratio.low is None or ratio.high is None or ratio.p is None:
        return None
    error = _error(ratio, math.log(ratio.low), math.log(ratio.high))
    assert error is not None, "what was tested has an interval"
    before, after = _shares(course, one)
    part = before / (before + after)
    log = math.log(ratio.effect)
    among = not course.baseline or one.batch in course.baseline
    at = np.array([log * part if among else log])  # from the mean of all, the batch among them
    return Measured(at, error**2 * part, error**2, log**2, 1.0, ratio.df or 1.0)


def agreement_measured(course: Course, one: Compared, found: AgreementDrift) -> Measured | None:
    """Return log(1 - alpha) of a batch."""
    alpha = alpha_of(course, one.batch)
    if found.drop.p is None or found.log_error is None or found.ratio is None:
        return None
    at = math.log(1 - (alpha.value or 0.0))
    total = found.log_error**2
    before, after = _shares(course, one)
    own = max(log_error(alpha) ** 2, total * before / (before + after) if before > after else 0.0)
    return Measured(np.array([at]), own, total, math.log(found.ratio) ** 2)


def _error(change: Deviation, low: float | None, high: float | None) -> float | None:
    """Return the standard error that an interval of Student's t was made with."""
    if change.p is None or change.df is None or low is None or high is None:
        return None
    return (high - low) / (2 * t_quantile(change.df))
