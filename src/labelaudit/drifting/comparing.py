"""One batch against its baseline: the tests of `labelaudit.drift` on the rows of a course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import UNITS, Resampling, estimate, from_ratings
from labelaudit.coefficients.ratings import Ratings
from labelaudit.dense import placed
from labelaudit.drift import (
    AgreementArm,
    AgreementDrift,
    Deviation,
    DurationDrift,
    GoldArm,
    LabelMixDrift,
    MixSplit,
    agreement_drift,
    duration_drift_from,
    gold_drift,
    label_mix_drift_from,
    mix_split,
    not_testable,
)
from labelaudit.drifting.pooling import disagreeing
from labelaudit.signals import jump_by_annotator, pair_jumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import IntArray, Patterns
    from labelaudit.drifting.course import Compared, Course
    from labelaudit.model import Estimate
    from labelaudit.signals import PairJump, PairJumps, Spread

ALPHA, RAW = "krippendorff-alpha", "percent-agreement"
_NO_DOCUMENTS = "too-few-clusters", "the delivery itself as baseline: a run tells no documents"


def label_mix(course: Course, one: Compared, *, by_chance: bool = False) -> LabelMixDrift:
    """Has the mix of labels in a batch drifted from its baseline?

    How far chance alone would move it is simulated, so it is told on demand.
    """
    mixes = course.rows.mixes(one.batch, one.others)
    found = label_mix_drift_from(*mixes, course.seed if by_chance else None)
    if not course.documents_missing:
        return found
    untold = not_testable(*_NO_DOCUMENTS, found.tv.effect)
    return LabelMixDrift(untold, found.baseline, found.batch, found.contents, found.annotators)


def split_mix(course: Course, one: Compared) -> MixSplit | None:
    """Tell who made the mix move; None where the same people cannot be told from others."""
    if course.hidden:
        return None
    return mix_split(course.rows.arms(one.batch, one.others))


def agreement(course: Course, one: Compared) -> AgreementDrift:
    """Has agreement in a batch dropped below that of its baseline, and why?"""
    if course.documents_missing:
        return AgreementDrift(not_testable(*_NO_DOCUMENTS))
    return agreement_drift(_arm(course, one.others), _arm_of(course, one.batch))


def alpha_of(course: Course, batch: int) -> Estimate:
    """Return the alpha of one batch."""
    return _arm_of(course, batch).coefficient


def _arm_of(course: Course, batch: int) -> AgreementArm:
    """Return the agreement of one batch, with which many others may be compared."""
    if batch not in course.arms:
        course.arms[batch] = _arm(course, [batch])
    return course.arms[batch]


def _arm(course: Course, batches: Sequence[int]) -> AgreementArm:
    away, codes = course.source(batches)
    patterns = course.pools[away].of(codes)
    data, resampling = _by_document(course, batches) or (patterns, UNITS)
    scale, values = course.question.scale, course.tallies[away].names.labels.values
    alpha, raw = (
        estimate(name, data, scale, values=values, resampling=resampling) for name in (ALPHA, RAW)
    )
    return AgreementArm(alpha, raw, disagreeing(patterns)[0])


def _by_document(course: Course, batches: Sequence[int]) -> tuple[Ratings, Resampling] | None:
    """Return the ratings with documents as units of resampling, where these are told."""
    if "document" not in course.conduct.records.beside:
        return None
    away, _ = course.source(batches)
    own = (course.conduct if not away else course.from_elsewhere) or course.conduct
    rows = course.rows.of(batches)
    row, item = course.rows.own[rows], course.rows.item[rows]
    batch = np.repeat(batches, np.diff(course.rows.starts)[[*batches]])
    # the rows of a batch stand by item, then annotator
    first = (np.diff(item, prepend=-1) != 0) | (np.diff(batch, prepend=-1) != 0)
    unit, clusters = np.cumsum(first) - 1, placed(course.rows.content[rows[first]])[1]
    columns = own.records.annotator[row], own.records.label[row]
    return Ratings(unit, *columns, len(own.labels)), Resampling(clusters=clusters)


def _units(course: Course, rows: IntArray) -> IntArray:
    """(N,) a code for what one batch holds of an item: agreement is within a batch."""
    batch = np.searchsorted(course.rows.starts, rows, side="right") - 1
    return course.rows.item[rows] * len(course.names) + batch


def durations(course: Course, one: Compared) -> DurationDrift:
    """Do the same people take longer, or less long, in a batch than in its baseline?"""
    paces = course.rows.paces(one.batch, one.others)
    if paces is None:
        needs = "durations, or start and end times, in the baseline and in the batch"
        return DurationDrift(not_testable("no-times", needs))
    return duration_drift_from(*paces)


def gold_accuracy(course: Course, one: Compared) -> Deviation:
    """Has accuracy on gold changed in a batch against its baseline?"""
    arms = [_gold_counts(course, batches) for batches in (one.others, [one.batch])]
    met = sum(answered for _, answered in arms) > 0
    return gold_drift(*(GoldArm(correct[met], answered[met]) for correct, answered in arms))


def gold_rate(course: Course, batches: Sequence[int]) -> tuple[float, int]:
    """Return the accuracy on gold in some batches, and how many answers it rests on."""
    correct, answered = _gold_counts(course, batches)
    many = int(answered.sum())
    return float(correct.sum()) / max(many, 1), many


def _gold_counts(course: Course, batches: Sequence[int]) -> tuple[IntArray, IntArray]:
    """(A,), (A,) how much gold each person answered right, and how much at all."""
    away, codes = course.source(batches)
    correct, answered = course.gold[away]
    return correct.of(codes), answered.of(codes)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two labels that are confused more than before, and by whom.

    Attributes
    ----------
    jump
        The rise.
    spread
        How many of those who worked in both confuse them more often.
    without_one
        The rise once the answers of any one person are left out: the smallest one.

    """

    jump: PairJump
    spread: Spread
    without_one: float


