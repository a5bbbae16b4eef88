"""How the labels of a question are read: how far apart are two of them?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.coefficients import custom, sets, weights
from labelaudit.coefficients.distances import Distance, Interval, Nominal, ratio
from labelaudit.coefficients.patterns import FloatArray

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.model import Scale

Values = FloatArray | Sequence[AbstractSet[str]] | None
"""What stands behind the label codes (V,): numbers, sets, or nothing but their order."""
Weights = str | FloatArray | None
"""Agreement weights: the name of a family or a (V, V) matrix with ones on its diagonal."""
LabelDistance = str | FloatArray | Callable[[object, object], float] | None
"""A distance: a name, a (V, V) matrix, or a function of two labels' values."""
Default = Literal["scale", "equality", "scale-weights"]
"""What a coefficient reads when told nothing: alpha the scale's own distance, AC2 the
scale's weights, the others only whether two labels are equal."""

_SCALE_WEIGHTS = {"ordinal": "ordinal", "interval": "quadratic", "ratio": "ratio"}


@dataclass(frozen=True, slots=True)
class Reading:
    """The distance between labels 0..V-1; None is the ordinal one, which the data make."""

    n_labels: int
    distance: Distance | None


@dataclass(frozen=True, slots=True, eq=False)
class Spec:
    """What the caller said about the labels of a question."""

    scale: Scale
    n_labels: int
    values: Values = None
    weights: Weights = None
    distance: LabelDistance = None


def reading_of(spec: Spec, default: Default, seen: IntArray) -> Reading:
    """Return the reading; values of labels that nobody gave (not in `seen`) are not used."""
    if spec.weights is not None:
        return Reading(spec.n_labels, _weighted(spec, spec.weights))
    if spec.distance is not None:
        return Reading(spec.n_labels, _distance(spec, spec.distance, seen))
    if default == "scale-weights":
        family = _SCALE_WEIGHTS.get(spec.scale, "identity")
        return Reading(spec.n_labels, _weighted(spec, family))
    if default == "equality" and spec.scale != "set":
        return Reading(spec.n_labels, Nominal())
    name = {"set": "masi"}.get(spec.scale, spec.scale) if default == "scale" else "nominal"
    return Reading(spec.n_labels, _distance(spec, name, seen))


def _weighted(spec: Spec, given: str | FloatArray) -> Distance:
    if isinstance(given, str):
        numbers = spec.values if isinstance(spec.values, np.ndarray) else None
        positions = np.arange(1.0, spec.n_labels + 1)
        return weights.weighted(given, positions if numbers is None else numbers)
    return custom.from_matrix(1 - np.asarray(given, np.float64), spec.n_labels, "weights")


def _distance(
    spec: Spec, given: str | FloatArray | Callable[[object, object], float], seen: IntArray
) -> Distance | None:
    if isinstance(given, np.ndarray):
        return custom.from_matrix(given, spec.n_labels, "distance")
    if not isinstance(given, str):
        labels = range(spec.n_labels) if spec.values is None else spec.values
        return custom.from_function(given, labels, seen)
    if given in {"jaccard", "masi"} and not isinstance(spec.values, np.ndarray):
        return (sets.masi if given == "masi" else sets.jaccard)(spec.values or ())
    if given in {"interval", "ratio"} and isinstance(spec.values, np.ndarray):
        numbers = _numbers_seen(spec.values, seen)
        return Interval(numbers) if given == "interval" else ratio(numbers)
    return None if given == "ordinal" else Nominal()


def _numbers_seen(values: FloatArray, seen: IntArray) -> FloatArray:
    """(V,) with the numbers of labels that nobody gave replaced by one that somebody did."""
    numbers = np.full(len(values), values[seen[0]], dtype=np.float64)
    numbers[seen] = values[seen]
    return numbers
