"""Signals within declared groups: each group has its own peers, and its own usual people.

With one yardstick for all, a single careless person in a small group would put all of its
people below those of a larger one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from labelaudit import behaviour
from labelaudit.behaviour import LabelBias
from labelaudit.behaviour.signal import untestable
from labelaudit.truth import consensus

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from labelaudit.behaviour import Signal, Work
    from labelaudit.behaviour.work import BoolArray
    from labelaudit.coefficients import IntArray
    from labelaudit.engine.records import Records

T = TypeVar("T", bound=np.generic)


def declared(records: Records, people: int) -> tuple[IntArray, tuple[str, ...]] | None:
    """(A,) the first group in the alphabet of each annotator, -1 where none; and their names."""
    told = records.beside.get("group")
    if told is None:
        return None
    group = np.full(people, len(told.names), dtype=np.int64)
    known = told.code >= 0
    np.minimum.at(group, records.annotator[known], told.code[known])
    group[group == len(told.names)] = -1
    return group, told.names


def bias_within(work: Work, group: IntArray, *, floor: float) -> LabelBias:
    """Return label bias against the consensus of everybody's own group."""
    codes, place = np.unique(group, return_inverse=True)
    parts = [
        bias(only(work, group[work.annotator] == code), floor=floor) for code in codes.tolist()
    ]
    if not parts:
        return bias(work, floor=floor)
    return LabelBias(
        _joined([part.signal for part in parts], place),
        _picked([part.seen_as for part in parts], place),
        _picked([part.given for part in parts], place),
        _picked([part.rate for part in parts], place),
        _picked([part.usual for part in parts], place),
        _picked([part.focus for part in parts], place),
    )


def only(work: Work, keep: BoolArray) -> Work:
    """Return the work on the rows to keep; the people stay the same."""
    duration, start, end = (
        None if column is None else column[keep] for column in (work.duration, work.start, work.end)
    )
    return replace(
        work,
        unit=work.unit[keep],
        annotator=work.annotator[keep],
        label=work.label[keep],
        duration=duration,
        start=start,
        end=end,
    )


def _joined(parts: Sequence[Signal], place: IntArray) -> Signal:
    """Take every person's reading from the part of their group, and a reason from the unread."""
    testable = _picked([part.testable for part in parts], place)
    unread = np.flatnonzero(~testable)
    return replace(
        parts[0],
        score=_picked([part.score for part in parts], place),
        effect=_picked([part.effect for part in parts], place),
        p=_picked([part.p for part in parts], place),
        count=_picked([part.count for part in parts], place),
        testable=testable,
        reason=parts[int(place[unread[0]])].reason if len(unread) else parts[0].reason,
    )


def _picked(values: Sequence[npt.NDArray[T]], place: IntArray) -> npt.NDArray[T]:
    """(A,) the value of each person in the part of their group."""
    return np.asarray(np.stack(values)[place, np.arange(len(place))])


def bias(work: Work, *, floor: float) -> LabelBias:
    """Return label bias against a consensus of the same work, untestable where there is none."""
    fit = consensus("dawid-skene", work.ratings())
    if fit.prior is None or fit.confusion is None:
        zero, none = np.zeros(work.n_annotators), np.full(work.n_annotators, -1)
        needs = "units with several labels by linked people"
        reason = fit.undefined or "no-consensus"
        signal = untestable("label-bias", work.n_annotators, reason, needs)
        return LabelBias(signal, none, none, zero, zero, zero)
    habits = behaviour.profiles(fit.annotators, fit.prior, fit.confusion, work.n_annotators)
    return behaviour.label_bias(work, habits, floor=floor)