def confusions(course: Course, one: Compared) -> PairJumps:
    """Which pairs of labels are confused more in a batch than in its baseline?"""
    return pair_jumps(patterns_of(course, one.others), patterns_of(course, [one.batch]))


def patterns_of(course: Course, batches: Sequence[int]) -> Patterns:
    """Return the patterns of some batches, labels coded alike everywhere."""
    if len({tally.names.labels.names for tally in course.tallies}) == 1:
        away, codes = course.source(batches)
        return course.pools[away].of(codes)
    rows = course.rows.of(batches)
    return from_ratings(_units(course, rows), course.rows.label[rows], course.rows.n_labels)


def described(course: Course, one: Compared, jump: PairJump) -> Confusion:
    """Tell whether everybody, or one person, confuses two labels more than before."""
    inside, outside = course.rows.of([one.batch]), course.rows.of(one.others)
    both = np.concatenate([outside, inside])
    pair = jump.first, jump.second
    rows = course.rows
    spread = jump_by_annotator(
        np.arange(len(both)) >= len(outside),
        rows.item[both],
        rows.annotator[both],
        rows.label[both],
        pair,
    )
    told = inside[np.isin(rows.label[inside], pair)]
    rates = [_rate(rows.item[kept], rows.label[kept] == pair[1]) for kept in _without(course, told)]
    return Confusion(jump, spread, min(rates, default=jump.after) - jump.before)


def _without(course: Course, rows: IntArray) -> list[IntArray]:
    """Return these rows without one person, for each of the people in turn."""
    person = course.rows.annotator[rows]
    return [rows[person != who] for who in np.unique(person).tolist()]


def _rate(unit: IntArray, second: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """Return the share of pairs of answers to one unit that differ, each unit counting once."""
    slot = np.unique(unit, return_inverse=True)[1]
    size, seconds = np.bincount(slot), np.bincount(slot, second)
    pairs = size * (size - 1) / 2
    told = pairs > 0
    apart = (seconds * (size - seconds))[told] / pairs[told]
    return float(apart.mean()) if len(apart) else 0.0


def disagreeing_rows(course: Course, batch: int) -> IntArray:
    """Return the rows of the units of a batch on which people disagree."""
    rows = course.rows.of([batch])
    slot = np.unique(course.rows.item[rows], return_inverse=True)[1]
    label = course.rows.label[rows]
    low, high = np.full(len(rows), np.iinfo(np.int64).max), np.full(len(rows), -1)
    np.minimum.at(low, slot, label)
    np.maximum.at(high, slot, label)
    torn: IntArray = rows[(low != high)[slot]]
    return torn


def most_frequent(course: Course, batches: Sequence[int]) -> float:
    """Return the share of the label given most often in some batches."""
    counts = patterns_of(course, batches).label_counts()
    return float(counts.max(initial=0) / max(counts.sum(), 1))


def wrong_on_gold(course: Course, batch: int) -> tuple[IntArray, int]:
    """Return the rows of a batch that are wrong on gold, and how many answered gold."""
    rows, records = course.rows.of([batch]), course.conduct.records
    own = course.rows.own[rows]
    gold = records.gold[records.item[own]]
    known = gold >= 0
    return rows[known & (gold != records.label[own])], int(known.sum())
