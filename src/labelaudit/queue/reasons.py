"""Why a unit is doubtful, in a word, and what its votes were."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from labelaudit.behaviour.cells import cells
from labelaudit.comparisons import benjamini_hochberg
from labelaudit.engine.records import NO_GOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from labelaudit.behaviour.cells import Cells
    from labelaudit.coefficients import IntArray
    from labelaudit.conduct import Conduct
    from labelaudit.queue.belief import Belief

Counts = tuple[tuple[int, int], ...]
"""The labels of a unit as (votes, label)."""
MIN_GOOD_VOTES = 5
"""Fewer labels of trusted people are no stable split: two against two is a tie to break."""
FALSE_SPLITS = 0.10
"""Share of the units called ambiguous that may be nothing but slips."""
MIN_SECOND = 0.3
"""Share of the trusted votes from which a second label stands beside the first."""


class Votes:
    """The votes of I units, and which units good annotators split over."""

    def __init__(self, conduct: Conduct, known: Belief) -> None:
        self._work, self._known, self._labels = conduct.work, known, conduct.labels
        self.units = len(conduct.records.items)
        self.sizes: IntArray = np.bincount(self._work.unit, minlength=self.units)
        self.starts: IntArray = np.append(0, np.cumsum(self.sizes))

    @cached_property
    def for_label(self) -> IntArray:
        """(I,) votes for the label believed, or for the most frequent one where labels tie."""
        given, label = self._work.cells, self._known.label
        votes, _ = self._two_best(given)
        believed = given.label == label[given.unit]
        votes[label >= 0] = 0
        votes[given.unit[believed]] = given.count[believed]
        return votes

    @cached_property
    def ambiguous(self) -> npt.NDArray[np.bool_]:
        """(I,) whether trusted annotators stand by two labels: a stable split, not an error.

        Trusted are those at the median or halfway between chance and always right. At least
        five of their labels are needed, the second label with two of them and `MIN_SECOND` of
        all, and more than slips explain: P(second or more of n slips on one label), at most
        `FALSE_SPLITS` of the units so called by chance (Benjamini-Hochberg).
        """
        right, labels = self._known.competence, self._work.n_labels
        if np.isnan(right).all() or labels < 2:
            return np.zeros(self.units, dtype=bool)
        trusted = np.nan_to_num(right) >= min((1 + 1 / labels) / 2, float(np.nanmedian(right)))
        good = trusted[self._work.annotator]
        votes = np.bincount(self._work.unit[good], minlength=self.units)
        asked = np.flatnonzero(votes >= MIN_GOOD_VOTES)
        second = self._second(good & (votes >= MIN_GOOD_VOTES)[self._work.unit])
        slips = (1 - self._known.usual_rate(self._work.annotator[good])) / (labels - 1)
        chance = (labels - 1) * special.bdtrc(second[asked] - 1.0, votes[asked], slips)
        chance[second[asked] == 0] = 1.0
        clear = benjamini_hochberg(np.minimum(chance, 1.0)) <= FALSE_SPLITS
        stands = (second >= 2) & (second >= MIN_SECOND * votes)
        found = np.zeros(self.units, dtype=bool)
        found[asked[clear]] = True
        return found & stands

    def _second(self, kept: npt.NDArray[np.bool_]) -> IntArray:
        """(I,) how many of the kept votes the second label of each unit has."""
        of_kept = self._work.unit[kept], self._work.label[kept]
        return self._two_best(cells(*of_kept, self._work.n_labels))[1]

    def _two_best(self, counted: Cells) -> tuple[IntArray, IntArray]:
        """(I,), (I,) how many votes the two most frequent labels of each unit have."""
        best = np.zeros((2, self.units), dtype=np.int64)
        best[:, counted.unit[counted.starts]] = counted.two_best
        return best[0], best[1]

    def blamed(self, unit: int) -> IntArray:
        """Return the annotators of a unit who gave another label, or all where nobody did."""
        rows = slice(self.starts[unit], self.starts[unit + 1])
        who = self._work.annotator[rows]
        other = who[self._work.label[rows] != self._known.label[unit]]
        return other if len(other) else who

    def of(self, units: IntArray) -> Iterator[Counts]:
        """Yield (votes, label) of each of these units, most votes first."""
        given = self._work.cells
        begin, end = (np.searchsorted(given.unit, units + step) for step in (0, 1))
        many = end - begin
        place = np.arange(many.sum()) + np.repeat(begin - np.cumsum(many) + many, many)
        told = zip(given.count[place].tolist(), given.label[place].tolist(), strict=True)
        for labels in many.tolist():
            yield tuple(sorted(islice(told, labels), key=lambda each: (-each[0], each[1])))

    def text(self, counts: Counts) -> str:
        """Write the votes of a unit: 3 x cat, 1 x dog."""
        return ", ".join(f"{count} x {self._labels[label]}" for count, label in counts)


def reason(counts: Counts, label: int, gold: int, *, known: bool, ambiguous: bool) -> str:
    """Return the reason code of a unit, from its votes, and the labels believed and known."""
    if not known:
        return "one-label" if sum(count for count, _ in counts) == 1 else "no-consensus"
    if NO_GOLD not in (gold, label) and gold != label:
        return "differs-from-gold"
    if ambiguous:
        return "ambiguous"
    return _of_votes(counts, label)


def _of_votes(counts: Counts, label: int) -> str:
    """Return the reason code that the votes give, most frequent label first."""
    if len(counts) > 1 and counts[0][0] == counts[1][0]:
        return "tied"
    if len(counts) == 1:
        return "one-label" if counts[0][0] == 1 else "doubtful-annotators"
    return "split" if counts[0][1] == label else "overruled"
