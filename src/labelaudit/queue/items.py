"""The items of a question that somebody should look at, or have labeled again, ranked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from labelaudit.engine.arrays import numbers
from labelaudit.engine.records import NO_GOLD
from labelaudit.queue import relabel
from labelaudit.queue.belief import belief
from labelaudit.queue.draw import draw
from labelaudit.queue.reasons import Votes, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.conduct import Conduct
    from labelaudit.queue.belief import Belief
    from labelaudit.queue.draw import Drawn
    from labelaudit.queue.reasons import Counts
    from labelaudit.queue.relabel import RelabelPlan
    from labelaudit.settings import Queue, Relabel

MAX_ITEMS = 20_000
"""Items listed for a question at most, by rank; the sums of its plan are over all."""


@dataclass(frozen=True, slots=True)
class Item:
    """A unit to look at, or to label again.

    Attributes
    ----------
    rank
        From 1 in each question, by `risk` x `weight`; items of unknown risk come last.
    risk
        Probability that the consensus label is wrong; None where nothing tells.
    why
        Reason code: tied, ambiguous, overruled, split, doubtful-annotators, one-label,
        differs-from-gold, or no-consensus.
    consensus, confidence
        The label believed by the method that ranks (see `RelabelPlan.method`; None where labels
        tie) and its probability.
    votes
        The labels people gave, most frequent first, as text.
    drawn
        `risk` or `uniform` in the review queue, else empty: listed for relabeling alone.
    probability
        Of being in the queue; with it rates over all units can be estimated.
    more_labels, expected_gain
        How many labels the relabeling plan adds, and by how much the label gets likelier right.

    """

    question_id: str
    item_id: str
    batch_id: str
    vendor: str | None
    rank: int
    risk: float | None
    weight: float
    why: str
    consensus: str | None
    confidence: float | None
    votes: str
    gold: str | None
    drawn: str
    sampled: bool
    probability: float
    more_labels: int
    expected_gain: float


class Row(NamedTuple):
    """What is known of one unit, as codes and numbers."""

    batch: int
    label: int
    gold: int
    vendor: int
    first: float
    weight: float
    by_risk: bool
    uniform: bool
    sampled: bool
    probability: float
    more: int
    mended: float
    ambiguous: bool
    counts: Counts
    votes: str


class Ranking:
    """One question's units: what is believed, which were drawn, what more labels would bring."""

    def __init__(self, conduct: Conduct, rules: Queue, relabel: Relabel, seed: list[int]) -> None:
        self.conduct, self.rules, self._relabel, self._seed = conduct, rules, relabel, seed

    @property
    def undefined(self) -> str | None:
        """Why units are not ranked; None where they are."""
        if self.conduct.fault is not None:
            return "scale-not-supported"
        if not self.conduct.compares_people:
            return "subjective"  # there the majority is no truth
        return self.belief.undefined

    @cached_property
    def belief(self) -> Belief:
        """What is believed of every unit."""
        return belief(self.conduct)

    @cached_property
    def votes(self) -> Votes:
        """The votes of every unit."""
        return Votes(self.conduct, self.belief)

    @cached_property
    def weight(self) -> FloatArray:
        """(I,) how much worse than usual a wrong label would be: the heaviest label voted."""
        names = self.conduct.labels
        of_label = np.array([self.rules.weights.get(name, 1.0) for name in names] or [1.0])
        heaviest = np.zeros(len(self.batch))
        work = self.conduct.work
        np.maximum.at(heaviest, work.unit, of_label[work.label])
        return heaviest

    @cached_property
    def harm(self) -> FloatArray:
        """(I,) risk x weight; NaN everywhere where units are not ranked."""
        if self.undefined:
            return np.full(len(self.batch), np.nan)
        return self.belief.risk * self.weight

    @cached_property
    def batch(self) -> IntArray:
        """(I,) the first batch of each unit."""
        return self.conduct.records.batch[self.votes.starts[:-1]]

    @cached_property
    def drawn(self) -> Drawn:
        """The review queue."""
        people = len(self.conduct.people)
        return draw(self.harm, self.votes.blamed, self.batch, people, self.rules, self._seed)

    @cached_property
    def more(self) -> tuple[IntArray, FloatArray]:
        """(I,) labels to add, and what they mend; none where gold is known or people split."""
        known, votes, labels = self.belief, self.votes, self.conduct.work.n_labels
        if self.undefined or labels < 2:
            return np.zeros(len(self.batch), dtype=np.int64), np.zeros(len(self.batch))
        usual = known.usual_rate(self.conduct.work.annotator)
        right = relabel.rate_on_item(usual, votes.for_label, votes.sizes, labels)
        allowed = (self.conduct.records.gold == NO_GOLD) & ~votes.ambiguous
        least = self._relabel.min_gain_fraction
        return relabel.choose(known.first, known.second, right, labels, least, allowed)

    def plan(self) -> RelabelPlan:
        """Return the relabeling plan of the question."""
        question = self.conduct.question.question_id
        if self.undefined:
            return relabel.RelabelPlan(question, undefined=self.undefined)
        split, gold = int(self.votes.ambiguous.sum()), self.conduct.records.gold
        wrong = np.where(gold == NO_GOLD, np.nan, self.belief.label != gold)
        plan = relabel.summed(question, self.belief.risk, split, *self.more, self._relabel, wrong)
        return replace(plan, method=self.belief.method)

    def items(self) -> Iterator[Item]:
        """Yield the units drawn or to be labeled again, riskiest first."""
        if self.conduct.fault is not None:
            return
        listed = np.flatnonzero(self.drawn.sampled | (self.more[0] > 0))
        harm = np.nan_to_num(self.harm[listed], nan=-1.0)
        order = listed[np.lexsort((listed, -harm))]
        order = order[:MAX_ITEMS]
        counts = [*self.votes.of(order)]
        votes = map(cache(self.votes.text), counts)  # few units look unlike all others
        columns = (column.tolist() for column in self._columns(order))
        ids = self.conduct.records.items.take(numbers(order)).to_pylist()
        ranked, told = not self.undefined, zip(*columns, counts, votes, strict=True)
        for rank, (name, row) in enumerate(zip(ids, told, strict=True), start=1):
            yield self._item(rank, name, Row(*row), ranked=ranked)

    def _columns(self, units: IntArray) -> Iterator[npt.NDArray[np.generic]]:
        """Yield the fields of `Row` for these units."""
        rows, known, drawn, (more, mended) = (
            self.conduct.records,
            self.belief,
            self.drawn,
            self.more,
        )
        yield from (column[units] for column in (self.batch, known.label, rows.gold))
        yield rows.vendor[self.votes.starts[units]]
        yield from (column[units] for column in (known.first, self.weight))
        yield from (column[units] for column in (drawn.by_risk, drawn.uniform, drawn.sampled))
        yield from (drawn.probability[units], more[units], mended[units])
        yield self.votes.ambiguous[units]

    def _item(self, rank: int, name: str, row: Row, *, ranked: bool) -> Item:
        names, labels = self.conduct.tally.names, self.conduct.labels
        confidence, known = row.first, not math.isnan(row.first)
        why = reason(row.counts, row.label, row.gold, known=known, ambiguous=row.ambiguous)
        return Item(
            question_id=self.conduct.question.question_id,
            item_id=name,
            batch_id=names.batches[row.batch],
            vendor=names.vendors[row.vendor] if row.vendor >= 0 else None,
            rank=rank,
            risk=1 - confidence if known and ranked else None,
            weight=row.weight,
            why=why,
            consensus=labels[row.label] if row.label >= 0 else None,
            confidence=confidence if known else None,
            votes=row.votes,
            gold=labels[row.gold] if row.gold != NO_GOLD else None,
            drawn="risk" if row.by_risk else "uniform" if row.uniform else "",
            sampled=row.sampled,
            probability=row.probability,
            more_labels=row.more,
            expected_gain=row.mended,
        )
