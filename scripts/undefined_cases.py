"""The degenerate cases of docs/undefined-cases.md, as small tables of labels.

A case is one group of characters per unit: the labels of annotators 1, 2, 3 ... in order,
a dot where one gave none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import labelaudit
from labelaudit.coefficients import Patterns, Ratings, Spec, ratings

if TYPE_CHECKING:
    from labelaudit.model import Estimate

DOMAIN = "ab"
NOMINAL = Spec("nominal", 2)
NEGATIVE = Spec("ratio", 2, np.array([-1.0, 1.0]))


@dataclass(frozen=True, slots=True)
class Case:
    """One degenerate table, read as a question would read it."""

    name: str
    units: str
    spec: Spec = NOMINAL
    counts_only: bool = False

    def data(self) -> Ratings | Patterns:
        """Return the labels as the coefficients take them."""
        cells = [
            (unit, annotator, DOMAIN.index(label))
            for unit, group in enumerate(self.units.split())
            for annotator, label in enumerate(group)
            if label != "."
        ]
        unit, annotator, label = zip(*cells, strict=True) if cells else ((), (), ())
        table = ratings(unit, annotator, label, self.spec.n_labels)
        return table.patterns() if self.counts_only else table


VALUES: tuple[Case, ...] = (
    Case("nobody answered", ""),
    Case("one annotator gave every label", "a b a b"),
    Case("every unit labeled once", "a. .b b. .a"),
    Case("one unit, two equal labels", "aa"),
    Case("one unit, two different labels", "ab"),
    Case("all labels the same", "aa aa aa aa"),
    Case("the other label stands in a unit with one label", "aa aa aa .b"),
    Case("an annotator says the same throughout", "aa ab aa ab"),
    Case("three annotators", "aaa bbb aba bab"),
    Case("an annotator who shares no unit", "aa. bb. ab. ..b"),
    Case("two groups of annotators that share no unit", "aa.. bb.. ..ab ..bb"),
    Case("counts of labels, without annotators", "aa ab bb", counts_only=True),
    Case("only one label is allowed", "aa aa aa", Spec("nominal", 1)),
    Case("negative numbers on a ratio scale", "aa ab bb ab", NEGATIVE),
    Case("words on an interval scale", "aa ab bb ab", Spec("interval", 2)),
    Case("an ordinal scale without an order", "aa ab bb ab", Spec("ordinal", 2, ordered=False)),
    Case("words on a set scale", "aa ab bb ab", Spec("set", 2)),
    Case("linear weights on a nominal scale", "aa ab bb ab", Spec("nominal", 2, weights="linear")),
    Case("a scale of spans", "aa ab bb ab", Spec("spans", 2)),
)
"""Is there a value?"""

INTERVALS: tuple[Case, ...] = (
    Case("four units", "aa ab bb ab"),
    Case("twenty units that all agree", "aa bb " * 10),
    Case("forty units, one of them disputed", "aa " * 39 + "ab"),
    Case("every unit disputed in the same way", "ab " * 20),
    Case("twenty units, four of them disputed", "aa bb " * 8 + "ab ba ab ba"),
)
"""Is there an interval?"""

WIDE = pd.DataFrame({"ann": [1, 2, 3, 2], "ben": [1, 3, 3, 2]})
WORDS = pd.DataFrame({"ann": ["low", "top"], "ben": ["top", "top"]})
TWICE = pd.DataFrame({"item_id": [1, 1], "annotator_id": ["ann", "ann"], "label": ["a", "b"]})
LOPSIDED = np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]])


def unordered_words() -> Estimate:
    """Words on an ordinal scale, and no domain."""
    return labelaudit.agreement(WORDS, scale="ordinal", layout="wide")


def unordered_numbers() -> Estimate:
    """A domain of numbers that does not rise, on an ordinal scale."""
    return labelaudit.agreement(WIDE, scale="ordinal", domain=[1, 3, 2], layout="wide")


def outside_the_domain() -> Estimate:
    """A label that the domain does not hold."""
    return labelaudit.agreement(WIDE, domain=[1, 2], layout="wide")


def twice_on_an_item() -> Estimate:
    """An annotator twice on an item."""
    return labelaudit.agreement(TWICE)


def no_numbers() -> Estimate:
    """Words on an interval scale."""
    return labelaudit.agreement(WORDS, scale="interval", layout="wide")


def lopsided_distance() -> Estimate:
    """A distance that differs by direction."""
    return labelaudit.agreement(WIDE, distance=LOPSIDED, layout="wide")


def negative_distance() -> Estimate:
    """A negative distance."""
    return labelaudit.agreement(WIDE, distance=-LOPSIDED - LOPSIDED.T, layout="wide")


def too_small_weights() -> Estimate:
    """A matrix of weights that leaves a label out."""
    return labelaudit.agreement(WIDE, "cohen-kappa", weights=np.eye(2), layout="wide")


REFUSED = (
    unordered_words,
    unordered_numbers,
    outside_the_domain,
    twice_on_an_item,
    no_numbers,
    lopsided_distance,
    negative_distance,
    too_small_weights,
)
"""Calls that end in an error: there is something to mend before anything is measured."""
