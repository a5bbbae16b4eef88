"""The answers of a delivery and of its baseline in one coding, ordered by batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from labelaudit.coefficients import from_counts
from labelaudit.dense import counted
from labelaudit.drift import Arms, side_by_side
from labelaudit.drift.durations import pace
from labelaudit.drifting.baseline import is_mask
from labelaudit.drifting.thinning import thinned
from labelaudit.drifting.timing import times
from labelaudit.engine.arrays import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray, Patterns
    from labelaudit.conduct import Conduct
    from labelaudit.drift.durations import Pace
    from labelaudit.drifting.thinning import Thinned
    from labelaudit.drifting.timing import Times

    BoolArray = npt.NDArray[np.bool_]

LARGEST = 8
"""A baseline of more answers than this many times the batch's says hardly more about it."""
_LEAST_ROWS, _LEAST_CONTENTS = 20_000, 500


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """N answers to one question, ordered by batch; codes mean the same in every batch.

    Attributes
    ----------
    starts
        (B + 1,) where the rows of each batch begin; those of the baseline follow on.
    item, content, annotator, label
        (N,) codes; the content is the document where there is one, else the item.
    duration
        (N,) seconds, NaN where unknown; None where there are none.
    own
        (N,) the place of the row in the records of its delivery.
    contents
        How many contents there are.

    """

    starts: IntArray
    item: IntArray
    content: IntArray
    annotator: IntArray
    label: IntArray
    duration: FloatArray | None
    own: IntArray
    n_labels: int
    contents: int
    _thinned: dict[int, Thinned] = field(default_factory=dict, repr=False)
    _times: dict[int, Times] = field(default_factory=dict, repr=False)

    def of(self, batches: Sequence[int]) -> IntArray:
        """Return the positions of the rows of some batches."""
        parts = [np.arange(self.starts[code], self.starts[code + 1]) for code in batches]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

    def sides(self, batch: int, others: Sequence[int]) -> tuple[BoolArray, IntArray]:
        """Return whether rows are the batch's or its baseline's, and their positions.

        Of a baseline far larger than the batch, every k-th content counts.
        """
        inside, outside = self.of([batch]), self.beside(batch, others).of(others)
        both = np.concatenate([outside, inside])
        return np.arange(len(both)) >= len(outside), both

    def arms(self, batch: int, others: Sequence[int]) -> Arms:
        """Return the labels of a batch beside those of its baseline."""
        in_batch, both = self.sides(batch, others)
        return Arms(
            in_batch, self.label[both], self.content[both], self.annotator[both], self.n_labels
        )

    def beside(self, batch: int, others: Sequence[int]) -> Thinned:
        """Return the contents that count of a baseline of this batch."""
        return self.thinned(self._step(batch, others))

    def _step(self, batch: int, others: Sequence[int]) -> int:
        sizes = np.diff(self.starts)
        many, most = int(sizes[[*others]].sum()), max(_LEAST_ROWS, LARGEST * int(sizes[batch]))
        if many <= most:
            return 1
        return max(1, min(many // most, self.contents // _LEAST_CONTENTS))

    def thinned(self, step: int) -> Thinned:
        """Return every `step`-th content; kept, since most batches ask for the same."""
        if step not in self._thinned:
            self._thinned[step] = thinned(self, step)
        return self._thinned[step]

    def mixes(self, batch: int, others: Sequence[int]) -> tuple[Patterns, Patterns | None]:
        """Return what contents, and annotators, gave in the baseline and in the batch.

        Equal patterns are not merged: those of a batch and of its baseline are never equal.
        """
        before, after = self.beside(batch, others), self.thinned(1)
        if before.contents is None or after.contents is None or after.given is None:
            arms = self.arms(batch, others)
            return arms.by_content(), arms.by_annotator()
        people = np.concatenate([before.by_annotator(others), after.by_annotator([batch])], axis=1)
        contents = side_by_side(before.contents.of(others), after.contents.of([batch]))
        return contents, from_counts(people, merged=False)

    def paces(self, batch: int, others: Sequence[int]) -> tuple[Pace, Pace] | None:
        """Return how long people took in the baseline and in the batch, where it is known."""
        if self.duration is None:
            return None
        before, inside = self._timed(self._step(batch, others)), self.of([batch])
        after = pace(self.annotator[inside], self.duration[inside], before.people)
        return before.of(others), after

    def _timed(self, step: int) -> Times:
        """Return the times of every `step`-th content; kept likewise."""
        assert self.duration is not None, "asked for only where there are times"
        if step not in self._times:
            rows, batches = self.thinned(step).rows, len(self.starts) - 1
            batch = np.searchsorted(self.starts, rows, side="right") - 1
            people = int(self.annotator.max(initial=-1)) + 1
            told = batch, self.annotator[rows], self.duration[rows]
            self._times[step] = times(*told, batches=batches, people=people)
        return self._times[step]


def joined(own: Conduct, other: Conduct | None, *, pseudonymous: bool) -> Rows:
    """Put the records of a delivery and of its baseline into one coding."""
    parts = [own] if other is None else [own, other]
    records = [part.records for part in parts]
    items = _codes([part.items for part in records])
    item = [codes[part.item] for codes, part in zip(items, records, strict=True)]
    people = people_of(parts, pseudonymous=pseudonymous)
    labels = _coded([part.labels for part in parts])
    sizes = np.cumsum([0, *(len(part.tally.names.batches) for part in parts)])
    batch = np.concatenate(
        [part.batch + shift for part, shift in zip(records, sizes[:-1], strict=True)]
    )
    order = np.argsort(batch, kind="stable")
    annotator = _placed(people, [part.annotator for part in records])
    label = _placed(labels, [part.label for part in records])
    content = _contents(parts, item)
    return Rows(
        np.searchsorted(batch[order], np.arange(sizes[-1] + 1)),
        np.concatenate(item)[order],
        content[order],
        annotator[order],
        label[order],
        _durations(parts, order),
        np.concatenate([np.arange(len(part)) for part in records])[order],
        1 + max((int(place.max(initial=-1)) for place in labels), default=-1),
        len(counted(content)[0]),
    )


def _placed(places: Sequence[IntArray], columns: Sequence[IntArray]) -> IntArray:
    return np.concatenate([place[part] for place, part in zip(places, columns, strict=True)])


def people_of(parts: Sequence[Conduct], *, pseudonymous: bool) -> list[IntArray]:
    """Return the codes of the annotators of each part: one person, one code.

    Masks hide other people in every run: they are nobody's but of their own part.
    """
    if not pseudonymous:
        return _coded([part.tally.names.annotators for part in parts])
    named = [
        [f"{number}:{name}" if is_mask(name) else f":{name}" for name in part.people]
        for number, part in enumerate(parts)
    ]
    return _coded(named)


def _coded(parts: Sequence[Sequence[str]]) -> list[IntArray]:
    """Return for each list of names its codes, equal for equal names."""
    known: dict[str, int] = {}
    return [
        np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int64)
        for names in parts
    ]


def _codes(parts: Sequence[object]) -> list[IntArray]:
    """Return for each Arrow array of distinct ids its codes, the first array's own."""
    first = np.arange(len(parts[0]))  # type: ignore[arg-type]
    if len(parts) == 1:
        return [first]
    met = pc.index_in(parts[1], value_set=parts[0])
    place = places(met).copy()
    new = place < 0
    place[new] = len(first) + np.arange(int(new.sum()))
    return [first, place]


def _contents(parts: Sequence[Conduct], items: Sequence[IntArray]) -> IntArray:
    """(N,) the document of each row where it has one, else its item."""
    told = [part.records.beside.get("document") for part in parts]
    every = np.concatenate(items)
    if any(document is None for document in told):
        return every
    named = [document for document in told if document is not None]
    places = _coded([document.names for document in named])
    codes = [
        np.where(document.code >= 0, place[document.code], -1) if len(place) else document.code
        for document, place in zip(named, places, strict=True)
    ]
    document = np.concatenate(codes)
    return np.where(document >= 0, document, every + 1 + int(document.max(initial=-1)))


def _durations(parts: Sequence[Conduct], order: IntArray) -> FloatArray | None:
    times = [part.work.duration for part in parts]
    if all(each is None for each in times):
        return None
    filled = [
        np.full(len(part.records), np.nan) if each is None else each
        for part, each in zip(parts, times, strict=True)
    ]
    return np.concatenate(filled)[order]
