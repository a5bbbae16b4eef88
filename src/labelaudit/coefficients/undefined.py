"""Why a number is missing: every reason code, and the one place that decides them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import weights
from labelaudit.coefficients.patterns import Patterns
from labelaudit.coefficients.ratings import Ratings

if TYPE_CHECKING:
    from labelaudit.coefficients.reading import Spec
    from labelaudit.coefficients.record import Coefficient

REASONS: dict[str, str] = {
    "no-labels": "Nobody answered.",
    "no-gold": "Nobody answered a unit that has a gold label.",
    "no-overlap": "No unit has labels of two annotators: there is nothing to compare.",
    "single-annotator": "One annotator gave all labels: there is nobody to agree with.",
    "not-two-annotators": "The coefficient is defined for exactly two annotators.",
    "needs-annotators": "The coefficient compares annotators; only counts of labels were given.",
    "disconnected-annotators": "The annotators fall into groups that share no unit, so a "
    "comparison of all with all is not identified.",
    "one-category": "All labels that count are the same (or the question has one label only): "
    "chance leaves no disagreement to compare with.",
    "scale-not-supported": "The coefficient has no meaning on this scale.",
    "order-not-given": "An ordinal scale needs the order of its labels; the question has none.",
    "labels-not-numeric": "An interval or ratio scale needs a finite number behind each label.",
    "negative-on-ratio-scale": "A ratio scale has no negative values; distances would lie.",
    "labels-not-sets": "A set scale needs the set of members behind each label.",
    "weights-need-order": "These weights count steps between labels; nominal labels have none.",
    "too-many-labels": "The distance compares every pair of labels, and there are too many.",
    "too-few-units": "Too few units for an interval whose coverage can be trusted.",
    "too-little-disagreement": "Too few disagreements, or too few units with a rare label, for "
    "an interval whose coverage can be trusted.",
    "zero-variance": "Every unit says the same, so nothing tells how uncertain the value is.",
    "not-linearised": "No linearised standard error exists: the distance moves with the data.",
}
"""Reason code -> what it means; the docs page of undefined cases is made from it."""

Data = Patterns | Ratings


def why_not(coefficient: Coefficient, data: Data, spec: Spec) -> str | None:
    """Return the reason code why the coefficient cannot be computed, or None if it can.

    A defined coefficient can still meet `one-category`, which only its parts can tell.
    """
    if spec.scale not in coefficient.scales:
        return "scale-not-supported"
    patterns = data if isinstance(data, Patterns) else data.patterns()
    if len(patterns) == 0:
        return "no-labels"
    return (
        _people_fault(coefficient, data)
        or ("no-overlap" if int(patterns.sizes.max()) < 2 else None)
        or _annotator_count_fault(coefficient, data)
        or _weights_fault(coefficient, spec)
        or _values_fault(coefficient, patterns, spec)
    )


def _people_fault(coefficient: Coefficient, data: Data) -> str | None:
    if isinstance(data, Ratings):
        return "single-annotator" if len(data.annotators()) == 1 else None
    return "needs-annotators" if coefficient.tally is None else None


def _annotator_count_fault(coefficient: Coefficient, data: Data) -> str | None:
    if coefficient.annotators == "two":
        many = int(data.sizes.max()) if isinstance(data, Patterns) else len(data.annotators())
        return "not-two-annotators" if many != 2 else None
    if coefficient.tally is None and isinstance(data, Ratings):
        from labelaudit.overlap import overlap_groups

        return "disconnected-annotators" if len(overlap_groups(data)) > 1 else None
    return None


def _weights_fault(coefficient: Coefficient, spec: Spec) -> str | None:
    by_position = isinstance(spec.weights, str) and spec.weights != "identity"
    if by_position and spec.scale in {"nominal", "set"}:
        return "weights-need-order"
    by_scale = coefficient.reads == "scale-weights" and spec.scale not in {"nominal", "set"}
    family = spec.weights if isinstance(spec.weights, str) else None
    if (by_position or by_scale) and family != "quadratic" and spec.n_labels > weights.MAX_LABELS:
        return "too-many-labels"
    free_of_domain = coefficient.name not in {"gwet-ac1", "gwet-ac2", "brennan-prediger"}
    return None if free_of_domain or spec.n_labels > 1 else "one-category"


def _values_fault(coefficient: Coefficient, patterns: Patterns, spec: Spec) -> str | None:
    if spec.scale == "set":
        return None if spec.values is None or not isinstance(spec.values, np.ndarray) else (
            "labels-not-sets"
        )
    if spec.scale not in {"interval", "ratio"}:
        return None
    if not isinstance(spec.values, np.ndarray):
        return "labels-not-numeric"
    seen = spec.values[patterns.codes]
    if not np.isfinite(seen).all():
        return "labels-not-numeric"
    return "negative-on-ratio-scale" if spec.scale == "ratio" and (seen < 0).any() else None
