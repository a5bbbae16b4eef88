"""Why a number is missing: every reason code, and the one place that decides them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import weights
from labelaudit.coefficients.patterns import Patterns
from labelaudit.coefficients.ratings import Ratings

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.coefficients.reading import Spec
    from labelaudit.coefficients.record import Coefficient

DISCONNECTED = "disconnected-annotators"
REASONS: dict[str, str] = {
    "no-labels": "Nobody answered.",
    "no-gold": "Nobody answered a unit that has a gold label.",
    "no-overlap": "No unit has labels of two annotators: there is nothing to compare.",
    "single-annotator": "One annotator gave all labels: there is nobody to agree with.",
    "not-two-annotators": "The coefficient is defined for exactly two annotators.",
    "needs-annotators": "The coefficient compares annotators; only counts of labels were given.",
    DISCONNECTED: "The annotators fall into groups that share no unit, directly or through "
    "others: nothing compares one group with another.",
    "one-category": "All labels that count are the same, or the question has only one: chance "
    "leaves no disagreement to compare with.",
    "scale-not-supported": "The coefficient has no meaning on this scale.",
    "order-not-given": "An ordinal scale needs the order of its labels; the question has none.",
    "labels-not-numeric": "An interval or ratio scale needs a finite number behind each label.",
    "negative-on-ratio-scale": "A ratio scale has no negative values; distances would lie.",
    "labels-not-sets": "A distance between sets needs the set of members behind each label.",
    "weights-need-order": "These weights count steps between labels; nominal labels have none.",
    "weights-not-supported": "The coefficient is not defined with these weights or this distance.",
    "too-many-labels": "The weights or ranks compare every pair of labels: there are too many.",
    "too-few-units": "Too few units with two labels for an interval that can be trusted.",
    "too-little-disagreement": "Nearly all labels are the same: too few units bear another one "
    "for an interval that can be trusted.",
    "zero-variance": "Every unit says the same, so nothing tells how uncertain the value is.",
    "below-fisher-z": "A value of -1 or less has no Fisher z.",
    "not-linearised": "No linearised standard error exists: the distance moves with the data.",
}
"""Reason code -> what it means; the docs page of undefined cases is made from it."""

Data = Patterns | Ratings


def why_not(
    coefficient: Coefficient, data: Data, spec: Spec, patterns: Patterns | None = None
) -> str | None:
    """Return the reason code why the coefficient cannot be computed, or None if it can.

    A coefficient that can be computed may still meet `one-category`, which only its parts
    can tell. `patterns` are those of a table of ratings, where they are already known.
    """
    if spec.scale not in coefficient.scales:
        return "scale-not-supported"
    if patterns is None:
        patterns = data if isinstance(data, Patterns) else data.patterns()
    if len(patterns) == 0:
        return "no-labels"
    return (
        _people_fault(coefficient, data)
        or ("no-overlap" if int(patterns.sizes.max()) < 2 else None)
        or _comparison_fault(coefficient, data, spec)
        or _domain_fault(coefficient, spec)
        or _reading_fault(coefficient, spec)
        or values_fault(coefficient, patterns.codes, spec)
    )


def _people_fault(coefficient: Coefficient, data: Data) -> str | None:
    if isinstance(data, Ratings):
        return "single-annotator" if len(data.annotators()) == 1 else None
    return "needs-annotators" if coefficient.tally is None else None


def _comparison_fault(coefficient: Coefficient, data: Data, spec: Spec) -> str | None:
    if coefficient.annotators == "two":
        many = int(data.sizes.max()) if isinstance(data, Patterns) else len(data.annotators())
        return "not-two-annotators" if many != 2 else None
    if isinstance(data, Patterns):
        return None
    from labelaudit.overlap import are_apart, overlap_groups

    if coefficient.tally is None:  # who shares no unit has shares in the chance term, too
        return DISCONNECTED if len(overlap_groups(data)) > 1 else None
    return DISCONNECTED if not spec.linked and are_apart(data) else None


def _domain_fault(coefficient: Coefficient, spec: Spec) -> str | None:
    if coefficient.whole_domain and spec.n_labels < 2:
        return "one-category"
    return None if spec.ordered or spec.scale != "ordinal" else "order-not-given"


def _reading_fault(coefficient: Coefficient, spec: Spec) -> str | None:
    """Find weights or a distance that the coefficient or the scale cannot take."""
    asked = spec.asked(coefficient.reads)
    if not coefficient.weighted and (spec.weights is not None or spec.distance is not None):
        return "weights-not-supported"
    if isinstance(asked, str) and asked == "ordinal" and spec.distance is not None:
        return None if coefficient.reads == "scale" else "weights-not-supported"
    if spec.weights is None and coefficient.reads != "scale-weights":
        return None
    if not isinstance(asked, str) or asked == "identity":
        return None
    if spec.scale in {"nominal", "set"}:
        return "weights-need-order"
    too_many = asked != "quadratic" and spec.n_labels > weights.MAX_LABELS
    return "too-many-labels" if too_many else None


def values_fault(coefficient: Coefficient, seen: IntArray, spec: Spec) -> str | None:
    """Find labels whose values are not what the scale or the distance needs."""
    asked = spec.asked(coefficient.reads)
    if isinstance(asked, str) and asked == "ordinal" and spec.weights is None:
        return "too-many-labels" if len(np.unique(seen)) > weights.MAX_LABELS else None
    if isinstance(asked, str) and asked in {"jaccard", "masi"}:
        return None if _are_sets(spec) else "labels-not-sets"
    numeric = spec.scale in {"interval", "ratio"}
    named = isinstance(spec.distance, str) and spec.distance in {"interval", "ratio"}
    if not numeric and not named:
        return None
    if not isinstance(spec.values, np.ndarray):
        return "labels-not-numeric"
    needed = spec.values if _needs_all(coefficient, spec) else spec.values[seen]
    return _number_fault(needed, ratio="ratio" in {spec.scale, spec.distance if named else ""})


def _are_sets(spec: Spec) -> bool:
    if spec.values is None or isinstance(spec.values, np.ndarray):
        return False
    return all(isinstance(value, AbstractSet) for value in spec.values)


def _needs_all(coefficient: Coefficient, spec: Spec) -> bool:
    """Whether labels that nobody gave matter: they do to weights and to a chance over all."""
    by_weights = spec.weights is not None or coefficient.reads == "scale-weights"
    return by_weights or (coefficient.whole_domain and spec.distance is not None)


def _number_fault(numbers: FloatArray, *, ratio: bool) -> str | None:
    if not np.isfinite(numbers).all():
        return "labels-not-numeric"
    return "negative-on-ratio-scale" if ratio and bool((numbers < 0).any()) else None
