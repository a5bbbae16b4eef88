"""Complementary sessions: do two people never work at the same time?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from labelaudit.behaviour.work import Work
    from labelaudit.coefficients.patterns import FloatArray

_BREAK_S = 1_800.0  # a pause of half an hour ends a session


@dataclass(frozen=True, slots=True)
class Complement:
    """Sessions of two people side by side; support for a pair, never a finding of its own.

    Attributes
    ----------
    sessions
        How many sessions each of the two has in the time when both were active.
    overlapping
        How many pairs of sessions overlap in time.
    expected
        How many would, were the sessions laid at random over that time.
    p
        P(that few), Poisson; None where `undefined`.
    undefined
        `no-order` without moments, `too-few-sessions` below three each.

    """

    sessions: tuple[int, int]
    overlapping: int
    expected: float
    p: float | None
    undefined: str | None = None


def complementary_sessions(work: Work, first: int, second: int) -> Complement:
    """Do the sessions of two people keep out of each other's way?

    A session ends with a pause of half an hour. Over the time when both were active, of length
    L, two sessions of lengths a and b overlap with probability about (a + b)/L; p is the
    Poisson chance of as few overlaps as were seen. Partners on shifts look the same.

    Parameters
    ----------
    work
        N answers, with moments.
    first, second
        Annotator codes.

    Examples
    --------
    >>> import numpy as np
    >>> from labelaudit.behaviour.work import work
    >>> hour = np.arange(400) // 10  # ten answers an hour; the two take turns, hour by hour
    >>> moment = hour * 3600.0 + np.arange(400) % 10 * 360
    >>> table = work(np.arange(400), hour % 2, [0] * 400, n_labels=2, end=moment)
    >>> found = complementary_sessions(table, 0, 1)
    >>> found.sessions, found.overlapping, found.p < 0.01
    ((19, 19), 0, True)

    """
    moments = [_moments(work, person) for person in (first, second)]
    if min(len(part) for part in moments) == 0:
        return Complement((0, 0), 0, 0.0, None, "no-order")
    begin = max(part[0] for part in moments)
    end = min(part[-1] for part in moments)
    spans = [_sessions(part[(part >= begin) & (part <= end)]) for part in moments]
    counts = len(spans[0]), len(spans[1])
    if min(counts) < 3:
        return Complement(counts, 0, 0.0, None, "too-few-sessions")
    lengths = [float((span[:, 1] - span[:, 0]).sum()) for span in spans]
    expected = (lengths[0] * counts[1] + lengths[1] * counts[0]) / (end - begin)
    # Sessions of one person do not overlap: those that end before this one starts are a prefix.
    overlapping = np.searchsorted(spans[1][:, 0], spans[0][:, 1], side="right") - np.searchsorted(
        spans[1][:, 1], spans[0][:, 0]
    )
    seen = int(overlapping.sum())
    return Complement(counts, seen, expected, _poisson_at_most(seen, expected))


def _moments(work: Work, person: int) -> FloatArray:
    if work.moment is None:
        return np.zeros(0)
    own = work.moment[work.annotator == person]
    return np.sort(own[np.isfinite(own)])


def _sessions(moments: FloatArray) -> FloatArray:
    """(S, 2) the first and the last moment of each session."""
    pause = np.flatnonzero(np.diff(moments) > _BREAK_S)
    first = np.concatenate([[0], pause + 1]) if len(moments) else np.zeros(0, dtype=np.int64)
    last = np.concatenate([pause, [len(moments) - 1]]) if len(moments) else first
    return np.column_stack([moments[first], moments[last]])


def _poisson_at_most(seen: int, expected: float) -> float:
    from scipy.special import pdtr

    return float(pdtr(seen, expected))
