"""Has the mix of labels drifted? Total variation, with what chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients.patterns import merge
from labelaudit.drift.arms import without_absent
from labelaudit.drift.clustering import arms_of
from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.distances import hellinger, jensen_shannon, psi, total_variation
from labelaudit.drift.null_mix import dealt_anew, tv_bounds
from labelaudit.drift.rao_scott import RaoScott, arm_counts, rao_scott

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import FloatArray, Patterns
    from labelaudit.drift.arms import Arms

MIN_CONTENTS = 8
MIN_ANNOTATORS = 5
_MAX_LABELS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class LabelMixDrift:
    """How far the mix of labels moved between a baseline and a batch.

    Attributes
    ----------
    tv
        The deviation: `effect` is the total variation in 0..1 (0.1 is ten points of the
        mix), `statistic` the F of the two-way cluster test, `df` its denominator.
    tv_by_chance
        95% quantile of the total variation when clusters are dealt to the arms by chance.
    baseline, batch
        (V,) shares of the labels, over the whole domain.
    design_effect, df1
        How many times wider chance moves the mix than if every label stood alone; numerator
        degrees of freedom. None where there is no test.
    contents, annotators
        How many there are in the baseline and in the batch.
    psi, jensen_shannon, hellinger
        Other distances, for comparison with other tools; None for an empty arm.

    """

    tv: Deviation
    baseline: FloatArray
    batch: FloatArray
    contents: tuple[int, int]
    annotators: tuple[int, int]
    tv_by_chance: float | None = None
    design_effect: float | None = None
    df1: float | None = None
    psi: float | None = None
    jensen_shannon: float | None = None
    hellinger: float | None = None


def label_mix_drift(arms: Arms, seed: int) -> LabelMixDrift:
    """Has the mix of labels drifted between the baseline and the batch?

    The headline is TV = 1/2 sum |p1 - p0|; the p-value is that of the two-way
    cluster-robust second-order Rao-Scott F (see `rao_scott`).

    Parameters
    ----------
    arms
        N labels of both arms, with their contents and annotators.
    seed
        Of the chance quantile; nothing else is random.

    Returns
    -------
    LabelMixDrift
        Not testable: `empty-arm`, `one-category`, `no-common-label`, `too-many-labels`,
        `annotators-unknown`, `too-few-annotators` (under 5 in an arm), `too-few-clusters`
        (under 8 documents or items in an arm) or `zero-variance`. The total variation and,
        where it can be computed, its interval are given all the same.

    Examples
    --------
    >>> from labelaudit.drift.arms import Arms
    >>> item, person = np.divmod(np.arange(120), 3)
    >>> label = np.where(np.arange(120) % 5 < 2, 0, 1)
    >>> drift = label_mix_drift(Arms(item >= 20, label, item, person + item % 2 * 3, 2), seed=0)
    >>> drift.tv.effect, round(drift.tv.p, 3), drift.contents
    (0.0, 1.0, (20, 20))

    """
    return label_mix_drift_from(arms.by_content(), arms.by_annotator(), seed)


def label_mix_drift_from(
    content: Patterns, annotator: Patterns | None, seed: int | None
) -> LabelMixDrift:
    """Return the same from the patterns of the clusters, which is all it needs.

    Parameters
    ----------
    content, annotator
        Over twice the labels: baseline codes 0..V-1, batch codes V..2V-1; merged or not.
    seed
        Of the chance quantile; None leaves it out, which is much faster.

    """
    counts = arm_counts(content)
    sizes = counts.sum(axis=1, keepdims=True)
    baseline, batch = counts / np.maximum(sizes, 1)
    blank = LabelMixDrift(Deviation(), baseline, batch, _in_arms(content), _in_arms(annotator))
    if sizes.min() == 0:
        empty = not_testable("empty-arm", "labels in the baseline and in the batch")
        return _with(blank, empty, None, None)
    kept = np.flatnonzero(counts.sum(axis=0))
    position = np.full(counts.shape[1], -1, dtype=np.int64)
    position[kept] = np.arange(len(kept))
    both = np.concatenate([position, position + len(kept)])
    content = without_absent(content, len(kept), both)
    annotator = None if annotator is None else without_absent(annotator, len(kept), both)
    fault = _fault(blank, len(kept))
    test = None if fault in _NO_TEST else rao_scott(content, annotator)
    return _tested(blank, content, annotator, test, fault, seed)


_NO_TEST = ("one-category", "too-many-labels", "no-common-label")
NEEDS: dict[str, str] = {
    "one-category": "labels of a second kind in the baseline or the batch",
    "too-many-labels": f"at most {_MAX_LABELS:,} labels in use",
    "no-common-label": "a baseline labelled with the same label set",
    "too-few-clusters": f"{MIN_CONTENTS} documents or items in the baseline and in the batch",
    "annotators-unknown": "a column that names the annotators",
    "too-few-annotators": f"{MIN_ANNOTATORS} annotators in the baseline and in the batch",
    "zero-variance": "items or annotators that differ from each other",
}


def _fault(blank: LabelMixDrift, in_use: int) -> str | None:
    if in_use < 2:
        return "one-category"
    if in_use > _MAX_LABELS:
        return "too-many-labels"
    if not (blank.baseline * blank.batch).any():
        return "no-common-label"
    if min(blank.contents) < MIN_CONTENTS:
        return "too-few-clusters"
    if max(blank.annotators) == 0:
        return "annotators-unknown"
    return "too-few-annotators" if min(blank.annotators) < MIN_ANNOTATORS else None


def _tested(
    blank: LabelMixDrift,
    content: Patterns,
    annotator: Patterns | None,
    test: RaoScott | None,
    fault: str | None,
    seed: int | None,
) -> LabelMixDrift:
    tv = total_variation(blank.baseline, blank.batch)
    if test is None:
        reason = fault or "zero-variance"
        return _with(blank, not_testable(reason, NEEDS[reason], tv), None, None)
    counts = arm_counts(content)
    difference = counts[1] / counts[1].sum() - counts[0] / counts[0].sum()
    tv, low, high = tv_bounds(difference, test.covariance, test.df2)
    by_chance = None
    if seed is not None:
        widest = annotator if test.by_annotator and annotator is not None else content
        by_chance = dealt_anew(merge([widest]), np.random.default_rng(seed))
    if fault is not None:
        return _with(blank, not_testable(fault, NEEDS[fault], tv, low, high), by_chance, test)
    found = Deviation(tv, low, high, test.statistic, test.df2, test.p)
    return _with(blank, found, by_chance, test)


def _with(
    blank: LabelMixDrift, tv: Deviation, by_chance: float | None, test: RaoScott | None
) -> LabelMixDrift:
    known = tv.effect is not None
    return LabelMixDrift(
        tv,
        blank.baseline,
        blank.batch,
        blank.contents,
        blank.annotators,
        by_chance,
        None if test is None else test.design_effect,
        None if test is None else test.df1,
        psi(blank.baseline, blank.batch) if known else None,
        jensen_shannon(blank.baseline, blank.batch) if known else None,
        hellinger(blank.baseline, blank.batch) if known else None,
    )


def _in_arms(patterns: Patterns | None) -> tuple[int, int]:
    """Return how many clusters have labels in the baseline and in the batch."""
    if patterns is None:
        return 0, 0
    first, second = arms_of(patterns)
    return int(patterns.units[first].sum()), int(patterns.units[second].sum())


def domain_fault(baseline: Sequence[str], batch: Sequence[str]) -> Deviation | None:
    """Return why a baseline read with one domain cannot be compared with a batch read with another.

    Domains in another order are the same for a mix; added or dropped labels are not.

    Examples
    --------
    >>> domain_fault(["cat", "dog"], ["dog", "cat"]) is None
    True
    >>> domain_fault(["cat", "dog"], ["cat", "dog", "fox"]).needs
    'a baseline with the same labels: fox'

    """
    apart = sorted(set(baseline) ^ set(batch))
    if not apart:
        return None
    shown = ", ".join(apart[:5]) + (f" and {len(apart) - 5} more" if len(apart) > 5 else "")
    return not_testable("different-domain", f"a baseline with the same labels: {shown}")
