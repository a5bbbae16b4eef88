"""Small tables of labels from aligned text, as papers print them; a dot is a missing label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.coefficients import Patterns, Ratings, estimate, from_counts
from labelaudit.coefficients import ratings as make_ratings

if TYPE_CHECKING:
    from labelaudit.model import Estimate, Scale

NUMBERS: tuple[Scale, ...] = ("interval", "ratio")


def by_annotator(text: str, domain: str) -> Ratings:
    """Read one line per annotator, one column per unit; `domain` lists the labels in order."""
    rows = [line.split() for line in text.strip().splitlines()]
    return by_unit(" ".join("".join(column) for column in zip(*rows, strict=True)), domain)


def by_unit(text: str, domain: str) -> Ratings:
    """Read one group of characters per unit: the labels of annotators 0, 1, 2 ... in order."""
    cells = [
        (unit, annotator, domain.index(label))
        for unit, group in enumerate(text.split())
        for annotator, label in enumerate(group)
        if label != "."
    ]
    unit, annotator, label = zip(*cells, strict=True)
    return make_ratings(unit, annotator, label, len(domain))


def cross_table(table: list[list[int]]) -> Ratings:
    """Read a two-annotator table: row = label of the first, column = label of the second."""
    counts = np.array(table)
    first, second = np.nonzero(counts)
    times = counts[first, second]
    pairs = np.stack([np.repeat(first, times), np.repeat(second, times)], axis=1)
    units = len(pairs)
    annotators = np.tile([0, 1], units)
    return make_ratings(np.repeat(np.arange(units), 2), annotators, pairs.ravel(), len(counts))


def count_groups(text: str) -> Patterns:
    """Read one group of digits per unit: how often each label was given."""
    return from_counts([[int(digit) for digit in group] for group in text.split()])


def value(name: str, data: Patterns | Ratings, scale: Scale = "nominal", **how: object) -> float:
    """Return the value of a coefficient; numeric scales read labels as 1, 2, 3 ..."""
    return measured(name, data, scale, **how).value


def measured(
    name: str, data: Patterns | Ratings, scale: Scale = "nominal", **how: object
) -> Estimate:
    """Return the estimate; numeric scales read labels as 1, 2, 3 ... unless told otherwise."""
    if scale in NUMBERS:
        how.setdefault("values", np.arange(1.0, data.n_labels + 1))
    return estimate(name, data, scale, **how)
