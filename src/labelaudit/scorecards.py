"""Vendors against each other on the items they share, and the labels that are confused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import COEFFICIENTS, Spec, estimate
from labelaudit.comparisons import benjamini_hochberg, compare_paired
from labelaudit.decompositions import confused_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from labelaudit.coefficients import Patterns, Ratings
    from labelaudit.conduct import Conduct
    from labelaudit.engine.tables import Tally

COEFFICIENT = "krippendorff-alpha"
MIN_SHARED = 20
"""Fewer items in common compare nobody."""
MAX_VENDORS = 30
MAX_CONFUSED = 20


@dataclass(frozen=True, slots=True)
class VendorComparison:
    """Two vendors on the items that both had labeled by two people or more.

    `first_value` and `second_value` are alpha on those items, `difference` first - second
    with its 95% interval, paired by item; `adjusted_p` holds for all pairs of the question.
    Where `undefined` holds a reason code there is no interval.
    """

    question_id: str
    first: str
    second: str
    shared_units: int
    first_value: float | None = None
    second_value: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    adjusted_p: float | None = None
    undefined: str | None = None


@dataclass(frozen=True, slots=True)
class ConfusedPair:
    """Two labels that units received together: `share` of all disagreement, over `units`."""

    question_id: str
    label: str
    other_label: str
    units: int
    share: float


def vendor_comparisons(conduct: Conduct) -> tuple[VendorComparison, ...]:
    """Compare every two vendors of a question on shared items, adjusted for their number."""
    names = conduct.tally.names.vendors
    if not 2 <= len(names) <= MAX_VENDORS or not len(conduct.records):
        return ()
    found = [_compared(conduct, *pair) for pair in combinations(range(len(names)), 2)]
    tested = [p for _, p in found if p is not None]
    adjusted = iter(benjamini_hochberg(np.array(tested)).tolist() if tested else ())
    return tuple(one if p is None else _with_p(one, next(adjusted)) for one, p in found)


def _with_p(one: VendorComparison, adjusted: float) -> VendorComparison:
    return replace(one, adjusted_p=adjusted)


def _compared(conduct: Conduct, one: int, other: int) -> tuple[VendorComparison, float | None]:
    vendors, question = conduct.tally.names.vendors, conduct.question
    first, second = (_by_vendor(conduct, code) for code in (one, other))
    shared = np.intersect1d(first.units(), second.units())
    named = (question.question_id, vendors[one], vendors[other], len(shared))
    if len(shared) < MIN_SHARED:
        return VendorComparison(*named, undefined="too-few-shared-items"), None
    first, second = (side.select(np.isin(side.unit, shared)) for side in (first, second))
    names = conduct.tally.names.labels
    scale = "nominal" if question.scale == "preference" else question.scale
    spec = Spec(scale, len(names.names), names.values)
    alpha = COEFFICIENTS[COEFFICIENT]
    result = compare_paired(alpha, first, second, spec)
    values = [_value(side, spec) for side in (first, second)]
    ends = result.difference, result.low, result.high
    compared = VendorComparison(*named, values[0], values[1], *ends, None, result.undefined)
    return compared, result.p_value


def _value(side: Ratings, spec: Spec) -> float | None:
    return estimate(COEFFICIENT, side, spec.scale, values=spec.values).value


def _by_vendor(conduct: Conduct, vendor: int) -> Ratings:
    keep: npt.NDArray[np.bool_] = conduct.records.vendor == vendor
    return conduct.work.ratings().select(keep).pairable()


def staff(tallies: Sequence[Tally], shown: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Return who answered for each vendor, as outputs call them."""
    found: dict[str, set[str]] = {}
    for tally in tallies:
        cube, names = tally.cube, tally.names
        given = (cube.label >= 0) & (cube.vendor >= 0)
        people = max(len(names.annotators), 1)
        pairs = np.unique(cube.vendor[given] * people + cube.annotator[given])
        for vendor, person in zip(*(part.tolist() for part in divmod(pairs, people)), strict=True):
            found.setdefault(names.vendors[vendor], set()).add(shown(names.annotators[person]))
    return {vendor: tuple(sorted(people)) for vendor, people in sorted(found.items())}


def confused_pairs(conduct: Conduct) -> Iterator[ConfusedPair]:
    """Yield the pairs of labels that units received together, largest share first."""
    if conduct.fault is not None:
        return
    names, question = conduct.tally.names.labels, conduct.question
    scale = "nominal" if question.scale == "preference" else question.scale
    spec = Spec(scale, len(names.names), names.values)
    yield from confused_in(question.question_id, conduct.tally.every, spec, names.names)


def confused_in(
    question_id: str, patterns: Patterns, spec: Spec, names: Sequence[str]
) -> Iterator[ConfusedPair]:
    """Yield the pairs of labels that units of some patterns received together."""
    if not (patterns.sizes >= 2).any():
        return
    for pair in confused_labels(COEFFICIENTS[COEFFICIENT], patterns, spec)[:MAX_CONFUSED]:
        both = _holds(patterns, pair.first) & _holds(patterns, pair.second)
        units = int(patterns.units[both].sum())
        yield ConfusedPair(question_id, names[pair.first], names[pair.second], units, pair.share)


def _holds(patterns: Patterns, label: int) -> npt.NDArray[np.bool_]:
    """(P,) whether each pattern holds a label."""
    row = np.repeat(np.arange(len(patterns)), patterns.lengths)
    return np.bincount(row[patterns.codes == label], minlength=len(patterns)) > 0
