"""From outcomes of thresholds, and what else speaks against a batch, to its verdict.

Standard library only: an audit concludes by these rules, and so does a gate that reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from labelaudit.model import Reason, ThresholdOutcome, VerdictName

MIN_AGREEMENT = "min_agreement"
MIN_ACCURACY = "min_accuracy"
CHECK_OF = {MIN_AGREEMENT: "low-agreement", MIN_ACCURACY: "low-gold-accuracy"}
"""Threshold -> the check that speaks of it."""
NO_THRESHOLD = "no-threshold"
FINITE_LOT = "finite lot"
"""What the method of a threshold says where it is of the batch's own answers alone."""


def outcome_of(lower: float | None, upper: float | None, floor: float) -> ThresholdOutcome:
    """Hold a floor against both bounds; where there is none, nothing is decided.

    Examples
    --------
    >>> [outcome_of(*bounds, 0.667) for bounds in ((0.7, 0.8), (0.6, 0.65), (0.6, 0.7))]
    ['pass', 'fail', 'inconclusive']
    >>> outcome_of(None, None, 0.667), outcome_of(float("nan"), float("nan"), 0.667)
    ('inconclusive', 'inconclusive')

    """
    if lower is not None and lower >= floor:
        return "pass"
    return "fail" if upper is not None and upper < floor else "inconclusive"


def conclude(
    held: Iterable[tuple[str, ThresholdOutcome, VerdictName]], besides: Sequence[Reason]
) -> tuple[VerdictName, tuple[str, ...]]:
    """Conclude a verdict, and the reasons against acceptance, those for rejection first.

    Parameters
    ----------
    held
        Of each threshold its name, its outcome, and what it costs where that is undecided.
    besides
        What else speaks against the batch.

    Examples
    --------
    >>> conclude([("min_agreement", "pass", "review")], [])
    ('accept', ())
    >>> conclude([("min_agreement", "inconclusive", "review")], [])
    ('review', ('low-agreement',))

    """
    costs = [
        (CHECK_OF[name], "reject" if outcome == "fail" else cost)
        for name, outcome, cost in sorted(held, key=lambda each: each[1] != "fail")
        if outcome != "pass"
    ]
    against = [*costs, *((found.reason, found.verdict) for found in besides)]
    rejecting = [reason for reason, cost in against if cost == "reject"]
    reviewing = [reason for reason, cost in against if cost == "review"]
    verdict: VerdictName = "reject" if rejecting else "review" if reviewing else "accept"
    return verdict, tuple(dict.fromkeys([*rejecting, *reviewing]))
