"""How the labels of a question are read: how far apart are two of them?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from labelaudit.coefficients import custom, sets, weights
from labelaudit.coefficients.distances import Distance, Interval, Nominal, ratio
from labelaudit.coefficients.patterns import FloatArray
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.model import Scale

Values = FloatArray | Sequence[AbstractSet[str]] | Sequence[str] | None
"""What stands behind the label codes (V,): numbers, sets, texts, or only their order."""
Weights = str | FloatArray | None
"""Agreement weights: the name of a family or a (V, V) matrix with ones on its diagonal."""
LabelDistance = str | FloatArray | Callable[[object, object], float] | None
"""A distance: a name, a (V, V) matrix, or a function of two labels' values."""
Default = Literal["scale", "equality", "scale-weights"]
"""What a coefficient reads when told nothing: alpha the scale's own distance, AC2 the
scale's weights, the others only whether two labels are equal."""

DISTANCES = ("nominal", "ordinal", "interval", "ratio", "jaccard", "masi")
"""Distances by name; "ordinal" is Krippendorff's, which only alpha can take."""
_OF_SCALE = {"set": "masi"}
_WEIGHTS_OF_SCALE = {"ordinal": "ordinal", "interval": "quadratic", "ratio": "ratio"}


@dataclass(frozen=True, slots=True)
class Reading:
    """The distance between labels 0..V-1; None is the ordinal one, which the data make."""

    n_labels: int
    distance: Distance | None


@dataclass(frozen=True, slots=True, eq=False)
class Spec:
    """What the caller said about the labels of a question.

    `ordered` is False where an ordinal scale came without the order of its labels; `linked`
    is True where the annotators are known to be linked by more data than are measured, as
    those of a batch are by the whole delivery.
    """

    scale: Scale
    n_labels: int
    values: Values = None
    weights: Weights = None
    distance: LabelDistance = None
    ordered: bool = True
    linked: bool = False

    def __post_init__(self) -> None:
        """Refuse names that nobody knows, and weights together with a distance.

        Raises
        ------
        UsageError
            With the names that are known.

        """
        if self.weights is not None and self.distance is not None:
            raise UsageError("weights", "given together with a distance: give one of them")
        _known("weights", self.weights, weights.NAMES)
        _known("distance", self.distance, DISTANCES)

    def asked(self, default: Default) -> Weights | LabelDistance:
        """Return the weights or the distance in force: what was given, else the default."""
        if self.weights is not None or self.distance is not None:
            return self.distance if self.weights is None else self.weights
        if default == "scale-weights":
            return _WEIGHTS_OF_SCALE.get(self.scale, "identity")
        return _OF_SCALE.get(self.scale, self.scale) if default == "scale" else "nominal"

    def in_words(self, default: Default) -> str:
        """Return what is in force, such as "masi distance"; "own" where no name was given.

        Examples
        --------
        >>> Spec("set", 3).in_words("scale"), Spec("nominal", 3).in_words("equality")
        ('masi distance', 'nominal distance')

        """
        asked = self.asked(default)
        by_weights = self.weights is not None or (
            self.distance is None and default == "scale-weights"
        )
        name = asked if isinstance(asked, str) else "own"
        return f"{name} {'weights' if by_weights else 'distance'}"


def _known(where: str, given: object, names: Sequence[str]) -> None:
    if isinstance(given, str) and given not in names:
        raise UsageError(where, f"no {where} is called '{given}'", next_step=", ".join(names))


def reading_of(spec: Spec, default: Default, seen: IntArray) -> Reading:
    """Return the reading; values of labels that are not in `seen` are not used."""
    asked = spec.asked(default)
    by_weights = spec.distance is None and (spec.weights is not None or default == "scale-weights")
    if by_weights and not callable(asked):
        return Reading(spec.n_labels, _weighted(spec, "identity" if asked is None else asked))
    return Reading(spec.n_labels, _distance(spec, asked, seen))


def _weighted(spec: Spec, given: str | FloatArray) -> Distance:
    if not isinstance(given, str):
        return custom.from_matrix(1 - np.asarray(given, np.float64), spec.n_labels, "weights")
    if isinstance(spec.values, np.ndarray) and spec.scale in {"interval", "ratio"}:
        return weights.weighted(given, spec.values)
    return weights.weighted(given, np.arange(1.0, spec.n_labels + 1))


def _distance(spec: Spec, given: Weights | LabelDistance, seen: IntArray) -> Distance | None:
    if isinstance(given, np.ndarray):
        return custom.from_matrix(given, spec.n_labels, "distance")
    if callable(given):
        labels = range(spec.n_labels) if spec.values is None else spec.values
        return custom.from_function(given, labels, seen)
    if given in {"jaccard", "masi"}:
        members = cast("Sequence[AbstractSet[str]]", spec.values)
        return sets.masi(members) if given == "masi" else sets.jaccard(members)
    if given in {"interval", "ratio"}:
        numbers = _numbers_seen(np.asarray(spec.values, np.float64), seen)
        return Interval(numbers) if given == "interval" else ratio(numbers)
    return None if given == "ordinal" else Nominal()


def _numbers_seen(values: FloatArray, seen: IntArray) -> FloatArray:
    """(V,) with the numbers of labels that nobody gave replaced by one that somebody did."""
    numbers = np.full(len(values), values[seen[0]], dtype=np.float64)
    numbers[seen] = values[seen]
    return numbers
