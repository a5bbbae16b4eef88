"""One control over all signals and people, so that a good vendor is not accused by the dozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour.agreement import correlated_agreement
from labelaudit.behaviour.competence import competence
from labelaudit.behaviour.decay import decay
from labelaudit.behaviour.others import others
from labelaudit.behaviour.speed import response_time
from labelaudit.outliers import adjusted_p

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.behaviour.signal import Signal
    from labelaudit.behaviour.work import BoolArray, Work
    from labelaudit.coefficients.patterns import FloatArray, IntArray

FALSE_DISCOVERY = 0.10
CROWDED = 0.20
"""Above this share of people unlike the rest, the rest is no yardstick any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Suite:
    """What all families of signals together say of A annotators.

    Attributes
    ----------
    families
        F names, in a fixed order.
    family_p
        (A, F) per family: min(1, signals x smallest p); 1 where not testable.
    testable
        (A, F) whether the family had anything to look at. Silence elsewhere is no pass.
    adjusted
        (A,) Benjamini-Hochberg adjusted p over people, of min(1, families x smallest).
    flagged
        (A,) adjusted at most the false discovery rate: below peers, by an effect that counts.
    leading
        (A,) the family with the smallest p, -1 for people without any testable family.
    unlike
        Share of the testable people who are flagged, 0..1.
    crowded
        Whether that is more than a fifth: the comparison with "the rest" then weakens, and
        gold or an audit must decide.

    """

    families: tuple[str, ...]
    family_p: FloatArray
    testable: BoolArray
    adjusted: FloatArray
    flagged: BoolArray
    leading: IntArray
    unlike: float
    crowded: bool


def combined(
    families: Mapping[str, Sequence[Signal]],
    n_annotators: int,
    *,
    false_discovery: float = FALSE_DISCOVERY,
) -> Suite:
    """Combine families of signals into one decision a person, with few false alarms.

    Within a family p = min(1, signals x smallest p), over families min(1, families x
    smallest), over people Benjamini-Hochberg; only testable signals count in the factors.

    Parameters
    ----------
    families
        Signals by family. Those of a family look at the same fault in different ways.
    n_annotators
        A.
    false_discovery
        The share of flagged people who may be like the rest.

    References
    ----------
    Bonferroni within people; Benjamini & Hochberg (1995), JRSS B 57(1), over people.

    Examples
    --------
    >>> from labelaudit.behaviour.signal import Signal
    >>> p = np.array([0.0001, 0.2, 0.5, 0.9])
    >>> yes, zero, many = np.ones(4, dtype=bool), np.zeros(4), np.full(4, 50)
    >>> slow = Signal("response-time", zero, zero, p, many, yes, "", "")
    >>> combined({"time": [slow]}, 4).adjusted.round(4).tolist()
    [0.0004, 0.4, 0.6667, 0.9]

    """
    names = tuple(families)
    parts = [_family(families[name], n_annotators) for name in names]
    family_p = np.column_stack([p for p, _ in parts])
    testable = np.column_stack([able for _, able in parts])
    person = np.minimum(family_p.min(axis=1) * testable.sum(axis=1), 1.0)
    known = testable.any(axis=1)
    adjusted = np.ones(n_annotators)
    adjusted[known] = adjusted_p(person[known])
    flagged = known & (adjusted <= false_discovery)
    leading = np.where(known, family_p.argmin(axis=1), -1)
    unlike = float(flagged.sum() / max(known.sum(), 1))
    return Suite(
        names, family_p, testable, adjusted, flagged, leading, unlike, unlike > CROWDED
    )  # fmt: skip


def suite(
    work: Work,
    fitted: tuple[IntArray, FloatArray] | None,
    *,
    agreement_based: bool = True,
    group: IntArray | None = None,
    false_discovery: float = FALSE_DISCOVERY,
) -> Suite:
    """Who works unlike the rest: by agreement, by pace, or by falling off?

    Three families: `agreement` (`correlated_agreement` and `competence`), `time`
    (`response_time`), `drift` (`decay`).

    Parameters
    ----------
    work
        N answers by A annotators.
    fitted
        `annotators` and `competence` of the MACE consensus of the same answers; None where it
        was refused.
    agreement_based
        False on subjective questions: who disagrees is then not wrong, and only pace counts.
    group
        (A,) the group of each, where `work` is split by `within_groups`; leave `fitted` out then.
    false_discovery
        The share of flagged people who may be like the rest.

    """
    if not agreement_based:
        return combined(
            {"time": [response_time(work)]}, work.n_annotators, false_discovery=false_discovery
        )
    seen = others(work)
    agreement = [correlated_agreement(work, seen=seen, group=group)]
    if fitted is not None:
        agreement.append(competence(work, *fitted))
    families = {
        "agreement": agreement,
        "time": [response_time(work)],
        "drift": [decay(work, seen=seen).signal],
    }
    return combined(families, work.n_annotators, false_discovery=false_discovery)


def _family(signals: Sequence[Signal], n_annotators: int) -> tuple[FloatArray, BoolArray]:
    """(A,) the p of a family, and whether any of its signals is testable."""
    able = np.array([signal.testable for signal in signals]).reshape(len(signals), n_annotators)
    p = np.array([signal.p for signal in signals]).reshape(len(signals), n_annotators)
    smallest = np.where(able, p, 1.0).min(axis=0, initial=1.0)
    factor = np.maximum(able.sum(axis=0), 1)
    return np.minimum(smallest * factor, 1.0), np.asarray(able.any(axis=0))
